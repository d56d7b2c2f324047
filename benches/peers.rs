//! Our side of `peers.py`: reads labels and texts, screens each text in full, and prints what it took.
//!
//! Labels are lines of a file, texts the `.txt` files of a folder, named by `PEERS_LABELS` and `PEERS_TEXTS`.

use std::path::Path;
use std::time::Instant;

use skillscreen::taxonomy::Skill;
use skillscreen::{JobProfile, Scratch, Screener, Taxonomy};

const ROUNDS: usize = 5;

fn main() {
    let (Some(labels), Some(texts)) = (
        std::env::var_os("PEERS_LABELS"),
        std::env::var_os("PEERS_TEXTS"),
    ) else {
        println!("PEERS_LABELS and PEERS_TEXTS are not set: run peers.py");
        return;
    };
    let start = Instant::now();
    let mut taxonomy = Taxonomy::builder("labels");
    for (n, label) in read(labels.as_ref()).lines().enumerate() {
        taxonomy.skill(Skill::new(format!("label-{n}"), label));
    }
    let taxonomy = taxonomy.build().unwrap_or_else(|error| panic!("{error}"));
    let mut profile = JobProfile::builder("labels");
    profile.skill("label-0", 1);
    let profile = profile.build().unwrap_or_else(|error| panic!("{error}"));
    let screener = Screener::new(&taxonomy, &profile).unwrap_or_else(|error| panic!("{error}"));
    let built = start.elapsed();
    drop(taxonomy);

    let mut paths: Vec<_> = std::fs::read_dir(&texts)
        .expect("the folder of texts can be read")
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|path| read(path)).collect();
    let mut scratch = Scratch::default();
    let mut best = f64::MAX;
    let mut found = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        found = texts
            .iter()
            .map(|text| {
                let report = screener.screen_with(&mut scratch, "", text);
                report
                    .skills
                    .iter()
                    .map(|skill| skill.evidence.len())
                    .sum::<usize>()
            })
            .sum();
        best = best.min(start.elapsed().as_secs_f64());
    }
    assert!(found > 0, "nothing was found");
    println!(
        "{{\"built\": {}, \"seconds\": {best}, \"texts\": {}, \"found\": {found}, \"kib\": {}}}",
        built.as_secs_f64(),
        texts.len(),
        peak()
    );
}

fn read(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The most memory the process had, in KiB, as Linux tells it; 0 elsewhere.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}
