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

mod certificate;
mod claim;
mod date;
mod job;
mod rules;
mod study;

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

pub use date::YearMonth;

use crate::error::Result;
use crate::section::{Section, SectionKind};
use crate::span::Span;
use crate::text::{NormalizedText, Shape};
use date::{DateScan, Dates, End};
use rules::{Rules, Trigger};

/// The highest level of education, in order.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Degree {
    /// The resume names no completed degree.
    #[default]
    None,
    /// High school diploma or an equal, such as the GED.
    HighSchool,
    /// Two years of college.
    Associate,
    /// Four years of college.
    Bachelor,
    /// A degree above the bachelor's.
    Master,
    /// The highest degree, or a professional one such as the J.D.
    Doctorate,
}

impl Degree {
    /// Its name in files and reports: `highschool`.
    pub fn as_str(self) -> &'static str {
        match self {
            Degree::None => "none",
            Degree::HighSchool => "highschool",
            Degree::Associate => "associate",
            Degree::Bachelor => "bachelor",
            Degree::Master => "master",
            Degree::Doctorate => "doctorate",
        }
    }
}

impl std::fmt::Display for Degree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where the as-of date came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AsOfSource {
    /// The caller gave it.
    Given,
    /// It is the latest date that the resume names.
    LatestDate,
}

/// The month that "present" means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsOf {
    date: YearMonth,
    source: AsOfSource,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    span: Option<Span>,
}

impl AsOf {
    /// The month.
    pub fn date(&self) -> YearMonth {
        self.date
    }

    /// How it was chosen.
    pub fn source(&self) -> AsOfSource {
        self.source
    }

    /// The date in the resume, when it was taken from there.
    pub fn span(&self) -> Option<Span> {
        self.span
    }
}

/// A job with its dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    title: Option<String>,
    start: YearMonth,
    end: YearMonth,
    current: bool,
    months: u32,
    customer_service: bool,
    management: bool,
    unpaid: bool,
    header: Span,
    title_span: Option<Span>,
    body: Span,
}

impl Job {
    /// Its title as written, when one was recognized.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Where the title stands.
    pub fn title_span(&self) -> Option<Span> {
        self.title_span
    }

    /// Its first month.
    pub fn start(&self) -> YearMonth {
        self.start
    }

    /// Its last month; the as-of date when the job is [`current`](Self::current).
    pub fn end(&self) -> YearMonth {
        self.end
    }

    /// Whether the resume gives "present" for its end, or no end.
    pub fn current(&self) -> bool {
        self.current
    }

    /// Months from start to end.
    pub fn months(&self) -> u32 {
        self.months
    }

    /// Whether it counts for the years in customer service.
    pub fn customer_service(&self) -> bool {
        self.customer_service
    }

    /// Whether it counts for the years in management.
    pub fn management(&self) -> bool {
        self.management
    }

    /// Volunteer work and the like: shown, but not counted in any years.
    pub fn unpaid(&self) -> bool {
        self.unpaid
    }

    /// The dates, from the first to the last.
    pub fn header(&self) -> Span {
        self.header
    }

    /// From its first header line to where the next job begins, within the section.
    pub fn body(&self) -> Span {
        self.body
    }
}

/// Years that the resume claims in so many words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedYears {
    years: u32,
    area: Option<String>,
    span: Span,
}

impl ClaimedYears {
    /// How many: the lower number of "5 to 7 years".
    pub fn years(&self) -> u32 {
        self.years
    }

    /// In what, in folded words: `customer service`. `None` when it is experience in general.
    pub fn area(&self) -> Option<&str> {
        self.area.as_deref()
    }

    /// The words of the claim.
    pub fn span(&self) -> Span {
        self.span
    }
}

/// A certificate or license.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    name: String,
    span: Span,
}

impl Certificate {
    /// Its name as written.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        self.span
    }
}

/// A language that the person knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    name: String,
    span: Span,
}

impl Language {
    /// Its English name, in small letters.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        self.span
    }
}

/// A team that the person led.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamSize {
    size: u32,
    span: Span,
}

impl TeamSize {
    /// How many people: the higher number of "17 to 20".
    pub fn size(&self) -> u32 {
        self.size
    }

    /// The words that say so.
    pub fn span(&self) -> Span {
        self.span
    }
}

/// Something odd about a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FactFlagKind {
    /// A date that cannot be: month 13, or an end before its start. It is ignored.
    CorruptedDate,
    /// A job that begins after the as-of date. It is ignored.
    FutureJob,
    /// A job without an end was taken to go on to the as-of date, or a single date to stand for the rest of its year.
    AssumedEnd,
}

/// Something odd about a fact, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactFlag {
    code: FactFlagKind,
    span: Span,
}

impl FactFlag {
    /// What is odd.
    pub fn code(&self) -> FactFlagKind {
        self.code
    }

    /// Where.
    pub fn span(&self) -> Span {
        self.span
    }
}

/// An accepted mention of a skill, given by the caller in text order.
#[derive(Clone, Copy, Debug)]
pub struct Duty<'a> {
    /// The skill's id.
    pub skill: &'a str,
    /// Where it is mentioned.
    pub span: Span,
}

/// What was found in one resume.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(into = "FactsRecord", from = "FactsRecord")]
pub struct Facts {
    as_of: Option<AsOf>,
    degree: Degree,
    degree_field: Option<String>,
    degree_span: Option<Span>,
    months_experience: Option<u32>,
    months_customer_service: Option<u32>,
    months_management: Option<u32>,
    jobs: Vec<Job>,
    claimed: Vec<ClaimedYears>,
    certifications: Vec<Certificate>,
    languages: Vec<Language>,
    team_sizes: Vec<TeamSize>,
    flags: Vec<FactFlag>,
}

/// [`Facts`] as they are written: years beside months.
#[derive(Serialize, Deserialize)]
struct FactsRecord {
    as_of: Option<AsOf>,
    degree: Degree,
    degree_field: Option<String>,
    degree_span: Option<Span>,
    years_experience: Option<f64>,
    years_customer_service: Option<f64>,
    years_management: Option<f64>,
    months_experience: Option<u32>,
    months_customer_service: Option<u32>,
    months_management: Option<u32>,
    jobs: Vec<Job>,
    claimed: Vec<ClaimedYears>,
    certifications: Vec<Certificate>,
    languages: Vec<Language>,
    team_sizes: Vec<TeamSize>,
    flags: Vec<FactFlag>,
}

impl From<Facts> for FactsRecord {
    fn from(facts: Facts) -> Self {
        Self {
            years_experience: facts.years_experience(),
            years_customer_service: facts.years_customer_service(),
            years_management: facts.years_management(),
            as_of: facts.as_of,
            degree: facts.degree,
            degree_field: facts.degree_field,
            degree_span: facts.degree_span,
            months_experience: facts.months_experience,
            months_customer_service: facts.months_customer_service,
            months_management: facts.months_management,
            jobs: facts.jobs,
            claimed: facts.claimed,
            certifications: facts.certifications,
            languages: facts.languages,
            team_sizes: facts.team_sizes,
            flags: facts.flags,
        }
    }
}

impl From<FactsRecord> for Facts {
    fn from(record: FactsRecord) -> Self {
        Self {
            as_of: record.as_of,
            degree: record.degree,
            degree_field: record.degree_field,
            degree_span: record.degree_span,
            months_experience: record.months_experience,
            months_customer_service: record.months_customer_service,
            months_management: record.months_management,
            jobs: record.jobs,
            claimed: record.claimed,
            certifications: record.certifications,
            languages: record.languages,
            team_sizes: record.team_sizes,
            flags: record.flags,
        }
    }
}

/// Months as years, to two decimals.
fn years(months: Option<u32>) -> Option<f64> {
    months.map(|months| (f64::from(months) * 100.0 / 12.0).round() / 100.0)
}

impl Facts {
    /// The month that "present" means; `None` when none was given and the resume names no date.
    pub fn as_of(&self) -> Option<AsOf> {
        self.as_of
    }

    /// The highest degree completed.
    pub fn degree(&self) -> Degree {
        self.degree
    }

    /// Its subject, when there is one.
    pub fn degree_field(&self) -> Option<&str> {
        self.degree_field.as_deref()
    }

    /// Where the degree is named.
    pub fn degree_span(&self) -> Option<Span> {
        self.degree_span
    }

    /// The dated jobs, in the order of the text.
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// Months with a job, overlaps counted once; `None` (unknown, not zero) when no job has dates.
    pub fn months_experience(&self) -> Option<u32> {
        self.months_experience
    }

    /// The same for jobs in customer service.
    pub fn months_customer_service(&self) -> Option<u32> {
        self.months_customer_service
    }

    /// The same for jobs in management.
    pub fn months_management(&self) -> Option<u32> {
        self.months_management
    }

    /// [`months_experience`](Self::months_experience) in years, to two decimals.
    pub fn years_experience(&self) -> Option<f64> {
        years(self.months_experience)
    }

    /// [`months_customer_service`](Self::months_customer_service) in years, to two decimals.
    pub fn years_customer_service(&self) -> Option<f64> {
        years(self.months_customer_service)
    }

    /// [`months_management`](Self::months_management) in years, to two decimals.
    pub fn years_management(&self) -> Option<f64> {
        years(self.months_management)
    }

    /// Years that the resume claims, in the order of the text.
    pub fn claimed(&self) -> &[ClaimedYears] {
        &self.claimed
    }

    /// Certificates and licenses, in the order of the text.
    pub fn certifications(&self) -> &[Certificate] {
        &self.certifications
    }

    /// Languages, each once, in the order of the text.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Teams led, in the order of the text.
    pub fn team_sizes(&self) -> &[TeamSize] {
        &self.team_sizes
    }

    /// What is odd.
    pub fn flags(&self) -> &[FactFlag] {
        &self.flags
    }

    /// The job in whose body `span` stands.
    pub fn job_at(&self, span: Span) -> Option<&Job> {
        // Bodies follow each other in the order of the text, so only the last one that begins before it can hold it.
        let next = self
            .jobs
            .partition_point(|job| job.body.start <= span.start);
        self.jobs[..next]
            .last()
            .filter(|job| job.body.contains(span))
    }

    /// Months, overlaps counted once, and the last month of the jobs in whose bodies these spans stand.
    ///
    /// `None` when no span stands in a dated job.
    pub fn months_of(&self, mentions: impl IntoIterator<Item = Span>) -> Option<(u32, YearMonth)> {
        // A job with several periods stands several times, with one body.
        let mut bodies: SmallVec<[Span; FEW]> = mentions
            .into_iter()
            .filter_map(|span| self.job_at(span))
            .map(|job| job.body)
            .collect();
        bodies.sort_unstable();
        let jobs = || {
            self.jobs
                .iter()
                .filter(|job| bodies.binary_search(&job.body).is_ok())
        };
        let last = jobs().map(|job| job.end).max()?;
        Some((merged_months(jobs()), last))
    }
}

/// Most resumes have no more jobs.
const FEW: usize = 8;

/// Months covered by any of the jobs. A job of no length counts one month.
fn merged_months<'a>(jobs: impl Iterator<Item = &'a Job>) -> u32 {
    let mut spans: SmallVec<[(YearMonth, YearMonth); FEW]> = jobs
        .map(|job| (job.start, job.end.max(job.start.plus(1))))
        .collect();
    spans.sort_unstable();
    let mut months = 0;
    let mut reached = None;
    for (start, end) in spans {
        let start = reached.map_or(start, |reached| start.max(reached));
        months += start.months_between(end);
        reached = Some(reached.map_or(end, |reached| end.max(reached)));
    }
    months
}

/// Finds the facts of resumes. Built once, shared by all threads.
#[derive(Clone, Debug)]
pub struct FactFinder {
    rules: Rules,
}

/// A text on its way through the stage.
#[derive(Clone, Copy)]
struct Source<'a> {
    text: &'a str,
    normalized: &'a NormalizedText,
    sections: &'a [Section],
    rules: &'a Rules,
}

impl<'a> Source<'a> {
    fn word(&self, n: usize) -> &'a str {
        self.normalized.word(n)
    }

    /// The words of the line that word `n` is in.
    fn line(&self, n: usize) -> std::ops::Range<usize> {
        let lines = self.normalized.lines();
        let next = lines.partition_point(|&line| line as usize <= n);
        let first = next.checked_sub(1).map_or(0, |line| lines[line] as usize);
        let end = lines
            .get(next)
            .map_or(self.normalized.word_count(), |&line| line as usize);
        first..end
    }

    fn section(&self, n: usize) -> Option<&'a Section> {
        let next = self
            .sections
            .partition_point(|section| section.first() as usize <= n);
        self.sections[..next]
            .iter()
            .rev()
            .find(|section| section.tokens().contains(&n))
    }

    fn kind(&self, n: usize) -> SectionKind {
        self.section(n).map_or(SectionKind::Other, Section::kind)
    }

    /// The first word of a section behind its heading.
    fn behind_heading(&self, section: &Section) -> usize {
        let tokens = self.normalized.tokens();
        let mut first = section.first() as usize;
        if let Some(heading) = section.heading() {
            while first < section.end() as usize && (tokens[first].end as usize) <= heading.end {
                first += 1;
            }
        }
        first
    }

    /// The original text from word `first` to word `last`, white space as single spaces.
    fn quote(&self, first: usize, last: usize) -> String {
        let span = self.normalized.span(first, last);
        self.text[span.range()]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
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
        let headers = job::headers(source, &dates);
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
