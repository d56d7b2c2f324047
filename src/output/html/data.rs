//! What the page holds of each resume: a short row for the table, and the rest on demand. Skills, categories and requirements are told by number.

use serde::Serialize;

use crate::error::Result;
use crate::evidence::Reason;
use crate::report::{Report, SkillReport};
use crate::screener::Screener;

use super::super::cannot_serialize;

/// So many quotes of a skill or requirement are kept. 2: one tells that it is there, a second that it was no chance.
const QUOTES: usize = 2;
/// So many characters of a quote. 200: two lines of the page.
const QUOTE_LENGTH: usize = 200;
/// So many jobs, certificates and suppressed matches of a resume. The most jobs in 300 real resumes is 21.
const ITEMS: usize = 24;

/// One row of the ranked table.
pub(super) struct Row {
    pub(super) source: String,
    pub(super) score: Option<f64>,
    pub(super) coverage: Option<f64>,
    pub(super) years: Option<f64>,
    pub(super) partial: bool,
    pub(super) knock_outs: usize,
    pub(super) flags: usize,
    pub(super) duplicate: bool,
    /// Number and percent of each skill, those with most points first.
    pub(super) skills: Vec<(u32, f64)>,
}

/// A [`Row`] as it stands in JSON: an array, because 10,000 of them must load quickly.
type Written = (
    String,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    u8,
    usize,
    usize,
    u8,
    Vec<u32>,
);

impl Row {
    fn of(report: &Report, screener: &Screener) -> Self {
        Self {
            source: report.source.clone(),
            score: report.score(),
            coverage: report.coverage.map(|percent| percent.value()),
            years: report.facts.years_experience(),
            partial: report.status != crate::document::Status::Scored,
            knock_outs: report.knock_outs.len(),
            flags: report.flags.len(),
            duplicate: report.duplicate_of.is_some(),
            skills: report
                .skills
                .iter()
                .map(|skill| (number(&skill.id, screener), skill.percent))
                .collect(),
        }
    }

    fn to_json(&self) -> Result<String> {
        let skills: Vec<u32> = self
            .skills
            .iter()
            .flat_map(|(skill, percent)| [*skill, percent.round() as u32])
            .collect();
        let partial = u8::from(self.partial);
        serde_json::to_string(&(
            &self.source,
            self.score,
            self.coverage,
            self.years,
            partial,
            self.knock_outs,
            self.flags,
            u8::from(self.duplicate),
            skills,
        ))
        .map_err(cannot_serialize)
    }

    /// Reads back what [`record`] wrote.
    pub(super) fn from_json(json: &str) -> Result<Self> {
        let (source, score, coverage, years, partial, knock_outs, flags, duplicate, skills): Written =
            serde_json::from_str(json).map_err(cannot_serialize)?;
        let skills = skills
            .chunks_exact(2)
            .map(|pair| (pair[0], f64::from(pair[1])))
            .collect();
        Ok(Self {
            source,
            score,
            coverage,
            years,
            partial: partial != 0,
            knock_outs,
            flags,
            duplicate: duplicate != 0,
            skills,
        })
    }
}

/// The row and the details of a resume, a line each; JSON has no line ends of its own.
pub(super) fn record(report: &Report, screener: &Screener) -> Result<String> {
    let details =
        serde_json::to_string(&Details::of(report, screener)).map_err(cannot_serialize)?;
    Ok(format!(
        "{}\n{details}",
        Row::of(report, screener).to_json()?
    ))
}

/// What a requirement says of its skills, with their labels in place of their ids.
fn with_labels(text: &str, requirement: &str, screener: &Screener) -> String {
    let mut named = Vec::new();
    let mut requirements = screener.profile().requirements().iter();
    if let Some(requirement) = requirements.find(|r| r.id() == requirement) {
        requirement.name_skills(&mut named);
    }
    let of_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    text.split_inclusive(|c| !of_id(c))
        .map(|piece| {
            let id = piece.trim_end_matches(|c| !of_id(c));
            match screener.taxonomy().skill(id) {
                Some(skill) if named.contains(&id) => {
                    format!("{}{}", skill.label(), &piece[id.len()..])
                }
                _ => piece.to_owned(),
            }
        })
        .collect()
}

/// What does not count: the same words once; those that say too little, which are the most and tell the least, behind the others.
fn suppressed(report: &Report, screener: &Screener) -> Vec<(u32, Reason, String, usize)> {
    let mut folded: Vec<(u32, Reason, String, usize)> = Vec::new();
    for found in &report.suppressed {
        let (skill, quote) = (number(&found.id, screener), clip(&found.quote));
        let same = folded.iter_mut().find(|(other, reason, words, _)| {
            (*other, *reason) == (skill, found.reason) && words.eq_ignore_ascii_case(&quote)
        });
        match same {
            Some((.., times)) => *times += 1,
            None => folded.push((skill, found.reason, quote, 1)),
        }
    }
    folded.sort_by_key(|(_, reason, ..)| *reason == Reason::TooLittle);
    folded
}

/// A skill's number in the page: its position in the taxonomy.
fn number(id: &str, screener: &Screener) -> u32 {
    screener.taxonomy().position(id).unwrap_or(0) as u32
}

/// Everything the page shows of one resume; `page.js` has the other side of each tuple.
#[derive(Serialize)]
struct Details<'a> {
    status: &'a str,
    duplicate_of: Option<&'a str>,
    /// Category, percent, weight, points.
    categories: Vec<(usize, f64, f64, f64)>,
    skills: Vec<Skill<'a>>,
    /// Skill, importance, points it would add.
    missing: Vec<(u32, &'a crate::profile::Importance, f64)>,
    /// Skill, reason, quote, how often.
    suppressed: Vec<(u32, Reason, String, usize)>,
    suppressed_more: usize,
    requirements: Vec<Requirement<'a>>,
    /// Code and count.
    flags: Vec<(crate::report::FlagCode, usize)>,
    as_of: Option<String>,
    degree: &'a str,
    field: Option<&'a str>,
    /// Experience, customer service, management.
    years: [Option<f64>; 3],
    /// Title, start, end, current, unpaid.
    jobs: Vec<(Option<&'a str>, String, String, bool, bool)>,
    certificates: Vec<&'a str>,
    /// Label, score, nearness.
    roles: Vec<(&'a str, Option<f64>, Option<f64>)>,
}

/// Words, section, kind, words before, words after.
type Quote<'a> = (
    String,
    &'a str,
    crate::evidence::EvidenceKind,
    &'a str,
    &'a str,
);

/// Number, importance, percent, points, weight, occurrences, months, last month, quotes.
#[derive(Serialize)]
struct Skill<'a>(
    u32,
    &'a Option<crate::profile::Importance>,
    f64,
    f64,
    f64,
    usize,
    Option<u32>,
    Option<String>,
    Vec<Quote<'a>>,
);

/// Id, need, status, what is wanted, what was found, percent, points, weight, quotes.
#[derive(Serialize)]
struct Requirement<'a>(
    &'a str,
    &'a crate::profile::Need,
    &'a crate::score::RequirementStatus,
    String,
    Option<String>,
    f64,
    f64,
    f64,
    Vec<String>,
);

impl<'a> Details<'a> {
    fn of(report: &'a Report, screener: &Screener) -> Self {
        let category = |id: &str| {
            screener
                .taxonomy()
                .categories()
                .position(|(other, _)| other == id)
                .unwrap_or(0)
        };
        let facts = &report.facts;
        let suppressed = suppressed(report, screener);
        Self {
            status: report.status.as_str(),
            duplicate_of: report.duplicate_of.as_deref(),
            categories: report
                .categories
                .iter()
                .map(|part| {
                    (
                        category(&part.id),
                        part.percent.value(),
                        part.weight,
                        part.points.value(),
                    )
                })
                .collect(),
            skills: report
                .skills
                .iter()
                .map(|skill| Skill::of(skill, screener))
                .collect(),
            missing: report
                .missing
                .iter()
                .map(|skill| {
                    (
                        number(&skill.id, screener),
                        &skill.importance,
                        skill.points.value(),
                    )
                })
                .collect(),
            suppressed_more: suppressed.len().saturating_sub(ITEMS),
            suppressed: suppressed.into_iter().take(ITEMS).collect(),
            requirements: report
                .requirements
                .iter()
                .map(|r| {
                    let quotes = r
                        .evidence
                        .iter()
                        .take(QUOTES)
                        .map(|quoted| clip(&quoted.quote))
                        .collect();
                    Requirement(
                        &r.id,
                        &r.need,
                        &r.status,
                        with_labels(&r.wants, &r.id, screener),
                        r.found
                            .as_deref()
                            .map(|found| with_labels(found, &r.id, screener)),
                        r.percent,
                        r.points.value(),
                        r.weight,
                        quotes,
                    )
                })
                .collect(),
            flags: report
                .flags
                .iter()
                .map(|flag| (flag.code, flag.count))
                .collect(),
            as_of: facts.as_of().map(|as_of| as_of.date().to_string()),
            degree: facts.degree().as_str(),
            field: facts.degree_field(),
            years: [
                facts.years_experience(),
                facts.years_customer_service(),
                facts.years_management(),
            ],
            jobs: facts
                .jobs()
                .iter()
                .take(ITEMS)
                .map(|job| {
                    (
                        job.title(),
                        job.start().to_string(),
                        job.end().to_string(),
                        job.current(),
                        job.unpaid(),
                    )
                })
                .collect(),
            certificates: facts
                .certifications()
                .iter()
                .take(ITEMS)
                .map(|certificate| certificate.name())
                .collect(),
            roles: report
                .roles
                .iter()
                .map(|role| {
                    (
                        role.label.as_str(),
                        role.score.map(|s| s.value()),
                        role.nearness.map(|n| n.value()),
                    )
                })
                .collect(),
        }
    }
}

impl<'a> Skill<'a> {
    fn of(skill: &'a SkillReport, screener: &Screener) -> Self {
        let mut quotes: Vec<Quote<'_>> = Vec::new();
        for found in &skill.evidence {
            let quote = clip(&found.quote);
            // The same words twice tell nothing new.
            if quotes.len() < QUOTES
                && !quotes
                    .iter()
                    .any(|(other, ..)| other.eq_ignore_ascii_case(&quote))
            {
                quotes.push((
                    quote,
                    found.section.as_str(),
                    found.kind,
                    &found.before,
                    &found.after,
                ));
            }
        }
        Skill(
            number(&skill.id, screener),
            &skill.importance,
            skill.percent,
            skill.points.value(),
            skill.weight,
            skill.occurrences,
            skill.months,
            skill.last_used.map(|month| month.to_string()),
            quotes,
        )
    }
}

/// White space as single blanks, and no more than the page shows.
fn clip(quote: &str) -> String {
    let text = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(QUOTE_LENGTH) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}

/// JSON that may stand in a `<script>` block: what HTML could end it with, or JavaScript read as a line end, is escaped. In JSON these
/// characters stand in strings only, so the value is the same.
pub(super) fn inert(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(c)))
            }
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_string_leaves_its_block() {
        let text = "</script><!--&\u{2028}";
        let safe = inert(&serde_json::to_string(text).unwrap());
        assert_eq!(safe, r#""\u003c/script\u003e\u003c!--\u0026\u2028""#);
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
    }

    #[test]
    fn long_quotes_are_cut_between_characters() {
        assert_eq!(clip(" a\n\t b "), "a b");
        assert_eq!(clip(&"é".repeat(300)).chars().count(), QUOTE_LENGTH + 1);
    }
}
