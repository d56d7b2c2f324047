#![no_main]
//! PDF files.

use libfuzzer_sys::fuzz_target;
use skillscreen::document::Format;
use skillscreen_fuzz::{beginning, read_as};
use std::panic;

fuzz_target!(
    init: {
        // The fuzzer's hook ends the process at the first panic. One in a crate below is caught and costs its page,
        // so only panics of our own code end it.
        let end = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let is_foreign = info
                .location()
                .is_some_and(|place| place.file().contains("/registry/src/") || place.file().starts_with("/rustc/"));
            if !is_foreign {
                end(info);
            }
        }));
    },
    |bytes: &[u8]| read_as(Format::Pdf, &beginning(b"%PDF-", bytes))
);
