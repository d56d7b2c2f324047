//! Batches through the public API: order, threads, journals, cancellation, duplicates.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use proptest::prelude::*;
use skillscreen::batch::{Batch, BatchSummary, Duplicates, Input, Journal, Screened};
use skillscreen::document::{Document, Limits, Status, extract};
use skillscreen::output::Format;
use skillscreen::{JobProfile, Screener, Taxonomy};

fn screener() -> Screener {
    static SCREENER: std::sync::OnceLock<Screener> = std::sync::OnceLock::new();
    let build = || Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm").unwrap());
    SCREENER.get_or_init(|| build().unwrap()).clone()
}

fn fixtures() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/resumes");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

fn run(batch: &Batch, inputs: Vec<Input>) -> (Vec<Screened>, BatchSummary) {
    let mut results = Vec::new();
    let summary = batch
        .run(inputs, |screened| {
            results.push(screened);
            Ok(())
        })
        .unwrap();
    (results, summary)
}

fn told(summary: &BatchSummary) -> String {
    let skills = serde_json::to_string(&summary.skills()).unwrap();
    serde_json::to_string(summary).unwrap() + &skills
}

fn journal_path(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("skillscreen-{}-{name}", std::process::id()));
    let _ = std::fs::remove_file(&path);
    path
}

#[test]
fn an_iterator_and_a_sink_give_the_same_for_any_number_of_threads() {
    let screener = screener();
    let inputs = || fixtures().into_iter().map(Input::file).collect::<Vec<_>>();
    let (expected, summary) = run(Batch::new(&screener).jobs(1), inputs());
    assert!(expected.len() > 20 && summary.failed > 0);
    for jobs in [2, 7] {
        let (results, other) = run(Batch::new(&screener).jobs(jobs), inputs());
        assert!(results == expected && told(&other) == told(&summary));
        let mut iter = Batch::new(&screener).jobs(jobs).iter(inputs()).unwrap();
        let results: Result<Vec<Screened>, _> = iter.by_ref().collect();
        assert!(results.unwrap() == expected && told(iter.summary()) == told(&summary));
    }
}

#[test]
fn a_text_without_a_character_fails_as_a_file_does() {
    let texts = ["", " \n\u{a0}", "Processed payroll"];
    let told = [Status::Empty, Status::Empty, Status::Scored];
    for input in [
        |text| Input::text(text, text),
        |text| Input::document(text, Document::from_text(text)),
    ] {
        let (results, summary) = run(&Batch::new(&screener()), texts.map(input).into());
        let statuses: Vec<Status> = results.iter().map(Screened::status).collect();
        assert_eq!(statuses, told);
        assert_eq!((summary.scored, summary.failed), (1, 2));
    }
}

#[test]
fn a_journal_gives_back_what_was_put_in_whatever_the_names() {
    let screener = screener();
    let path = journal_path("back");
    let read = Arc::new(AtomicU64::new(0));
    let counting = || {
        let mut batch = Batch::new(&screener);
        let read = read.clone();
        batch.extract_with(move |bytes| {
            read.fetch_add(1, Ordering::Relaxed);
            extract(bytes, &Limits::default())
        });
        batch
    };
    let inputs = |prefix: &str| -> Vec<Input> {
        let texts = (0..50).map(|n| {
            Input::text(
                format!("{prefix}{n}"),
                format!("Processed payroll {n} times"),
            )
        });
        fixtures()
            .into_iter()
            .map(Input::file)
            .chain(texts)
            .collect()
    };
    let (expected, summary) = run(&counting(), inputs(""));
    let files = read.swap(0, Ordering::Relaxed);

    // The first part only, as if the run had been stopped there.
    let journal = Journal::create(&path, &screener, "").unwrap();
    let part: Vec<Input> = inputs("").into_iter().take(40).collect();
    run(counting().journal_with(Arc::new(journal)), part);
    read.store(0, Ordering::Relaxed);

    let journal = Arc::new(Journal::resume(&path, &screener, "").unwrap());
    let kept = journal.len() as u64;
    assert!(kept > 30, "{kept}");
    let seen = Arc::new(AtomicU64::new(0));
    let last = seen.clone();
    let mut batch = counting();
    batch
        .journal_with(journal)
        .on_progress(move |progress| last.store(progress.resumed, Ordering::Relaxed));
    let (results, resumed) = run(&batch, inputs(""));
    assert!(results == expected && told(&resumed) == told(&summary));
    assert_eq!(seen.load(Ordering::Relaxed), kept);
    assert!(read.load(Ordering::Relaxed) < files);
    drop(batch);

    let mut batch = Batch::new(&screener);
    batch.journal_with(Arc::new(Journal::resume(&path, &screener, "").unwrap()));
    let (results, _) = run(&batch, inputs("renamed "));
    let (plain, _) = run(&Batch::new(&screener), inputs("renamed "));
    assert!(results == plain);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_cancelled_iterator_does_not_wait_for_input_that_never_comes() {
    let screener = screener();
    let (sender, receiver) = std::sync::mpsc::channel();
    let cancel = Arc::new(AtomicBool::new(false));
    let mut results = Batch::new(&screener)
        .cancel_with(cancel.clone())
        .iter(receiver)
        .unwrap();
    sender.send(Input::text("a", "Processed payroll")).unwrap();
    assert_eq!(results.next().unwrap().unwrap().source(), "a");
    cancel.store(true, Ordering::Relaxed);
    assert!(results.next().is_none());
    assert!(!results.summary().complete);
    drop(sender);
}

#[test]
fn an_extractor_that_panics_costs_one_result() {
    let screener = screener();
    let mut batch = Batch::new(&screener);
    batch.extract_with(|bytes| {
        assert!(bytes.len().is_multiple_of(2), "a broken extractor");
        Ok(Document::from_text("Processed payroll"))
    });
    let (results, summary) = run(&batch, fixtures().into_iter().map(Input::file).collect());
    assert_eq!(results.len(), fixtures().len());
    assert_eq!(summary.discovered, summary.scored + summary.failed);
    assert!(summary.scored > 0 && summary.statuses[&Status::Crashed] == summary.failed);
}

#[test]
fn an_error_of_the_sink_ends_the_batch() {
    let endless = (0..).map(|n| Input::text(n.to_string(), "Processed payroll"));
    let error = Batch::new(&screener())
        .run(endless, |screened| {
            if screened.source() == "5" {
                return Err("{".parse::<Format>().unwrap_err());
            }
            Ok(())
        })
        .unwrap_err();
    assert!(error.to_string().contains("there is no format"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever comes, all of it is accounted for, and duplicates are where a plain search says.
    #[test]
    fn all_inputs_are_accounted_for(kinds in proptest::collection::vec(0u8..6, 0..60), jobs in 1usize..4) {
        let screener = screener();
        let inputs: Vec<Input> = kinds.iter().enumerate().map(|(n, kind)| match kind {
            0 => Input::unreadable(n.to_string(), Status::Corrupt, "no"),
            1 => Input::file(format!("/nowhere/{n}")),
            2 => Input::document(n.to_string(), Document::from_text("Balanced the till")),
            _ => Input::text(n.to_string(), format!("Processed payroll {kind} times")),
        }).collect();
        for duplicates in [Duplicates::Mark, Duplicates::CountOnce, Duplicates::Ignore] {
            let (results, summary) = run(Batch::new(&screener).jobs(jobs).duplicates(duplicates), inputs.clone());
            prop_assert!(summary.complete);
            prop_assert_eq!(results.len(), kinds.len());
            prop_assert_eq!(summary.discovered, summary.scored + summary.failed + summary.skipped);
            prop_assert_eq!(summary.failed as usize, kinds.iter().filter(|kind| **kind < 2).count());
            let mut marked = 0;
            for (n, result) in results.iter().enumerate() {
                prop_assert_eq!(result.source().rsplit('/').next().unwrap(), n.to_string());
                let first = kinds.iter().position(|kind| *kind == kinds[n]).unwrap();
                let expected = (kinds[n] >= 2 && first < n && duplicates != Duplicates::Ignore).then(|| first.to_string());
                prop_assert_eq!(result.report().and_then(|report| report.duplicate_of.clone()), expected.clone());
                marked += u64::from(expected.is_some());
            }
            prop_assert_eq!(summary.duplicates, marked);
            let out = if duplicates == Duplicates::CountOnce { marked } else { 0 };
            prop_assert_eq!(summary.counted(), summary.scored - out);
        }
    }
}
