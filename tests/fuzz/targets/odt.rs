#![no_main]
//! ODT files, and archives put together from their parts.

use libfuzzer_sys::fuzz_target;
use skillscreen_fuzz::{ODT_PARTS, archive, read};

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        read(bytes);
    } else {
        read(&archive(&ODT_PARTS, bytes));
    }
});
