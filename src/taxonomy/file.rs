//! The TOML form of a taxonomy, as written; `builder.rs` checks what it means.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};
use toml::Spanned;

use crate::error::{Error, ErrorKind, Result};

use super::overlay;
use super::skill::{
    Benchmark, Label, LabelKind, Place, Provenance, Rule, SkillKind, Source, Waiver,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) taxonomy: Option<Spanned<Header>>,
    pub(super) overlay: Option<overlay::Header>,
    #[serde(default)]
    pub(super) sources: BTreeMap<String, Source>,
    #[serde(default)]
    pub(super) categories: toml::map::Map<String, toml::Value>,
    #[serde(default)]
    pub(super) sets: BTreeMap<String, Spanned<String>>,
    #[serde(default, rename = "skill")]
    pub(super) skills: Vec<Spanned<RawSkill>>,
    #[serde(default, rename = "change")]
    pub(super) changes: Vec<overlay::Change>,
    #[serde(default, rename = "remove")]
    pub(super) removals: Vec<overlay::Remove>,
    #[serde(default, rename = "waiver")]
    pub(super) waivers: Vec<Waiver>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) id: String,
    pub(super) version: String,
    #[serde(default = "english")]
    pub(super) language: String,
    #[serde(default)]
    #[allow(dead_code, reason = "for the file's reader only")]
    pub(super) description: String,
}

fn english() -> String {
    "en".to_owned()
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSkill {
    pub(super) id: Spanned<String>,
    pub(super) label: Spanned<String>,
    #[serde(default)]
    pub(super) category: Option<String>,
    #[serde(default)]
    pub(super) kind: SkillKind,
    #[serde(default)]
    pub(super) definition: String,
    #[serde(default)]
    pub(super) sources: Vec<String>,
    pub(super) benchmark: Option<Benchmark>,
    #[serde(default)]
    pub(super) provenance: Provenance,
    #[serde(default)]
    pub(super) uri: String,
    #[serde(default)]
    pub(super) broader: Vec<String>,
    #[serde(default)]
    pub(super) implies: Vec<String>,
    #[serde(default = "yes")]
    pub(super) match_label: bool,
    #[serde(default)]
    pub(super) alternative: Vec<Spanned<RawLabel>>,
    #[serde(default)]
    pub(super) hidden: Vec<Spanned<RawLabel>>,
    #[serde(default)]
    pub(super) described: Vec<Spanned<RawLabel>>,
}

/// A pattern, alone or in a table with its rule.
pub(super) struct RawLabel {
    pub(super) pattern: String,
    pub(super) rule: Option<Rule>,
}

impl RawLabel {
    /// The label; a rule without a reason is refused.
    pub(super) fn with(self, kind: LabelKind, place: Place) -> Result<Label> {
        let Self { pattern, rule } = self;
        if rule.as_ref().is_some_and(|rule| rule.why.is_empty()) {
            let message =
                format!("label \"{pattern}\": why is missing; expected the reason for its rule");
            return Err(place.put(Error::new(ErrorKind::Taxonomy, message)));
        }
        Ok(Label {
            pattern,
            kind,
            rule: rule.map(Box::new),
            place,
        })
    }
}

impl<'de> Deserialize<'de> for RawLabel {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LabelVisitor;

        impl<'de> Visitor<'de> for LabelVisitor {
            type Value = RawLabel;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a pattern, or a table with `match` and a rule")
            }

            fn visit_str<E: de::Error>(self, pattern: &str) -> Result<RawLabel, E> {
                Ok(RawLabel {
                    pattern: pattern.to_owned(),
                    rule: None,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawLabel, A::Error> {
                // `match` stands beside the rule's keys; serde's flatten would lose the names of unknown keys.
                let mut pattern: Option<String> = None;
                let mut rest = toml::map::Map::new();
                while let Some(key) = map.next_key::<String>()? {
                    if key == "match" {
                        pattern = Some(map.next_value()?);
                    } else {
                        rest.insert(key, map.next_value::<toml::Value>()?);
                    }
                }
                let pattern = pattern.ok_or_else(|| de::Error::missing_field("match"))?;
                let rule: Rule = toml::Value::Table(rest)
                    .try_into()
                    .map_err(de::Error::custom)?;
                Ok(RawLabel {
                    pattern,
                    rule: Some(rule),
                })
            }
        }

        deserializer.deserialize_any(LabelVisitor)
    }
}

pub(super) fn parse(name: &str, text: &str) -> Result<File> {
    crate::reading::from_toml(ErrorKind::Taxonomy, name, text)
}

/// The line of a byte, from 1.
pub(crate) fn line_of(text: &str, byte: usize) -> usize {
    1 + text.as_bytes()[..byte.min(text.len())]
        .iter()
        .filter(|&&b| b == b'\n')
        .count()
}
