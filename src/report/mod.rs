//! The record of one screening: owned, serialisable, and the same bytes for the same input.

pub(crate) mod build;
mod context;
mod phrase;

use serde::{Deserialize, Serialize};

pub use phrase::Phrase;

use crate::document::Status;
use crate::evidence::{EvidenceKind, Reason};
use crate::facts::{Facts, YearMonth};
use crate::profile::{Importance, Need};
use crate::score::{Percent, Points, RequirementStatus};
use crate::section::SectionKind;

/// The `schema` of a report; its number grows when a field changes its meaning or goes away.
pub const SCHEMA: &str = "skillscreen.report/1";

/// What tells whether two reports can be compared: all of it must be equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fingerprint {
    /// Version of this crate.
    pub engine: String,
    /// Id, version and digest of the taxonomy.
    pub taxonomy: String,
    /// Id, version and digest of the profile.
    pub profile: String,
    /// Digest of the options, the as-of date among them.
    pub options: String,
}

/// One resume, screened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// The path as given, or the record's id.
    pub source: String,
    /// `scored`, `partial` when parts of the document could not be read, or `empty` for a text of nothing but white space.
    pub status: Status,
    /// What it was screened with.
    pub fingerprint: Fingerprint,
    /// 0 to 100, the exact sum of all `points` below; `null` when nothing was applicable, or the text says nothing.
    pub score: Option<Points>,
    /// Share of the profile's applicable skill weight that is shown at all, in percent.
    pub coverage: Option<Percent>,
    /// Share of the skills shown that the profile asks for, in percent.
    pub reverse_coverage: Option<Percent>,
    /// The profile's skills by category.
    pub categories: Vec<CategoryReport>,
    /// Every skill shown, those with most points first, then by percent and id.
    pub skills: Vec<SkillReport>,
    /// The profile's skills that are not shown, those with most to add first.
    pub missing: Vec<MissingSkill>,
    /// Matches that do not count, in the order of the text.
    pub suppressed: Vec<SuppressedMatch>,
    /// What the profile asks for beside skills.
    pub requirements: Vec<RequirementReport>,
    /// Ids of required requirements that are not met. They change no number.
    pub knock_outs: Vec<String>,
    /// Work history, degree, certificates.
    pub facts: Facts,
    /// Where the sections lie.
    pub sections: Vec<SectionReport>,
    /// What a person should know before trusting the text.
    pub flags: Vec<Flag>,
    /// How the resume scores for other roles, best first, when these were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleReport>,
    /// The source of the first resume of the batch with these words, or all but a few of them; `None` for that one itself and outside
    /// batches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<String>,
}

impl Report {
    /// Takes back all judgement of a text that says nothing: unreadable is not unskilled.
    pub(crate) fn judge_nothing(&mut self) {
        self.status = Status::Empty;
        self.score = None;
        self.coverage = None;
        self.reverse_coverage = None;
        self.categories.clear();
        self.missing.clear();
        self.requirements.clear();
        self.knock_outs.clear();
        self.roles.clear();
    }
}

/// The skills of one category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CategoryReport {
    /// Its id.
    pub id: Phrase,
    /// Its name.
    pub label: Phrase,
    /// Mean percent of the profile's skills in it, by weight.
    pub percent: Percent,
    /// Applied weight of its skills, of 1.
    pub weight: f64,
    /// Points of its skills.
    pub points: Points,
}

/// A skill that the resume shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SkillReport {
    /// Its id in the taxonomy.
    pub id: Phrase,
    /// Its preferred label.
    pub label: Phrase,
    /// Its category.
    pub category: Phrase,
    /// How much the job needs it; `null` for a skill that the profile does not ask for.
    pub importance: Option<Importance>,
    /// How strongly it is shown, 0 to 100; see [`strength`](crate::score::strength).
    pub percent: f64,
    /// Its applied weight, of 1.
    pub weight: f64,
    /// What it adds to the score.
    pub points: Points,
    /// Accepted mentions.
    pub occurrences: usize,
    /// Months of the dated jobs that show it, overlaps counted once.
    pub months: Option<u32>,
    /// Last month of these jobs.
    pub last_used: Option<YearMonth>,
    /// The mentions, in the order of the text.
    pub evidence: Vec<Evidence>,
}

/// One accepted mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// First byte in the original text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The text there.
    pub quote: Phrase,
    /// The section it stands in.
    pub section: SectionKind,
    /// How it shows the skill.
    pub kind: EvidenceKind,
    /// The words before it, when [context](crate::ScreenerBuilder::context) was asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// The words after it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// A skill of the profile that the resume does not show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MissingSkill {
    /// Its id.
    pub id: Phrase,
    /// Its preferred label.
    pub label: Phrase,
    /// How much the job needs it.
    pub importance: Importance,
    /// What it would add if it were shown at 100 percent.
    pub points: Points,
}

/// A match that does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SuppressedMatch {
    /// The skill's id.
    pub id: Phrase,
    /// First byte in the original text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The text there.
    pub quote: Phrase,
    /// Why it does not count.
    pub reason: Reason,
}

/// One requirement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RequirementReport {
    /// Its id in the profile.
    pub id: Phrase,
    /// How much it matters.
    pub need: Need,
    /// Where it stands.
    pub status: RequirementStatus,
    /// What is asked for.
    pub wants: Phrase,
    /// What the resume shows.
    pub found: Option<Phrase>,
    /// How far it is fulfilled, in percent.
    pub percent: f64,
    /// Its applied weight, of 1; 0 when it is unknown.
    pub weight: f64,
    /// What it adds to the score.
    pub points: Points,
    /// Where the resume shows it.
    pub evidence: Vec<Quoted>,
}

/// A place in the text, with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quoted {
    /// First byte in the original text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The text there.
    pub quote: Phrase,
}

/// A part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SectionReport {
    /// What it is about.
    pub kind: SectionKind,
    /// First byte in the original text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// What a person should know before trusting the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FlagCode {
    /// The document hides text from people; it was not scored.
    HiddenText,
    /// Some of the document could not be read or lay beyond a limit.
    NotAllRead,
    /// A date that cannot be.
    CorruptDate,
    /// The same skill is named far more often than people write it.
    Repetition,
    /// The resume has no dates, so years are unknown.
    NoDates,
}

/// A flag and how often it applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Flag {
    /// What it is.
    pub code: FlagCode,
    /// How often.
    pub count: usize,
}

/// How a resume scores for another role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RoleReport {
    /// The profile's id.
    pub profile: String,
    /// Its name.
    pub label: String,
    /// The score for it.
    pub score: Option<Points>,
    /// How near it is, 0 to 100: how far the skills and titles that tell the roles apart are this role's.
    pub nearness: Option<Percent>,
    /// Skills shown that tell it from the profile screened for.
    pub telling: Vec<String>,
}

impl Report {
    /// The skill of this id, if the resume shows it.
    pub fn skill(&self, id: &str) -> Option<&SkillReport> {
        self.skills.iter().find(|skill| skill.id == id)
    }

    /// The score as a number; `None` when nothing was applicable.
    pub fn score(&self) -> Option<f64> {
        self.score.map(Points::value)
    }

    /// The report as one line of JSON.
    ///
    /// # Panics
    ///
    /// Never: every field serialises.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a report always serialises")
    }
}
