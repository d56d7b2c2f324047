//! The file information block: where text and properties are ([MS-DOC] 2.5).

use super::super::status::{ExtractError, Status};

/// Characters of the text that are stored in one place.
#[derive(Debug)]
pub(super) struct Piece {
    /// Character positions.
    pub(super) start: u64,
    pub(super) end: u64,
    /// Byte offset in the main stream.
    pub(super) offset: u64,
    /// Two bytes a character, else Windows-1252.
    pub(super) wide: bool,
}

#[derive(Debug)]
pub(super) struct Fib {
    version: u16,
    flags: u16,
    /// Word 6 and 95 have the text in one stretch.
    old_text: (u32, u32),
    /// Main text, footnotes, headers, macros, comments, end notes, text boxes, text boxes of headers.
    pub(super) story_lengths: [u32; 8],
    pieces: (u32, u32),
    /// Where each header and footer begins within their story; Word 97 and later.
    pub(super) headers: (u32, u32),
    pub(super) runs: (u32, u32),
    pub(super) paragraphs: (u32, u32),
}

/// Word 97; before it, blocks and codes are of another shape.
const WORD_97: u16 = 0x00c1;

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn corrupt(what: &str) -> ExtractError {
    ExtractError::new(Status::Corrupt, format!("doc: {what}"))
}

impl Fib {
    pub(super) fn read(main: &[u8]) -> Result<Self, ExtractError> {
        let magic = u16_at(main, 0).ok_or_else(|| corrupt("no header"))?;
        if !matches!(magic, 0xa5ec | 0xa5dc | 0xa5db | 0xa697..=0xa699) {
            return Err(corrupt("unknown header"));
        }
        let word = |at| u32_at(main, at).unwrap_or(0);
        let pair = |at| (word(at), word(at + 4));
        let version = u16_at(main, 2).unwrap_or(0);
        let flags = u16_at(main, 0x0a).unwrap_or(0);
        if flags & 0x0100 != 0 {
            return Err(ExtractError::new(
                Status::Encrypted,
                "doc: protected by a password",
            ));
        }
        if version < 101 {
            return Err(ExtractError::new(
                Status::Unsupported,
                "doc: from before Word 6",
            ));
        }
        let old_text = (word(0x18), word(0x1c));
        let fib = if version >= WORD_97 {
            Self {
                version,
                flags,
                old_text,
                story_lengths: [0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64, 0x68].map(word),
                pieces: pair(0x01a2),
                headers: pair(0x00f2),
                runs: pair(0x00fa),
                paragraphs: pair(0x0102),
            }
        } else {
            Self {
                version,
                flags,
                old_text,
                story_lengths: [0x34, 0x38, 0x3c, 0x40, 0x44, 0x48, 0x4c, 0x50].map(word),
                pieces: pair(0x0160),
                headers: (0, 0),
                // Their property codes differ from Word 97's; such files are rare enough to go without.
                runs: (0, 0),
                paragraphs: (0, 0),
            }
        };
        Ok(fib)
    }

    /// The stream that holds the tables; Word 6 and 95 keep them in the main stream.
    pub(super) fn table_name(&self) -> Option<&'static str> {
        match (self.version >= WORD_97, self.flags & 0x0200 != 0) {
            (false, _) => None,
            (true, true) => Some("/1Table"),
            (true, false) => Some("/0Table"),
        }
    }

    pub(super) fn slice<'a>(&self, table: &'a [u8], (offset, length): (u32, u32)) -> &'a [u8] {
        let start = (offset as usize).min(table.len());
        let end = start.saturating_add(length as usize).min(table.len());
        &table[start..end]
    }

    pub(super) fn pieces(&self, main: &[u8], table: &[u8]) -> Result<Vec<Piece>, ExtractError> {
        let simple = self.version < WORD_97 && self.flags & 0x0004 == 0;
        let found = if simple {
            None
        } else {
            piece_table(self.slice(table, self.pieces))
        };
        if let Some(plc) = found {
            return self.read_pieces(plc);
        }
        if self.version >= WORD_97 {
            return Err(corrupt("no piece table"));
        }
        let (start, end) = self.old_text;
        let length = u64::from(end.min(main.len() as u32).saturating_sub(start));
        Ok(vec![Piece {
            start: 0,
            end: length,
            offset: u64::from(start),
            wide: false,
        }])
    }

    fn read_pieces(&self, plc: &[u8]) -> Result<Vec<Piece>, ExtractError> {
        // n + 1 character positions of 4 bytes, then n descriptors of 8 bytes.
        let count = plc.len().saturating_sub(4) / 12;
        let mut pieces = Vec::with_capacity(count);
        let mut last = 0;
        for at in 0..count {
            let (Some(start), Some(end), Some(place)) = (
                u32_at(plc, at * 4),
                u32_at(plc, at * 4 + 4),
                u32_at(plc, (count + 1) * 4 + at * 8 + 2),
            ) else {
                break;
            };
            // Positions must rise, or a small table could repeat the text without end.
            if start < last || end < start {
                return Err(corrupt("piece table out of order"));
            }
            last = end;
            let compressed = place & 0x4000_0000 != 0;
            let place = u64::from(place & 0x3fff_ffff);
            let (offset, wide) = match (self.version >= WORD_97, compressed) {
                (true, true) => (place / 2, false),
                (true, false) => (place, true),
                (false, _) => (place, false),
            };
            pieces.push(Piece {
                start: u64::from(start),
                end: u64::from(end),
                offset,
                wide,
            });
        }
        Ok(pieces)
    }
}

/// Finds the piece table behind the property blocks (type 1) that may precede it (type 2).
fn piece_table(clx: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        match *clx.get(at)? {
            1 => at += 3 + u16_at(clx, at + 1)? as usize,
            2 => {
                let length = u32_at(clx, at + 1)? as usize;
                let start = at + 5;
                return clx.get(start..start.checked_add(length)?.min(clx.len()));
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_piece_table_is_found_behind_property_blocks() {
        let clx = [1, 2, 0, 9, 9, 2, 3, 0, 0, 0, 7, 8, 9];
        assert_eq!(piece_table(&clx), Some(&[7u8, 8, 9][..]));
        assert_eq!(piece_table(&[3]), None);
        assert_eq!(
            piece_table(&[2, 0xff, 0xff, 0xff, 0xff, 1]),
            Some(&[1u8][..])
        );
    }

    #[test]
    fn headers_tell_encryption_and_age() {
        let mut main = vec![0u8; 0x400];
        main[..2].copy_from_slice(&0xa5ecu16.to_le_bytes());
        main[2..4].copy_from_slice(&0x00c1u16.to_le_bytes());
        main[0x0b] = 0x01;
        assert_eq!(Fib::read(&main).unwrap_err().status(), Status::Encrypted);
        main[0x0b] = 0;
        main[2..4].copy_from_slice(&45u16.to_le_bytes());
        assert_eq!(Fib::read(&main).unwrap_err().status(), Status::Unsupported);
        assert_eq!(Fib::read(b"no").unwrap_err().status(), Status::Corrupt);
    }
}
