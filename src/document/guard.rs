//! Runs a parser where its panic costs one document and its recursion has room.

use super::status::{ExtractError, Status};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// 64 MiB of address space; pages are used only as far as the recursion goes. The deepest nesting that the
/// parsers allow (50 PDF forms, 256 XML elements) stays far below.
const STACK: usize = 64 * 1024 * 1024;

/// What a parser throws when its time is over; `resume_unwind` with it runs no panic hook.
#[cfg_attr(not(feature = "pdf"), allow(dead_code))]
pub(super) struct TimeIsUp;

pub(super) fn run<T: Send>(
    work: impl FnOnce() -> Result<T, ExtractError> + Send,
) -> Result<T, ExtractError> {
    let outcome = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("skillscreen-parser".into())
            .stack_size(STACK)
            .spawn_scoped(scope, || catch_unwind(AssertUnwindSafe(work)));
        match thread {
            Ok(thread) => thread.join().unwrap_or_else(Err),
            Err(error) => Ok(Err(ExtractError::new(
                Status::Memory,
                format!("no thread for the parser: {error}"),
            ))),
        }
    });
    match outcome {
        Ok(result) => result,
        Err(payload) if payload.is::<TimeIsUp>() => {
            Err(ExtractError::new(Status::Timeout, "parser ran out of time"))
        }
        // The message of a panic may quote the document, so it is not passed on.
        Err(_) => Err(ExtractError::new(Status::Crashed, "parser panicked")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_status() {
        let error = run::<()>(|| std::panic::resume_unwind(Box::new("odd input"))).unwrap_err();
        assert_eq!(error.status(), Status::Crashed);
        let error = run::<()>(|| std::panic::resume_unwind(Box::new(TimeIsUp))).unwrap_err();
        assert_eq!(error.status(), Status::Timeout);
        assert_eq!(run(|| Ok(7)), Ok(7));
    }
}
