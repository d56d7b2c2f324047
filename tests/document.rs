//! Documents made here, in every format: the same lines come out, odd files get their status, nothing panics.

#[path = "document/samples.rs"]
mod samples;

#[path = "document/hidden.rs"]
mod hidden;

#[path = "document/mutation.rs"]
mod mutation;

#[path = "document/worker.rs"]
mod worker;

use samples::{LINES, docx_of, pdf_of, zip_of};
use skillscreen::document::{Format, Limits, Note, Status, extract};

fn status(bytes: &[u8]) -> Status {
    match extract(bytes, &Limits::default()) {
        Ok(document) => document.status(),
        Err(error) => error.status(),
    }
}

#[test]
fn every_format_gives_the_same_lines() {
    for (format, bytes) in samples::all() {
        let document =
            extract(&bytes, &Limits::default()).unwrap_or_else(|error| panic!("{format}: {error}"));
        assert_eq!(document.format(), format);
        let lines: Vec<&str> = document
            .text()
            .lines()
            .filter(|line| !line.is_empty())
            .collect();
        assert_eq!(lines, LINES, "{format}");
        assert_eq!(document.status(), Status::Scored, "{format}");
        assert!(
            document.hidden().is_empty(),
            "{format}: {:?}",
            document.hidden()
        );
    }
}

#[test]
fn texts_tell_their_encoding() {
    let limits = Limits::default();
    for (bytes, encoding) in [
        (&b"caf\xc3\xa9 manager"[..], "UTF-8"),
        (b"\xff\xfec\0a\0f\0\xe9\0", "UTF-16LE"),
        (
            b"The team\x92s r\xe9sum\xe9 \x96 on time, under budget",
            "windows-1252",
        ),
    ] {
        assert_eq!(extract(bytes, &limits).unwrap().encoding(), Some(encoding));
    }
}

#[test]
fn two_columns_give_whole_sentences() {
    let mut content = String::new();
    let mut line = |x: i32, y: i32, text: &str| {
        content += &format!("BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n");
    };
    line(
        50,
        760,
        "Jane Doe, customer service manager in a large shop for shoes and for coats",
    );
    for (at, text) in ["Skills", "conflict", "resolution", "and budget", "planning"]
        .iter()
        .enumerate()
    {
        line(50, 720 - 12 * at as i32, text);
    }
    for (at, text) in [
        "Work experience",
        "Led a team of twelve",
        "agents and cut the",
        "waiting time by half",
    ]
    .iter()
    .enumerate()
    {
        line(220, 720 - 13 * at as i32, text);
    }
    let document = extract(&pdf_of(&content), &Limits::default()).unwrap();
    let text = document.text();
    for sentence in [
        "conflict\nresolution\nand budget\nplanning",
        "Led a team of twelve\nagents and cut the\nwaiting time by half",
    ] {
        assert!(text.contains(sentence), "{text}");
    }
}

#[test]
fn odd_files_have_their_status() {
    let encrypted_zip_entry = {
        let mut zip = zip_of(&[("word/document.xml", b"<w:p/>")]);
        // The flag for encryption, in the local header and in the directory.
        for at in 0..zip.len() - 10 {
            match &zip[at..at + 4] {
                b"PK\x03\x04" => zip[at + 6] |= 1,
                b"PK\x01\x02" => zip[at + 8] |= 1,
                _ => {}
            }
        }
        zip
    };
    for (name, bytes, expected) in [
        ("nothing", Vec::new(), Status::Empty),
        ("white space", b" \n\t ".to_vec(), Status::Empty),
        (
            "png",
            b"\x89PNG\r\n\x1a\n....".to_vec(),
            Status::Unsupported,
        ),
        (
            "binary",
            (0..2000u32).map(|i| (i * 37 % 256) as u8 & 0x1f).collect(),
            Status::Unsupported,
        ),
        (
            "zip of something",
            zip_of(&[("a.txt", b"a")]),
            Status::Unsupported,
        ),
        ("broken zip", b"PK\x03\x04....".to_vec(), Status::Corrupt),
        (
            "broken ole",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....".to_vec(),
            Status::Corrupt,
        ),
        ("broken pdf", b"%PDF-1.7\nnothing".to_vec(), Status::Corrupt),
        ("empty pdf page", pdf_of(""), Status::Empty),
        ("scan", samples::scan(""), Status::ImageOnly),
        ("doctype", docx_of("<!DOCTYPE x><w:p/>"), Status::Corrupt),
        ("deep xml", docx_of(&"<w:sdt>".repeat(1000)), Status::Limit),
        ("encrypted entry", encrypted_zip_entry, Status::Encrypted),
        (
            "empty docx",
            docx_of("<w:body><w:p/></w:body>"),
            Status::Empty,
        ),
        ("empty rtf", b"{\\rtf1 }".to_vec(), Status::Empty),
    ] {
        assert_eq!(status(&bytes), expected, "{name}");
    }
}

#[test]
fn limits_are_on_what_is_read() {
    let mut limits = Limits::default();
    limits.chars(10);
    let document = extract(b"0123456789 and more", &limits).unwrap();
    assert_eq!(
        (document.text(), document.status()),
        ("0123456789\n", Status::Partial)
    );
    assert_eq!(document.notes(), [Note::Truncated { chars: 10 }]);

    let mut limits = Limits::default();
    limits.pages(1);
    let document = extract(&samples::pages(3), &limits).unwrap();
    assert_eq!(
        document.notes(),
        [Note::PagesSkipped {
            skipped: 2,
            pages: 3
        }]
    );
    assert_eq!(document.text(), "page 1\n");

    let spaces = " ".repeat(30 << 20);
    let bomb = docx_of(&spaces);
    assert!(bomb.len() < 200_000);
    assert_eq!(status(&bomb), Status::Limit);

    let overlapping = {
        // Two directory entries that point at one payload.
        let zip = zip_of(&[("word/document.xml", b"<w:p/>"), ("word/b", b"x")]);
        let mut zip = zip.clone();
        let entries: Vec<usize> = (0..zip.len() - 4)
            .filter(|&at| &zip[at..at + 4] == b"PK\x01\x02")
            .collect();
        let (first, second) = (entries[0] + 42, entries[1] + 42);
        zip.copy_within(first..first + 4, second);
        zip
    };
    assert_eq!(status(&overlapping), Status::Corrupt);
}

#[test]
fn formats_are_told_by_content() {
    // A web page, a text and rich text that were all named resume.doc.
    for (bytes, format) in [
        (&b"<html><body><p>Jane Doe"[..], Format::Html),
        (b"Jane Doe\nSkills", Format::Text),
        (b"{\\rtf1 Jane Doe}", Format::Rtf),
        (b"# Jane Doe\n## Skills\n", Format::Markdown),
    ] {
        assert_eq!(extract(bytes, &Limits::default()).unwrap().format(), format);
    }
}
