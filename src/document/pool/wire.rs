//! What parent and worker say to each other: frames of a length and that many bytes.

use super::super::Document;
use super::super::limits::Limits;
use super::super::status::ExtractError;
use serde::{Deserialize, Serialize};
use std::io::{Error, ErrorKind, Read, Result, Write};

/// A request whose payload is a path in the bytes of the system.
pub(super) const PATH: u8 = b'p';

/// A request whose payload is the document.
pub(super) const BYTES: u8 = b'b';

/// The worker says this first. What comes before it is not from the worker: a launcher's own output.
const GREETING: &[u8; 16] = b"\x00skillscreen-w1\n";

/// 1 MiB of noise before the greeting is no worker.
const MAX_NOISE: usize = 1 << 20;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Setup {
    pub(super) limits: Limits,
    pub(super) cpu_seconds: u64,
    pub(super) memory: u64,
}

/// Like a `Result`, with names of its own on the wire.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    Document(Document),
    Failure(ExtractError),
}

impl From<std::result::Result<Document, ExtractError>> for Answer {
    fn from(result: std::result::Result<Document, ExtractError>) -> Self {
        match result {
            Ok(document) => Answer::Document(document),
            Err(error) => Answer::Failure(error),
        }
    }
}

impl From<Answer> for std::result::Result<Document, ExtractError> {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Document(document) => Ok(document),
            Answer::Failure(error) => Err(error),
        }
    }
}

/// The longest answer there can be: a character is at most 12 bytes of escaped JSON; 1 MiB for the rest.
pub(super) fn max_answer(limits: &Limits) -> usize {
    limits.chars.saturating_mul(12).saturating_add(1 << 20)
}

pub(super) fn write_frame(out: &mut impl Write, payload: &[u8]) -> Result<()> {
    let length = u32::try_from(payload.len()).map_err(|_| Error::from(ErrorKind::InvalidInput))?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(payload)
}

pub(super) fn read_frame(input: &mut impl Read, max: usize) -> Result<Vec<u8>> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > max {
        return Err(Error::from(ErrorKind::InvalidData));
    }
    // Grows as bytes arrive: a length alone takes no memory.
    let mut payload = Vec::with_capacity(length.min(64 * 1024));
    input.take(length as u64).read_to_end(&mut payload)?;
    if payload.len() < length {
        Err(Error::from(ErrorKind::UnexpectedEof))
    } else {
        Ok(payload)
    }
}

pub(super) fn greet(out: &mut impl Write) -> Result<()> {
    out.write_all(GREETING)?;
    out.flush()
}

pub(super) fn find_greeting(input: &mut impl Read) -> Result<()> {
    let mut window = [0u8; GREETING.len()];
    let mut byte = [0u8; 1];
    for _ in 0..MAX_NOISE {
        input.read_exact(&mut byte)?;
        window.rotate_left(1);
        window[GREETING.len() - 1] = byte[0];
        if &window == GREETING {
            return Ok(());
        }
    }
    Err(Error::from(ErrorKind::InvalidData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_sent() {
        let mut wire = b"noise\n".to_vec();
        greet(&mut wire).unwrap();
        write_frame(&mut wire, b"one").unwrap();
        write_frame(&mut wire, b"").unwrap();
        let mut input = wire.as_slice();
        find_greeting(&mut input).unwrap();
        assert_eq!(read_frame(&mut input, 10).unwrap(), b"one");
        assert_eq!(read_frame(&mut input, 10).unwrap(), b"");
        assert!(read_frame(&mut input, 10).is_err());
        assert!(read_frame(&mut &b"\xff\xff\xff\xff"[..], 10).is_err());
    }
}
