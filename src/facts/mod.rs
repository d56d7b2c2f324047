//! What a resume says of a working life: dated jobs, degree, certificates, languages, teams led.
//!
//! [`FactFinder`] makes one pass over the words and stops at those that may begin a fact (a year, a degree, "years", "certified",
//! the name of a language); what stands near them decides. Words and rules are data: `data/facts.toml`.
//!
//! Dates become months. A job from 2010-02 to 2014-08 has 54 of them: the later month minus the earlier one, as people count it, and
//! at least one. A year alone is its January at the start of a range and its December at the end. "Present" is the as-of date, which is given by the
//! caller or else the latest date that the resume names; the clock is never asked. Jobs that overlap count once.
//!
//! What it does not do: it does not believe what is claimed. "10+ years of customer service" is kept apart in
//! [`Facts::claimed`] and adds nothing to the computed years.

mod area;
mod certificate;
mod claim;
mod date;
mod header;
mod job;
mod month;
mod record;
mod rules;
mod source;
mod study;
mod subject;
mod title;

pub use month::YearMonth;
pub use record::{
    AsOf, AsOfSource, Certificate, ClaimedYears, Degree, FactFlag, FactFlagKind, Facts, Job,
    Language, TeamSize,
};

use crate::error::Result;
use crate::section::{Section, SectionKind};
use crate::span::Span;
use crate::text::{NormalizedText, Shape};
use date::{DateScan, Dates, End};
use record::merged_months;
use rules::{Rules, Trigger};
use source::Source;

/// An accepted mention of a skill, given by the caller in text order.
#[derive(Clone, Copy, Debug)]
pub struct Duty<'a> {
    /// The skill's id.
    pub skill: &'a str,
    /// Where it is mentioned.
    pub span: Span,
}

/// Finds the facts of resumes. Built once, shared by all threads.
#[derive(Clone, Debug)]
pub struct FactFinder {
    rules: Rules,
}

/// Words that set something off, in order.
#[derive(Default)]
struct Hits {
    years: Vec<usize>,
    degrees: Vec<usize>,
    certificates: Vec<usize>,
    languages: Vec<usize>,
    numbers: Vec<usize>,
}

impl FactFinder {
    /// The finder with the words and rules of `data/facts.toml`.
    ///
    /// # Errors
    ///
    /// Never with an unchanged crate: the file is part of it, and a test reads it.
    pub fn builtin() -> Result<Self> {
        Ok(Self {
            rules: Rules::read(include_str!("../data/facts.toml"))?,
        })
    }

    /// The facts of a text. `duties` are the accepted mentions of skills in text order; `as_of` is what "present" means.
    ///
    /// ```
    /// use skillscreen::facts::FactFinder;
    /// use skillscreen::section::SectionFinder;
    /// use skillscreen::text::NormalizedText;
    ///
    /// let text = "Experience\nCustomer Service Supervisor, 02/2010 to 08/2014\nShop Manager, 2014-08 – Present\n\nEducation\nB.A. in History, 2009";
    /// let normalized = NormalizedText::new(text);
    /// let sections = SectionFinder::builtin().find(text, &normalized);
    /// let facts = FactFinder::builtin()?.find(text, &normalized, &sections, &[], "2020-02".parse().ok());
    /// assert_eq!(facts.years_experience(), Some(10.0));
    /// assert_eq!(facts.years_customer_service(), Some(4.5));
    /// assert_eq!(facts.degree().as_str(), "bachelor");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn find(
        &self,
        text: &str,
        normalized: &NormalizedText,
        sections: &[Section],
        duties: &[Duty<'_>],
        as_of: Option<YearMonth>,
    ) -> Facts {
        let source = Source {
            text,
            normalized,
            sections,
            rules: &self.rules,
        };
        let (dates, hits) = scan(source);
        let mut flags = Vec::new();
        for &(first, last) in &dates.corrupted {
            flags.push(FactFlag {
                code: FactFlagKind::CorruptedDate,
                span: normalized.span(first, last),
            });
        }
        let headers = header::headers(source, &dates);
        let as_of = match as_of {
            Some(date) => Some(AsOf {
                date,
                source: AsOfSource::Given,
                span: None,
            }),
            None => latest_date(source, &dates),
        };
        let jobs = job::jobs(
            source,
            &headers,
            duties,
            as_of.map(|as_of| as_of.date),
            &mut flags,
        );
        let study = study::highest(source, &hits.degrees, &dates, as_of.map(|as_of| as_of.date));
        flags.sort_by_key(|flag| (flag.span, flag.code));

        let total = |counts: fn(&Job) -> bool| {
            let counted = jobs.iter().filter(|job| !job.unpaid);
            (!jobs.is_empty()).then(|| merged_months(counted.filter(|job| counts(job))))
        };
        Facts {
            as_of,
            degree: study.degree,
            degree_field: study.field,
            degree_span: study.span,
            months_experience: total(|_| true),
            months_customer_service: total(Job::customer_service),
            months_management: total(Job::management),
            claimed: claim::years(source, &hits.years),
            certifications: certificate::certificates(source, &hits.certificates),
            languages: certificate::languages(source, &hits.languages),
            team_sizes: claim::teams(source, &hits.numbers),
            jobs,
            flags,
        }
    }

    /// Whether a duty of this skill tells what kind of work a job was; [`find`](Self::find) needs no others.
    pub(crate) fn is_telling(&self, skill: &str) -> bool {
        self.rules.customer_service.duties.has(skill) || self.rules.management.duties.has(skill)
    }
}

/// The one pass over the words.
fn scan(source: Source<'_>) -> (Dates, Hits) {
    let normalized = source.normalized;
    let folded = normalized.folded().as_bytes();
    let tokens = normalized.tokens();
    let mut dates = source.rules.dates.scan(normalized);
    let mut hits = Hits::default();
    for (n, token) in tokens.iter().enumerate() {
        let end = tokens
            .get(n + 1)
            .map_or(folded.len(), |next| next.fold as usize)
            - 1;
        let word = &folded[token.fold as usize..end];
        if DateScan::may_end_date(word, token.shape) {
            dates.see(n);
            if token.shape.has(Shape::NUMBER) {
                hits.numbers.push(n);
            }
            continue;
        }
        let triggers = &source.rules.triggers;
        if !triggers.may_have(word) {
            continue;
        }
        let Some(trigger) = triggers.get(source.word(n)) else {
            continue;
        };
        if token.shape.has(Shape::ADDRESS) {
            continue;
        }
        for (what, list) in [
            (Trigger::YEARS, &mut hits.years),
            (Trigger::DEGREE, &mut hits.degrees),
            (Trigger::CERTIFICATE, &mut hits.certificates),
            (Trigger::LANGUAGE, &mut hits.languages),
            (Trigger::NUMBER, &mut hits.numbers),
        ] {
            if trigger.has(what) {
                list.push(n);
            }
        }
    }
    (dates.finish(), hits)
}

/// The latest date of the text, but for those that may lie ahead: what is expected, and how long certificates last.
fn latest_date(source: Source<'_>, dates: &Dates) -> Option<AsOf> {
    let ranges = dates.ranges.iter().map(|range| match range.end {
        End::At(end) => (end, range.first, range.last),
        End::Present => (range.start, range.first, range.last),
    });
    let singles = dates
        .singles
        .iter()
        .map(|date| (date.from, date.first, date.last));
    let past = |first: usize| {
        let expected = (first.saturating_sub(3)..first)
            .any(|n| source.rules.degree_open_before.has(source.word(n)));
        !expected && source.kind(first) != SectionKind::Certifications
    };
    let (date, first, last) = ranges
        .chain(singles)
        .filter(|&(_, first, _)| past(first))
        // The first of equal dates.
        .min_by_key(|&(date, first, _)| (std::cmp::Reverse(date), first))?;
    Some(AsOf {
        date,
        source: AsOfSource::LatestDate,
        span: Some(source.normalized.span(first, last)),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::section::SectionFinder;

    pub(super) fn facts(text: &str) -> Facts {
        facts_with(text, &[])
    }

    /// The facts of an ASCII text at whose end all of `skills` are mentioned, as of January 2020.
    pub(super) fn facts_with(text: &str, skills: &[&str]) -> Facts {
        let end = text.trim_end_matches(['.', ' ', '\n']).len();
        let last = Span::new(end.saturating_sub(1), end);
        let duties: Vec<Duty<'_>> = skills
            .iter()
            .map(|skill| Duty { skill, span: last })
            .collect();
        find(text, &duties, Some("2020-01".parse().unwrap()))
    }

    /// The jobs of a text, with title and months.
    pub(super) fn jobs(text: &str) -> String {
        let facts = facts(text);
        let show = |job: &Job| {
            let title = job.title().unwrap_or("-");
            let paid = if job.unpaid() { " unpaid" } else { "" };
            let end = if job.current() {
                "now".to_owned()
            } else {
                job.end().to_string()
            };
            format!("{title} {}..{end}{paid}", job.start())
        };
        facts
            .jobs()
            .iter()
            .map(show)
            .collect::<Vec<_>>()
            .join(" | ")
    }

    fn find(text: &str, duties: &[Duty<'_>], as_of: Option<YearMonth>) -> Facts {
        static FINDERS: LazyLock<(SectionFinder, FactFinder)> =
            LazyLock::new(|| (SectionFinder::builtin(), FactFinder::builtin().unwrap()));
        let normalized = NormalizedText::new(text);
        let sections = FINDERS.0.find(text, &normalized);
        FINDERS.1.find(text, &normalized, &sections, duties, as_of)
    }

    #[test]
    fn overlaps_count_once_and_no_dates_are_no_zero() {
        let facts_of = facts(
            "Experience\nCook, 01/2010 to 01/2012\nClerk, 01/2011 to 01/2013\nHost, 05/2011 to 05/2011",
        );
        assert_eq!(facts_of.months_experience(), Some(36));
        assert_eq!(facts_of.years_experience(), Some(3.0));
        assert_eq!(
            facts_of.months_customer_service(),
            Some(1),
            "the host of one month"
        );
        assert_eq!(
            facts("Experience\nCook for many years").years_experience(),
            None
        );
        assert_eq!(facts("").years_experience(), None);
        let volunteer = facts("Experience\nVolunteer Cook, 01/2010 to 01/2012");
        assert_eq!(volunteer.months_experience(), Some(0));
    }

    #[test]
    fn the_as_of_date_is_given_or_the_latest_in_the_text() {
        let text = "Experience\nCook, 01/2010 to Present\nEducation\nGED, May 2014\nB.A., expected June 2030\nCertifications\nCPR, valid until 2031";
        let found = find(text, &[], None);
        assert_eq!(found.as_of().unwrap().date().to_string(), "2014-05");
        assert_eq!(found.as_of().unwrap().source(), AsOfSource::LatestDate);
        assert_eq!(
            &text[found.as_of().unwrap().span().unwrap().range()],
            "May 2014"
        );
        assert_eq!(found.months_experience(), Some(52));
        assert_eq!(find("no date", &[], None).as_of(), None);
    }

    #[test]
    fn months_of_a_skill_are_those_of_its_jobs() {
        let text = "Experience\nCook, 01/2010 to 01/2011\nMade soup.\nClerk, 01/2012 to 01/2014\nSold soup.\nEducation\nSoup school";
        let found = facts(text);
        let soups: Vec<Span> = text
            .match_indices("soup")
            .map(|(at, word)| Span::new(at, at + word.len()))
            .collect();
        let (months, last) = found.months_of(soups.iter().copied()).unwrap();
        assert_eq!((months, last.to_string()), (36, "2014-01".to_owned()));
        assert_eq!(found.months_of([soups[1], soups[1]]).unwrap().0, 24);
        assert_eq!(
            found.months_of([Span::new(text.len() - 1, text.len())]),
            None
        );
    }

    #[test]
    fn facts_are_written_with_years_and_read_back() {
        let found = facts("Experience\nCook, 01/2010 to 08/2010\nEducation\nBS in Biology");
        let json = serde_json::to_value(&found).unwrap();
        assert_eq!(json["years_experience"], 0.58);
        assert_eq!(json["degree"], "bachelor");
        assert_eq!(json["degree_field"], "Biology");
        assert_eq!(json["jobs"][0]["start"], "2010-01");
        assert_eq!(serde_json::from_value::<Facts>(json).unwrap(), found);
        assert!(serde_json::to_value(facts("")).unwrap()["years_management"].is_null());
    }

    /// A text of jobs, a line each.
    fn resume(jobs: &[(i32, u32, u32)]) -> String {
        let mut text = String::from("Experience\n");
        for &(year, month, length) in jobs {
            let start = YearMonth::new(year, month).unwrap();
            let end = start.plus(length);
            let show = |date: YearMonth| format!("{:02}/{}", date.month(), date.year());
            text += &format!("Shop Clerk, {} to {}\n", show(start), show(end));
        }
        text
    }

    proptest! {
        #[test]
        fn merged_months_stay_within_the_calendar_and_order_does_not_matter(
            mut jobs in prop::collection::vec((1980i32..2015, 1u32..=12, 0u32..50), 1..8),
        ) {
            let found = facts(&resume(&jobs));
            prop_assert_eq!(found.jobs().len(), jobs.len());
            let months = found.months_experience().unwrap();
            let first = found.jobs().iter().map(Job::start).min().unwrap();
            let last = found.jobs().iter().map(|job| job.end().max(job.start().plus(1))).max().unwrap();
            prop_assert!(months <= first.months_between(last));
            prop_assert!(months >= found.jobs().iter().map(Job::months).max().unwrap());
            jobs.reverse();
            prop_assert_eq!(facts(&resume(&jobs)).months_experience(), Some(months));
            jobs.sort_unstable();
            prop_assert_eq!(facts(&resume(&jobs)).months_experience(), Some(months));
        }

        #[test]
        fn any_text_gives_facts_with_spans_in_it(
            text in "(Work Experience|Education|Certifications|[\\n •,/.:()'–-]|to|Present|20[012][0-9]|0?[1-9]|1[0-4]|May|Manager|B\\.?S\\.?|Master|years|team of|led|Spanish|fluent|Certified|Since|\\PC| ){0,80}",
        ) {
            let found = find(&text, &[], None);
            for job in found.jobs() {
                prop_assert!(job.start() <= job.end());
                prop_assert!(text.get(job.body().range()).is_some() && text.get(job.header().range()).is_some());
                prop_assert!(job.body().contains(job.header()) || job.body().start == found.jobs()[0].body().start || job.body().end >= job.header().end);
            }
            let spans = found.claimed().iter().map(ClaimedYears::span)
                .chain(found.certifications().iter().map(Certificate::span))
                .chain(found.languages().iter().map(Language::span))
                .chain(found.team_sizes().iter().map(TeamSize::span))
                .chain(found.flags().iter().map(FactFlag::span))
                .chain(found.degree_span())
                .chain(found.as_of().and_then(|as_of| as_of.span()));
            for span in spans {
                prop_assert!(text.get(span.range()).is_some());
            }
            let bodies: Vec<usize> = found.jobs().iter().map(|job| job.body().start).collect();
            prop_assert!(bodies.is_sorted());
        }
    }
}
