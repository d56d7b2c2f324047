//! How strongly a resume shows a skill: its percent.
//!
//! ```text
//! percent = best evidence: listed 40, named 55, described 65
//!         + 10 for each further job or section that shows it, at most 20
//!         + 1 for each 6 months of dated work that shows it, at most 10
//!         + 5 when it was used in the last 36 months before the as-of date
//! ```
//!
//! Why so: a word in a list is a claim, a duty told is an account of it, so the second weighs half as much again. Another employer's
//! job with the same skill supports it; a second line in the same job does not, so repetition earns nothing. Five years are enough to
//! be at home in anything here. Nobody should lose much for a pause, so recency gives little. Every term only ever grows with more
//! evidence, so adding a line never lowers a score.

use smallvec::SmallVec;

use crate::evidence::{EvidenceKind, Mention};
use crate::facts::{Facts, YearMonth};
use crate::span::Span;
use crate::text::NormalizedText;

const LISTED: u32 = 40;
const NAMED: u32 = 55;
const DESCRIBED: u32 = 65;
const FURTHER_PLACE: u32 = 10;
const MOST_FURTHER_PLACES: u32 = 2;
const MONTHS_A_POINT: u32 = 6;
const MOST_MONTH_POINTS: u32 = 10;
const RECENT: u32 = 5;
/// Three years: what recruiters commonly call recent experience.
const RECENT_MONTHS: u32 = 36;

/// What a resume shows of one skill.
#[derive(Clone, Debug, PartialEq)]
pub struct Strength {
    /// Position of the skill in the taxonomy.
    pub(crate) skill: u32,
    /// Its accepted mentions, as a range of the mentions they were made of.
    pub(crate) mentions: std::ops::Range<usize>,
    pub(crate) percent: u32,
    pub(crate) months: Option<u32>,
    pub(crate) last_used: Option<YearMonth>,
}

/// Sums up the accepted mentions of each skill; `mentions` is sorted by skill. The result is sorted by skill, too.
pub(crate) fn measure(
    mentions: &[Mention],
    text: &NormalizedText,
    facts: &Facts,
    out: &mut Vec<Strength>,
) {
    out.clear();
    let mut start = 0;
    while start < mentions.len() {
        let skill = mentions[start].skill;
        let end = start + mentions[start..].partition_point(|mention| mention.skill == skill);
        // Within a skill the accepted mentions come first.
        let accepted = start + mentions[start..end].partition_point(Mention::counts);
        if accepted > start {
            out.push(strength(skill, start..accepted, mentions, text, facts));
        }
        start = end;
    }
}

/// The percent of the skill at this position of the taxonomy, 0 when nothing shows it.
pub(crate) fn percent_of(strengths: &[Strength], skill: u32) -> u32 {
    find(strengths, skill).map_or(0, |strength| strength.percent)
}

/// What is shown of the skill at this position of the taxonomy.
pub(crate) fn find(strengths: &[Strength], skill: u32) -> Option<&Strength> {
    strengths
        .binary_search_by_key(&skill, |strength| strength.skill)
        .ok()
        .map(|at| &strengths[at])
}

fn strength(
    skill: u32,
    range: std::ops::Range<usize>,
    mentions: &[Mention],
    text: &NormalizedText,
    facts: &Facts,
) -> Strength {
    let mut best = EvidenceKind::Listed;
    // Places are jobs by number, and sections that are no job; few of either, so small bit sets and lists do.
    let mut sections = 0u32;
    let mut jobs: SmallVec<[Span; 8]> = SmallVec::new();
    for mention in &mentions[range.clone()] {
        best = best.max(mention.kind);
        match facts.job_at(mention.span(text)) {
            Some(job) => {
                // Mentions and jobs are both in the order of the text.
                if jobs.last() != Some(&job.body()) {
                    jobs.push(job.body());
                }
            }
            None => sections |= 1 << mention.section as u32,
        }
    }
    let (months, last_used) = facts.months_of(jobs.iter().copied()).unzip();
    let places = jobs.len() as u32 + sections.count_ones();
    let base = match best {
        EvidenceKind::Listed => LISTED,
        EvidenceKind::Named => NAMED,
        EvidenceKind::Described => DESCRIBED,
    };
    let further = places.saturating_sub(1).min(MOST_FURTHER_PLACES) * FURTHER_PLACE;
    let long = (months.unwrap_or(0) / MONTHS_A_POINT).min(MOST_MONTH_POINTS);
    let recent = match (last_used, facts.as_of()) {
        (Some(last), Some(as_of)) if last.months_between(as_of.date()) <= RECENT_MONTHS => RECENT,
        _ => 0,
    };
    Strength {
        skill,
        mentions: range,
        percent: (base + further + long + recent).min(100),
        months,
        last_used,
    }
}
