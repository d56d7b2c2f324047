#![no_main]
//! Taxonomy files, from TOML to the compiled matcher.

use libfuzzer_sys::fuzz_target;
use skillscreen::{JobProfile, Screener, Taxonomy};

fuzz_target!(|text: &str| {
    let Ok(taxonomy) = Taxonomy::from_toml("input", text) else {
        return;
    };
    let Some(skill) = taxonomy.skills().first() else {
        return;
    };
    let mut profile = JobProfile::builder("one");
    profile.skill(skill.id(), 1);
    let Ok(profile) = profile.build() else {
        return;
    };
    if let Ok(screener) = Screener::new(&taxonomy, &profile) {
        // The file itself names its labels, so some of them are found in it.
        screener.screen(text);
    }
});
