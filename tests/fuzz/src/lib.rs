//! What the targets share: how a document is read and what must hold of it, and files put together from parts.

use skillscreen::document::{Document, Format, Limits, Status, extract};
use std::io::{Cursor, Write};
use std::time::Duration;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Between the parts of an input that becomes an archive: a byte that no UTF-8 text has.
pub const PART_END: u8 = 0xff;

/// Small, so that one input cannot take long by being large: the defaults are for files a thousand times the size.
const CHARS: usize = 200_000;

/// Reads the bytes and checks what holds of every document.
pub fn read(bytes: &[u8]) -> Option<Document> {
    let mut limits = Limits::default();
    limits
        .chars(CHARS)
        .part_bytes(4 << 20)
        .total_bytes(16 << 20)
        .pdf_time(Duration::from_secs(2));
    let document = match extract(bytes, &limits) {
        Ok(document) => document,
        Err(error) => {
            let status = error.status();
            assert!(
                !matches!(status, Status::Scored | Status::Partial),
                "an error with a text's status: {error}"
            );
            // Panics of our own never come this far: the fuzzer ends at them. A foreign one that is caught is a
            // status of its file.
            assert!(status != Status::Crashed || bytes_are_pdf(bytes), "{error}");
            return None;
        }
    };
    check(&document);
    Some(document)
}

fn bytes_are_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)]
        .windows(5)
        .any(|window| window == b"%PDF-")
}

fn check(document: &Document) {
    let text = document.text();
    assert!(!text.trim().is_empty(), "a document without text");
    // One more: the line end that closes every text.
    assert!(text.chars().count() <= CHARS + 1, "text over the limit");
    assert!(text.ends_with('\n'), "line end");
    // Markdown's marks are taken away last and may leave a blank behind.
    if document.format() != Format::Markdown {
        assert!(!text.contains("\n\n\n"), "two blank lines");
        for line in text.lines() {
            assert_eq!(
                line,
                line.trim_end_matches([' ', '\t']),
                "white space at a line's end"
            );
        }
    }
    if let Some(odd) = text
        .chars()
        .find(|&c| c.is_control() && !matches!(c, '\n' | '\t'))
    {
        panic!("control character {odd:?}");
    }
    for hidden in document.hidden() {
        assert!(hidden.chars > 0, "{hidden:?}");
        assert!(hidden.sample.chars().count() <= 60, "{hidden:?}");
    }
}

/// Reads the bytes and, when they are a document, demands the format.
pub fn read_as(format: Format, bytes: &[u8]) {
    if let Some(document) = read(bytes) {
        assert_eq!(document.format(), format);
    }
}

/// Bytes that begin as a file of the format does are taken as they are; others get that beginning.
pub fn beginning(magic: &[u8], bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(magic) {
        bytes.to_vec()
    } else {
        [magic, bytes].concat()
    }
}

/// An archive of the input's parts, one for each name as far as they go. Without it checksums would keep most changes from ever
/// being read.
pub fn archive(names: &[&str], bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in names.iter().zip(bytes.split(|&byte| byte == PART_END)) {
        writer.start_file(*name, options).expect("names differ");
        writer.write_all(part).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

/// The parts of a DOCX that are read, in the order in which inputs have them.
pub const DOCX_PARTS: [&str; 7] = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/_rels/document.xml.rels",
    "word/footer1.xml",
    "word/footnotes.xml",
    "word/settings.xml",
];

/// The parts of an ODT that are read.
pub const ODT_PARTS: [&str; 2] = ["content.xml", "styles.xml"];

/// The streams of a DOC that are read.
pub const DOC_STREAMS: [&str; 2] = ["/WordDocument", "/1Table"];

/// A compound file of two streams: the first two bytes say how long the first one is.
pub fn compound(bytes: &[u8]) -> Option<Vec<u8>> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_le_bytes(*length)).min(rest.len());
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).ok()?;
    for (name, stream) in DOC_STREAMS.iter().zip([&rest[..length], &rest[length..]]) {
        file.create_stream(name).ok()?.write_all(stream).ok()?;
    }
    file.flush().ok()?;
    Some(file.into_inner().into_inner())
}
