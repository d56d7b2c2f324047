//! What skills exist, under which names, and where each comes from.
//!
//! A [`Taxonomy`] is read from TOML ([`Taxonomy::from_toml`]) or built in code ([`Taxonomy::builder`]); [`Taxonomy::builtin`] is the one
//! that was drawn from five documents about the customer service manager's job: it is made by the same code, beforehand.
#![doc = include_str!("notation.md")]

mod builder;
pub(crate) mod builtin;
mod compiled;
mod file;
mod inflect;
mod lexicon;
mod overlay;
mod pattern;
mod skill;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

pub use builder::TaxonomyBuilder;
pub(crate) use file::line_of;
pub(crate) use lexicon::{Lexicon, WordId};
pub(crate) use pattern::{Sequence, Sets, Step, expand};
pub(crate) use skill::Place;
pub use skill::{
    Benchmark, Case, Label, LabelKind, MinNear, Provenance, Rule, Skill, SkillKind, Source, Waiver,
};

use pattern::{Neighbours, Sequences};

use crate::error::Result;

/// The JSON Schema of a taxonomy's TOML file, for editors.
pub const FILE_SCHEMA: &str = include_str!("../data/schema/taxonomy.json");

/// A set of skills with their labels, relations and sources; built once, never changed, cheap to clone.
#[derive(Clone, Debug)]
pub struct Taxonomy(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    id: String,
    version: String,
    language: String,
    sources: BTreeMap<String, Source>,
    categories: Vec<(String, String)>,
    skills: Vec<Skill>,
    index: BTreeMap<String, usize>,
    lexicon: Lexicon,
    /// The sets as written.
    set_words: BTreeMap<String, String>,
    waivers: Vec<Waiver>,
    sequences: Sequences,
    neighbours: Neighbours,
    digest: String,
}

impl Taxonomy {
    /// An empty builder for a taxonomy of this id.
    pub fn builder(id: impl Into<String>) -> TaxonomyBuilder {
        TaxonomyBuilder::new(id)
    }

    /// The built-in taxonomy, drawn from five documents about the customer service manager's job.
    ///
    /// # Panics
    ///
    /// Never: a test reads what is embedded.
    pub fn builtin() -> Self {
        builtin::taxonomy().expect("what is embedded is read by a test")
    }

    /// Reads one TOML text; `name` stands for it in error messages.
    ///
    /// # Errors
    ///
    /// When the text does not follow the format or a pattern does not follow the notation, with the line.
    pub fn from_toml(name: &str, text: &str) -> Result<Self> {
        Self::from_toml_parts(&[(name, text)])
    }

    /// Reads several TOML texts as one taxonomy; one of them has the `[taxonomy]` header.
    ///
    /// # Errors
    ///
    /// As [`from_toml`](Self::from_toml).
    pub fn from_toml_parts(parts: &[(&str, &str)]) -> Result<Self> {
        let mut builder = TaxonomyBuilder::new("");
        builder.tomls(parts)?;
        let first = parts.first().map_or("", |(name, _)| *name);
        // What has no line is about the header.
        builder
            .build()
            .map_err(|error| error.in_file(first).at_line(1))
    }

    /// Writes it in a form that [`from_compiled`](Self::from_compiled) reads without expanding a pattern. Only the version that wrote a
    /// file reads it, so keep the taxonomy's own files and compile them anew.
    ///
    /// ```
    /// # use skillscreen::Taxonomy;
    /// let taxonomy = Taxonomy::from_toml("office.toml", "[taxonomy]\nid = \"office\"\nversion = \"1.0.0\"\n\n[[skill]]\nid = \"payroll\"\nlabel = \"Payroll\"\n")?;
    /// let mut file = Vec::new();
    /// taxonomy.compile_to(&mut file)?;
    /// assert_eq!(Taxonomy::from_compiled(&file)?.fingerprint(), taxonomy.fingerprint());
    /// # Ok::<(), skillscreen::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    pub fn compile_to(&self, out: &mut impl Write) -> Result<()> {
        compiled::write(self, out)
    }

    /// Reads what [`compile_to`](Self::compile_to) wrote.
    ///
    /// # Errors
    ///
    /// When the bytes are no compiled taxonomy, damaged, or of another version; the kind is
    /// [`Compiled`](crate::ErrorKind::Compiled).
    pub fn from_compiled(bytes: &[u8]) -> Result<Self> {
        compiled::read(bytes)
    }

    /// Whether these bytes begin as a compiled taxonomy does.
    pub fn is_compiled(bytes: &[u8]) -> bool {
        compiled::is_compiled(bytes)
    }

    /// Its id, such as `csm`.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// Its semantic version.
    pub fn version(&self) -> &str {
        &self.0.version
    }

    /// The language of its labels, such as `en`.
    pub fn language(&self) -> &str {
        &self.0.language
    }

    /// The documents that the skills come from, by key.
    pub fn sources(&self) -> &BTreeMap<String, Source> {
        &self.0.sources
    }

    /// Categories in their order: id and label.
    pub fn categories(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .categories
            .iter()
            .map(|(id, label)| (id.as_str(), label.as_str()))
    }

    /// All skills, in the order they were given.
    pub fn skills(&self) -> &[Skill] {
        &self.0.skills
    }

    /// The named word sets as written.
    pub fn sets_as_written(&self) -> &BTreeMap<String, String> {
        &self.0.set_words
    }

    /// Findings of the linter that the files explain.
    pub fn waivers(&self) -> &[Waiver] {
        &self.0.waivers
    }

    /// The skill with this id.
    pub fn skill(&self, id: &str) -> Option<&Skill> {
        self.position(id).map(|position| &self.0.skills[position])
    }

    /// `csm 1.0.0 sha256:…`: changes when anything in it changes.
    pub fn fingerprint(&self) -> String {
        format!("{} {} sha256:{}", self.0.id, self.0.version, self.0.digest)
    }

    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.0.index.get(id).copied()
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.0.lexicon
    }

    /// The sequences of a pattern that a rule looks for.
    pub(crate) fn neighbour(&self, pattern: &str) -> &[Sequence] {
        self.0.neighbours.get(pattern).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn sequences(&self, skill: usize, label: usize) -> &[Sequence] {
        &self.0.sequences[skill][label]
    }
}
