#![no_main]
//! HTML pages.

use libfuzzer_sys::fuzz_target;
use skillscreen::document::Format;
use skillscreen_fuzz::{beginning, read_as};

fuzz_target!(|bytes: &[u8]| {
    let page = beginning(b"<html", bytes);
    // A PDF may begin with anything.
    if !page.windows(5).any(|window| window == b"%PDF-") {
        read_as(Format::Html, &page);
    }
});
