#![no_main]
//! Texts in any encoding, from the guess to the tidied lines.

use libfuzzer_sys::fuzz_target;
use skillscreen_fuzz::read;

fuzz_target!(|bytes: &[u8]| {
    // The other formats have targets of their own.
    let head = &bytes[..bytes.len().min(1024)];
    if head.starts_with(b"PK")
        || head.starts_with(b"\xd0\xcf")
        || head.windows(5).any(|window| window == b"%PDF-")
    {
        return;
    }
    read(bytes);
});
