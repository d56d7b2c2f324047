//! Recognition against the labels of the invented resumes in `fixtures/gold.jsonl`; the figures may only rise.

use std::collections::BTreeMap;
use std::path::Path;

use skillscreen::document::{Limits, extract, read_file};
use skillscreen::eval::{Evaluation, Gold};
use skillscreen::{JobProfile, Scratch, Screener, Taxonomy};

/// What was measured when the test was last raised (0.84), less a hundredth for honest trade-offs between skills. The resumes were written to be
/// unlike each other and unlike any template, by somebody who did not know the vocabulary, and nothing was tuned on them: a hard set.
const LEAST_F1: f64 = 0.83;

/// Measured: 1.56. Three of the thirty tell their work in prose or without headings, where dated jobs are not read (see the README's limits); on real
/// resumes the figure is 0.2.
const MOST_YEARS_OFF: f64 = 1.6;

#[test]
#[cfg(all(feature = "pdf", feature = "docx", feature = "encodings"))]
fn the_invented_resumes_are_read_as_labelled() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let gold = std::fs::read_to_string(fixtures.join("gold.jsonl")).unwrap();
    let gold = Gold::from_json_lines("gold.jsonl", &gold).unwrap();
    let screener = Screener::builder()
        .as_of("2020-01".parse().unwrap())
        .build(&Taxonomy::builtin(), &JobProfile::builtin("csm").unwrap())
        .unwrap();
    let mut scratch = Scratch::default();
    let limits = Limits::default();
    let mut reports = BTreeMap::new();
    for entry in std::fs::read_dir(fixtures.join("resumes")).unwrap() {
        let path = entry.unwrap().path();
        let id = path.file_stem().unwrap().to_string_lossy().into_owned();
        let document = read_file(&path, &limits).and_then(|bytes| extract(&bytes, &limits));
        if let Ok(document) = document {
            reports.insert(
                id.clone(),
                screener.screen_document(&mut scratch, &id, &document),
            );
        }
    }
    let evaluation = Evaluation::new(&gold, &reports);
    assert_eq!(evaluation.missing, Vec::<String>::new());
    let f1 = evaluation.micro.f1().unwrap();
    let mistakes: Vec<String> = evaluation
        .mistakes
        .iter()
        .map(|m| {
            format!(
                "{} {} {} {:?}",
                if m.false_alarm { "false " } else { "missed" },
                m.skill,
                m.resume,
                m.quotes
            )
        })
        .collect();
    assert!(f1 >= LEAST_F1, "F1 {f1:.4}\n{}", mistakes.join("\n"));
    assert!(
        evaluation.fit_spearman.unwrap() >= 0.80,
        "{:?}",
        evaluation.fit_spearman
    );
    assert!(
        evaluation.years_experience_error.unwrap() <= MOST_YEARS_OFF,
        "{:?}",
        evaluation.years_experience_error
    );
}
