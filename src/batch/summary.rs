//! What a pool of resumes amounts to, counted in integers: the order of the resumes changes nothing.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::Status;
use crate::report::{Fingerprint, Report};
use crate::score::Percent;
use crate::screener::Screener;

use super::{Screened, wilson};

/// How often a skill is shown in a pool.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SkillPrevalence {
    /// Its id.
    pub id: String,
    /// Its preferred label.
    pub label: String,
    /// Its category.
    pub category: String,
    /// Readable resumes with at least one accepted mention.
    pub resumes: u64,
    /// Readable resumes: the denominator of `percent`.
    pub of: u64,
    /// `resumes` of `of`, in percent: the prevalence. `null` when nothing was readable.
    pub percent: Option<Percent>,
    /// The 95 % Wilson interval of the prevalence, in percent.
    pub interval: Option<(f64, f64)>,
    /// Accepted mentions in all resumes.
    pub mentions: u64,
    /// `mentions` of all mentions of all skills, in percent. Not a prevalence.
    pub mention_share: Option<Percent>,
    /// The prevalence that a document states for the occupation, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub benchmark: Option<f64>,
    /// The document that states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub benchmark_source: Option<String>,
}

/// Resumes with a score from `from` up to, not including, `to` (the last band includes 100).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ScoreBand {
    /// Lower end.
    pub from: u32,
    /// Upper end.
    pub to: u32,
    /// Resumes in it.
    pub resumes: u64,
}

/// Two skills shown by the same resumes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CoOccurrence {
    /// The first skill's id.
    pub a: String,
    /// The second's.
    pub b: String,
    /// Resumes that show both.
    pub resumes: u64,
    /// How much more often than if they were independent: `n × both ÷ (a × b)`, to two decimals.
    pub lift: f64,
}

/// What a pool of resumes amounts to.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct BatchSummary {
    /// Whether every input was taken; false after a cancelled run.
    pub complete: bool,
    /// Names seen: always `scored + failed + skipped`.
    pub discovered: u64,
    /// Resumes with a report.
    pub scored: u64,
    /// Inputs without one.
    pub failed: u64,
    /// Resumes that are another one again; they are among those scored.
    pub duplicates: u64,
    /// Whether shares, bands and pairs leave duplicates out.
    pub counted_once: bool,
    /// Files in folders that were left alone, such as images and links; not part of any share.
    pub skipped: u64,
    /// Inputs by status.
    pub statuses: BTreeMap<Status, u64>,
    /// Ten bands of ten points.
    pub scores: Vec<ScoreBand>,
    /// What the pool was screened with.
    pub fingerprint: Fingerprint,
    #[serde(skip)]
    skills: Vec<Counter>,
    #[serde(skip)]
    positions: BTreeMap<String, usize>,
    /// Pairs of skills of the profile, as a triangle by position.
    #[serde(skip)]
    pairs: Vec<u64>,
    /// Positions of the skills that pairs are counted for.
    #[serde(skip)]
    paired: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Counter {
    id: String,
    label: String,
    category: String,
    resumes: u64,
    mentions: u64,
    benchmark: Option<(f64, String)>,
}

impl BatchSummary {
    pub(crate) fn new(screener: &Screener) -> Self {
        let profile = screener.profile();
        let skills: Vec<Counter> = screener
            .taxonomy()
            .skills()
            .iter()
            .map(|skill| {
                let of_profile = profile
                    .benchmarks()
                    .iter()
                    .find(|benchmark| benchmark.skill == skill.id());
                let stated = of_profile
                    .map(|benchmark| (benchmark.percent, benchmark.source.clone()))
                    .or_else(|| {
                        skill
                            .benchmark()
                            .map(|benchmark| (benchmark.percent, benchmark.source.clone()))
                    });
                Counter {
                    id: skill.id().to_owned(),
                    label: skill.label().to_owned(),
                    category: skill.category().to_owned(),
                    resumes: 0,
                    mentions: 0,
                    benchmark: stated,
                }
            })
            .collect();
        let positions: BTreeMap<String, usize> = skills
            .iter()
            .enumerate()
            .map(|(n, skill)| (skill.id.clone(), n))
            .collect();
        let paired: Vec<usize> = profile
            .skills()
            .iter()
            .filter_map(|skill| positions.get(skill.id()).copied())
            .collect();
        Self {
            complete: true,
            discovered: 0,
            scored: 0,
            failed: 0,
            duplicates: 0,
            counted_once: false,
            skipped: 0,
            statuses: BTreeMap::new(),
            scores: (0..10)
                .map(|n| ScoreBand {
                    from: n * 10,
                    to: n * 10 + 10,
                    resumes: 0,
                })
                .collect(),
            fingerprint: screener.fingerprint().clone(),
            pairs: vec![0; paired.len() * paired.len().saturating_sub(1) / 2],
            paired,
            skills,
            positions,
        }
    }

    /// Counts one result in.
    pub fn add(&mut self, screened: &Screened) {
        let report = screened.report();
        if report.is_some_and(|report| report.duplicate_of.is_some()) {
            self.duplicates += 1;
            if self.counted_once {
                return self.account(screened.status());
            }
        }
        let skills = report.into_iter().flat_map(|report| &report.skills);
        self.add_parts(
            screened.status(),
            report.and_then(Report::score),
            skills.map(|skill| (skill.id.as_str(), skill.occurrences as u64)),
        );
    }

    /// Counts one result in of which no more is known: a row of a table, perhaps.
    pub(crate) fn add_parts<'s>(
        &mut self,
        status: Status,
        score: Option<f64>,
        skills: impl IntoIterator<Item = (&'s str, u64)>,
    ) {
        self.account(status);
        if !status.is_failure() {
            self.count(score, skills);
        }
    }

    fn account(&mut self, status: Status) {
        self.discovered += 1;
        *self.statuses.entry(status).or_default() += 1;
        if status.is_failure() {
            self.failed += 1;
        } else {
            self.scored += 1;
        }
    }

    /// Resumes that prevalence is a share of: those scored, less the duplicates if these are counted once.
    pub fn counted(&self) -> u64 {
        if self.counted_once {
            self.scored - self.duplicates
        } else {
            self.scored
        }
    }

    /// Counts files in that were left alone.
    pub fn add_skipped(&mut self, skipped: u64) {
        self.discovered += skipped;
        self.skipped += skipped;
    }

    fn count<'s>(&mut self, score: Option<f64>, skills: impl IntoIterator<Item = (&'s str, u64)>) {
        if let Some(score) = score {
            let band = (score / 10.0) as usize;
            self.scores[band.min(9)].resumes += 1;
        }
        let mut shown = vec![false; self.skills.len()];
        for (id, occurrences) in skills {
            if let Some(&position) = self.positions.get(id) {
                self.skills[position].resumes += 1;
                self.skills[position].mentions += occurrences;
                shown[position] = true;
            }
        }
        let both: Vec<usize> = (0..self.paired.len())
            .filter(|&n| shown[self.paired[n]])
            .collect();
        for (at, &b) in both.iter().enumerate() {
            for &a in &both[..at] {
                self.pairs[b * (b - 1) / 2 + a] += 1;
            }
        }
    }

    /// Prevalence of every skill that is shown at all or has a benchmark, the most frequent first, ties by id.
    pub fn skills(&self) -> Vec<SkillPrevalence> {
        let mentions: u64 = self.skills.iter().map(|skill| skill.mentions).sum();
        let mut skills: Vec<SkillPrevalence> = self
            .skills
            .iter()
            .filter(|skill| skill.resumes > 0 || skill.benchmark.is_some())
            .map(|skill| self.prevalence(skill, mentions))
            .collect();
        skills.sort_by(|a, b| b.resumes.cmp(&a.resumes).then_with(|| a.id.cmp(&b.id)));
        skills
    }

    /// Prevalence of one skill; `None` when the taxonomy does not have it.
    pub fn skill(&self, id: &str) -> Option<SkillPrevalence> {
        let mentions = self.skills.iter().map(|skill| skill.mentions).sum();
        self.positions
            .get(id)
            .map(|&position| self.prevalence(&self.skills[position], mentions))
    }

    fn prevalence(&self, skill: &Counter, mentions: u64) -> SkillPrevalence {
        SkillPrevalence {
            id: skill.id.clone(),
            label: skill.label.clone(),
            category: skill.category.clone(),
            resumes: skill.resumes,
            of: self.counted(),
            percent: Percent::of(skill.resumes, self.counted()),
            interval: wilson(skill.resumes, self.counted()),
            mentions: skill.mentions,
            mention_share: Percent::of(skill.mentions, mentions),
            benchmark: skill.benchmark.as_ref().map(|(percent, _)| *percent),
            benchmark_source: skill.benchmark.as_ref().map(|(_, source)| source.clone()),
        }
    }

    /// Pairs of the profile's skills that at least `least` resumes show together, by lift, ties by ids.
    pub fn co_occurrences(&self, least: u64) -> Vec<CoOccurrence> {
        let mut all = Vec::new();
        for b in 1..self.paired.len() {
            for a in 0..b {
                let resumes = self.pairs[b * (b - 1) / 2 + a];
                if resumes < least.max(1) {
                    continue;
                }
                let (first, second) = (&self.skills[self.paired[a]], &self.skills[self.paired[b]]);
                let expected = first.resumes as f64 * second.resumes as f64;
                let lift =
                    (self.counted() as f64 * resumes as f64 / expected * 100.0).round() / 100.0;
                all.push(CoOccurrence {
                    a: first.id.clone(),
                    b: second.id.clone(),
                    resumes,
                    lift,
                });
            }
        }
        all.sort_by(|x, y| {
            y.lift
                .total_cmp(&x.lift)
                .then(y.resumes.cmp(&x.resumes))
                .then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b)))
        });
        all
    }
}
