//! The worker's side.

use super::super::limits::Limits;
use super::super::status::{ExtractError, Status};
use super::super::{Document, extract, read_file};
use super::wire::{self, Answer, Setup};
use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

/// The first argument of a program that is started as a worker.
pub const WORKER_ARGUMENT: &str = "--skillscreen-worker";

/// Runs the worker when this program was started as one, and gives the code to exit with.
///
/// To be called first in `main`, before anything is written or read.
pub fn run_worker_if_asked() -> Option<i32> {
    let asked = std::env::args_os()
        .nth(1)
        .is_some_and(|argument| argument == WORKER_ARGUMENT);
    asked.then(|| i32::from(!serve(extract)))
}

/// The body of a worker: serves documents on standard input and output until the parent is gone.
pub fn worker_main() -> ExitCode {
    if serve(extract) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// A worker with another extractor, for tests that need one that crashes.
#[doc(hidden)]
pub fn serve(extractor: impl Fn(&[u8], &Limits) -> Result<Document, ExtractError>) -> bool {
    // A panic's message may quote the document, and no message may land in a log.
    std::panic::set_hook(Box::new(|_| {}));
    let mut input = std::io::stdin().lock();
    let mut output = std::io::stdout().lock();
    // 64 KiB: the options take a few hundred bytes.
    let Ok(setup) = wire::read_frame(&mut input, 64 * 1024) else {
        return false;
    };
    let Ok(setup) = serde_json::from_slice::<Setup>(&setup) else {
        return false;
    };
    let own = system::Limits::set(&setup);
    if wire::greet(&mut output).is_err() {
        return false;
    }
    let max = usize::try_from(setup.limits.bytes)
        .unwrap_or(usize::MAX)
        .saturating_add(64 * 1024);
    loop {
        let mut kind = [0];
        if input.read_exact(&mut kind).is_err() {
            // The parent closed the pipe: the work is done.
            return true;
        }
        let Ok(payload) = wire::read_frame(&mut input, max) else {
            return false;
        };
        own.before_document(&setup);
        let result = catch_unwind(AssertUnwindSafe(|| match kind[0] {
            wire::PATH => {
                let bytes = read_file(&path_of(payload), &setup.limits)?;
                extractor(&bytes, &setup.limits)
            }
            _ => extractor(&payload, &setup.limits),
        }))
        .unwrap_or_else(|_| Err(ExtractError::new(Status::Crashed, "parser panicked")));
        let Ok(answer) = serde_json::to_vec(&Answer::from(result)) else {
            return false;
        };
        if wire::write_frame(&mut output, &answer)
            .and_then(|()| output.flush())
            .is_err()
        {
            return false;
        }
    }
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(unix)]
mod system {
    use super::super::wire::Setup;
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};

    /// Limits of the system on this process.
    pub(super) struct Limits;

    impl Limits {
        pub(super) fn set(setup: &Setup) -> Self {
            lower(Resource::As, setup.memory);
            // A dump of the process would hold the document.
            lower(Resource::Core, 0);
            Self
        }

        /// The system counts CPU time from the start of the process, so the limit moves on with each document.
        pub(super) fn before_document(&self, setup: &Setup) {
            let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
            lower(Resource::Cpu, used + 1 + setup.cpu_seconds);
        }
    }

    /// Sets the soft limit; the hard one stays, since it could not be raised again. What is refused is not
    /// set: the parent's clock still stands.
    fn lower(resource: Resource, value: u64) {
        let maximum = getrlimit(resource).maximum;
        let value = maximum.map_or(value, |maximum| maximum.min(value));
        let _ = setrlimit(
            resource,
            Rlimit {
                current: Some(value),
                maximum,
            },
        );
    }
}

#[cfg(not(unix))]
mod system {
    use super::super::wire::Setup;

    /// No limits of the system here; the parent's clock alone holds.
    pub(super) struct Limits;

    impl Limits {
        pub(super) fn set(_: &Setup) -> Self {
            Self
        }

        pub(super) fn before_document(&self, _: &Setup) {}
    }
}
