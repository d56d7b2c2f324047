//! Writes seeds for every target: `cargo run --example seeds FOLDER` makes `FOLDER/TARGET/…`.

#[path = "../../document/samples.rs"]
#[allow(dead_code, reason = "the document tests use the rest")]
mod samples;

use skillscreen::document::Format;
use skillscreen_fuzz::{DOC_STREAMS, DOCX_PARTS, ODT_PARTS, PART_END};
use std::io::{Cursor, Read};
use std::path::Path;
use std::{env, fs};

fn main() {
    let folder = env::args().nth(1).expect("usage: seeds FOLDER");
    let folder = Path::new(&folder);
    let write = |target: &str, name: &str, bytes: &[u8]| {
        let folder = folder.join(target);
        fs::create_dir_all(&folder).expect("the folder can be made");
        fs::write(folder.join(name), bytes).expect("the seed can be written");
    };
    for (format, bytes) in samples::all() {
        match format {
            Format::Text | Format::Markdown => {
                write("text", format.as_str(), &bytes);
                write("encodings", format.as_str(), &bytes);
            }
            Format::Docx => write("docx", "parts", &parts(&bytes, &DOCX_PARTS)),
            Format::Odt => write("odt", "parts", &parts(&bytes, &ODT_PARTS)),
            Format::Doc => write("doc", "streams", &streams(&bytes)),
            _ => {}
        }
        if !matches!(format, Format::Text | Format::Markdown) {
            write(format.as_str(), "whole", &bytes);
        }
    }
    write(
        "docx",
        "styled",
        b"<w:document><w:body><w:p><w:pPr><w:pStyle w:val=\"H\"/></w:pPr><w:r><w:rPr><w:vanish/><w:color w:val=\"FFFFFF\"/><w:sz w:val=\"1\"/>\
          </w:rPr><w:t xml:space=\"preserve\">a </w:t><w:tab/><w:br/><w:sym w:font=\"Wingdings\" w:char=\"F0B7\"/></w:r><w:ins><w:r><w:t>b</w:t>\
          </w:r></w:ins><w:hyperlink><w:r><w:t>c</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>X</w:instrText>\
          <w:fldChar w:fldCharType=\"end\"/></w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>d</w:t></w:r></w:p>\
          </w:txbxContent></mc:Choice><mc:Fallback/></mc:AlternateContent></w:p></w:body></w:document>\xff<w:styles><w:style w:styleId=\"H\">\
          <w:basedOn w:val=\"G\"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>\xff<w:numbering><w:abstractNum w:abstractNumId=\"1\">\
          <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>\
          <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>\xff",
    );
    write(
        "odt",
        "styled",
        b"<office:document-content><office:automatic-styles><style:style style:name=\"P\" style:parent-style-name=\"Q\">\
          <style:text-properties text:display=\"none\" fo:color=\"#ffffff\" fo:font-size=\"1pt\"/></style:style></office:automatic-styles>\
          <office:body><office:text><text:p text:style-name=\"P\">a<text:s text:c=\"3\"/><text:tab/><text:line-break/><text:span>b</text:span>\
          <draw:frame><draw:text-box><text:p>c</text:p></draw:text-box></draw:frame><text:note><text:note-body><text:p>d</text:p>\
          </text:note-body></text:note></text:p></office:text></office:body></office:document-content>\xff",
    );
    write(
        "html",
        "styled",
        b"<html><head><style>.a, p > b { display: none; color: #fff } #c { font-size: 0; position: absolute; left: -9999px }</style></head>\
          <body bgcolor=\"#000\"><p class=a style=\"color: rgb(0, 0, 0); background: white\">one<b id=c>two</b>&amp;&#x41;&nbsp;<br><pre>\n x\n</pre>\
          <ol start=3><li value=7>three<ul><li>four</ul></ol><table><tr><th colspan=2>five<td>six</table><script>7</script><!-- 8 -->\
          <textarea>nine</textarea><noscript>ten</noscript><span hidden>eleven</span><svg><text>twelve</text></svg>",
    );
    write(
        "rtf",
        "styled",
        br"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}{\colortbl;\red255\green255\blue255;}{\v a}{\cf1\fs1 b}
\u8211?\'e9\f1\'e9\tab\line{\*\unknown c}{\field{\*\fldinst HYPERLINK x}{\fldrslt d}}{\pict 00ff}\bin3 xyz\trowd\cell\row\par{\deleted e}}",
    );
    write("pdf", "pages", &samples::pages(3));
    write(
        "pdf",
        "scan",
        &samples::scan("BT 3 Tr /F1 12 Tf 72 600 Td (read by a machine) Tj ET"),
    );
    for (name, bytes) in [
        ("utf-16", &b"\xff\xfeJ\0a\0n\0e\0\r\0\n\0"[..]),
        ("windows-1252", b"The team\x92s r\xe9sum\xe9 \x96 on time"),
        (
            "tags",
            "Jane\u{e0052}\u{e0075} \u{200b}D\u{ad}oe \u{1f3f4}\u{e0067}".as_bytes(),
        ),
    ] {
        write("encodings", name, bytes);
    }
    write(
        "text",
        "resume",
        b"Jane Doe\nSummary\nSeeking to learn payroll.\n\nExperience\nCompany Name City, State Clerk 03/2011 to Current\n\
          - Trained 12 new agents; reduced staff turnover by 5%\n\xe2\x80\xa2 No experience with C++, M\xc2\xad\xe2\x80\x8bS Ex\xef\xac\x80cel\n\
          Manager, Acme Inc. | Jan. '09 \xe2\x80\x93 Dec 2010 (2 years)\nEducation\nB.S., Accounting, 2008, GPA 3.9\n\
          Skills: process timesheets, payroll, Excel\n",
    );
    write(
        "taxonomy",
        "small",
        br##"[taxonomy]
id = "t"
version = "1.0.0"
language = "en"
[sources.a]
title = "A"
published = "2025-01-08"
[sets]
people = "agent~|staff|new hire~"
[[skill]]
id = "staff-training"
label = "Staff training"
category = "management"
kind = "competency"
definition = "Training."
sources = ["a"]
benchmark = { percent = 6, source = "a" }
implies = ["leadership"]
alternative = ["employee training", { match = "excel", case = "capital", list_item = true, why = "w" }]
hidden = ["staff trainning"]
described = ["train~ {0,3} @people", "(call|contact center) (of the)? #", { match = "train~", unless_before = ["was|were"], any = [{ only_near = ["word"] }], min_near = { of = ["a"], count = 2 }, swallows = ["leadership"], sections = ["skills"], why = "w" }]
[[skill]]
id = "leadership"
label = "Leadership"
match_label = false
category = "management"
"##,
    );
    write(
        "profile",
        "small",
        br#"[profile]
id = "p"
version = "1.0.0"
label = "P"
taxonomy = "small"
titles = ["clerk"]
skills_points = 40
[weights]
per_document = 2
[[skill]]
id = "payroll"
importance = "essential"
documents = ["a"]
prevalence = { percent = 6, source = "a" }
stated = "required"
quote = { text = "q", source = "a" }
[[skill]]
id = "excel"
weight = 3
[[requirement]]
id = "both"
kind = "all_of"
need = "required"
points = 25
[[requirement.of]]
kind = "years"
area = "management"
at_least = 1
full_at = 2
[[requirement.of]]
kind = "at_least"
count = 1
of = [{ kind = "skill", skill = "excel", min_percent = 75 }]
[[requirement]]
id = "degree"
kind = "degree"
level = "bachelor"
accepts = "associate"
fields = ["business"]
need = "preferred"
points = 4
"#,
    );
}

/// The named parts of an archive as the targets take them.
fn parts(bytes: &[u8], names: &[&str]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a sound sample");
    let mut out = Vec::new();
    for name in names {
        if let Ok(mut part) = archive.by_name(name) {
            part.read_to_end(&mut out).expect("a sound sample");
        }
        out.push(PART_END);
    }
    out
}

/// The streams of a compound file as the target takes them.
fn streams(bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).expect("a sound sample");
    let mut streams = DOC_STREAMS.map(|name| {
        let mut stream = Vec::new();
        file.open_stream(name)
            .and_then(|mut from| from.read_to_end(&mut stream))
            .expect("a sound sample");
        stream
    });
    let length = u16::try_from(streams[0].len()).expect("a small sample");
    let mut out = length.to_le_bytes().to_vec();
    for stream in &mut streams {
        out.append(stream);
    }
    out
}
