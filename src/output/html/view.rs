//! The pool's figures as the template shows them: told as text, placed as numbers.

use serde::Serialize;

use crate::batch::{BatchSummary, Failure, SkillPrevalence};
use crate::report::Fingerprint;
use crate::screener::Screener;

use super::super::words;
use super::data::Row;

/// So many rows stand open in the list of skills; the others can be unfolded.
const SKILLS_OPEN: usize = 20;
/// What half of the pool shows is a strength; what fewer show is a gap.
const HALF: f64 = 50.0;
/// So many strengths, gaps and pairs.
const LISTED: usize = 8;
const PAIRS: usize = 10;
/// The matrix has so many skills: more do not fit a page.
const MATRIX: usize = 10;
/// Pairs must be shown by so many percent of the resumes, and at least so many of them. A lift of fewer is chance.
const LEAST_PAIR_PERCENT: u64 = 5;
const LEAST_PAIR: u64 = 5;
/// Below this lift two skills go together hardly more often than by chance.
const LEAST_LIFT: f64 = 1.1;

/// What the template is rendered with.
#[derive(Serialize)]
pub(super) struct View<'a> {
    title: &'a str,
    definition: &'a str,
    totals: String,
    complete: bool,
    seen: u64,
    skipped: u64,
    /// What shares are of; fewer than scored when duplicates are counted once.
    readable: u64,
    scored: u64,
    failed: u64,
    partial: u64,
    duplicates: u64,
    /// `("1", "damaged")`.
    reasons: Vec<(u64, &'static str)>,
    failures: Vec<Failed<'a>>,
    failures_more: u64,
    median: Option<String>,
    middle: Option<(String, String)>,
    best: Option<String>,
    histogram: Vec<Bar>,
    skills: Vec<Skill>,
    skills_more: Vec<Skill>,
    benchmarks: bool,
    strengths: Vec<Worth>,
    gaps: Vec<Worth>,
    pairs: Vec<Pair>,
    least_pair: u64,
    matrix: Vec<Across>,
    skills_points: u32,
    fingerprint: &'a Fingerprint,
    more: u64,
    shown: usize,
    /// The folder that all resumes are in.
    folder: &'a str,
}

#[derive(Serialize)]
struct Failed<'a> {
    source: &'a str,
    status: &'static str,
    error: &'a str,
}

/// One band of the histogram in a picture 500 wide, its floor at 120.
#[derive(Serialize)]
struct Bar {
    label: String,
    resumes: u64,
    x: u32,
    y: u32,
    height: u32,
}

#[derive(Serialize)]
struct Skill {
    label: String,
    asked: bool,
    percent: f64,
    resumes: u64,
    of: u64,
    low: f64,
    high: f64,
    spread: f64,
    benchmark: Option<f64>,
    source: Option<String>,
}

/// A skill of the profile with what it is worth.
#[derive(Serialize)]
struct Worth {
    label: String,
    points: String,
    percent: f64,
    /// Of the widest bar, in percent: all of it, and the part the pool shows.
    width: f64,
    filled: f64,
}

#[derive(Serialize)]
struct Pair {
    a: String,
    b: String,
    resumes: u64,
    lift: f64,
}

/// One row of the matrix.
#[derive(Serialize)]
struct Across {
    label: String,
    cells: Vec<Cell>,
}

/// Of those who show the row's skill, percent who show the column's; `None` where they are the same skill or nobody shows the row's.
#[derive(Serialize)]
struct Cell {
    column: String,
    percent: Option<u64>,
    shade: u64,
}

/// What the view is made of, beside the summary.
pub(super) struct Parts<'a> {
    pub(super) screener: &'a Screener,
    pub(super) failures: &'a [Failure],
    /// From best to worst.
    pub(super) scores: &'a [f64],
    pub(super) folder: &'a str,
    pub(super) shown: usize,
    pub(super) rows: usize,
}

impl<'a> View<'a> {
    pub(super) fn new(parts: &Parts<'a>, summary: &'a BatchSummary) -> Self {
        let profile = parts.screener.profile();
        // A share of nothing is nothing to show.
        let prevalence = if summary.scored > 0 {
            summary.skills()
        } else {
            Vec::new()
        };
        let mut skills: Vec<Skill> = prevalence
            .iter()
            .map(|skill| Skill::of(skill, profile.skill(&skill.id).is_some()))
            .collect();
        let benchmarks = skills.iter().any(|skill| skill.benchmark.is_some());
        let skills_more = skills.split_off(skills.len().min(SKILLS_OPEN));
        let worths = worths(parts.screener, summary);
        let at = |share: f64| quantile(parts.scores, share).map(words::one_decimal);
        let least_pair = LEAST_PAIR.max(summary.scored * LEAST_PAIR_PERCENT / 100);
        Self {
            title: profile.label(),
            definition: profile.definition(),
            totals: words::totals(summary),
            complete: summary.complete,
            seen: summary.discovered - summary.skipped,
            skipped: summary.skipped,
            readable: summary.counted(),
            scored: summary.scored,
            failed: summary.failed,
            partial: summary
                .statuses
                .get(&crate::document::Status::Partial)
                .copied()
                .unwrap_or(0),
            duplicates: summary.duplicates,
            reasons: summary
                .statuses
                .iter()
                .filter(|(status, _)| status.is_failure())
                .map(|(status, n)| (*n, words::status(*status)))
                .collect(),
            failures: parts
                .failures
                .iter()
                .map(|failure| Failed {
                    source: &failure.source,
                    status: words::status(failure.status),
                    error: &failure.error,
                })
                .collect(),
            failures_more: summary.failed.saturating_sub(parts.failures.len() as u64),
            median: at(0.5),
            middle: at(0.75).zip(at(0.25)),
            best: parts.scores.first().copied().map(words::one_decimal),
            histogram: histogram(summary),
            skills,
            skills_more,
            benchmarks,
            strengths: most(&worths, |worth| {
                if worth.percent < HALF {
                    0.0
                } else {
                    worth.filled
                }
            }),
            gaps: most(&worths, |worth| {
                if worth.percent < HALF {
                    worth.width - worth.filled
                } else {
                    0.0
                }
            }),
            pairs: pairs(parts.screener, summary, least_pair),
            least_pair,
            matrix: matrix(parts.screener, summary, &prevalence),
            skills_points: profile.skills_points(),
            fingerprint: &summary.fingerprint,
            more: parts.rows.saturating_sub(parts.shown) as u64,
            shown: parts.shown,
            folder: parts.folder,
        }
    }
}

/// The score that this share of the resumes is above of; scores stand from best to worst.
fn quantile(scores: &[f64], share: f64) -> Option<f64> {
    let place = (scores.len() as f64 * share).ceil() as usize;
    scores.get(place.clamp(1, scores.len().max(1)) - 1).copied()
}

fn histogram(summary: &BatchSummary) -> Vec<Bar> {
    let most = summary
        .scores
        .iter()
        .map(|band| band.resumes)
        .max()
        .unwrap_or(0)
        .max(1);
    summary
        .scores
        .iter()
        .enumerate()
        .map(|(n, band)| {
            // A band with anybody in it can be seen.
            let height = ((band.resumes * 96).div_ceil(most)) as u32;
            Bar {
                label: format!("{}–{}", band.from, band.to),
                resumes: band.resumes,
                x: n as u32 * 50,
                y: 120 - height,
                height,
            }
        })
        .collect()
}

impl Skill {
    fn of(skill: &SkillPrevalence, asked: bool) -> Self {
        let (low, high) = skill.interval.unwrap_or_default();
        Self {
            label: skill.label.clone(),
            asked,
            percent: skill.percent.map_or(0.0, |percent| percent.value()),
            resumes: skill.resumes,
            of: skill.of,
            low,
            high,
            spread: round(high - low),
            benchmark: skill.benchmark,
            source: skill.benchmark_source.clone(),
        }
    }
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The profile's skills with their points of 100 and the share of the pool that shows them.
fn worths(screener: &Screener, summary: &BatchSummary) -> Vec<Worth> {
    let profile = screener.profile();
    let total: u32 = profile.skills().iter().map(|skill| skill.weight()).sum();
    let most = profile
        .skills()
        .iter()
        .map(|skill| skill.weight())
        .max()
        .unwrap_or(0)
        .max(1);
    profile
        .skills()
        .iter()
        .filter_map(|skill| {
            let shown = summary.skill(skill.id())?;
            let percent = shown.percent?.value();
            let width = f64::from(skill.weight()) / f64::from(most) * 100.0;
            let points =
                f64::from(skill.weight() * profile.skills_points()) / f64::from(total.max(1));
            Some(Worth {
                label: shown.label,
                points: format!("{points:.1}"),
                percent,
                width: round(width),
                filled: round(width * percent / 100.0),
            })
        })
        .collect()
}

fn most(worths: &[Worth], by: impl Fn(&Worth) -> f64) -> Vec<Worth> {
    let mut sorted: Vec<&Worth> = worths.iter().collect();
    sorted.sort_by(|a, b| by(b).total_cmp(&by(a)).then_with(|| a.label.cmp(&b.label)));
    sorted
        .into_iter()
        .filter(|worth| by(worth) > 0.0)
        .take(LISTED)
        .map(|worth| Worth {
            label: worth.label.clone(),
            points: worth.points.clone(),
            ..*worth
        })
        .collect()
}

fn label(screener: &Screener, id: &str) -> String {
    screener
        .taxonomy()
        .skill(id)
        .map_or_else(|| id.to_owned(), |skill| skill.label().to_owned())
}

fn pairs(screener: &Screener, summary: &BatchSummary, least: u64) -> Vec<Pair> {
    let pairs = summary
        .co_occurrences(least)
        .into_iter()
        .filter(|pair| pair.lift >= LEAST_LIFT)
        .take(PAIRS);
    pairs
        .map(|pair| Pair {
            a: label(screener, &pair.a),
            b: label(screener, &pair.b),
            resumes: pair.resumes,
            lift: pair.lift,
        })
        .collect()
}

fn matrix(
    screener: &Screener,
    summary: &BatchSummary,
    prevalence: &[SkillPrevalence],
) -> Vec<Across> {
    let chosen: Vec<&SkillPrevalence> = prevalence
        .iter()
        .filter(|skill| skill.resumes > 0 && screener.profile().skill(&skill.id).is_some())
        .take(MATRIX)
        .collect();
    let both: std::collections::BTreeMap<(String, String), u64> = summary
        .co_occurrences(1)
        .into_iter()
        .flat_map(|pair| {
            [
                ((pair.a.clone(), pair.b.clone()), pair.resumes),
                ((pair.b, pair.a), pair.resumes),
            ]
        })
        .collect();
    let cell = |row: &SkillPrevalence, column: &SkillPrevalence| {
        let resumes = both
            .get(&(row.id.clone(), column.id.clone()))
            .copied()
            .unwrap_or(0);
        let percent =
            (row.id != column.id).then(|| (resumes * 200 + row.resumes) / (2 * row.resumes));
        Cell {
            column: column.label.clone(),
            percent,
            shade: percent.unwrap_or(0).min(99) / 10,
        }
    };
    chosen
        .iter()
        .map(|row| Across {
            label: row.label.clone(),
            cells: chosen.iter().map(|column| cell(row, column)).collect(),
        })
        .collect()
}

/// One row of the ranked table as `row.html` shows it.
#[derive(Serialize)]
pub(super) struct RowView<'a> {
    rank: Option<u64>,
    name: &'a str,
    folder: &'a str,
    score: Option<String>,
    bar: f64,
    coverage: Option<String>,
    years: Option<String>,
    partial: bool,
    knock_outs: usize,
    flags: usize,
    duplicate: bool,
    skills: String,
}

impl<'a> RowView<'a> {
    /// `folder` is what all sources begin with; it is not told again.
    pub(super) fn new(rank: Option<u64>, row: &'a Row, screener: &Screener, folder: &str) -> Self {
        let source = row.source.strip_prefix(folder).unwrap_or(&row.source);
        let (folder, name) = source.split_at(super::folder_of(source).len());
        let asked = row
            .skills
            .iter()
            .filter_map(|(number, _)| screener.taxonomy().skills().get(*number as usize));
        let strongest: Vec<&str> = asked
            .filter(|skill| screener.profile().skill(skill.id()).is_some())
            .take(3)
            .map(|skill| skill.label())
            .collect();
        Self {
            rank,
            name,
            folder,
            score: row.score.map(words::one_decimal),
            bar: row.score.map_or(0.0, round),
            coverage: row.coverage.map(words::one_decimal),
            years: row.years.map(words::one_decimal),
            partial: row.partial,
            knock_outs: row.knock_outs,
            flags: row.flags,
            duplicate: row.duplicate,
            skills: strongest.join(" · "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_scores_that_somebody_has() {
        let scores = [90.0, 70.0, 50.0, 30.0];
        assert_eq!(quantile(&scores, 0.5), Some(70.0));
        assert_eq!(quantile(&scores, 0.25), Some(90.0));
        assert_eq!(quantile(&scores, 0.75), Some(50.0));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
