//! No cell of CSV begins a formula, and what was written can be had back.

use skillscreen::batch::{Failure, Screened};
use skillscreen::output::{Csv, CsvSkills, Output, restore};

use super::pool::{screened, screener};

/// What a spreadsheet acts on, at the start of a cell.
const STARTS: [&str; 12] = [
    "=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠",
];
/// What may stand before it, or in front of a cell that a spreadsheet makes of a part.
const BEFORE: [&str; 8] = ["", " ", "  \"", "'", "\u{a0}", "x\";", "x,", "x;\t\""];

/// The cells of each row, as RFC 4180 has them.
fn read(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(!quoted && cell.is_empty() && row.is_empty());
    rows
}

fn begins_a_formula(cell: &str) -> bool {
    let text = cell.trim_start_matches([' ', '\u{a0}', '"']);
    // A number of ours is no formula.
    STARTS.iter().any(|start| text.starts_with(start)) && cell.parse::<f64>().is_err()
}

fn hostile() -> impl Iterator<Item = String> {
    STARTS.iter().flat_map(|start| {
        BEFORE
            .iter()
            .map(move |before| format!("{before}{start}1+1,\";=2"))
    })
}

#[test]
fn every_text_column_is_safe_and_comes_back() {
    let screener = screener();
    let pool = screened(&screener);
    let (mut csv, mut skills) = (Csv::new(Vec::new(), &screener), CsvSkills::new(Vec::new()));
    let mut failure: Failure =
        serde_json::from_str(r#"{"source": "", "status": "corrupt", "error": ""}"#).unwrap();
    for text in hostile() {
        failure.source = text.clone();
        failure.error = text.clone();
        csv.write(&Screened::Failure(failure.clone())).unwrap();
        let Screened::Report(mut report) = pool[1].clone() else {
            panic!("a report")
        };
        report.source = text.as_str().into();
        for skill in &mut report.skills {
            skill.id = text.as_str().into();
            skill.label = text.as_str().into();
            skill.category = text.as_str().into();
            skill.evidence[0].quote = text.as_str().into();
        }
        report.skills.truncate(1);
        skills.write(&Screened::Report(report)).unwrap();
    }
    let texts =
        [csv.into_inner(), skills.into_inner()].map(|bytes| String::from_utf8(bytes).unwrap());
    for text in &texts {
        let rows = read(text);
        assert_eq!(rows.len(), 1 + STARTS.len() * BEFORE.len());
        for row in &rows {
            assert_eq!(row.len(), rows[0].len());
            for cell in row {
                assert!(!begins_a_formula(cell), "{cell:?}");
                assert!(
                    !cell.split([';', '\t']).any(begins_a_formula),
                    "split at ';' or TAB: {cell:?}"
                );
            }
        }
    }
    for (row, text) in read(&texts[0]).iter().skip(1).zip(hostile()) {
        assert_eq!([restore(&row[0]), restore(&row[2])], [text.clone(), text]);
    }
    for (row, text) in read(&texts[1]).iter().skip(1).zip(hostile()) {
        assert_eq!(
            [0, 1, 2, 3].map(|n| restore(&row[n])),
            [text.clone(), text.clone(), text.clone(), text]
        );
    }
}
