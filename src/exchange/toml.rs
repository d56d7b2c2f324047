//! The native TOML, laid out as people write it: a table a skill, a label a line.

use std::fmt::{Display, Write};

use serde::Serialize;

use super::record::{File, LabelRecord, SkillRecord};

pub(super) fn write(file: &File) -> String {
    let mut out = Writer(String::new());
    out.line("[taxonomy]");
    out.text("id", &file.taxonomy.id);
    out.text("version", &file.taxonomy.version);
    out.text("language", &file.taxonomy.language);
    for (key, source) in &file.sources {
        out.line(format_args!("\n[sources.{}]", self::key(key)));
        for (field, value) in [
            ("title", &source.title),
            ("publisher", &source.publisher),
            ("published", &source.published),
            ("url", &source.url),
        ] {
            out.optional(field, value);
        }
    }
    if !file.categories.is_empty() {
        out.line("\n[categories]");
        for category in &file.categories {
            out.text(&key(&category.id), &category.label);
        }
    }
    if !file.sets.is_empty() {
        out.line("\n[sets]");
        for (name, words) in &file.sets {
            out.text(&key(name), words);
        }
    }
    for waiver in &file.waiver {
        out.line("\n[[waiver]]");
        out.text("code", &waiver.code);
        out.optional("skill", waiver.skill.as_deref().unwrap_or_default());
        out.optional("label", waiver.label.as_deref().unwrap_or_default());
        out.text("why", &waiver.why);
    }
    for skill in &file.skill {
        out.skill(skill);
    }
    out.0
}

struct Writer(String);

impl Writer {
    fn line(&mut self, line: impl Display) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{line}");
    }

    fn text(&mut self, field: &str, value: &str) {
        self.line(format_args!("{field} = {}", text(value)));
    }

    fn optional(&mut self, field: &str, value: &str) {
        if !value.is_empty() {
            self.text(field, value);
        }
    }

    fn list(&mut self, field: &str, values: &[String]) {
        if !values.is_empty() {
            let all: Vec<String> = values.iter().map(|value| text(value)).collect();
            self.line(format_args!("{field} = [{}]", all.join(", ")));
        }
    }

    fn labels(&mut self, field: &str, labels: &[LabelRecord]) {
        if labels.is_empty() {
            return;
        }
        self.line(format_args!("{field} = ["));
        for label in labels {
            self.line(format_args!("  {},", inline(label)));
        }
        self.line("]");
    }

    fn skill(&mut self, skill: &SkillRecord) {
        self.line("\n[[skill]]");
        self.text("id", &skill.id);
        self.text("label", &skill.label);
        if !skill.match_label {
            self.line("match_label = false");
        }
        self.text("category", &skill.category);
        self.line(format_args!("kind = {}", inline(&skill.kind)));
        self.optional("definition", &skill.definition);
        self.list("sources", &skill.sources);
        if let Some(benchmark) = &skill.benchmark {
            self.line(format_args!("benchmark = {}", inline(benchmark)));
        }
        if !skill.provenance.is_written() {
            self.line(format_args!("provenance = {}", inline(&skill.provenance)));
        }
        self.optional("uri", &skill.uri);
        self.list("broader", &skill.broader);
        self.list("implies", &skill.implies);
        self.labels("alternative", &skill.alternative);
        self.labels("hidden", &skill.hidden);
        self.labels("described", &skill.described);
    }
}

pub(crate) fn text(value: &str) -> String {
    ::toml::Value::from(value).to_string()
}

/// A value on one line; everything a record holds can be told in TOML.
fn inline(value: &impl Serialize) -> String {
    ::toml::Value::try_from(value).map_or_else(|_| String::new(), |value| value.to_string())
}

/// A key as it is, or in quotes.
fn key(key: &str) -> String {
    let bare = !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if bare { key.to_owned() } else { text(key) }
}
