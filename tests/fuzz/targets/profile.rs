#![no_main]
//! Profile files, from TOML to a score.

use libfuzzer_sys::fuzz_target;
use skillscreen::taxonomy::Skill;
use skillscreen::{JobProfile, Screener, Taxonomy};
use std::sync::LazyLock;

static TAXONOMY: LazyLock<Taxonomy> = LazyLock::new(|| {
    let mut taxonomy = Taxonomy::builder("small");
    taxonomy
        .skill(Skill::new("payroll", "Payroll"))
        .skill(Skill::new("excel", "Excel"));
    taxonomy.build().expect("is sound")
});

fuzz_target!(|text: &str| {
    let Ok(profile) = JobProfile::from_toml("input", text) else {
        return;
    };
    if let Ok(screener) = Screener::new(&TAXONOMY, &profile) {
        let report =
            screener.screen("Clerk, 2010 - 2014\n- payroll, Excel\nBachelor of Arts, 2009");
        let score = report.score().unwrap_or(0.0);
        assert!((0.0..=100.0).contains(&score), "{score}");
    }
});
