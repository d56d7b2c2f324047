#![no_main]
//! Texts through the whole pipeline: normalisation, sections, matching, evidence, facts, score, report.

use libfuzzer_sys::fuzz_target;
use skillscreen::taxonomy::Skill;
use skillscreen::text::NormalizedText;
use skillscreen::{JobProfile, Screener, Taxonomy};
use std::sync::LazyLock;

static SCREENER: LazyLock<Screener> = LazyLock::new(|| {
    let mut taxonomy = Taxonomy::builder("small");
    taxonomy
        .skill(Skill::new("payroll", "Payroll").described("process~ {0,2} timesheet~"))
        .skill(Skill::new("training", "Staff training").described("train~ {0,3} staff|agent~"))
        .skill(Skill::new("retention", "Retention").described("reduce~ {0,4} turnover"))
        .skill(Skill::new("cpp", "C++"))
        .skill(Skill::new("excel", "Excel"));
    let mut profile = JobProfile::builder("clerk");
    profile
        .skill("payroll", 3)
        .skill("training", 2)
        .skill("cpp", 1);
    let (taxonomy, profile) = (taxonomy.build(), profile.build());
    Screener::new(&taxonomy.expect("is sound"), &profile.expect("is sound")).expect("is sound")
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let text = text.as_ref();
    let normalized = NormalizedText::new(text);
    for word in 0..normalized.word_count() {
        let span = normalized.word_span(word);
        assert!(text.get(span.range()).is_some_and(|word| !word.is_empty()));
    }
    let report = SCREENER.screen(text);
    let check = |start: usize, end: usize, quote: &str| {
        assert_eq!(text.get(start..end), Some(quote));
    };
    for skill in &report.skills {
        for evidence in &skill.evidence {
            check(evidence.start, evidence.end, &evidence.quote);
        }
    }
    for suppressed in &report.suppressed {
        check(suppressed.start, suppressed.end, &suppressed.quote);
    }
    let mut at = 0;
    for section in &report.sections {
        assert_eq!(section.start, at, "sections cover the text end to end");
        at = section.end;
    }
    assert_eq!(at, text.len());
    assert_eq!(report.to_json(), SCREENER.screen(text).to_json());
});
