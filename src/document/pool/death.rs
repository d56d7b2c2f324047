//! What a worker died of.

use super::super::status::{ExtractError, Status};
use std::io::Read;
use std::process::ExitStatus;

/// Reads the traces: the signal and, since a full memory and a full stack both end in the same one, the last
/// words of the runtime.
pub(super) fn cause(status: Option<ExitStatus>, errors: Option<impl Read>) -> ExtractError {
    let words = last_words(errors);
    if words.contains("memory allocation of") || words.contains("out of memory") {
        return ExtractError::new(Status::Memory, "the parser wanted more memory than allowed");
    }
    if words.contains("overflowed its stack") {
        return ExtractError::new(Status::Crashed, "the parser overflowed its stack");
    }
    #[cfg(unix)]
    if let Some(status) = status {
        use std::os::unix::process::ExitStatusExt;
        match status.signal() {
            // SIGXCPU has one number on all systems of interest.
            Some(24) => {
                return ExtractError::new(Status::Timeout, "the parser used up its CPU time");
            }
            // Nobody but the system kills it while we wait: for want of memory.
            Some(9) => return ExtractError::new(Status::Memory, "the system killed the parser"),
            Some(signal) => {
                return ExtractError::new(
                    Status::Crashed,
                    format!("the parser died of signal {signal}"),
                );
            }
            None => {}
        }
    }
    let message = match status.and_then(|status| status.code()) {
        Some(code) => format!("the parser's process ended with code {code}"),
        None => "the parser's process closed its pipe".to_owned(),
    };
    ExtractError::new(Status::Crashed, message)
}

/// 64 KiB: what a pipe holds. The process is dead, so this never waits; its own children do not exist.
fn last_words(errors: Option<impl Read>) -> String {
    let mut words = Vec::new();
    if let Some(errors) = errors {
        let _ = errors.take(64 * 1024).read_to_end(&mut words);
    }
    String::from_utf8_lossy(&words).into_owned()
}
