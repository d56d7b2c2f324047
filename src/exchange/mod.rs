//! Taxonomies from other formats and to other formats.
//!
//! [`import`] reads ESCO's CSV, O*NET's technology skills, a JSON Resume's skills, a plain list, and this crate's own CSV and JSON;
//! [`export`] writes a [`Taxonomy`] as TOML, JSON or CSV, from which it is read again with nothing lost.
//!
//! Labels of other taxonomies are names, not patterns: what has a meaning in the [notation](crate::taxonomy) is taken literally. What
//! had to be rewritten or left out is counted in [`Imported::changes`], never dropped in silence.
//!
//! ```
//! use skillscreen::exchange::{Form, ImportOptions, import};
//!
//! let csv = "conceptUri,preferredLabel,altLabels\nhttp://data.example/1,bake bread,\"bread baking\nbaking (bread)\"\n";
//! let imported = import("esco.csv", csv, Form::Esco, &ImportOptions::default())?;
//! let skill = imported.taxonomy.skill("bake-bread").unwrap();
//! assert_eq!(skill.labels().len(), 3);
//! assert_eq!(skill.uri(), "http://data.example/1");
//! # Ok::<(), skillscreen::Error>(())
//! ```

mod csv;
mod esco;
mod json;
mod list;
mod literal;
mod onet;
mod record;
mod resume;
mod toml;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::{
    Label, LabelKind, Place, Provenance, Skill, Source, Taxonomy, TaxonomyBuilder,
};

pub use literal::Change;

/// A form a taxonomy can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// The native TOML.
    Toml,
    /// The native fields as JSON.
    Json,
    /// The native fields as CSV: one row a skill.
    Csv,
    /// ESCO's `skills_en.csv`, with its relations in `broaderRelationsSkillPillar_en.csv`.
    Esco,
    /// O*NET's `Technology Skills`, tabs or commas.
    Onet,
    /// The skills of a JSON Resume.
    JsonResume,
    /// One skill a line, other names after semicolons.
    List,
}

impl Form {
    const ALL: [(Form, &'static str); 7] = [
        (Form::Toml, "toml"),
        (Form::Json, "json"),
        (Form::Csv, "csv"),
        (Form::Esco, "esco"),
        (Form::Onet, "onet"),
        (Form::JsonResume, "json-resume"),
        (Form::List, "list"),
    ];

    /// What a file of this name and content most likely is.
    pub fn guess(name: &str, text: &str) -> Self {
        let suffix = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        let first = text
            .trim_start_matches('\u{feff}')
            .lines()
            .next()
            .unwrap_or_default();
        if first.contains("conceptUri") {
            return Form::Esco;
        }
        if first.contains("Commodity Title") {
            return Form::Onet;
        }
        match suffix.as_str() {
            "toml" => Form::Toml,
            "json" if text.contains("\"taxonomy\"") => Form::Json,
            "json" => Form::JsonResume,
            "csv" => Form::Csv,
            _ => Form::List,
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL.iter().find(|(form, _)| form == self);
        f.pad(name.map_or("", |(_, name)| name))
    }
}

impl FromStr for Form {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|(_, known)| *known == name);
        found.map(|(form, _)| form).ok_or_else(|| {
            let known = Self::ALL.map(|(_, name)| name).join(", ");
            Error::new(
                ErrorKind::Option,
                format!("unknown form \"{name}\"; expected one of {known}"),
            )
        })
    }
}

/// How to import.
///
/// ```
/// use skillscreen::exchange::ImportOptions;
///
/// let mut options = ImportOptions::default();
/// options.id("kitchen").version("2.1.0").inflect(true);
/// ```
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    id: Option<String>,
    version: Option<String>,
    inflect: bool,
    occupation: Option<String>,
    ids: BTreeMap<String, String>,
    relations: Vec<(String, String)>,
}

impl ImportOptions {
    /// The id of the new taxonomy. Default: the form's name; native forms keep theirs.
    pub fn id(&mut self, id: impl Into<String>) -> &mut Self {
        self.id = Some(id.into());
        self
    }

    /// Its version. Default: `0.1.0`; native forms keep theirs.
    pub fn version(&mut self, version: impl Into<String>) -> &mut Self {
        self.version = Some(version.into());
        self
    }

    /// Lets the first word of a label of two words or more take its inflections: "manage staff" is then also "managed staff".
    /// Default: no. For taxonomies whose labels begin with a verb, as ESCO's do.
    pub fn inflect(&mut self, inflect: bool) -> &mut Self {
        self.inflect = inflect;
        self
    }

    /// Keeps only what is used in occupations whose O*NET-SOC code starts like this, `43-4051`. Default: all.
    pub fn occupation(&mut self, code: impl Into<String>) -> &mut Self {
        self.occupation = Some(code.into());
        self
    }

    /// Gives skills that an earlier import had, told by their address, the ids they had there, so that profiles stay right.
    pub fn keep_ids(&mut self, earlier: &Taxonomy) -> &mut Self {
        for skill in earlier
            .skills()
            .iter()
            .filter(|skill| !skill.uri.is_empty())
        {
            self.ids.insert(skill.uri.clone(), skill.id.clone());
        }
        self
    }

    /// Adds a second file of ESCO, `broaderRelationsSkillPillar_en.csv`: which skill is narrower than which.
    ///
    /// # Errors
    ///
    /// When it is not CSV with the columns `conceptUri` and `broaderUri`.
    pub fn relations(&mut self, name: &str, text: &str) -> Result<&mut Self> {
        self.relations.extend(esco::relations(name, text)?);
        Ok(self)
    }
}

/// A taxonomy that was read from another form.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Imported {
    /// The taxonomy.
    pub taxonomy: Taxonomy,
    /// Skills that were read.
    pub skills: usize,
    /// Labels that are kept, as written or rewritten.
    pub labels: usize,
    /// Rows without anything to keep: an occupation not asked for, a skill given before.
    pub rows_left_out: usize,
    /// What could not be kept as written, by kind.
    pub changes: BTreeMap<Change, Changed>,
}

/// How many labels were changed in one way, and the first few of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Changed {
    /// How many.
    pub count: usize,
    /// The first [`EXAMPLES`] of them.
    pub examples: Vec<String>,
}

/// So many examples of each kind of change are kept: enough to see the pattern.
pub const EXAMPLES: usize = 5;

/// Reads a taxonomy; `name` stands for the text in error messages.
///
/// # Errors
///
/// When the text is not of the form, with the line; or when it has no skill at all.
pub fn import(name: &str, text: &str, form: Form, options: &ImportOptions) -> Result<Imported> {
    let text = text.trim_start_matches('\u{feff}');
    let builder = match form {
        Form::Toml => {
            let mut builder = Taxonomy::builder("");
            builder.toml(name, text)?;
            return native(builder, options);
        }
        Form::Json => return native(json::read(name, text)?, options),
        Form::Csv => return native(csv::read(name, text)?, options),
        Form::Esco => esco::read(name, text, options)?,
        Form::Onet => onet::read(name, text, options)?,
        Form::JsonResume => resume::read(name, text, options)?,
        Form::List => list::read(name, text, options)?,
    };
    builder.finish(name)
}

/// Writes a taxonomy as TOML, JSON or CSV.
///
/// # Errors
///
/// When the form is none of these three.
pub fn export(taxonomy: &Taxonomy, form: Form) -> Result<String> {
    match form {
        Form::Toml => Ok(toml::write(&record::File::of(taxonomy))),
        Form::Json => json::write(&record::File::of(taxonomy)),
        Form::Csv => csv::write(&record::File::of(taxonomy)),
        other => Err(Error::new(
            ErrorKind::Option,
            format!("cannot write {other}; expected one of toml, json, csv"),
        )),
    }
}

fn native(mut builder: TaxonomyBuilder, options: &ImportOptions) -> Result<Imported> {
    if let Some(id) = &options.id {
        builder.set_id(id);
    }
    if let Some(version) = &options.version {
        builder.version(version);
    }
    let taxonomy = builder.build()?;
    Ok(Imported {
        skills: taxonomy.skills().len(),
        labels: taxonomy
            .skills()
            .iter()
            .map(|skill| skill.labels.len())
            .sum(),
        rows_left_out: 0,
        changes: BTreeMap::new(),
        taxonomy,
    })
}

/// Collects foreign skills: gives them ids, makes patterns of their labels, counts what was changed.
struct Collector<'o> {
    options: &'o ImportOptions,
    builder: TaxonomyBuilder,
    ids: BTreeSet<String>,
    skills: Vec<Skill>,
    rows_left_out: usize,
    changes: BTreeMap<Change, Changed>,
}

impl<'o> Collector<'o> {
    fn new(options: &'o ImportOptions, id: &str, source: Source) -> Self {
        let id = options.id.clone().unwrap_or_else(|| id.to_owned());
        let mut builder = Taxonomy::builder(id);
        builder.version(options.version.as_deref().unwrap_or("0.1.0"));
        builder.source("import", source);
        Self {
            options,
            builder,
            // Ids that were given before stay with their skills, whatever comes first this time.
            ids: options.ids.values().cloned().collect(),
            skills: Vec::new(),
            rows_left_out: 0,
            changes: BTreeMap::new(),
        }
    }

    fn note(&mut self, change: Change, label: &str) {
        let changed = self.changes.entry(change).or_default();
        changed.count += 1;
        if changed.examples.len() < EXAMPLES {
            changed.examples.push(label.to_owned());
        }
    }

    /// The skill that has this preferred label, at this line of the file; `None` when no label of it can be a pattern.
    fn skill(&mut self, place: Place, uri: &str, label: &str) -> Option<Skill> {
        let known = self.options.ids.get(uri).filter(|_| !uri.is_empty());
        let id = known.cloned().or_else(|| self.new_id(label))?;
        let mut skill = Skill::new(id, label);
        skill.labels.clear();
        skill.place = place;
        skill.uri = uri.to_owned();
        skill.provenance = Provenance::Imported;
        skill.sources = vec!["import".to_owned()];
        Some(skill)
    }

    fn new_id(&mut self, label: &str) -> Option<String> {
        let stem = slug(label);
        if stem.is_empty() {
            self.note(Change::Dropped, label);
            return None;
        }
        let mut id = stem.clone();
        let mut n = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{stem}-{n}");
            n += 1;
        }
        Some(id)
    }

    /// Adds a label in any writing; one that says the same as another is kept once.
    fn label(&mut self, skill: &mut Skill, kind: LabelKind, label: &str) {
        let label = label.trim();
        if label.is_empty() {
            return;
        }
        let (pattern, change) = literal::pattern(label, self.options.inflect);
        if let Some(change) = change {
            self.note(change, label);
        }
        let Some(pattern) = pattern else { return };
        if skill.labels.iter().any(|known| known.pattern == pattern) {
            self.note(Change::Repeated, label);
            return;
        }
        // The preferred label is shown as it is written; as a pattern it may have to be another.
        let kind = match kind {
            LabelKind::Preferred if pattern != skill.label => LabelKind::Alternative,
            kind => kind,
        };
        skill.labels.push(Label {
            pattern,
            kind,
            rule: None,
            place: skill.place.clone(),
        });
    }

    fn finish(mut self, name: &str) -> Result<Imported> {
        if self.skills.is_empty() {
            return Err(Error::new(ErrorKind::Taxonomy, "no skill was found").in_file(name));
        }
        let labels = self.skills.iter().map(|skill| skill.labels.len()).sum();
        let skills = self.skills.len();
        for skill in self.skills {
            self.builder.skill(skill);
        }
        Ok(Imported {
            taxonomy: self.builder.build().map_err(|error| error.in_file(name))?,
            skills,
            labels,
            rows_left_out: self.rows_left_out,
            changes: self.changes,
        })
    }
}

/// `manage-musical-staff`: letters and digits of the folded label, `c-plus-plus` and `c-sharp` told from `c`.
fn slug(label: &str) -> String {
    /// An id has at most 120 bytes; the rest is for a number at its end.
    const LONGEST: usize = 100;
    let spelled = label
        .replace("++", " plus plus ")
        .replace("C#", "C sharp ")
        .replace("F#", "F sharp ");
    let folded = crate::text::NormalizedText::new(&spelled);
    let mut slug = String::new();
    for n in 0..folded.word_count() {
        let word: String = folded
            .word(n)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        if slug.len() + word.len() + 1 > LONGEST {
            break;
        }
        if !slug.is_empty() && !word.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_taxonomy_survives_every_native_form() {
        let taxonomy = Taxonomy::builtin();
        for form in [Form::Toml, Form::Json, Form::Csv] {
            let text = export(&taxonomy, form).unwrap();
            let name = format!("t.{form}");
            assert_eq!(Form::guess(&name, &text), form);
            let back = import(&name, &text, form, &ImportOptions::default())
                .unwrap_or_else(|error| panic!("{error}"))
                .taxonomy;
            assert_eq!(back.fingerprint(), taxonomy.fingerprint(), "{form}");
            assert_eq!(back.sources(), taxonomy.sources(), "{form}");
            assert!(back.categories().eq(taxonomy.categories()), "{form}");
        }
    }

    #[test]
    fn ids_stay_with_their_addresses() {
        let options = ImportOptions::default();
        let first = "conceptUri,preferredLabel,altLabels\nu:1,bake bread,\nu:2,bake bread,\n";
        let first = import("a.csv", first, Form::Esco, &options)
            .unwrap()
            .taxonomy;
        assert_eq!(first.skills()[1].id(), "bake-bread-2");
        let mut options = ImportOptions::default();
        options.keep_ids(&first);
        let second = "conceptUri,preferredLabel,altLabels\nu:2,bake breads,\nu:3,bake bread,\n";
        let second = import("b.csv", second, Form::Esco, &options)
            .unwrap()
            .taxonomy;
        let ids: Vec<&str> = second.skills().iter().map(Skill::id).collect();
        assert_eq!(ids, ["bake-bread-2", "bake-bread-3"]);
    }

    #[test]
    fn slugs_are_ids() {
        for (label, id) in [
            ("Manage musical staff", "manage-musical-staff"),
            ("C++", "c-plus-plus"),
            ("C#", "c-sharp"),
            ("Crème brûlée (dessert)", "creme-brulee-dessert"),
            ("---", ""),
        ] {
            assert_eq!(slug(label), id);
        }
    }
}
