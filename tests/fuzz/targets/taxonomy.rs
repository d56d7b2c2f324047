#![no_main]
//! Taxonomy files, from TOML to the compiled matcher.

use libfuzzer_sys::fuzz_target;
use skillscreen::{JobProfile, Screener, Taxonomy};
use std::sync::LazyLock;

static PROFILE: LazyLock<JobProfile> =
    LazyLock::new(|| JobProfile::builder("none").build().expect("is sound"));

fuzz_target!(|text: &str| {
    let Ok(taxonomy) = Taxonomy::from_toml("input", text) else {
        return;
    };
    if let Ok(screener) = Screener::new(&taxonomy, &PROFILE) {
        // The file itself names its labels, so some of them are found in it.
        screener.screen(text);
    }
});
