//! The page in a real browser: it sorts, filters and opens, its console is silent, and a hundred hostile strings run nothing.
//!
//! Needs Chromium (Debian: `apt-get install chromium`) or the path of one in `SKILLSCREEN_CHROMIUM`; without it each test says that it is skipped.
#![cfg(feature = "page")]

#[path = "output/pool.rs"]
mod pool;

#[path = "output/payloads.rs"]
mod payloads;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use skillscreen::batch::Screened;
use skillscreen::output::{Html, Output};

/// Milliseconds that the script may take with 10,000 resumes: "a few seconds", on a machine that does other things, too.
const READY_WITHIN: f64 = 5000.0;

fn chromium() -> Option<OsString> {
    if let Some(path) = std::env::var_os("SKILLSCREEN_CHROMIUM") {
        return Some(path);
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.exists())
        .map(Into::into)
}

/// The page's elements after its script has run; `None` when there is no browser. Fails when the console is not silent.
fn open(page: &Path, hash: &str) -> Option<String> {
    let Some(chromium) = chromium() else {
        eprintln!("SKIPPED: there is no Chromium here, so the page was not tried in a browser");
        return None;
    };
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-sync",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--enable-logging=stderr",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}#{hash}", page.display()))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    let console: Vec<&str> = told
        .lines()
        .filter(|line| line.contains("CONSOLE"))
        .collect();
    assert!(console.is_empty(), "{console:#?}");
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        dom.contains("data-ready="),
        "the script did not come to its end:\n{told}"
    );
    Some(dom)
}

/// The text between two marks.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).unwrap_or_else(|| panic!("no {start}")) + start.len();
    &text[from..from + text[from..].find(end).unwrap_or_else(|| panic!("no {end}"))]
}

/// The names in the ranked table, in its order.
fn names(dom: &str) -> Vec<&str> {
    let body = between(dom, "<tbody id=\"body\">", "</tbody>");
    body.split("class=\"name\"")
        .skip(1)
        .map(|row| {
            let name = between(row, ">", "</button>");
            name.rsplit("</span>").next().unwrap_or(name)
        })
        .collect()
}

fn saved(folder: &Path, page: &str) -> PathBuf {
    let path = folder.join("page.html");
    fs::write(&path, page).unwrap();
    path
}

#[test]
fn it_sorts_filters_and_searches() {
    let folder = tempfile::tempdir().unwrap();
    let text = pool::written(
        Html::new(Vec::new(), &pool::screener()).unwrap(),
        Html::into_inner,
    );
    let page = saved(folder.path(), &text);
    let Some(dom) = open(&page, "") else { return };
    assert_eq!(
        names(&dom),
        ["ada.txt", "bo.txt", "bo2.txt", "di, \"the\" one.txt"]
    );
    assert!(dom.contains("aria-sort=\"descending\""));
    let show = |hash: &str| open(&page, hash).unwrap();
    assert_eq!(
        names(&show("sort=source&dir=desc")),
        ["di, \"the\" one.txt", "bo2.txt", "bo.txt", "ada.txt"]
    );
    // Skill 2 is mentoring.
    assert_eq!(names(&show("skill=2")), ["ada.txt"]);
    assert_eq!(names(&show("q=BO2")), ["bo2.txt"]);
    assert_eq!(
        names(&show("q=data+entry&sort=score&dir=asc")),
        ["bo.txt", "bo2.txt", "ada.txt"]
    );
    assert!(names(&show("q=nobody")).is_empty());
    // What is no state is an anchor, and nonsense is not believed.
    assert_eq!(names(&show("method")).len(), 4);
    assert_eq!(
        names(&show("sort=__proto__&size=-1&page=99&skill=x&open=y")).len(),
        4
    );
}

#[test]
fn a_resume_opens_with_its_quotes_and_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let text = pool::written(
        Html::new(Vec::new(), &pool::screener()).unwrap(),
        Html::into_inner,
    );
    let page = saved(folder.path(), &text);
    let Some(dom) = open(&page, "open=0") else {
        return;
    };
    let card = between(&dom, "<div class=\"card\"", "</tbody>");
    for told in [
        "Parts of the score: ",
        "“payroll”",
        "Associate",
        "Requirements",
        "of 52.50 points",
    ] {
        assert!(
            card.to_lowercase().contains(&told.to_lowercase()),
            "{told}: {card}"
        );
    }
    let dom = open(&page, "open=3").unwrap();
    let card = between(&dom, "<div class=\"card\"", "</tbody>");
    assert!(
        card.contains("said not to be there") && card.contains("wished for, not shown"),
        "{card}"
    );
    assert!(card.contains("+"), "{card}");
}

#[test]
fn a_hundred_hostile_strings_run_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let page = saved(folder.path(), &payloads::page());
    for hash in [
        "size=500",
        "open=0&size=500",
        "open=17&size=500",
        "open=99&size=500",
        "q=<script>",
        "skill=0",
    ] {
        let Some(dom) = open(&page, hash) else { return };
        assert!(!dom.contains("data-hacked"), "{hash}");
        let html = &dom[..dom.find("<script type=\"application/json\"").unwrap()];
        for tag in [
            "<img",
            "<iframe",
            "<a href=\"java",
            "<object",
            "<link",
            "<base",
            "<script",
            "<plaintext",
            " onerror=\"",
            " onload=\"",
        ] {
            assert!(!html.contains(tag), "{hash}: {tag}");
        }
    }
}

#[test]
fn ten_thousand_resumes_open_within_seconds() {
    if chromium().is_none() {
        eprintln!(
            "SKIPPED: there is no Chromium here, so 10,000 resumes were not tried in a browser"
        );
        return;
    }
    let screener = pool::screener();
    let Screened::Report(mut report) = pool::screened(&screener)[1].clone() else {
        panic!("a report")
    };
    let mut html = Html::new(Vec::new(), &screener).unwrap();
    for n in 0..10_000 {
        report.source = format!("pool/{n:05}.txt");
        html.write(&Screened::Report(report.clone())).unwrap();
    }
    let summary = pool::run(
        &screener,
        pool::inputs(),
        &mut skillscreen::output::JsonLines::new(Vec::new()),
    );
    html.finish(&summary).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let page = saved(
        folder.path(),
        &String::from_utf8(html.into_inner()).unwrap(),
    );
    let dom = open(&page, "sort=source&dir=desc&open=9998").unwrap();
    assert_eq!(names(&dom)[..2], ["09999.txt", "09998.txt"]);
    let ready: f64 = between(&dom, "data-ready=\"", "\"").parse().unwrap();
    eprintln!("10,000 resumes: ready after {ready} ms");
    assert!(ready < READY_WITHIN, "{ready} ms");
}
