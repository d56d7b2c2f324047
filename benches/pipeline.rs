//! How fast each stage is, the whole, and what it is held against: bare scans of the same words for the same literals.

mod corpus;

use std::hint::black_box;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use criterion::measurement::WallTime;
use criterion::{
    BenchmarkGroup, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use daachorse::DoubleArrayAhoCorasick;
use skillscreen::batch::{Batch, Input};
use skillscreen::stages::{Stages, literals, matcher_bytes};
use skillscreen::{JobProfile, Scratch, Screener, Taxonomy};

/// Texts to measure on, by name.
fn corpora() -> Vec<(&'static str, Vec<String>)> {
    let mut corpora = vec![("made", corpus::resumes(200))];
    corpora.extend(corpus::real_texts(200).map(|texts| ("real", texts)));
    corpora
}

fn bytes(texts: &[String]) -> Throughput {
    Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum())
}

fn csm() -> Screener {
    let profile = JobProfile::builtin("csm").expect("it is built in");
    Screener::new(&Taxonomy::builtin(), &profile).expect("what is built in fits")
}

/// A screener for a taxonomy of any kind: its first skill is asked for.
fn screener(taxonomy: &Taxonomy) -> Screener {
    let mut profile = JobProfile::builder("any");
    profile.skill(taxonomy.skills()[0].id(), 1);
    let profile = profile.build().expect("a profile of one skill");
    Screener::new(taxonomy, &profile).expect("the profile fits")
}

/// All stages, text after text; `least` skills at least are shown.
fn whole_screening(
    group: &mut BenchmarkGroup<'_, WallTime>,
    screener: &Screener,
    texts: &[String],
    least: usize,
) {
    let mut scratch = Scratch::default();
    group.bench_function("whole screening", |b| {
        b.iter(|| {
            let shown: usize = texts
                .iter()
                .map(|text| screener.screen_with(&mut scratch, "", text).skills.len())
                .sum();
            assert!(shown >= least);
        });
    });
}

/// Each stage alone: the text is read anew for each, what comes before the stage is not timed.
fn stages(c: &mut Criterion) {
    let screener = csm();
    for (name, texts) in corpora() {
        let mut group = c.benchmark_group(format!("stages/{name}"));
        group
            .throughput(bytes(&texts))
            .sample_size(20)
            .sampling_mode(SamplingMode::Flat);
        // First, while memory holds nothing but the screener, as in a program that does nothing else.
        whole_screening(&mut group, &screener, &texts, texts.len());
        let mut run = |stage: usize, stage_name: &str| {
            // One set of buffers a text, filled up to the stage before.
            let mut ready: Vec<Stages> = texts
                .iter()
                .map(|text| {
                    let mut stages = Stages::new(&screener);
                    for before in 0..stage {
                        step(&mut stages, before, text);
                    }
                    stages
                })
                .collect();
            let found: usize = texts
                .iter()
                .zip(&mut ready)
                .map(|(text, s)| step(s, stage, text))
                .sum();
            assert!(found > texts.len() / 2, "{stage_name} found {found}");
            group.bench_function(stage_name, |b| {
                b.iter(|| {
                    texts
                        .iter()
                        .zip(&mut ready)
                        .map(|(text, s)| step(s, stage, text))
                        .sum::<usize>()
                });
            });
        };
        for (stage, name) in [
            "normalize",
            "sections",
            "match",
            "evidence",
            "facts",
            "score",
        ]
        .iter()
        .enumerate()
        {
            run(stage, name);
        }
        group.finish();
    }
}

fn step(stages: &mut Stages, stage: usize, text: &str) -> usize {
    match stage {
        0 => stages.normalize(text),
        1 => stages.sections(text),
        2 => stages.matches(),
        3 => stages.evidence(),
        4 => stages.facts(text),
        _ => stages.score(),
    }
}

/// The same folded words, scanned for the same literals by nothing but an automaton. Bytes are those of the texts as they came, so the
/// figures stand beside those of the stages.
fn bare_scans(c: &mut Criterion) {
    let screener = csm();
    let literals = literals(&Taxonomy::builtin()).expect("what is built in holds together");
    for (name, texts) in corpora() {
        let folded: Vec<String> = texts
            .iter()
            .map(|text| {
                let mut stages = Stages::new(&screener);
                stages.normalize(text);
                stages.folded().to_owned()
            })
            .collect();
        let mut group = c.benchmark_group(format!("bare scan/{name}"));
        group
            .throughput(bytes(&texts))
            .sample_size(20)
            .sampling_mode(SamplingMode::Flat);
        let mut counts = Vec::new();
        for (kind_name, kind) in [
            ("contiguous NFA", AhoCorasickKind::ContiguousNFA),
            ("noncontiguous NFA", AhoCorasickKind::NoncontiguousNFA),
            ("DFA", AhoCorasickKind::DFA),
        ] {
            for prefilter in [false, true] {
                let automaton = AhoCorasick::builder()
                    .kind(Some(kind))
                    .prefilter(prefilter)
                    .build(&literals)
                    .expect("so many literals fit");
                let scan = || {
                    folded
                        .iter()
                        .map(|text| automaton.find_iter(text).count())
                        .sum::<usize>()
                };
                counts.push(scan());
                let with = if prefilter { ", prefilter" } else { "" };
                group.bench_function(format!("{kind_name}{with}"), |b| {
                    b.iter(|| black_box(scan()))
                });
            }
        }
        let double: DoubleArrayAhoCorasick<u32> =
            DoubleArrayAhoCorasick::new(&literals).expect("so many literals fit");
        let scan = || {
            folded
                .iter()
                .map(|text| double.find_iter(text).count())
                .sum::<usize>()
        };
        counts.push(scan());
        group.bench_function("daachorse", |b| b.iter(|| black_box(scan())));
        assert!(
            counts.iter().all(|&count| count > 0 && count == counts[0]),
            "{counts:?}"
        );
        group.finish();
    }
}

/// The same texts with larger and larger taxonomies; building and loading them.
fn taxonomies(c: &mut Criterion) {
    let texts = corpus::resumes(100);
    for labels in [77, 1_000, 14_000, 100_000] {
        let mut group = c.benchmark_group(format!("{labels} labels"));
        group.sample_size(10);
        let taxonomy = corpus::taxonomy(labels);
        let mut file = Vec::new();
        taxonomy.compile_to(&mut file).expect("memory takes it");
        let screener = screener(&taxonomy);
        eprintln!(
            "{labels} labels: matcher {} KiB, file {} KiB",
            matcher_bytes(&screener) / 1024,
            file.len() / 1024
        );
        group.bench_function("build the matcher", |b| {
            b.iter(|| self::screener(&taxonomy))
        });
        group.bench_function("load precompiled", |b| {
            b.iter(|| {
                let read = Taxonomy::from_compiled(&file).expect("it was just written");
                assert_eq!(read.skills().len(), taxonomy.skills().len());
            });
        });
        group.throughput(bytes(&texts));
        // A few labels stand in none of the texts.
        let least = if labels < 1_000 { 0 } else { 1 };
        whole_screening(&mut group, &screener, &texts, least);
        group.finish();
    }
}

fn start_up(c: &mut Criterion) {
    let mut group = c.benchmark_group("start");
    group.sample_size(20);
    group.bench_function("built-in taxonomy", |b| b.iter(Taxonomy::builtin));
    group.bench_function("built-in taxonomy and screener", |b| b.iter(csm));
    group.finish();
}

fn batch(c: &mut Criterion) {
    let screener = csm();
    for (name, texts) in corpora() {
        let mut group = c.benchmark_group(format!("batch/{name}"));
        group.throughput(bytes(&texts)).sample_size(20);
        for threads in [1, 2] {
            group.bench_function(format!("{threads} threads"), |b| {
                b.iter(|| {
                    let inputs = texts
                        .iter()
                        .enumerate()
                        .map(|(n, text)| Input::text(n.to_string(), text.as_str()));
                    let mut batch = Batch::new(&screener);
                    batch.jobs(threads);
                    let mut done = 0;
                    batch
                        .run(inputs, |_| {
                            done += 1;
                            Ok(())
                        })
                        .expect("the sink takes everything");
                    assert_eq!(done, texts.len());
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, stages, bare_scans, taxonomies, start_up, batch);
criterion_main!(benches);
