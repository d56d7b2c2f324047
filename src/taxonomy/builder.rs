//! Puts a taxonomy together and checks that it holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind, Result};

use super::file::{self, File};
use super::lexicon::Lexicon;
use super::overlay;
use super::pattern::{Neighbours, Sequences, Sets, expand, expand_neighbour, expand_set};
use super::skill::{Label, LabelKind, Place, Skill, Source, Waiver};
use super::{Parts, Taxonomy};

/// Collects skills for a [`Taxonomy`].
///
/// ```
/// use skillscreen::taxonomy::{Skill, Taxonomy};
///
/// let mut builder = Taxonomy::builder("office");
/// builder
///     .set("people", "staff|team|agent~")
///     .skill(Skill::new("training", "Staff training").described("train~ {0,3} @people"))
///     .skill(Skill::new("payroll", "Payroll"));
/// let taxonomy = builder.build()?;
/// assert_eq!(taxonomy.skills().len(), 2);
/// # Ok::<(), skillscreen::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct TaxonomyBuilder {
    pub(super) id: String,
    pub(super) version: String,
    language: String,
    sources: BTreeMap<String, Source>,
    categories: Vec<(String, String)>,
    sets: Vec<(String, String, Place)>,
    pub(super) skills: Vec<Skill>,
    waivers: Vec<Waiver>,
    /// The file whose `[taxonomy]` header was read.
    header: Option<String>,
}

impl TaxonomyBuilder {
    pub(super) fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            version: "0.0.0".to_owned(),
            language: "en".to_owned(),
            sources: BTreeMap::new(),
            categories: Vec::new(),
            sets: Vec::new(),
            skills: Vec::new(),
            waivers: Vec::new(),
            header: None,
        }
    }

    /// Sets the version; `0.0.0` where none is set.
    pub fn version(&mut self, version: impl Into<String>) -> &mut Self {
        self.version = version.into();
        self
    }

    /// A builder that holds all that a taxonomy has.
    pub fn of(taxonomy: &Taxonomy) -> Self {
        let taxonomy = &*taxonomy.0;
        let sets = taxonomy.set_words.iter();
        Self {
            id: taxonomy.id.clone(),
            version: taxonomy.version.clone(),
            language: taxonomy.language.clone(),
            sources: taxonomy.sources.clone(),
            categories: taxonomy.categories.clone(),
            sets: sets
                .map(|(name, words)| (name.clone(), words.clone(), Place::default()))
                .collect(),
            skills: taxonomy.skills.clone(),
            waivers: taxonomy.waivers.clone(),
            header: None,
        }
    }

    /// Says which file had the header.
    pub(super) fn headed_in(mut self, file: &str) -> Self {
        self.header = Some(file.to_owned());
        self
    }

    /// Changes labels in place; a preferred label that gets a rule becomes an alternative, as a file would have it.
    pub(crate) fn each_label(&mut self, mut change: impl FnMut(&str, &mut Label)) {
        for skill in &mut self.skills {
            for label in &mut skill.labels {
                change(&skill.id, label);
                if label.rule.is_some() && label.kind == LabelKind::Preferred {
                    label.kind = LabelKind::Alternative;
                }
            }
        }
    }

    /// Sets the id, whatever a file gave.
    pub fn set_id(&mut self, id: impl Into<String>) -> &mut Self {
        self.id = id.into();
        self
    }

    /// Sets the language of the labels; `en` where none is set.
    pub fn language(&mut self, language: impl Into<String>) -> &mut Self {
        self.language = language.into();
        self
    }

    /// Adds a document that skills come from, under a key.
    pub fn source(&mut self, key: impl Into<String>, source: Source) -> &mut Self {
        self.sources.insert(key.into(), source);
        self
    }

    /// Adds an explained finding of the linter.
    pub fn waiver(&mut self, waiver: Waiver) -> &mut Self {
        self.waivers.push(waiver);
        self
    }

    /// Adds a named word set, for use as `@name` in patterns.
    pub fn set(&mut self, name: impl Into<String>, words: impl Into<String>) -> &mut Self {
        self.sets
            .push((name.into(), words.into(), Place::default()));
        self
    }

    /// Adds a category; those of skills that were never added follow in the order they come up, shown by their id.
    pub fn category(&mut self, id: impl Into<String>, label: impl Into<String>) -> &mut Self {
        self.categories.push((id.into(), label.into()));
        self
    }

    /// Adds a skill.
    pub fn skill(&mut self, skill: Skill) -> &mut Self {
        self.skills.push(skill);
        self
    }

    /// Adds all that a TOML text holds; `name` stands for the text in error messages.
    ///
    /// # Errors
    ///
    /// When the text is not of the documented form.
    pub fn toml(&mut self, name: &str, text: &str) -> Result<&mut Self> {
        self.file(name, text, file::parse(name, text)?)
    }

    /// The same for several texts: they are read side by side and added in their order.
    pub(super) fn tomls(&mut self, parts: &[(&str, &str)]) -> Result<&mut Self> {
        let files: Vec<Result<File>> = parts
            .par_iter()
            .map(|(name, text)| file::parse(name, text))
            .collect();
        for ((name, text), file) in parts.iter().zip(files) {
            self.file(name, text, file?)?;
        }
        Ok(self)
    }

    fn file(&mut self, name: &str, text: &str, file: File) -> Result<&mut Self> {
        let file_name: Arc<str> = name.into();
        let lines = LineIndex::new(text);
        let place = |byte: usize| Place {
            file: Some(file_name.clone()),
            line: Some(lines.line(byte)),
        };
        if let Some(header) = file.taxonomy {
            let at = place(header.span().start);
            let header = header.into_inner();
            if let Some(first) = &self.header {
                let message = format!(
                    "[taxonomy] stands in {first} already; of files that are read as one, one has it (take it out here, or write [overlay] with base = \"{}\")",
                    self.id
                );
                return Err(at.put(Error::new(ErrorKind::Taxonomy, message)));
            }
            self.header = Some(name.to_owned());
            self.id = header.id;
            self.version = header.version;
            self.language = header.language;
        }
        if let Some(header) = file.overlay {
            overlay::apply(self, header, file.changes, file.removals, &place)?;
            self.sets.retain(|(name, ..)| !file.sets.contains_key(name));
        } else if !file.changes.is_empty() || !file.removals.is_empty() {
            let message = "[[change]] and [[remove]] need an [overlay] header that names the base";
            let first = file.changes.first().map(overlay::Change::start);
            let first = first.or_else(|| file.removals.first().map(overlay::Remove::start));
            return Err(place(first.unwrap_or(0)).put(Error::new(ErrorKind::Taxonomy, message)));
        }
        self.waivers.extend(file.waivers);
        self.sources.extend(file.sources);
        for (id, value) in file.categories {
            let label = match &value {
                toml::Value::String(label) => Some(label.clone()),
                toml::Value::Table(table) => table
                    .get("label")
                    .and_then(|l| l.as_str())
                    .map(str::to_owned),
                _ => None,
            };
            let label = label.unwrap_or_else(|| id.clone());
            // An overlay may give a category of its base another label.
            match self.categories.iter_mut().find(|(known, _)| *known == id) {
                Some((_, known)) => *known = label,
                None => self.categories.push((id, label)),
            }
        }
        for (set, words) in file.sets {
            let at = place(words.span().start);
            self.sets.push((set, words.into_inner(), at));
        }
        for raw in file.skills {
            let raw = raw.into_inner();
            let mut labels = Vec::new();
            if raw.match_label {
                labels.push(Label {
                    pattern: raw.label.get_ref().clone(),
                    kind: LabelKind::Preferred,
                    rule: None,
                    place: place(raw.label.span().start),
                });
            }
            for (kind, all) in [
                (LabelKind::Alternative, raw.alternative),
                (LabelKind::Hidden, raw.hidden),
                (LabelKind::Described, raw.described),
            ] {
                for label in all {
                    let at = place(label.span().start);
                    labels.push(label.into_inner().with(kind, at)?);
                }
            }
            self.skills.push(Skill {
                place: place(raw.id.span().start),
                id: raw.id.into_inner(),
                label: raw.label.into_inner(),
                category: raw.category.unwrap_or_else(|| "other".to_owned()),
                kind: raw.kind,
                definition: raw.definition,
                sources: raw.sources,
                benchmark: raw.benchmark,
                provenance: raw.provenance,
                uri: raw.uri,
                broader: raw.broader,
                implies: raw.implies,
                labels,
            });
        }
        Ok(self)
    }

    /// What is wrong with each pattern, where [`build`](Self::build) tells the first one only.
    pub(crate) fn wrong_patterns(&self) -> Vec<Error> {
        let mut lexicon = Lexicon::default();
        let Ok(sets) = self.expand_sets(&mut lexicon) else {
            return Vec::new();
        };
        let labels = self.skills.iter().flat_map(|skill| {
            let labels = skill.labels.iter();
            labels.map(move |label| (skill, label))
        });
        labels
            .filter_map(|(skill, label)| {
                let expanded = expand(&label.pattern, &sets, &mut lexicon);
                expanded.err().map(|error| label.wrong(skill, error))
            })
            .collect()
    }

    /// Checks everything and makes the taxonomy.
    ///
    /// # Errors
    ///
    /// When an id is missing, malformed or given twice, a relation names an unknown skill or goes in a circle, or a pattern does not
    /// follow the notation. The error names file and line where the skills came from a file.
    pub fn build(&self) -> Result<Taxonomy> {
        let plain = |message: String| Error::new(ErrorKind::Taxonomy, message);
        if self.id.is_empty() {
            return Err(plain(
                "found no header; expected [taxonomy] with id and version, or [overlay] with base"
                    .to_owned(),
            ));
        }
        let mut lexicon = Lexicon::default();
        let sets = self.expand_sets(&mut lexicon)?;
        let mut index = BTreeMap::new();
        let mut categories = self.categories.clone();
        for (position, skill) in self.skills.iter().enumerate() {
            let wrong = |message: String| skill.place.put(plain(message));
            if !is_id(&skill.id) {
                let expected = "expected lower-case letters, digits and hyphens";
                return Err(wrong(format!("skill id {:?}: {expected}", skill.id)));
            }
            if index.insert(skill.id.clone(), position).is_some() {
                return Err(wrong(format!("skill \"{}\" is defined twice", skill.id)));
            }
            if !categories.iter().any(|(id, _)| *id == skill.category) {
                categories.push((skill.category.clone(), skill.category.clone()));
            }
        }
        for skill in &self.skills {
            for (field, others) in [("implies", &skill.implies), ("broader", &skill.broader)] {
                if let Some(other) = others.iter().find(|other| !index.contains_key(*other)) {
                    let message = format!(
                        "skill \"{}\", {field}: no skill has the id \"{other}\"",
                        skill.id
                    );
                    return Err(skill.place.put(plain(message)));
                }
            }
        }
        check_circles(&self.skills, &index)?;
        let (sequences, digest) =
            rayon::join(|| self.expand_labels(&sets, &mut lexicon), || self.digest());
        let (sequences, neighbours) = sequences?;
        Ok(Taxonomy(Arc::new(Parts {
            id: self.id.clone(),
            version: self.version.clone(),
            language: self.language.clone(),
            sources: self.sources.clone(),
            categories,
            digest: digest?,
            skills: self.skills.clone(),
            set_words: self
                .sets
                .iter()
                .map(|(name, words, _)| (name.clone(), words.clone()))
                .collect(),
            waivers: self.waivers.clone(),
            index,
            lexicon,
            sequences,
            neighbours,
        })))
    }

    /// The sequences of each skill's labels, and of what their rules look for.
    fn expand_labels(&self, sets: &Sets, lexicon: &mut Lexicon) -> Result<(Sequences, Neighbours)> {
        let mut sequences = Vec::with_capacity(self.skills.len());
        let mut neighbours = Neighbours::default();
        for skill in &self.skills {
            let mut of_skill = Vec::with_capacity(skill.labels.len());
            for label in &skill.labels {
                let expanded = expand(&label.pattern, sets, lexicon);
                of_skill.push(expanded.map_err(|error| label.wrong(skill, error))?);
                let rule = label.rule.as_ref();
                for (key, pattern) in rule.map(|rule| rule.neighbours()).unwrap_or_default() {
                    if neighbours.contains_key(pattern) {
                        continue;
                    }
                    let expanded = expand_neighbour(pattern, sets, lexicon).map_err(|error| {
                        let message = format!("rule: {key}: {}", error.message());
                        label.wrong(skill, Error::new(error.kind(), message))
                    })?;
                    neighbours.insert(pattern.to_owned(), expanded);
                }
            }
            sequences.push(of_skill);
        }
        Ok((sequences, neighbours))
    }

    /// Expands the sets, each after those it refers to.
    fn expand_sets(&self, lexicon: &mut Lexicon) -> Result<Sets> {
        let mut sets = Sets::new();
        let mut waiting: Vec<&(String, String, Place)> = self.sets.iter().collect();
        loop {
            let mut put_off = Vec::new();
            let mut trouble = None;
            let before = sets.len();
            for set in waiting {
                let (name, words, place) = set;
                match expand_set(words, &sets, lexicon) {
                    Ok(_) if sets.contains_key(name) => {
                        let message = format!("set \"{name}\" is defined twice");
                        return Err(place.put(Error::new(ErrorKind::Taxonomy, message)));
                    }
                    Ok(expanded) => {
                        sets.insert(name.clone(), expanded);
                    }
                    Err(error) => {
                        trouble.get_or_insert_with(|| {
                            let message = format!("set \"{name}\": {}", error.message());
                            place.put(Error::new(error.kind(), message))
                        });
                        put_off.push(set);
                    }
                }
            }
            match trouble {
                None => return Ok(sets),
                // Nothing new was learnt: the set is wrong, or refers to itself.
                Some(error) if sets.len() == before => return Err(error),
                Some(_) => waiting = put_off,
            }
        }
    }

    /// The digest of everything that can change a result, in one canonical form whatever it was read from.
    fn digest(&self) -> Result<String> {
        let mut sets: Vec<(&str, &str)> = self
            .sets
            .iter()
            .map(|(name, words, _)| (&**name, &**words))
            .collect();
        sets.sort_unstable();
        let everything = (&self.id, &self.version, &self.language, &sets, &self.skills);
        let bytes = serde_json::to_vec(&everything)
            .map_err(|error| Error::new(ErrorKind::Taxonomy, error.to_string()))?;
        Ok(crate::fingerprint::short_hex(&Sha256::digest(bytes)))
    }
}

/// Refuses skills that imply themselves, or are broader than themselves, by way of others.
pub(super) fn check_circles(skills: &[Skill], index: &BTreeMap<String, usize>) -> Result<()> {
    for relation in ["implies", "broader"] {
        // 0: not seen, 1: on the way, 2: done. The way is walked with a stack of our own: files may be long.
        let mut state = vec![0u8; skills.len()];
        for start in 0..skills.len() {
            let mut way = vec![(start, 0usize)];
            while let Some((at, next)) = way.pop() {
                let skill = &skills[at];
                let others = if relation == "implies" {
                    &skill.implies
                } else {
                    &skill.broader
                };
                if state[at] == 2 {
                    continue;
                }
                state[at] = 1;
                let Some(other) = others.get(next) else {
                    state[at] = 2;
                    continue;
                };
                way.push((at, next + 1));
                let other_at = index[other];
                if state[other_at] == 1 {
                    let message = format!(
                        "skill \"{}\": `{relation}` leads back to itself by way of \"{other}\"",
                        skill.id
                    );
                    return Err(skill.place.put(Error::new(ErrorKind::Taxonomy, message)));
                }
                way.push((other_at, 0));
            }
        }
    }
    Ok(())
}

/// Whether `id` may stand in files, JSON, CSV headers and URLs as it is.
fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 120
        && id.bytes().all(|b| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.')
        })
}

/// Lines of a text by byte, found by bisection: a file has thousands of labels.
struct LineIndex(Vec<usize>);

impl LineIndex {
    fn new(text: &str) -> Self {
        Self(
            text.bytes()
                .enumerate()
                .filter(|&(_, b)| b == b'\n')
                .map(|(at, _)| at)
                .collect(),
        )
    }

    fn line(&self, byte: usize) -> usize {
        1 + self.0.partition_point(|&newline| newline < byte)
    }
}
