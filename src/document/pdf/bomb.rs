//! Looks for streams that inflate beyond all measure, before the parser would inflate them.
//!
//! The parser bounds nesting and loops but not the size of what a filter gives: two kilobytes can be four
//! gigabytes behind two filters. The bytes alone decide here, not the stream's dictionary, since a name in it
//! can be spelled in many ways.

use super::super::format::find;
use super::super::limits::Limits;
use super::super::status::{ExtractError, Status};
use flate2::read::ZlibDecoder;
use std::io::Read;

/// Deflate packs 1,032 bytes into one at best.
const BEST_RATIO: u64 = 1032;

/// Filters on top of each other that are looked through; real files have one, now and then two.
const MAX_LAYERS: usize = 4;

pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), ExtractError> {
    let mut left = limits.total_bytes;
    let mut at = 0;
    while let Some(found) = next_stream(&bytes[at..]) {
        let start = at + found;
        let end = find_end(&bytes[start..]).map_or(bytes.len(), |end| start + end);
        let data = &bytes[start..end];
        at = end;
        // Pictures are never inflated here; their dictionary stands just before the stream.
        if is_picture(&bytes[start.saturating_sub(600)..start]) {
            continue;
        }
        let spelled_out = without_ascii(data);
        let data = spelled_out.as_deref().unwrap_or(data);
        if !is_zlib(data) {
            continue;
        }
        let cap = limits.part_bytes.min(left);
        let once = data.len() as u64 * BEST_RATIO;
        if once <= cap && !is_layered(data) {
            // Even at the best ratio within bounds. What it really takes is estimated low, so that a long
            // document of many small streams is not refused for what it could have been.
            left -= (data.len() as u64 * 4).min(left);
            continue;
        }
        let inflated = measure(data, cap);
        if inflated > cap {
            return Err(ExtractError::new(
                Status::Limit,
                format!(
                    "pdf: a stream of {} bytes inflates to more than {cap}",
                    data.len()
                ),
            ));
        }
        left -= inflated;
    }
    Ok(())
}

/// Place after the next `stream` keyword and its line end.
fn next_stream(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr_find(&bytes[at..], b"stream")?;
        let after = at + 6;
        let is_end = at >= 3 && &bytes[at - 3..at] == b"end";
        at = after;
        if is_end {
            continue;
        }
        return match bytes.get(after..) {
            Some([b'\r', b'\n', ..]) => Some(after + 2),
            Some([b'\n' | b'\r', ..]) => Some(after + 1),
            _ => continue,
        };
    }
}

fn find_end(bytes: &[u8]) -> Option<usize> {
    memchr_find(bytes, b"endstream")
}

/// Finds a needle by its first byte, which the compiler turns into wide loads; the generic window search took
/// a third of the time of a page.
fn memchr_find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|&byte| byte == needle[0])?;
        if bytes[at..].starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
}

fn is_picture(before: &[u8]) -> bool {
    let object = before
        .windows(4)
        .rposition(|window| window == b" obj")
        .map_or(before, |at| &before[at..]);
    find(object, b"/Image").is_some() && find(object, b"/Width").is_some()
}

fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [method, flags, ..]
        if method & 0x0f == 8 && method >> 4 <= 7 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0)
}

/// The bytes behind ASCIIHexDecode and ASCII85Decode, twice at most: real files have one such filter. Told by the end marks and the
/// first letters, as no page's content has them.
fn without_ascii(data: &[u8]) -> Option<Vec<u8>> {
    let once = from_ascii(data)?;
    Some(from_ascii(&once).unwrap_or(once))
}

fn from_ascii(data: &[u8]) -> Option<Vec<u8>> {
    let data = data.trim_ascii();
    if let Some(data) = data.strip_suffix(b"~>") {
        return from_base_85(data);
    }
    let digits = data.strip_suffix(b">")?;
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let is_hex = |byte: &u8| byte.is_ascii_whitespace() || digit(*byte).is_some();
    if !digits.iter().take(64).all(is_hex) {
        return None;
    }
    let digits: Vec<u8> = digits.iter().filter_map(|&byte| digit(byte)).collect();
    Some(
        digits
            .chunks(2)
            .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
            .collect(),
    )
}

fn from_base_85(data: &[u8]) -> Option<Vec<u8>> {
    let data = data.strip_prefix(b"<~").unwrap_or(data);
    let mut out = Vec::with_capacity(data.len() / 5 * 4);
    let mut group = 0u32;
    let mut count = 0;
    for &byte in data.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        match byte {
            b'z' if count == 0 => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    out.extend_from_slice(&group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            _ => return None,
        }
    }
    // The rest of a group, filled up with the highest digit, has one byte less than it has digits.
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend_from_slice(&group.to_be_bytes()[..count - 1]);
    }
    Some(out)
}

/// Whether what comes out of the first filter looks packed again.
fn is_layered(data: &[u8]) -> bool {
    let mut head = [0; 2];
    ZlibDecoder::new(data).read_exact(&mut head).is_ok() && is_zlib(&head)
}

/// The most bytes that any layer gives, counted up to just above `cap`.
fn measure(data: &[u8], cap: u64) -> u64 {
    let mut most = 0;
    for layers in 1..=MAX_LAYERS {
        let mut reader: Box<dyn Read> = Box::new(data);
        for _ in 0..layers {
            reader = Box::new(ZlibDecoder::new(reader));
        }
        let mut buffer = vec![0; 64 * 1024];
        let mut size = 0u64;
        let mut layered = false;
        loop {
            match reader.read(&mut buffer) {
                Ok(0) | Err(_) => break,
                Ok(read) => {
                    layered |= size == 0 && is_zlib(&buffer[..read]);
                    size += read as u64;
                }
            }
            if size > cap {
                return size;
            }
        }
        most = most.max(size);
        if !layered {
            break;
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn deflate(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn pdf_with(dictionary: &str, data: &[u8]) -> Vec<u8> {
        let mut pdf = format!("%PDF-1.4\n1 0 obj <<{dictionary}>>\nstream\n").into_bytes();
        pdf.extend_from_slice(data);
        pdf.extend_from_slice(b"\nendstream endobj");
        pdf
    }

    fn in_base_85(data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        for group in data.chunks(4) {
            let mut bytes = [0; 4];
            bytes[..group.len()].copy_from_slice(group);
            let value = u32::from_be_bytes(bytes);
            let digits = [4, 3, 2, 1, 0].map(|power| b'!' + (value / 85u32.pow(power) % 85) as u8);
            out.extend_from_slice(&digits[..group.len() + 1]);
        }
        out.extend_from_slice(b"~>");
        out
    }

    #[test]
    fn base_85_is_read_to_the_last_byte() {
        for length in 0..12u8 {
            let data: Vec<u8> = (0..length).map(|n| n.wrapping_mul(77)).collect();
            assert_eq!(from_ascii(&in_base_85(&data)), Some(data));
        }
    }

    #[test]
    fn bombs_are_seen_through_two_layers() {
        let mut limits = Limits::default();
        limits.part_bytes(1 << 20);
        let once = deflate(&vec![0; 8 << 20]);
        let twice = deflate(&once);
        let fine = deflate(b"BT (hello) Tj ET");
        for (data, bomb) in [(&once, true), (&twice, true), (&fine, false)] {
            let outcome = check(&pdf_with("/Filter/FlateDecode", data), &limits);
            assert_eq!(outcome.is_err(), bomb);
        }
        for layer in [&once, &twice, &fine] {
            let hex: String = layer.iter().map(|byte| format!("{byte:02x}")).collect();
            let outcome = check(&pdf_with("", format!("{hex}>").as_bytes()), &limits);
            assert_eq!(outcome.is_err(), layer.len() != fine.len());
            let outcome = check(&pdf_with("", &in_base_85(layer)), &limits);
            assert_eq!(outcome.is_err(), layer.len() != fine.len());
        }
        assert!(check(&pdf_with("/Subtype/Image/Width 9", &once), &limits).is_ok());
        assert!(check(b"%PDF-1.4 stream\nendstream stream", &limits).is_ok());
    }
}
