//! What a file is, told by its bytes and never by its name.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A kind of document that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// Plain text in any encoding that can be told.
    Text,
    /// Plain text with Markdown headings.
    Markdown,
    /// An HTML page.
    Html,
    /// A PDF file.
    Pdf,
    /// A Word document since 2007 (Office Open XML).
    Docx,
    /// A Word document of 6.0 to 2003 (OLE compound file).
    Doc,
    /// An OpenDocument text.
    Odt,
    /// A Rich Text Format file.
    Rtf,
}

impl Format {
    /// The name as reports write it: `docx`.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Doc => "doc",
            Format::Odt => "odt",
            Format::Rtf => "rtf",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the first look at the bytes says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sniffed {
    Pdf,
    /// A ZIP archive; which one is known only after its directory is read.
    Zip,
    /// An OLE compound file; DOC or an encrypted package or something else.
    Ole,
    Rtf,
    Html,
    /// Bytes that may be text; the decoder has the last word.
    Text,
    /// Something known that is no document with text, by its name for the message.
    Other(&'static str),
}

/// Signatures of files that turn up in resume folders and hold no text that could be read here.
const OTHERS: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"BM", "a BMP image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"%!PS", "a PostScript file"),
    (b"\xffWPC", "a WordPerfect file"),
    (b"SQLite format 3\0", "a database"),
];

/// PDF readers accept junk before the header within the first kilobyte (ISO 32000, Annex H).
const PDF_HEADER_WINDOW: usize = 1024;

pub(super) fn sniff(bytes: &[u8]) -> Sniffed {
    let head = &bytes[..bytes.len().min(PDF_HEADER_WINDOW)];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Sniffed::Zip;
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Sniffed::Ole;
    }
    if find(head, b"%PDF-").is_some() {
        return Sniffed::Pdf;
    }
    let start = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    if start.starts_with(b"{\\rt") {
        return Sniffed::Rtf;
    }
    for (magic, name) in OTHERS {
        // Two letters alone ("BM", "MZ") may begin a text: a name, say. A binary file has a NUL soon after.
        if head.starts_with(magic) && (magic.len() > 2 || head.contains(&0)) {
            return Sniffed::Other(name);
        }
    }
    if looks_like_html(bytes) {
        return Sniffed::Html;
    }
    if let Some(name) = other_xml(start) {
        return Sniffed::Other(name);
    }
    Sniffed::Text
}

/// Whether the first tag is one that only HTML pages begin with.
///
/// Plain texts with leftover inline markup (`<span class="hl">`) stay texts.
fn looks_like_html(bytes: &[u8]) -> bool {
    // UTF-16 pages have a NUL in each tag letter; looking at the rest of the bytes finds the tag all the same.
    let mut head: Vec<u8> = bytes[..bytes.len().min(4096)]
        .iter()
        .copied()
        .filter(|&b| b != 0)
        .map(|b| b.to_ascii_lowercase())
        .collect();
    for bom in [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"] {
        if head.starts_with(bom) {
            head.drain(..bom.len());
            break;
        }
    }
    let mut rest = head.trim_ascii_start();
    // Comments and an XML declaration may stand before the first tag.
    loop {
        if rest.starts_with(b"<!--") {
            let Some(end) = find(rest, b"-->") else {
                return false;
            };
            rest = rest[end + 3..].trim_ascii_start();
        } else if rest.starts_with(b"<?xml") {
            let Some(end) = find(rest, b"?>") else {
                return false;
            };
            rest = rest[end + 2..].trim_ascii_start();
        } else {
            break;
        }
    }
    const FIRST: &[&[u8]] = &[
        b"<!doctype html",
        b"<html",
        b"<head",
        b"<body",
        b"<meta",
        b"<title",
        b"<div",
        b"<table",
        b"<section",
        b"<main",
        b"<article",
        b"<header",
        b"<h1",
        b"<h2",
        b"<p>",
        b"<p ",
        b"<ul",
        b"<style",
        b"<link",
        b"<center",
        b"<script",
    ];
    FIRST.iter().any(|tag| rest.starts_with(tag))
        || (rest.starts_with(b"<") && find(rest, b"<html").is_some())
}

/// XML dialects that are documents of another kind.
fn other_xml(start: &[u8]) -> Option<&'static str> {
    if !start.starts_with(b"<?xml") {
        return None;
    }
    if find(start, b"word/2003/wordml").is_some() || find(start, b"Word.Document").is_some() {
        Some("a Word 2003 XML file")
    } else if find(start, b"office:document").is_some() {
        Some("a flat OpenDocument file")
    } else {
        Some("an XML file")
    }
}

/// First place of `needle`.
pub(super) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_the_format() {
        for (bytes, expected) in [
            (&b"%PDF-1.7\n"[..], Sniffed::Pdf),
            (b"junk before\n%PDF-1.4", Sniffed::Pdf),
            (b"PK\x03\x04rest", Sniffed::Zip),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Sniffed::Ole),
            (b"\xef\xbb\xbf {\\rtf1 hi}", Sniffed::Rtf),
            (b"<!DOCTYPE HTML><p>", Sniffed::Html),
            (b"<!-- made by hand --><html>", Sniffed::Html),
            (b"<?xml version='1.0'?><html xmlns='x'>", Sniffed::Html),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", Sniffed::Html),
            (b"Led a <span class=\"hl\">team</span>", Sniffed::Text),
            (b"<span>Led</span> a team", Sniffed::Text),
            (b"BMW Group, Munich", Sniffed::Text),
            (b"BM\x00\x01\x00", Sniffed::Other("a BMP image")),
            (b"\x89PNG\r\n\x1a\n...", Sniffed::Other("a PNG image")),
            (
                b"<?xml version='1.0'?><feed/>",
                Sniffed::Other("an XML file"),
            ),
            (b"", Sniffed::Text),
        ] {
            assert_eq!(sniff(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
