//! What changed from one taxonomy to another, and what that does to resumes.
//!
//! ```
//! use skillscreen::Taxonomy;
//! use skillscreen::diff::TaxonomyDiff;
//!
//! let before = Taxonomy::builtin();
//! let text = "[overlay]\nbase = \"csm\"\n[[change]]\nid = \"crm\"\nadd_alternative = [\"AcmeDesk\"]\n";
//! let after = Taxonomy::from_toml("mine.toml", text)?;
//! let diff = TaxonomyDiff::new(&before, &after);
//! assert_eq!(diff.changed[0].id, "crm");
//! assert_eq!(diff.changed[0].labels_added[0].pattern, "AcmeDesk");
//! # Ok::<(), skillscreen::Error>(())
//! ```

mod impact;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::taxonomy::{Label, LabelKind, Rule, Skill, Taxonomy};

pub use impact::{Impact, ResumeImpact, SkillImpact};

/// The difference of two taxonomies, skills told by their ids.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TaxonomyDiff {
    /// Fingerprint of the first.
    pub from: String,
    /// Fingerprint of the second.
    pub to: String,
    /// Skills of the second only, in its order.
    pub added: Vec<SkillName>,
    /// Skills of the first only, in its order.
    pub removed: Vec<SkillName>,
    /// Skills of both that differ, in the order of the second.
    pub changed: Vec<SkillChange>,
    /// Word sets that differ.
    pub sets: Vec<FieldChange>,
    /// Sources that differ, by key; their titles.
    pub sources: Vec<FieldChange>,
}

/// A skill's id and label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SkillName {
    /// Its id.
    pub id: String,
    /// Its preferred label.
    pub label: String,
}

/// How a skill differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SkillChange {
    /// Its id.
    pub id: String,
    /// Fields other than labels.
    pub fields: Vec<FieldChange>,
    /// Labels of the second only; one whose rule changed stands in both lists.
    pub labels_added: Vec<LabelChange>,
    /// Labels of the first only.
    pub labels_removed: Vec<LabelChange>,
}

/// A field before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FieldChange {
    /// Its name.
    pub field: String,
    /// What it was; empty when it was not there.
    pub from: String,
    /// What it is.
    pub to: String,
}

/// A label that came or went.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LabelChange {
    /// How it stands to its skill.
    pub kind: LabelKind,
    /// The pattern.
    pub pattern: String,
    /// Its rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
}

impl TaxonomyDiff {
    /// Compares two taxonomies.
    pub fn new(from: &Taxonomy, to: &Taxonomy) -> Self {
        let name = |skill: &Skill| SkillName {
            id: skill.id.clone(),
            label: skill.label.clone(),
        };
        let only = |these: &Taxonomy, others: &Taxonomy| -> Vec<SkillName> {
            let skills = these.skills().iter();
            let only = skills.filter(|skill| others.skill(&skill.id).is_none());
            only.map(name).collect()
        };
        let titles = |taxonomy: &Taxonomy| -> BTreeMap<String, String> {
            let sources = taxonomy.sources().iter();
            sources
                .map(|(key, source)| (key.clone(), source.title.clone()))
                .collect()
        };
        Self {
            from: from.fingerprint(),
            to: to.fingerprint(),
            added: only(to, from),
            removed: only(from, to),
            changed: to
                .skills()
                .iter()
                .filter_map(|after| skill(from.skill(&after.id)?, after))
                .collect(),
            sets: fields(from.sets_as_written(), to.sets_as_written()),
            sources: fields(&titles(from), &titles(to)),
        }
    }

    /// Whether nothing differs but perhaps id and version.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.sets.is_empty()
            && self.sources.is_empty()
    }
}

fn fields(from: &BTreeMap<String, String>, to: &BTreeMap<String, String>) -> Vec<FieldChange> {
    let names: std::collections::BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    names
        .into_iter()
        .filter(|name| from.get(*name) != to.get(*name))
        .map(|name| FieldChange {
            field: name.clone(),
            from: from.get(name).cloned().unwrap_or_default(),
            to: to.get(name).cloned().unwrap_or_default(),
        })
        .collect()
}

/// The fields of a skill that can be told in a line.
fn told(skill: &Skill) -> BTreeMap<String, String> {
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let benchmark = skill
        .benchmark
        .as_ref()
        .map_or_else(String::new, |b| format!("{} % ({})", b.percent, b.source));
    [
        ("label", skill.label.clone()),
        ("category", skill.category.clone()),
        ("kind", word(serde_json::json!(skill.kind))),
        ("definition", skill.definition.clone()),
        ("sources", skill.sources.join(", ")),
        ("benchmark", benchmark),
        ("provenance", word(serde_json::json!(skill.provenance))),
        ("uri", skill.uri.clone()),
        ("broader", skill.broader.join(", ")),
        ("implies", skill.implies.join(", ")),
    ]
    .map(|(field, value)| (field.to_owned(), value))
    .into()
}

fn skill(before: &Skill, after: &Skill) -> Option<SkillChange> {
    let same =
        |a: &Label, b: &Label| (a.kind, &a.pattern, &a.rule) == (b.kind, &b.pattern, &b.rule);
    let only = |these: &Skill, others: &Skill| -> Vec<LabelChange> {
        let labels = these.labels.iter();
        labels
            .filter(|label| !others.labels.iter().any(|other| same(label, other)))
            .map(|label| LabelChange {
                kind: label.kind,
                pattern: label.pattern.clone(),
                rule: label.rule().cloned(),
            })
            .collect()
    };
    let change = SkillChange {
        id: after.id.clone(),
        fields: fields(&told(before), &told(after)),
        labels_added: only(after, before),
        labels_removed: only(before, after),
    };
    let differs = !change.fields.is_empty()
        || !change.labels_added.is_empty()
        || !change.labels_removed.is_empty();
    differs.then_some(change)
}

impl fmt::Display for TaxonomyDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "from {}\nto   {}", self.from, self.to)?;
        if self.is_empty() {
            return writeln!(f, "\nNothing differs.");
        }
        for (sign, title, skills) in [
            ("+", "Skills added", &self.added),
            ("-", "Skills removed", &self.removed),
        ] {
            if !skills.is_empty() {
                writeln!(f, "\n{title} ({})", skills.len())?;
            }
            for skill in skills {
                writeln!(f, "  {sign} {:<32} {}", skill.id, skill.label)?;
            }
        }
        if !self.changed.is_empty() {
            writeln!(f, "\nSkills changed ({})", self.changed.len())?;
        }
        for change in &self.changed {
            writeln!(f, "  {}", change.id)?;
            for field in &change.fields {
                writeln!(f, "    {}: {:?} -> {:?}", field.field, field.from, field.to)?;
            }
            for (sign, labels) in [("-", &change.labels_removed), ("+", &change.labels_added)] {
                for label in labels {
                    let kind = format!("{:?}", label.kind).to_lowercase();
                    let rule = if label.rule.is_some() {
                        "  (with a rule)"
                    } else {
                        ""
                    };
                    writeln!(f, "    {sign} {kind} {:?}{rule}", label.pattern)?;
                }
            }
        }
        for (title, changes) in [("Word sets", &self.sets), ("Sources", &self.sources)] {
            if !changes.is_empty() {
                writeln!(f, "\n{title} ({})", changes.len())?;
            }
            for change in changes {
                writeln!(
                    f,
                    "  {}: {:?} -> {:?}",
                    change.field, change.from, change.to
                )?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_change_is_told() {
        let read = |text: &str| Taxonomy::from_toml("t.toml", text).unwrap();
        let before = read(
            "[taxonomy]\nid = \"t\"\nversion = \"1\"\n[sets]\np = \"staff\"\n[[skill]]\nid = \"a\"\nlabel = \"Baking\"\n[[skill]]\nid = \"b\"\nlabel = \"Frying\"\nalternative = [\"fry~\"]\n",
        );
        let after = read(
            "[taxonomy]\nid = \"t\"\nversion = \"2\"\n[sets]\np = \"staff|team\"\n[[skill]]\nid = \"b\"\nlabel = \"Frying\"\ncategory = \"kitchen\"\nalternative = [{ match = \"fry~\", list_item = true, why = \"a test\" }]\n[[skill]]\nid = \"c\"\nlabel = \"Roasting\"\n",
        );
        let diff = TaxonomyDiff::new(&before, &after);
        let told = diff.to_string();
        let lines: Vec<&str> = told.lines().skip(2).collect();
        assert_eq!(
            lines.join("\n"),
            "\nSkills added (1)\n  + c                                Roasting\n\nSkills removed (1)\n  - a                                Baking\n\n\
             Skills changed (1)\n  b\n    category: \"other\" -> \"kitchen\"\n    - alternative \"fry~\"\n    + alternative \"fry~\"  (with a rule)\n\n\
             Word sets (1)\n  p: \"staff\" -> \"staff|team\""
        );
        assert!(TaxonomyDiff::new(&before, &before).is_empty());
    }
}
