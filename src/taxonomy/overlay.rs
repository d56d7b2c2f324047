//! A small file over a larger taxonomy: what it adds, changes and takes away.
//!
//! ```
//! use skillscreen::Taxonomy;
//!
//! let mine = r#"
//! [overlay]
//! base = "csm"
//! version = "1.0.0-acme.1"
//!
//! [[skill]]
//! id = "gift-cards"
//! label = "Gift cards"
//!
//! [[change]]
//! id = "crm"
//! add_alternative = ["AcmeDesk"]
//!
//! [[remove]]
//! id = "atm"
//! why = "no bank"
//! "#;
//! let taxonomy = Taxonomy::from_toml("mine.toml", mine)?;
//! assert!(taxonomy.skill("gift-cards").is_some() && taxonomy.skill("atm").is_none());
//! # Ok::<(), skillscreen::Error>(())
//! ```

use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, ErrorKind, Result};

use super::builder::TaxonomyBuilder;
use super::builtin;
use super::file::RawLabel;
use super::skill::{Benchmark, Label, LabelKind, Place, Rule, SkillKind};

/// `[overlay]`: what the file lies over.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    base: Spanned<String>,
    id: Option<String>,
    version: Option<String>,
    #[serde(default)]
    #[allow(dead_code, reason = "for the file's reader only")]
    description: String,
}

/// `[[change]]`: fields that are given replace those of the base; `add_` and `remove_` change its lists.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    id: Spanned<String>,
    label: Option<Spanned<String>>,
    category: Option<String>,
    kind: Option<SkillKind>,
    definition: Option<String>,
    benchmark: Option<Benchmark>,
    broader: Option<Vec<String>>,
    implies: Option<Vec<String>>,
    match_label: Option<bool>,
    #[serde(default)]
    add_sources: Vec<String>,
    #[serde(default)]
    add_alternative: Vec<Spanned<RawLabel>>,
    #[serde(default)]
    add_hidden: Vec<Spanned<RawLabel>>,
    #[serde(default)]
    add_described: Vec<Spanned<RawLabel>>,
    #[serde(default)]
    remove_labels: Vec<Spanned<String>>,
}

/// `[[remove]]`: the skill goes, and with it every reference to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Remove {
    id: Spanned<String>,
    #[allow(dead_code, reason = "for the file's reader only")]
    why: String,
}

impl Change {
    /// Where it stands in its file.
    pub(super) fn start(&self) -> usize {
        self.id.span().start
    }
}

impl Remove {
    /// Where it stands in its file.
    pub(super) fn start(&self) -> usize {
        self.id.span().start
    }
}

/// Brings the builder to what the overlay's own skills are then added to.
pub(super) fn apply(
    builder: &mut TaxonomyBuilder,
    header: Header,
    changes: Vec<Change>,
    removals: Vec<Remove>,
    place: &dyn Fn(usize) -> Place,
) -> Result<()> {
    let wrong = |byte: usize, message: String| {
        Err(place(byte).put(Error::new(ErrorKind::Taxonomy, message)))
    };
    let base = header.base.get_ref();
    let at = header.base.span().start;
    if builder.id.is_empty() && builder.skills.is_empty() {
        let own = builtin::builder()?;
        if own.id != *base {
            let message = format!(
                "overlay: base is \"{base}\", but no taxonomy of this id was read before it; without one, expected \"{}\", the built-in one",
                own.id
            );
            return wrong(at, message);
        }
        *builder = own;
    }
    if builder.id != *base {
        let message = format!(
            "overlay: base is \"{base}\", but the taxonomy read before it is \"{}\"",
            builder.id
        );
        return wrong(at, message);
    }
    for removal in removals {
        let (at, id) = (removal.id.span().start, removal.id.into_inner());
        let Some(position) = builder.skills.iter().position(|skill| skill.id == id) else {
            return wrong(at, format!("remove: the base has no skill \"{id}\""));
        };
        builder.skills.remove(position);
        for skill in &mut builder.skills {
            skill.implies.retain(|other| *other != id);
            skill.broader.retain(|other| *other != id);
            for rule in skill
                .labels
                .iter_mut()
                .filter_map(|label| label.rule.as_deref_mut())
            {
                forget(rule, &id);
            }
        }
    }
    for change in changes {
        apply_change(builder, change, place)?;
    }
    if let Some(id) = header.id {
        builder.id = id;
    }
    if let Some(version) = header.version {
        builder.version = version;
    }
    Ok(())
}

fn forget(rule: &mut Rule, id: &str) {
    rule.swallows.retain(|other| other != id);
    rule.any.iter_mut().for_each(|rule| forget(rule, id));
}

fn apply_change(
    builder: &mut TaxonomyBuilder,
    change: Change,
    place: &dyn Fn(usize) -> Place,
) -> Result<()> {
    let wrong = |byte: usize, message: String| {
        Err(place(byte).put(Error::new(ErrorKind::Taxonomy, message)))
    };
    let (at, id) = (change.id.span().start, change.id.into_inner());
    let Some(skill) = builder.skills.iter_mut().find(|skill| skill.id == id) else {
        return wrong(at, format!("change: the base has no skill \"{id}\""));
    };
    for pattern in change.remove_labels {
        let before = skill.labels.len();
        skill
            .labels
            .retain(|label| label.pattern != *pattern.get_ref());
        if skill.labels.len() == before {
            let message = format!(
                "change: skill \"{id}\" has no label {:?}",
                pattern.get_ref()
            );
            return wrong(pattern.span().start, message);
        }
    }
    let matched = skill
        .labels
        .iter()
        .any(|label| label.kind == LabelKind::Preferred);
    if change.label.is_some() || change.match_label.is_some() {
        skill
            .labels
            .retain(|label| label.kind != LabelKind::Preferred);
        let at = change.label.as_ref().map_or(at, |label| label.span().start);
        if let Some(label) = change.label {
            skill.label = label.into_inner();
        }
        if change.match_label.unwrap_or(matched) {
            let preferred = Label {
                pattern: skill.label.clone(),
                kind: LabelKind::Preferred,
                rule: None,
                place: place(at),
            };
            skill.labels.insert(0, preferred);
        }
    }
    for (kind, labels) in [
        (LabelKind::Alternative, change.add_alternative),
        (LabelKind::Hidden, change.add_hidden),
        (LabelKind::Described, change.add_described),
    ] {
        for label in labels {
            let at = place(label.span().start);
            skill.labels.push(label.into_inner().with(kind, at)?);
        }
    }
    // As a file has them, so that a merged taxonomy written out and read again is the same.
    skill.labels.sort_by_key(|label| label.kind);
    skill.sources.extend(change.add_sources);
    replace(&mut skill.category, change.category);
    replace(&mut skill.kind, change.kind);
    replace(&mut skill.definition, change.definition);
    replace(&mut skill.broader, change.broader);
    replace(&mut skill.implies, change.implies);
    if change.benchmark.is_some() {
        skill.benchmark = change.benchmark;
    }
    Ok(())
}

fn replace<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

#[cfg(test)]
mod tests {
    use crate::taxonomy::Taxonomy;

    const BASE: &str = r#"
[taxonomy]
id = "base"
version = "1.0.0"
[sets]
people = "staff|team"
[[skill]]
id = "payroll"
label = "Payroll"
alternative = ["wages"]
[[skill]]
id = "training"
label = "Training"
implies = ["payroll"]
described = [{ match = "train~ @people", swallows = ["payroll"], why = "an example" }]
"#;

    fn over(overlay: &str) -> Result<Taxonomy, String> {
        Taxonomy::from_toml_parts(&[("base.toml", BASE), ("over.toml", overlay)])
            .map_err(|error| error.to_string())
    }

    #[test]
    fn an_overlay_adds_changes_and_removes() {
        let taxonomy = over(
            r#"
[overlay]
base = "base"
id = "mine"
version = "1.1.0"
[sets]
people = "staff|team|crew"
[[remove]]
id = "payroll"
why = "done elsewhere"
[[change]]
id = "training"
label = "Staff training"
add_alternative = ["teaching"]
[[skill]]
id = "baking"
label = "Baking"
provenance = "mined"
"#,
        )
        .unwrap();
        assert_eq!((taxonomy.id(), taxonomy.version()), ("mine", "1.1.0"));
        assert!(taxonomy.skill("payroll").is_none());
        let training = taxonomy.skill("training").unwrap();
        assert!(training.implies().is_empty());
        let patterns: Vec<&str> = training.labels().iter().map(|l| l.pattern()).collect();
        assert_eq!(patterns, ["Staff training", "teaching", "train~ @people"]);
        assert_eq!(taxonomy.skill("baking").unwrap().labels().len(), 1);
    }

    #[test]
    fn the_built_in_taxonomy_is_a_base_too() {
        let text = "[overlay]\nbase = \"csm\"\n[[change]]\nid = \"crm\"\nadd_alternative = [\"AcmeDesk\"]\n";
        let taxonomy = Taxonomy::from_toml("over.toml", text).unwrap();
        assert_eq!(taxonomy.skills().len(), Taxonomy::builtin().skills().len());
        assert_ne!(taxonomy.fingerprint(), Taxonomy::builtin().fingerprint());
    }
}
