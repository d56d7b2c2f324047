#![no_main]
//! RTF files.

use libfuzzer_sys::fuzz_target;
use skillscreen::document::Format;
use skillscreen_fuzz::{beginning, read_as};

fuzz_target!(|bytes: &[u8]| read_as(Format::Rtf, &beginning(b"{\\rtf1", bytes)));
