//! A worker that does all that parsers can do to a process: each ends as a status, and the next document is
//! read as if nothing had been.

use skillscreen::document::pool::{self, WorkerPool, WorkerPoolBuilder};
use skillscreen::document::{Document, ExtractError, Limits, Status, extract};
use std::io::Write;
use std::time::{Duration, Instant};

/// Not a test: the program that the pools here start. It finds its name in the arguments they give.
#[test]
#[ignore = "started by the other tests as their worker"]
fn worker_process() {
    pool::serve(act);
}

fn act(bytes: &[u8], limits: &Limits) -> Result<Document, ExtractError> {
    match bytes {
        b"panic" => panic!("as asked"),
        b"overflow" => {
            fn deeper(n: u64) -> u64 {
                let room = std::hint::black_box([n; 128]);
                if n == u64::MAX {
                    0
                } else {
                    deeper(n + 1) + room[5]
                }
            }
            let _ = std::hint::black_box(deeper(0));
        }
        b"abort" => std::process::abort(),
        b"exit" => std::process::exit(0),
        b"memory" => drop(std::hint::black_box(vec![1u8; 4 << 30])),
        b"loop" => loop {
            std::hint::spin_loop();
        },
        b"sleep" => std::thread::sleep(Duration::from_secs(60)),
        b"output" => while std::io::stdout().write_all(&[0xff; 4096]).is_ok() {},
        _ => {}
    }
    extract(bytes, limits)
}

fn pool() -> WorkerPoolBuilder {
    let arguments = [
        "--exact",
        "worker::worker_process",
        "--ignored",
        "--nocapture",
        "--test-threads=1",
    ]
    .map(str::to_owned);
    let mut builder = WorkerPool::builder();
    builder
        .program(std::env::current_exe().unwrap(), arguments)
        .workers(1)
        .timeout(Duration::from_secs(30))
        .memory(1 << 30);
    builder
}

#[test]
fn every_death_is_a_status_and_the_next_document_is_read() {
    let pool = pool().build();
    for (deed, expected) in [
        (&b"panic"[..], Status::Crashed),
        (b"overflow", Status::Crashed),
        (b"abort", Status::Crashed),
        (b"exit", Status::Crashed),
        (b"memory", Status::Memory),
        (b"output", Status::Crashed),
    ] {
        let error = pool.extract_bytes(deed).unwrap_err();
        assert_eq!(
            error.status(),
            expected,
            "{}: {error}",
            String::from_utf8_lossy(deed)
        );
        assert_eq!(
            pool.extract_bytes(b"a resume").unwrap().text(),
            "a resume\n"
        );
    }
}

#[test]
fn hangs_end_by_the_wall_clock_and_by_cpu_time() {
    let waiting = pool().timeout(Duration::from_millis(1500)).build();
    let start = Instant::now();
    assert_eq!(
        waiting.extract_bytes(b"sleep").unwrap_err().status(),
        Status::Timeout
    );
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(
        waiting.extract_bytes(b"a resume").unwrap().text(),
        "a resume\n"
    );

    let working = pool().cpu(Duration::from_secs(1)).build();
    let start = Instant::now();
    assert_eq!(
        working.extract_bytes(b"loop").unwrap_err().status(),
        Status::Timeout
    );
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn many_threads_share_few_workers() {
    let pool = pool().workers(2).build();
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let pool = &pool;
            scope.spawn(move || {
                for round in 0..20 {
                    let text = format!("resume {thread} {round}\n");
                    assert_eq!(pool.extract_bytes(text.as_bytes()).unwrap().text(), text);
                    if round == 10 {
                        assert_eq!(
                            pool.extract_bytes(b"abort").unwrap_err().status(),
                            Status::Crashed
                        );
                    }
                }
            });
        }
    });
}

#[test]
fn paths_are_opened_by_the_worker() {
    let pool = pool().build();
    let missing = std::env::temp_dir().join("skillscreen-no-such-file");
    assert_eq!(pool.extract(&missing).unwrap_err().status(), Status::Io);
    assert_eq!(
        pool.extract(&std::env::temp_dir()).unwrap_err().status(),
        Status::NotRegular
    );
}
