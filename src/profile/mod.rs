//! What one job asks for: skills with weights, requirements, benchmarks, each with its source.
//!
//! A [`JobProfile`] is read from TOML or built in code. Where a file gives evidence instead of weights, one stated formula ([`WeightFormula`])
//! turns it into a weight:
//!
//! ```text
//! weight = documents × per_document + prevalence percent × per_percent + (required | preferred | mentioned: 0) + emphasis × per_emphasis
//! ```

mod builtin;
mod fields;
mod file;
mod requirement;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::{Benchmark, Place, Taxonomy};

pub use requirement::{Area, Need, Requirement, Wanted};

/// The points of a whole: scores, weights and parts are told out of 100.
pub const FULL_POINTS: u32 = 100;

/// The JSON Schema of a profile's TOML file, for editors.
pub const FILE_SCHEMA: &str = include_str!("../data/schema/profile.json");

/// How much a job needs a skill.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Importance {
    /// The job cannot be done without it.
    Essential,
    /// The job is done better with it; the default.
    #[default]
    Preferred,
    /// An asset.
    Optional,
}

/// How a document asks for a skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stated {
    /// Among the duties or musts.
    Required,
    /// As helpful.
    Preferred,
    /// In passing.
    Mentioned,
}

/// Words of a document that support a line of a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Quote {
    /// The words.
    pub text: String,
    /// Key of the document.
    pub source: String,
}

/// The formula that turns a skill's evidence into its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct WeightFormula {
    /// For each document that names the skill. Default 2.
    pub per_document: u32,
    /// For each percent of stated prevalence. Default 1.
    pub per_percent: u32,
    /// When a document requires it. Default 4.
    pub required: u32,
    /// When a document prefers it. Default 2.
    pub preferred: u32,
    /// For each step of emphasis. Default 4.
    pub per_emphasis: u32,
}

impl WeightFormula {
    /// The weight of a skill with this evidence.
    pub fn weight(
        &self,
        documents: usize,
        prevalence: Option<&Benchmark>,
        stated: Option<Stated>,
        emphasis: u32,
    ) -> u32 {
        // Stated prevalence is a whole number in every source so far; what is not is rounded to one.
        let percent = prevalence.map_or(0, |benchmark| benchmark.percent.round() as u32);
        let stated = match stated {
            Some(Stated::Required) => self.required,
            Some(Stated::Preferred) => self.preferred,
            Some(Stated::Mentioned) | None => 0,
        };
        (documents as u32)
            .saturating_mul(self.per_document)
            .saturating_add(percent.saturating_mul(self.per_percent))
            .saturating_add(stated)
            .saturating_add(emphasis.saturating_mul(self.per_emphasis))
    }
}

impl Default for WeightFormula {
    /// The values of the built-in profiles; their reasons stand in `csm.toml`.
    fn default() -> Self {
        Self {
            per_document: 2,
            per_percent: 1,
            required: 4,
            preferred: 2,
            per_emphasis: 4,
        }
    }
}

/// A skill that a job asks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProfileSkill {
    pub(crate) id: String,
    pub(crate) importance: Importance,
    pub(crate) weight: u32,
    pub(crate) documents: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) prevalence: Option<Benchmark>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) stated: Option<Stated>,
    pub(crate) emphasis: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) quote: Option<Quote>,
    #[serde(skip)]
    pub(crate) place: Place,
}

impl ProfileSkill {
    /// The skill's id in the taxonomy.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How much the job needs it.
    pub fn importance(&self) -> Importance {
        self.importance
    }

    /// Its weight; only the ratio to the other skills' weights counts.
    pub fn weight(&self) -> u32 {
        self.weight
    }

    /// Keys of the documents that name it for this job.
    pub fn documents(&self) -> &[String] {
        &self.documents
    }

    /// Words that support it.
    pub fn quote(&self) -> Option<&Quote> {
        self.quote.as_ref()
    }
}

/// The prevalence that a document states for a skill in the occupation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProfileBenchmark {
    /// The skill's id.
    pub skill: String,
    /// Percent of resumes that list it.
    pub percent: f64,
    /// Key of the document.
    pub source: String,
}

/// A figure of pay that a document states: for reading, never scored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Salary {
    /// Key of the document.
    pub source: String,
    /// What the figure is.
    pub what: String,
    /// US dollars.
    pub usd: f64,
    /// The document's words.
    #[serde(default)]
    pub quote: String,
}

/// Skills that a document names as telling this job from another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Contrast {
    /// Id of the other job's profile.
    pub role: String,
    /// Skills of this job.
    pub this: Vec<String>,
    /// Skills of the other.
    pub other: Vec<String>,
    /// Key of the document.
    pub source: String,
}

/// What one job asks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JobProfile {
    id: String,
    version: String,
    label: String,
    definition: String,
    titles: Vec<String>,
    skills_points: u32,
    skills: Vec<ProfileSkill>,
    requirements: Vec<Requirement>,
    benchmarks: Vec<ProfileBenchmark>,
    #[serde(skip)]
    salaries: Vec<Salary>,
    #[serde(skip)]
    contrasts: Vec<Contrast>,
}

impl JobProfile {
    /// An empty builder for a profile of this id.
    pub fn builder(id: impl Into<String>) -> ProfileBuilder {
        ProfileBuilder::new(id)
    }

    /// The built-in profile of this id: `csm`, its five kinds, or a neighbouring role; see [`builtin_ids`](Self::builtin_ids).
    ///
    /// # Errors
    ///
    /// When there is none of this id.
    pub fn builtin(id: &str) -> Result<Self> {
        builtin::profile(id)
    }

    /// The TOML of the built-in profile of this id.
    pub fn builtin_text(id: &str) -> Option<&'static str> {
        let found = builtin::PROFILES.iter().find(|(known, _)| *known == id);
        found.map(|(_, text)| *text)
    }

    /// The ids of all built-in profiles, `csm` first.
    pub fn builtin_ids() -> impl Iterator<Item = &'static str> {
        builtin::PROFILES.iter().map(|(id, _)| *id)
    }

    /// Reads a profile from TOML; `name` stands for the text in error messages. It may extend a built-in profile by id.
    ///
    /// # Errors
    ///
    /// When the text is not of the documented form, with the line.
    pub fn from_toml(name: &str, text: &str) -> Result<Self> {
        file::parse(name, text)
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its semantic version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Its name for people.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// What the job is.
    pub fn definition(&self) -> &str {
        &self.definition
    }

    /// Job titles under which it is held, for telling roles apart; never scored.
    pub fn titles(&self) -> &[String] {
        &self.titles
    }

    /// Points of 100 that the skills share; the requirements' points make up the rest.
    pub fn skills_points(&self) -> u32 {
        self.skills_points
    }

    /// The skills it asks for, in the profile's order.
    pub fn skills(&self) -> &[ProfileSkill] {
        &self.skills
    }

    /// The skill of this id, if the job asks for it.
    pub fn skill(&self, id: &str) -> Option<&ProfileSkill> {
        self.skills.iter().find(|skill| skill.id == id)
    }

    /// What it asks for beside skills.
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }

    /// The prevalence that documents state for skills in the occupation.
    pub fn benchmarks(&self) -> &[ProfileBenchmark] {
        &self.benchmarks
    }

    /// Figures of pay, for reading only.
    pub fn salaries(&self) -> &[Salary] {
        &self.salaries
    }

    /// Skills that tell it from other jobs, as documents list them.
    pub fn contrasts(&self) -> &[Contrast] {
        &self.contrasts
    }

    /// `csm 1.0.0 sha256:…`: changes when anything that can change a score does.
    pub fn fingerprint(&self) -> String {
        let bytes = serde_json::to_vec(self).unwrap_or_default();
        let digest = crate::fingerprint::short_hex(&Sha256::digest(bytes));
        format!("{} {} sha256:{digest}", self.id, self.version)
    }

    /// The profile less the skills that the taxonomy does not have, and less the requirements that name one of these.
    ///
    /// # Errors
    ///
    /// When nothing is left to ask for.
    pub fn restricted_to(&self, taxonomy: &Taxonomy) -> Result<Self> {
        let mut builder = ProfileBuilder {
            profile: self.clone(),
        };
        let known = |id: &str| taxonomy.skill(id).is_some();
        builder.profile.skills.retain(|skill| known(&skill.id));
        builder.profile.requirements.retain(|requirement| {
            let mut named = Vec::new();
            requirement.name_skills(&mut named);
            named.into_iter().all(known)
        });
        builder.build()
    }

    /// Checks that the taxonomy has every skill the profile names.
    pub(crate) fn check_against(&self, taxonomy: &Taxonomy) -> Result<()> {
        let skills = self.skills.iter();
        let mut named: Vec<(&str, &Place)> = skills
            .map(|skill| (skill.id.as_str(), &skill.place))
            .collect();
        for requirement in &self.requirements {
            let mut of_requirement = Vec::new();
            requirement.name_skills(&mut of_requirement);
            named.extend(
                of_requirement
                    .into_iter()
                    .map(|id| (id, &requirement.place)),
            );
        }
        let unknown = named
            .into_iter()
            .find(|(id, _)| taxonomy.skill(id).is_none());
        unknown.map_or(Ok(()), |(id, place)| {
            let message = format!(
                "profile \"{}\" asks for skill \"{id}\", which taxonomy \"{}\" does not have",
                self.id,
                taxonomy.id()
            );
            Err(place.put(Error::new(ErrorKind::Profile, message)))
        })
    }
}

/// Collects what a [`JobProfile`] asks for.
///
/// ```
/// use skillscreen::profile::{Area, JobProfile, Requirement};
///
/// let mut builder = JobProfile::builder("clerk");
/// builder.skill("payroll", 3).skill("data-entry", 1).requirement(Requirement::years("years", Area::Overall, 2, 5).points(20));
/// let profile = builder.build()?;
/// assert_eq!(profile.skills_points(), 80);
/// # Ok::<(), skillscreen::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ProfileBuilder {
    profile: JobProfile,
}

impl ProfileBuilder {
    fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            profile: JobProfile {
                label: id.clone(),
                id,
                version: "0.0.0".to_owned(),
                definition: String::new(),
                titles: Vec::new(),
                skills_points: 0,
                skills: Vec::new(),
                requirements: Vec::new(),
                benchmarks: Vec::new(),
                salaries: Vec::new(),
                contrasts: Vec::new(),
            },
        }
    }

    /// Sets the name for people; the id where none is set.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.profile.label = label.into();
        self
    }

    /// Adds a job title under which it is held.
    pub fn title(&mut self, title: impl Into<String>) -> &mut Self {
        self.profile.titles.push(title.into());
        self
    }

    /// Sets the version; `0.0.0` where none is set.
    pub fn version(&mut self, version: impl Into<String>) -> &mut Self {
        self.profile.version = version.into();
        self
    }

    /// Asks for a skill, preferred, with this weight.
    pub fn skill(&mut self, id: impl Into<String>, weight: u32) -> &mut Self {
        self.skill_with(id, weight, Importance::Preferred)
    }

    /// Asks for a skill with this weight and importance.
    pub fn skill_with(
        &mut self,
        id: impl Into<String>,
        weight: u32,
        importance: Importance,
    ) -> &mut Self {
        self.profile.skills.push(ProfileSkill {
            id: id.into(),
            importance,
            weight,
            documents: Vec::new(),
            prevalence: None,
            stated: None,
            emphasis: 0,
            quote: None,
            place: Place::default(),
        });
        self
    }

    /// Asks for something beside skills.
    pub fn requirement(&mut self, requirement: Requirement) -> &mut Self {
        self.profile.requirements.push(requirement);
        self
    }

    /// States the prevalence to compare a batch with.
    pub fn benchmark(
        &mut self,
        skill: impl Into<String>,
        percent: f64,
        source: impl Into<String>,
    ) -> &mut Self {
        self.profile.benchmarks.push(ProfileBenchmark {
            skill: skill.into(),
            percent,
            source: source.into(),
        });
        self
    }

    /// Checks it and makes the profile.
    ///
    /// # Errors
    ///
    /// When nothing is asked for, something is asked for twice, or the requirements' points leave no room for the skills.
    pub fn build(&self) -> Result<JobProfile> {
        let mut profile = self.profile.clone();
        let wrong = |message: String| {
            Err(Error::new(
                ErrorKind::Profile,
                format!("profile \"{}\": {message}", profile.id),
            ))
        };
        if profile.id.is_empty() {
            return Err(Error::new(ErrorKind::Profile, "a profile needs an id"));
        }
        let requirement_points: u32 = profile.requirements.iter().map(Requirement::weight).sum();
        if requirement_points > FULL_POINTS {
            return wrong(format!(
                "the requirements have {requirement_points} points, at most {FULL_POINTS} can be shared"
            ));
        }
        let total: u64 = profile
            .skills
            .iter()
            .map(|skill| u64::from(skill.weight))
            .sum();
        if total == 0 && requirement_points == 0 {
            return wrong(
                "asks for nothing: no skill has a weight and no requirement has points".to_owned(),
            );
        }
        if total == 0 && requirement_points < FULL_POINTS {
            return wrong(format!(
                "no skill has a weight, so the requirements' points must add up to {FULL_POINTS}, not {requirement_points}"
            ));
        }
        for (n, skill) in profile.skills.iter().enumerate() {
            if profile.skills[..n].iter().any(|other| other.id == skill.id) {
                return wrong(format!("skill \"{}\" is asked for twice", skill.id));
            }
        }
        for (n, requirement) in profile.requirements.iter().enumerate() {
            if profile.requirements[..n]
                .iter()
                .any(|other| other.id() == requirement.id())
            {
                return wrong(format!(
                    "requirement \"{}\" is there twice",
                    requirement.id()
                ));
            }
            if let Err(message) = requirement.check() {
                return wrong(format!("requirement \"{}\": {message}", requirement.id()));
            }
        }
        profile.skills_points = FULL_POINTS - requirement_points;
        Ok(profile)
    }
}
