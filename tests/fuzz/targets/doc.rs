#![no_main]
//! DOC files, and compound files put together from their streams.

use libfuzzer_sys::fuzz_target;
use skillscreen::document::Format;
use skillscreen_fuzz::{compound, read_as};

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        read_as(Format::Doc, bytes);
    } else if let Some(file) = compound(bytes) {
        read_as(Format::Doc, &file);
    }
});
