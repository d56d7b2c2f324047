//! The behavioural cases in `fixtures/cases`: one phenomenon each, by name.

use std::fmt::Write;
use std::path::Path;

use serde::Deserialize;
use skillscreen::{JobProfile, Screener, Taxonomy};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    #[serde(default)]
    expect: Vec<String>,
    #[serde(default)]
    forbid: Vec<String>,
    why: String,
    /// A case that is known to fail, with the reason. It must go on failing, or the mark must go.
    #[serde(default)]
    known_failure: Option<String>,
}

#[test]
fn every_case_is_read_as_a_careful_reader_would() {
    let screener =
        Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm").unwrap()).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let (mut passed, mut complaints) = (0, String::new());
    for file in &files {
        let table: Table = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        for case in table.case {
            let report = screener.screen(&case.text);
            let missed: Vec<&String> = case
                .expect
                .iter()
                .filter(|id| report.skill(id).is_none())
                .collect();
            let wrong: Vec<&String> = case
                .forbid
                .iter()
                .filter(|id| report.skill(id).is_some())
                .collect();
            let fails = !missed.is_empty() || !wrong.is_empty();
            let file = file.file_stem().unwrap().to_string_lossy();
            match (fails, &case.known_failure) {
                (false, None) => passed += 1,
                (true, Some(_)) => {}
                (false, Some(_)) => writeln!(
                    complaints,
                    "{file}/{}: passes; take `known_failure` away",
                    case.name
                )
                .unwrap(),
                (true, None) => {
                    writeln!(
                        complaints,
                        "{file}/{}: missed {missed:?}, wrong {wrong:?} ({})\n    {:?}",
                        case.name, case.why, case.text
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(passed >= 180, "only {passed} cases passed\n{complaints}");
    assert!(complaints.is_empty(), "\n{complaints}");
}
