//! A whole taxonomy as plain data, for the forms that are written and read back.

use std::collections::BTreeMap;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::{
    Benchmark, Label, LabelKind, Place, Provenance, Rule, Skill, SkillKind, Source, Taxonomy,
    TaxonomyBuilder, Waiver,
};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) taxonomy: Header,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) sources: BTreeMap<String, Source>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) categories: Vec<Category>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) sets: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) waiver: Vec<Waiver>,
    #[serde(default)]
    pub(super) skill: Vec<SkillRecord>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) id: String,
    pub(super) version: String,
    #[serde(default = "english")]
    pub(super) language: String,
}

fn english() -> String {
    "en".to_owned()
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Category {
    pub(super) id: String,
    pub(super) label: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SkillRecord {
    pub(super) id: String,
    pub(super) label: String,
    #[serde(default = "other")]
    pub(super) category: String,
    #[serde(default)]
    pub(super) kind: SkillKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) definition: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) sources: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) benchmark: Option<Benchmark>,
    #[serde(default, skip_serializing_if = "Provenance::is_written")]
    pub(super) provenance: Provenance,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) uri: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) broader: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) implies: Vec<String>,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub(super) match_label: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) alternative: Vec<LabelRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) hidden: Vec<LabelRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) described: Vec<LabelRecord>,
}

fn other() -> String {
    "other".to_owned()
}

fn yes() -> bool {
    true
}

fn is_yes(value: &bool) -> bool {
    *value
}

/// A pattern, alone or in a table with its rule.
pub(super) struct LabelRecord {
    pub(super) pattern: String,
    pub(super) rule: Option<Rule>,
}

impl LabelRecord {
    fn of(label: &Label) -> Self {
        Self {
            pattern: label.pattern().to_owned(),
            rule: label.rule().cloned(),
        }
    }
}

impl Serialize for LabelRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Ruled<'l> {
            #[serde(rename = "match")]
            pattern: &'l str,
            #[serde(flatten)]
            rule: &'l Rule,
        }
        match &self.rule {
            None => serializer.serialize_str(&self.pattern),
            Some(rule) => Ruled {
                pattern: &self.pattern,
                rule,
            }
            .serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for LabelRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LabelVisitor;

        impl<'de> Visitor<'de> for LabelVisitor {
            type Value = LabelRecord;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a pattern, or an object with `match` and a rule")
            }

            fn visit_str<E: de::Error>(self, pattern: &str) -> Result<LabelRecord, E> {
                Ok(LabelRecord {
                    pattern: pattern.to_owned(),
                    rule: None,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LabelRecord, A::Error> {
                // As in the TOML form: serde's flatten would lose the names of unknown keys.
                let mut pattern: Option<String> = None;
                let mut rest = serde_json::Map::new();
                while let Some(key) = map.next_key::<String>()? {
                    if key == "match" {
                        pattern = Some(map.next_value()?);
                    } else {
                        rest.insert(key, map.next_value()?);
                    }
                }
                let pattern = pattern.ok_or_else(|| de::Error::missing_field("match"))?;
                let rule = Rule::deserialize(serde_json::Value::Object(rest))
                    .map_err(de::Error::custom)?;
                Ok(LabelRecord {
                    pattern,
                    rule: Some(rule),
                })
            }
        }

        deserializer.deserialize_any(LabelVisitor)
    }
}

impl File {
    pub(super) fn of(taxonomy: &Taxonomy) -> Self {
        Self {
            taxonomy: Header {
                id: taxonomy.id().to_owned(),
                version: taxonomy.version().to_owned(),
                language: taxonomy.language().to_owned(),
            },
            sources: taxonomy.sources().clone(),
            categories: taxonomy
                .categories()
                .map(|(id, label)| Category {
                    id: id.to_owned(),
                    label: label.to_owned(),
                })
                .collect(),
            sets: taxonomy.sets_as_written().clone(),
            waiver: taxonomy.waivers().to_vec(),
            skill: taxonomy.skills().iter().map(SkillRecord::of).collect(),
        }
    }

    /// The builder that makes this taxonomy; `place` tells where the skill with an id stands.
    pub(super) fn build(self, place: impl Fn(&str) -> Place) -> Result<TaxonomyBuilder> {
        let mut builder = Taxonomy::builder(self.taxonomy.id);
        builder
            .version(self.taxonomy.version)
            .language(self.taxonomy.language);
        for (key, source) in self.sources {
            builder.source(key, source);
        }
        for category in self.categories {
            builder.category(category.id, category.label);
        }
        for (name, words) in self.sets {
            builder.set(name, words);
        }
        for waiver in self.waiver {
            builder.waiver(waiver);
        }
        for record in self.skill {
            let place = place(&record.id);
            builder.skill(record.build(place)?);
        }
        Ok(builder)
    }
}

impl SkillRecord {
    fn of(skill: &Skill) -> Self {
        let labels = |kind: LabelKind| -> Vec<LabelRecord> {
            let of_kind = skill.labels().iter().filter(|label| label.kind() == kind);
            of_kind.map(LabelRecord::of).collect()
        };
        Self {
            id: skill.id.clone(),
            label: skill.label.clone(),
            category: skill.category.clone(),
            kind: skill.kind,
            definition: skill.definition.clone(),
            sources: skill.sources.clone(),
            benchmark: skill.benchmark.clone(),
            provenance: skill.provenance,
            uri: skill.uri.clone(),
            broader: skill.broader.clone(),
            implies: skill.implies.clone(),
            match_label: !labels(LabelKind::Preferred).is_empty(),
            alternative: labels(LabelKind::Alternative),
            hidden: labels(LabelKind::Hidden),
            described: labels(LabelKind::Described),
        }
    }

    fn build(self, place: Place) -> Result<Skill> {
        let mut skill = Skill::new(self.id, self.label);
        if !self.match_label {
            skill.labels.clear();
        }
        for (kind, labels) in [
            (LabelKind::Alternative, self.alternative),
            (LabelKind::Hidden, self.hidden),
            (LabelKind::Described, self.described),
        ] {
            for LabelRecord { pattern, rule } in labels {
                if rule.as_ref().is_some_and(|rule| rule.why.is_empty()) {
                    let message = format!(
                        "label \"{pattern}\": why is missing; expected the reason for its rule"
                    );
                    return Err(place.put(Error::new(ErrorKind::Taxonomy, message)));
                }
                skill = skill.with_label(kind, pattern, rule);
            }
        }
        for label in &mut skill.labels {
            label.place = place.clone();
        }
        skill.place = place;
        skill.category = self.category;
        skill.kind = self.kind;
        skill.definition = self.definition;
        skill.sources = self.sources;
        skill.benchmark = self.benchmark;
        skill.provenance = self.provenance;
        skill.uri = self.uri;
        skill.broader = self.broader;
        skill.implies = self.implies;
        Ok(skill)
    }
}
