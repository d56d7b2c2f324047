//! One skill: its names, what it is, where it comes from.

use serde::{Deserialize, Serialize};

/// What kind of thing a skill is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SkillKind {
    /// Something one can do; the default.
    #[default]
    Skill,
    /// An ability that shows in many tasks: leadership, problem solving.
    Competency,
    /// A task of a job: refunds, payroll.
    Duty,
    /// A product or system: Salesforce, Excel.
    Tool,
    /// A measure of performance: handle time.
    Metric,
    /// A trait: patience.
    Quality,
    /// A field of knowledge.
    Knowledge,
    /// A published norm: ISO 9001.
    Standard,
}

/// How a skill came into the taxonomy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Provenance {
    /// Written by people; the default.
    #[default]
    Written,
    /// Taken over from another taxonomy.
    Imported,
    /// Found by counting phrases in documents, and not yet judged by a person.
    Mined,
}

impl Provenance {
    pub(crate) fn is_written(&self) -> bool {
        *self == Self::Written
    }
}

/// A finding of the linter that is as it should be, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Waiver {
    /// The finding's code.
    pub code: String,
    /// The skill, profile or requirement; every one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
    /// The label's pattern; every one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The reason.
    pub why: String,
}

/// How a label stands to its skill, in SKOS's terms, plus duties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LabelKind {
    /// The name shown to people.
    Preferred,
    /// Another name, an abbreviation.
    Alternative,
    /// Matched, never shown: misspellings.
    Hidden,
    /// A duty that plainly shows the skill.
    Described,
}

/// How a label must be written to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Case {
    /// Each of its words with a capital, in a line that is not all capitals.
    Capital,
    /// All in capitals.
    Upper,
}

/// Where a label may stand to count; every condition that is given must hold. See the notation for each key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "each key is explained in the notation, in a table"
)]
pub struct Rule {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<Case>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unless_before: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unless_after: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unless_near: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_before: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_after: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_near: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_sections: Vec<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub list_item: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_near: Option<MinNear>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Rule>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub swallows: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
}

impl Rule {
    /// The patterns that it looks for beside the label, each with the key it stands under.
    pub(crate) fn neighbours(&self) -> Vec<(&'static str, &str)> {
        let near = self.min_near.as_ref().map_or(&[][..], |near| &near.of);
        let lists: [(&str, &[String]); 7] = [
            ("unless_before", &self.unless_before),
            ("unless_after", &self.unless_after),
            ("unless_near", &self.unless_near),
            ("only_before", &self.only_before),
            ("only_after", &self.only_after),
            ("only_near", &self.only_near),
            ("min_near", near),
        ];
        let own = lists.into_iter();
        own.flat_map(|(key, list)| list.iter().map(move |pattern| (key, &**pattern)))
            .chain(self.any.iter().flat_map(Self::neighbours))
            .collect()
    }
}

/// So many different ones of these patterns must stand near.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MinNear {
    /// The patterns.
    pub of: Vec<String>,
    /// How many of them, the label itself not counted.
    pub count: usize,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// Where something stands in a taxonomy file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: Option<std::sync::Arc<str>>,
    pub(crate) line: Option<usize>,
}

impl Place {
    pub(crate) fn put(&self, mut error: crate::error::Error) -> crate::error::Error {
        if let Some(line) = self.line {
            error = error.at_line(line);
        }
        match &self.file {
            Some(file) => error.in_file(file),
            None => error,
        }
    }
}

/// One name of a skill, or one duty that shows it, in the pattern notation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Label {
    pub(crate) pattern: String,
    pub(crate) kind: LabelKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<Box<Rule>>,
    #[serde(skip)]
    pub(crate) place: Place,
}

impl Label {
    /// The error with skill, field and place before it.
    pub(crate) fn wrong(&self, skill: &Skill, error: crate::error::Error) -> crate::error::Error {
        let field = match self.kind {
            LabelKind::Preferred => "label",
            LabelKind::Alternative => "alternative",
            LabelKind::Hidden => "hidden",
            LabelKind::Described => "described",
        };
        let message = format!("skill \"{}\", {field}: {}", skill.id, error.message());
        self.place
            .put(crate::error::Error::new(error.kind(), message))
    }

    /// The pattern as written.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// How it stands to its skill.
    pub fn kind(&self) -> LabelKind {
        self.kind
    }

    /// Where it may stand to count.
    pub fn rule(&self) -> Option<&Rule> {
        self.rule.as_deref()
    }

    /// The line of the file it was read from.
    pub fn line(&self) -> Option<usize> {
        self.place.line
    }
}

/// The share of resumes that a source states for a skill, in percent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Benchmark {
    /// Percent of resumes that list the skill.
    pub percent: f64,
    /// Key of the source.
    pub source: String,
}

/// A document that skills come from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When, as the document states it.
    pub published: String,
    /// Where.
    pub url: String,
}

/// A skill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skill {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) category: String,
    pub(crate) kind: SkillKind,
    pub(crate) definition: String,
    pub(crate) sources: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) benchmark: Option<Benchmark>,
    #[serde(default, skip_serializing_if = "Provenance::is_written")]
    pub(crate) provenance: Provenance,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) uri: String,
    pub(crate) broader: Vec<String>,
    pub(crate) implies: Vec<String>,
    pub(crate) labels: Vec<Label>,
    #[serde(skip)]
    pub(crate) place: Place,
}

impl Skill {
    /// A skill whose preferred label is matched, too.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        let label = label.into();
        Self {
            id: id.into(),
            category: "other".to_owned(),
            kind: SkillKind::default(),
            definition: String::new(),
            sources: Vec::new(),
            benchmark: None,
            provenance: Provenance::default(),
            uri: String::new(),
            broader: Vec::new(),
            implies: Vec::new(),
            labels: vec![Label {
                pattern: label.clone(),
                kind: LabelKind::Preferred,
                rule: None,
                place: Place::default(),
            }],
            place: Place::default(),
            label,
        }
    }

    /// Adds another name, in the pattern notation.
    pub fn alternative(self, pattern: impl Into<String>) -> Self {
        self.with_label(LabelKind::Alternative, pattern, None)
    }

    /// Adds a duty that plainly shows the skill, in the pattern notation.
    pub fn described(self, pattern: impl Into<String>) -> Self {
        self.with_label(LabelKind::Described, pattern, None)
    }

    /// Adds a label of any kind, with a rule where it needs one.
    pub fn with_label(
        mut self,
        kind: LabelKind,
        pattern: impl Into<String>,
        rule: impl Into<Option<Rule>>,
    ) -> Self {
        self.labels.push(Label {
            pattern: pattern.into(),
            kind,
            rule: rule.into().map(Box::new),
            place: Place::default(),
        });
        self
    }

    /// Sets the category.
    pub fn in_category(mut self, category: impl Into<String>) -> Self {
        self.category = category.into();
        self
    }

    /// Says that evidence for this skill is evidence for that one.
    pub fn implying(mut self, skill: impl Into<String>) -> Self {
        self.implies.push(skill.into());
        self
    }

    /// Its stable id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its preferred label.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The id of its category.
    pub fn category(&self) -> &str {
        &self.category
    }

    /// What kind of thing it is.
    pub fn kind(&self) -> SkillKind {
        self.kind
    }

    /// What counts as it.
    pub fn definition(&self) -> &str {
        &self.definition
    }

    /// Keys of the documents that name it.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// The prevalence that a document states.
    pub fn benchmark(&self) -> Option<&Benchmark> {
        self.benchmark.as_ref()
    }

    /// How it came into the taxonomy.
    pub fn provenance(&self) -> Provenance {
        self.provenance
    }

    /// Its address in the taxonomy it was imported from; empty where there is none.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Ids of wider skills.
    pub fn broader(&self) -> &[String] {
        &self.broader
    }

    /// Ids of the skills that evidence for this one is evidence for.
    pub fn implies(&self) -> &[String] {
        &self.implies
    }

    /// All its labels, the preferred one first if it is matched.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }
}
