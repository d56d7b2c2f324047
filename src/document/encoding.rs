//! From bytes to text: byte order mark, strict UTF-8, UTF-16 without a mark, then a statistical guess.

use super::status::ExtractError;
#[cfg(not(feature = "encodings"))]
use super::status::Status;
use std::borrow::Cow;

/// Text and the name of the encoding it was in.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: &'static str,
}

/// `declared` is a label that the file itself gives, as HTML does; it decides only what is not UTF-8 or UTF-16.
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    declared: Option<&str>,
) -> Result<Decoded<'a>, ExtractError> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Ok(Decoded {
            text: String::from_utf8_lossy(rest),
            encoding: "UTF-8",
        });
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Ok(utf16(rest, Endian::Little));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Ok(utf16(rest, Endian::Big));
    }
    if let Some(endian) = guess_utf16(bytes) {
        return Ok(utf16(bytes, endian));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: "UTF-8",
        });
    }
    legacy(bytes, declared)
}

#[cfg(feature = "encodings")]
fn legacy<'a>(bytes: &'a [u8], declared: Option<&str>) -> Result<Decoded<'a>, ExtractError> {
    use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
    let declared = declared
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .filter(|encoding| *encoding != encoding_rs::UTF_8);
    let encoding = declared.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
        detector.feed(bytes, true);
        // Strict UTF-8 failed above. A file with one bad byte among many good sequences is still UTF-8: a
        // stray byte is likelier than a legacy encoding whose letters all happen to form sequences.
        if mostly_utf8(bytes) {
            encoding_rs::UTF_8
        } else {
            detector.guess(None, Utf8Detection::Deny)
        }
    });
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded {
        text,
        encoding: encoding.name(),
    })
}

/// Whether at least nine of ten non-ASCII stretches are sound UTF-8.
#[cfg(feature = "encodings")]
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad * 9
}

#[cfg(not(feature = "encodings"))]
fn legacy<'a>(_: &'a [u8], _: Option<&str>) -> Result<Decoded<'a>, ExtractError> {
    Err(ExtractError::new(
        Status::Unsupported,
        "text neither in UTF-8 nor UTF-16: built without feature `encodings`",
    ))
}

#[derive(Clone, Copy)]
enum Endian {
    Little,
    Big,
}

fn utf16(bytes: &[u8], endian: Endian) -> Decoded<'static> {
    let units = bytes.chunks_exact(2).map(|pair| match endian {
        Endian::Little => u16::from_le_bytes([pair[0], pair[1]]),
        Endian::Big => u16::from_be_bytes([pair[0], pair[1]]),
    });
    let text = char::decode_utf16(units)
        .map(|unit| unit.unwrap_or('\u{fffd}'))
        .collect::<String>();
    Decoded {
        text: Cow::Owned(text),
        encoding: match endian {
            Endian::Little => "UTF-16LE",
            Endian::Big => "UTF-16BE",
        },
    }
}

/// UTF-16 without a mark shows as NULs in nearly every other byte, because resumes are mostly ASCII.
fn guess_utf16(bytes: &[u8]) -> Option<Endian> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|&&b| b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    // 70 %: Latin text in UTF-16 is above, binary files have zeros on both sides.
    if odd * 10 >= half * 7 && even * 10 <= half {
        Some(Endian::Little)
    } else if even * 10 >= half * 7 && odd * 10 <= half {
        Some(Endian::Big)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unicode_encodings() {
        for (bytes, text, encoding) in [
            (&b"caf\xc3\xa9"[..], "café", "UTF-8"),
            (b"\xef\xbb\xbfcaf\xc3\xa9", "café", "UTF-8"),
            (b"\xff\xfec\0a\0f\0\xe9\0", "café", "UTF-16LE"),
            (b"\xfe\xff\0c\0a\0f\0\xe9", "café", "UTF-16BE"),
            (b"R\0e\0s\0u\0m\0e\0", "Resume", "UTF-16LE"),
        ] {
            let decoded = decode(bytes, None).unwrap();
            assert_eq!((&*decoded.text, decoded.encoding), (text, encoding));
        }
    }

    #[cfg(feature = "encodings")]
    #[test]
    fn legacy_encodings_are_guessed() {
        let bytes =
            b"Responsible for the team\x92s budget \x96 \x93on time\x94, r\xe9sum\xe9 on request";
        let decoded = decode(bytes, None).unwrap();
        assert_eq!(decoded.encoding, "windows-1252");
        assert!(decoded.text.contains("team’s budget – “on time”, résumé"));
        let decoded = decode(b"\xcf\xf0\xe8\xe2\xe5\xf2", Some("windows-1251")).unwrap();
        assert_eq!(&*decoded.text, "Привет");
    }

    #[cfg(feature = "encodings")]
    #[test]
    fn one_bad_byte_leaves_utf8() {
        let mut bytes = "é".repeat(20).into_bytes();
        bytes.push(0xff);
        assert_eq!(decode(&bytes, None).unwrap().encoding, "UTF-8");
    }
}
