//! Reads each document in a process that may die: a crash, a hang or a blow-up is the status of that one file.
//!
//! A program makes room for the worker at the top of `main` and then asks a pool instead of
//! [`extract`](super::extract):
//!
//! ```no_run
//! use skillscreen::document::pool::{self, WorkerPool};
//! use std::path::Path;
//!
//! if let Some(code) = pool::run_worker_if_asked() {
//!     std::process::exit(code);
//! }
//! let pool = WorkerPool::builder().workers(2).build();
//! match pool.extract(Path::new("resume.pdf")) {
//!     Ok(document) => println!("{}", document.text()),
//!     Err(error) => eprintln!("resume.pdf: {error}"),
//! }
//! ```
//!
//! The pool starts its own program again with the hidden argument [`WORKER_ARGUMENT`] and talks to it through
//! pipes, one document at a time for each worker. The wall clock is the parent's: it kills. Memory, CPU time
//! and core dumps are limits of the system that the worker sets on itself before it reads anything. After a
//! death the next document gets a new worker; a worker also retires after 2,000 documents.
//!
//! What it does not do: the worker may still open files and sockets if a parser is taken over by its input;
//! none of the parsers has unsafe code of ours or reaches for either.

mod death;
mod wire;
mod worker;

pub use worker::{WORKER_ARGUMENT, run_worker_if_asked, serve, worker_main};

use super::Document;
use super::limits::Limits;
use super::status::{ExtractError, Status};
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use wire::Setup;

/// 2,000 documents: what a parser leaks stays small, and a start of some milliseconds is lost in the time for
/// as many documents.
const JOBS_PER_WORKER: usize = 2_000;

/// How often one who waits for a worker looks whether the pool was ended.
const LOOK: Duration = Duration::from_millis(100);

/// Makes a [`WorkerPool`].
#[derive(Clone, Debug)]
pub struct WorkerPoolBuilder {
    workers: usize,
    timeout: Duration,
    cpu: Duration,
    memory: u64,
    limits: Limits,
    program: Option<PathBuf>,
    arguments: Vec<OsString>,
}

impl WorkerPoolBuilder {
    /// Worker processes at a time; default: one a processor.
    pub fn workers(&mut self, workers: usize) -> &mut Self {
        self.workers = workers.max(1);
        self
    }

    /// Wall-clock time for one document; default 20 s, a thousand times what a usual resume takes, so that a
    /// busy machine fails nobody.
    pub fn timeout(&mut self, timeout: Duration) -> &mut Self {
        self.timeout = timeout;
        self
    }

    /// CPU time for one document, in whole seconds; default 20 s. It also ends a worker whose parent is gone.
    pub fn cpu(&mut self, cpu: Duration) -> &mut Self {
        self.cpu = cpu;
        self
    }

    /// Address space of one worker in bytes; default 1 GiB. A usual resume needs a few megabytes; the rest is
    /// for stacks that are reserved and not used.
    pub fn memory(&mut self, bytes: u64) -> &mut Self {
        self.memory = bytes;
        self
    }

    /// Limits on the documents themselves.
    pub fn limits(&mut self, limits: Limits) -> &mut Self {
        self.limits = limits;
        self
    }

    /// The program and arguments of a worker; default: this program with [`WORKER_ARGUMENT`].
    pub fn program(
        &mut self,
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
    ) -> &mut Self {
        self.program = Some(program.into());
        self.arguments = arguments.into_iter().map(Into::into).collect();
        self
    }

    /// The pool. No process starts before the first document.
    pub fn build(&self) -> WorkerPool {
        WorkerPool {
            options: self.clone(),
            state: Mutex::new(State {
                idle: Vec::new(),
                running: 0,
            }),
            returned: Condvar::new(),
            ended: AtomicBool::new(false),
        }
    }
}

/// Worker processes that read documents.
///
/// Share one pool among all threads: [`extract`](WorkerPool::extract) waits until a worker is free. Dropping
/// the pool ends its workers.
#[derive(Debug)]
pub struct WorkerPool {
    options: WorkerPoolBuilder,
    state: Mutex<State>,
    returned: Condvar,
    ended: AtomicBool,
}

#[derive(Debug)]
struct State {
    idle: Vec<Worker>,
    /// Workers alive or being started, idle ones counted.
    running: usize,
}

impl WorkerPool {
    /// A builder with the defaults.
    pub fn builder() -> WorkerPoolBuilder {
        WorkerPoolBuilder {
            workers: std::thread::available_parallelism().map_or(1, usize::from),
            timeout: Duration::from_secs(20),
            cpu: Duration::from_secs(20),
            memory: 1 << 30,
            limits: Limits::default(),
            program: None,
            arguments: vec![WORKER_ARGUMENT.into()],
        }
    }

    /// Reads the document at `path`, which the worker opens as [`read_file`](super::read_file) does.
    ///
    /// # Errors
    /// As [`extract`](super::extract), and [`Timeout`](Status::Timeout), [`Memory`](Status::Memory) and
    /// [`Crashed`](Status::Crashed) when the worker came to an end over it.
    pub fn extract(&self, path: &Path) -> Result<Document, ExtractError> {
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            self.ask(wire::PATH, path.as_os_str().as_bytes())
        }
        // Elsewhere a path has no byte form that could be sent, so the file is read here.
        #[cfg(not(unix))]
        {
            let bytes = super::read_file(path, &self.options.limits)?;
            self.ask(wire::BYTES, &bytes)
        }
    }

    /// Reads a document that the caller has in memory.
    ///
    /// # Errors
    /// As [`extract`](WorkerPool::extract).
    pub fn extract_bytes(&self, bytes: &[u8]) -> Result<Document, ExtractError> {
        if bytes.len() as u64 > self.options.limits.bytes {
            let message = format!(
                "{} bytes, at most {} allowed",
                bytes.len(),
                self.options.limits.bytes
            );
            return Err(ExtractError::new(Status::Limit, message));
        }
        self.ask(wire::BYTES, bytes)
    }

    /// Ends the work: documents that are being read are given up with the status [`Incomplete`](Status::Incomplete) and their workers
    /// killed, and so it goes with any that come later.
    pub fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
    }

    fn ask(&self, kind: u8, payload: &[u8]) -> Result<Document, ExtractError> {
        let (mut worker, is_used) = self.check_out()?;
        let mut outcome = worker.ask(kind, payload, self.options.timeout, &self.ended);
        if is_used && matches!(outcome, Outcome::Unreachable) {
            // It died between two documents, which is no fault of this one.
            worker.end();
            worker = match Worker::start(&self.options) {
                Ok(worker) => worker,
                Err(error) => {
                    self.give_back(None);
                    return Err(error);
                }
            };
            outcome = worker.ask(kind, payload, self.options.timeout, &self.ended);
        }
        match outcome {
            Outcome::Answer(result) => {
                if worker.jobs < JOBS_PER_WORKER {
                    self.give_back(Some(worker));
                } else {
                    worker.end();
                    self.give_back(None);
                }
                result
            }
            Outcome::Ended => {
                worker.end();
                self.give_back(None);
                Err(ExtractError::new(Status::Incomplete, "the run was stopped"))
            }
            Outcome::TimedOut => {
                worker.end();
                self.give_back(None);
                let message = format!("not done after {} s", self.options.timeout.as_secs_f64());
                Err(ExtractError::new(Status::Timeout, message))
            }
            Outcome::Unreachable | Outcome::Died => {
                let error = worker.cause_of_death();
                self.give_back(None);
                Err(error)
            }
            Outcome::Garbled => {
                worker.end();
                self.give_back(None);
                Err(ExtractError::new(
                    Status::Crashed,
                    "the worker gave no readable answer",
                ))
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics under the lock; were it so, the state would still be sound.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A worker, and whether it has read documents before.
    fn check_out(&self) -> Result<(Worker, bool), ExtractError> {
        let mut state = self.lock();
        loop {
            if let Some(worker) = state.idle.pop() {
                return Ok((worker, true));
            }
            if state.running < self.options.workers {
                state.running += 1;
                break;
            }
            state = self
                .returned
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        drop(state);
        let started = Worker::start(&self.options);
        if started.is_err() {
            self.give_back(None);
        }
        started.map(|worker| (worker, false))
    }

    fn give_back(&self, worker: Option<Worker>) {
        let mut state = self.lock();
        match worker {
            Some(worker) => state.idle.push(worker),
            None => state.running -= 1,
        }
        drop(state);
        self.returned.notify_one();
    }
}

enum Outcome {
    Answer(Result<Document, ExtractError>),
    TimedOut,
    /// The pool was ended.
    Ended,
    /// The request could not be sent.
    Unreachable,
    Died,
    Garbled,
}

#[derive(Debug)]
struct Worker {
    child: Child,
    requests: ChildStdin,
    /// Frames, as a thread reads them; closed when the worker's end is.
    answers: Receiver<Vec<u8>>,
    errors: Option<ChildStderr>,
    jobs: usize,
}

impl Worker {
    fn start(options: &WorkerPoolBuilder) -> Result<Self, ExtractError> {
        let io = |error: std::io::Error| {
            ExtractError::new(
                Status::Io,
                format!(
                    "cannot start a worker: {}",
                    error.to_string().to_lowercase()
                ),
            )
        };
        let program = match &options.program {
            Some(program) => program.clone(),
            None => std::env::current_exe().map_err(io)?,
        };
        let mut command = Command::new(program);
        command
            .args(&options.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Only the system's last words go there; they tell a full memory from other deaths.
            .stderr(Stdio::piped());
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            // Ctrl-C is for the program, which decides what to do about its workers.
            command.process_group(0);
        }
        let mut child = command.spawn().map_err(io)?;
        let (Some(mut requests), Some(mut replies)) = (child.stdin.take(), child.stdout.take())
        else {
            return Err(ExtractError::new(
                Status::Io,
                "cannot start a worker: no pipes",
            ));
        };
        let errors = child.stderr.take();
        let (sender, answers) = sync_channel(1);
        let max_frame = wire::max_answer(&options.limits);
        let reader = std::thread::Builder::new()
            .name("skillscreen-pipe".into())
            .spawn(move || {
                if wire::find_greeting(&mut replies).is_err() {
                    return;
                }
                while let Ok(frame) = wire::read_frame(&mut replies, max_frame) {
                    if sender.send(frame).is_err() {
                        return;
                    }
                }
            });
        let setup = Setup {
            limits: options.limits.clone(),
            cpu_seconds: options.cpu.as_secs().max(1),
            memory: options.memory,
        };
        let setup = serde_json::to_vec(&setup).unwrap_or_default();
        // A failure to send shows with the first document.
        let _ = wire::write_frame(&mut requests, &setup);
        let mut worker = Self {
            child,
            requests,
            answers,
            errors,
            jobs: 0,
        };
        if let Err(error) = reader {
            worker.end();
            return Err(io(error));
        }
        Ok(worker)
    }

    fn ask(&mut self, kind: u8, payload: &[u8], timeout: Duration, ended: &AtomicBool) -> Outcome {
        self.jobs += 1;
        let sent = self
            .requests
            .write_all(&[kind])
            .and_then(|()| wire::write_frame(&mut self.requests, payload))
            .and_then(|()| self.requests.flush());
        if sent.is_err() {
            return Outcome::Unreachable;
        }
        let started = Instant::now();
        loop {
            if ended.load(Ordering::Relaxed) {
                return Outcome::Ended;
            }
            let left = timeout.saturating_sub(started.elapsed());
            match self.answers.recv_timeout(left.min(LOOK)) {
                Ok(frame) => {
                    return match serde_json::from_slice::<wire::Answer>(&frame) {
                        Ok(answer) => Outcome::Answer(answer.into()),
                        Err(_) => Outcome::Garbled,
                    };
                }
                Err(RecvTimeoutError::Timeout) if left > LOOK => {}
                Err(RecvTimeoutError::Timeout) => return Outcome::TimedOut,
                Err(RecvTimeoutError::Disconnected) => return Outcome::Died,
            }
        }
    }

    /// Kills and buries the process, so that no zombie is left.
    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn cause_of_death(&mut self) -> ExtractError {
        // The pipe may be closed by a process that lives on; it has no business to.
        let exited = matches!(self.child.try_wait(), Ok(Some(_))) || {
            std::thread::sleep(Duration::from_millis(20));
            matches!(self.child.try_wait(), Ok(Some(_)))
        };
        if !exited {
            let _ = self.child.kill();
        }
        let status = self.child.wait().ok().filter(|_| exited);
        death::cause(status, self.errors.take())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.end();
    }
}
