//! What is written, in every format: snapshots of a small invented pool, hostile text, files that are there in full or not at all.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --features page --test output` writes the snapshots anew; read the difference before keeping it.
#![cfg(feature = "page")]

#[path = "output/pool.rs"]
mod pool;

#[path = "output/atomic.rs"]
mod atomic;

#[path = "output/cells.rs"]
mod cells;

#[path = "output/hostile.rs"]
mod hostile;

#[path = "output/payloads.rs"]
mod payloads;

use std::path::Path;

use pool::{screened, screener, written};
use regex::Regex;
use skillscreen::output::{Csv, CsvSkills, Html, Json, JsonLines, Markdown, Table};

/// Compares with the file of this name; digests are left out, because they change with the engine.
fn snapshot(name: &str, text: &str) {
    let digest = Regex::new("[0-9a-f]{32}").unwrap();
    let text = digest
        .replace_all(text, "<digest>")
        .replace(env!("CARGO_PKG_VERSION"), "<version>");
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/snapshots")
        .join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        text == expected,
        "{name} differs from {}:\n{text}",
        path.display()
    );
}

#[test]
fn json_lines() {
    snapshot(
        "pool.jsonl",
        &written(JsonLines::new(Vec::new()), JsonLines::into_inner),
    );
}

#[test]
fn json() {
    let text = written(Json::new(Vec::new()).unwrap(), Json::into_inner);
    let batch: serde_json::Value = serde_json::from_str(&text).unwrap();
    let ranks: Vec<_> = batch["resumes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|resume| resume["rank"].as_u64())
        .collect();
    assert_eq!(ranks, [Some(1), Some(2), Some(2), Some(4)]);
    assert_eq!(batch["resumes"][1]["source"], "people/bo.txt");
    assert_eq!(batch["discovered"], 5);
    snapshot("pool.json", &text);
}

#[test]
fn the_json_of_an_empty_batch_is_whole() {
    let mut json = Json::new(Vec::new()).unwrap();
    let summary = pool::run(&screener(), Vec::new(), &mut json);
    let batch: serde_json::Value = serde_json::from_slice(&json.into_inner()).unwrap();
    assert_eq!(batch["resumes"], serde_json::json!([]));
    assert_eq!(summary.discovered, 0);
    let mut html = Html::new(Vec::new(), &screener()).unwrap();
    pool::run(&screener(), Vec::new(), &mut html);
    assert!(
        String::from_utf8(html.into_inner())
            .unwrap()
            .contains("No resume could be read.")
    );
}

#[test]
fn csv() {
    let text = written(Csv::new(Vec::new(), &screener()), Csv::into_inner);
    assert!(text.lines().count() == 6 && text.ends_with("\r\n"));
    snapshot("pool.csv", &text);
}

#[test]
fn csv_of_skills() {
    snapshot(
        "pool.skills.csv",
        &written(CsvSkills::new(Vec::new()), CsvSkills::into_inner),
    );
}

#[test]
fn markdown() {
    snapshot(
        "pool.md",
        &written(Markdown::new(Vec::new(), &screener()), Markdown::into_inner),
    );
}

#[test]
fn table() {
    let table = |width| {
        written(
            Table::new(Vec::new(), &screener()).width(width),
            Table::into_inner,
        )
    };
    snapshot("pool.80.txt", &table(80));
    snapshot("pool.40.txt", &table(40));
    for width in [40, 55, 56, 71, 72, 80, 120] {
        let text = table(width);
        let widest = text
            .lines()
            .max_by_key(|line| line.chars().count())
            .unwrap();
        assert!(widest.chars().count() <= width, "{width}: {widest}");
        assert!(!text.contains('\u{1b}'));
    }
    let coloured = written(
        Table::new(Vec::new(), &screener()).colour(true),
        Table::into_inner,
    );
    assert!(coloured.contains("\u{1b}[1mClerk\u{1b}[0m"));
}

#[test]
fn a_table_keeps_the_best_and_counts_the_rest() {
    let text = written(
        Table::new(Vec::new(), &screener()).top(1),
        Table::into_inner,
    );
    assert!(
        text.contains("people/ada.txt") && !text.contains("people/bo.txt"),
        "{text}"
    );
    assert!(text.contains("and 3 more"), "{text}");
}

#[test]
fn html() {
    let text = written(
        Html::new(Vec::new(), &screener()).unwrap(),
        Html::into_inner,
    );
    // Style and script stand in files of their own.
    let blocks = Regex::new("(?s)<(style|script)>.*?</(style|script)>").unwrap();
    let hashes = Regex::new("sha256-[^']*").unwrap();
    let text = blocks.replace_all(&text, "<$1>…</$1>").into_owned();
    snapshot("pool.html", &hashes.replace_all(&text, "sha256-…"));
}

#[test]
fn the_same_pool_gives_the_same_bytes() {
    let once = || {
        written(
            Html::new(Vec::new(), &screener()).unwrap(),
            Html::into_inner,
        )
    };
    assert_eq!(once(), once());
    assert_eq!(screened(&screener()), screened(&screener()));
}
