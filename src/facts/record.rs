//! The facts of one resume, as they are kept and written.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::month::YearMonth;
use crate::span::Span;

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
    pub(super) date: YearMonth,
    pub(super) source: AsOfSource,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) span: Option<Span>,
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
    pub(super) title: Option<String>,
    pub(super) start: YearMonth,
    pub(super) end: YearMonth,
    pub(super) current: bool,
    pub(super) months: u32,
    pub(super) customer_service: bool,
    pub(super) management: bool,
    pub(super) unpaid: bool,
    pub(super) header: Span,
    pub(super) title_span: Option<Span>,
    pub(super) body: Span,
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
    pub(super) years: u32,
    pub(super) area: Option<String>,
    pub(super) span: Span,
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
    pub(super) name: String,
    pub(super) span: Span,
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
    pub(super) name: String,
    pub(super) span: Span,
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
    pub(super) size: u32,
    pub(super) span: Span,
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
    pub(super) code: FactFlagKind,
    pub(super) span: Span,
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

/// What was found in one resume.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(into = "FactsRecord", from = "FactsRecord")]
pub struct Facts {
    pub(super) as_of: Option<AsOf>,
    pub(super) degree: Degree,
    pub(super) degree_field: Option<String>,
    pub(super) degree_span: Option<Span>,
    pub(super) months_experience: Option<u32>,
    pub(super) months_customer_service: Option<u32>,
    pub(super) months_management: Option<u32>,
    pub(super) jobs: Vec<Job>,
    pub(super) claimed: Vec<ClaimedYears>,
    pub(super) certifications: Vec<Certificate>,
    pub(super) languages: Vec<Language>,
    pub(super) team_sizes: Vec<TeamSize>,
    pub(super) flags: Vec<FactFlag>,
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
pub(super) fn merged_months<'a>(jobs: impl Iterator<Item = &'a Job>) -> u32 {
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
