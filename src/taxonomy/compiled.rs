//! A taxonomy as one file that loads without reading or expanding a pattern: [`Taxonomy::compile_to`], [`Taxonomy::from_compiled`].
//!
//! ```text
//! 8 bytes   "skscreen"
//! 4         version of the format
//! 32        SHA-256 of all that follows
//! …         version of the crate, then everything of the taxonomy
//! ```
//!
//! Numbers are little-endian base 128, texts are led by their length. The automaton is not stored: it is built from the words faster than
//! its many times larger table would be read and checked. Only files that the very same version wrote are read, for what a pattern
//! expands into may change with any; to compile anew costs a second.
//!
//! Nothing in a file is trusted, though the checksum keeps accidents out: every length is held against the bytes that are left before
//! anything is allocated, and every number that points at something must point at something there.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind, Result};

use super::builder::check_circles;
use super::lexicon::{Lexicon, SetId};
use super::pattern::{Neighbours, Sequence, Step, is_sound, is_sound_neighbour};
use super::skill::{Label, LabelKind, Place, Skill, Source, Waiver};
use super::{BTreeMap, Parts, Taxonomy};

const MAGIC: &[u8; 8] = b"skscreen";
/// Grows when the layout changes.
const FORMAT: u32 = 2;
const ENGINE: &str = env!("CARGO_PKG_VERSION");
const HEADER: usize = MAGIC.len() + 4 + 32;

/// What is small, in JSON: all but words, sets, labels and sequences.
#[derive(Serialize, Deserialize)]
struct Rest {
    id: String,
    version: String,
    language: String,
    sources: BTreeMap<String, Source>,
    categories: Vec<(String, String)>,
    set_words: BTreeMap<String, String>,
    waivers: Vec<Waiver>,
    digest: String,
    /// Without their labels.
    skills: Vec<Skill>,
}

/// Whether these bytes are meant to be a compiled taxonomy.
pub(super) fn is_compiled(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

pub(super) fn write(taxonomy: &Taxonomy, out: &mut impl Write) -> Result<()> {
    let taxonomy = &*taxonomy.0;
    let mut body = Vec::new();
    put_text(&mut body, ENGINE);
    let skills = taxonomy.skills.iter().map(|skill| Skill {
        labels: Vec::new(),
        ..skill.clone()
    });
    let rest = Rest {
        id: taxonomy.id.clone(),
        version: taxonomy.version.clone(),
        language: taxonomy.language.clone(),
        sources: taxonomy.sources.clone(),
        categories: taxonomy.categories.clone(),
        set_words: taxonomy.set_words.clone(),
        waivers: taxonomy.waivers.clone(),
        digest: taxonomy.digest.clone(),
        skills: skills.collect(),
    };
    put_bytes(&mut body, &to_json(&rest)?);
    let lexicon = &taxonomy.lexicon;
    put_number(&mut body, lexicon.words().len() as u32);
    for word in lexicon.words() {
        put_bytes(&mut body, word);
    }
    put_number(&mut body, lexicon.sets().len() as u32);
    for set in lexicon.sets() {
        put_number(&mut body, set.len() as u32);
        let mut before = 0;
        for &word in set {
            put_number(&mut body, word - before);
            before = word;
        }
    }
    let mut neighbours: Vec<_> = taxonomy.neighbours.iter().collect();
    neighbours.sort_unstable();
    put_number(&mut body, neighbours.len() as u32);
    for (pattern, sequences) in neighbours {
        put_text(&mut body, pattern);
        put_sequences(&mut body, sequences);
    }
    let mut files = Files::default();
    for (skill, sequences) in taxonomy.skills.iter().zip(&taxonomy.sequences) {
        files.put(&mut body, &skill.place);
        put_number(&mut body, skill.labels.len() as u32);
        for (label, sequences) in skill.labels.iter().zip(sequences) {
            files.put(&mut body, &label.place);
            put_text(&mut body, &label.pattern);
            body.push(kind_number(label.kind));
            match &label.rule {
                Some(rule) => put_bytes(&mut body, &to_json(rule)?),
                None => put_bytes(&mut body, &[]),
            }
            put_sequences(&mut body, sequences);
        }
    }
    let mut header = Vec::with_capacity(HEADER);
    header.extend_from_slice(MAGIC);
    header.extend_from_slice(&FORMAT.to_le_bytes());
    header.extend_from_slice(&Sha256::digest(&body));
    out.write_all(&header)
        .and_then(|()| out.write_all(&body))
        .map_err(|error| {
            Error::new(ErrorKind::Output, format!("compiled taxonomy: {error}")).caused_by(error)
        })
}

/// The files that skills and labels stand in: each is named where it comes up first, and numbered from 1 from then on.
#[derive(Default)]
struct Files(Vec<Arc<str>>);

impl Files {
    fn put(&mut self, out: &mut Vec<u8>, place: &Place) {
        let known = self
            .0
            .iter()
            .position(|file| Some(file) == place.file.as_ref());
        match (&place.file, known) {
            (None, _) => put_number(out, 0),
            (Some(_), Some(known)) => put_number(out, known as u32 + 1),
            (Some(file), None) => {
                self.0.push(file.clone());
                put_number(out, self.0.len() as u32);
                // By its name alone: where the folder lay is nobody's business, and changes no byte.
                let name = Path::new(&**file).file_name().and_then(OsStr::to_str);
                put_text(out, name.unwrap_or(file));
            }
        }
        put_number(out, place.line.unwrap_or(0) as u32);
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<Place> {
        let file = match reader.number()? as usize {
            0 => None,
            number if number <= self.0.len() => Some(self.0[number - 1].clone()),
            number if number == self.0.len() + 1 => {
                let file: Arc<str> = reader.text()?.into();
                self.0.push(file.clone());
                Some(file)
            }
            _ => return Err(damaged("something stands in no file")),
        };
        let line = Some(reader.number()? as usize).filter(|&line| line > 0);
        Ok(Place { file, line })
    }
}

fn to_json(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value)
        .map_err(|error| Error::new(ErrorKind::Compiled, error.to_string()).caused_by(error))
}

fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len() as u32);
    out.extend_from_slice(bytes);
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_bytes(out, text.as_bytes());
}

fn put_sequences(out: &mut Vec<u8>, sequences: &[Sequence]) {
    put_number(out, sequences.len() as u32);
    for sequence in sequences {
        put_number(out, sequence.len() as u32);
        for step in sequence {
            match *step {
                Step::Words { set, slash } => {
                    put_number(out, set.0 * 2 + 2 + u32::from(slash));
                }
                Step::Number => put_number(out, 0),
                Step::Gap { min, max } => {
                    put_number(out, 1);
                    out.extend([min, max]);
                }
            }
        }
    }
}

const KINDS: [LabelKind; 4] = [
    LabelKind::Preferred,
    LabelKind::Alternative,
    LabelKind::Hidden,
    LabelKind::Described,
];

fn kind_number(kind: LabelKind) -> u8 {
    KINDS.iter().position(|&other| other == kind).unwrap_or(0) as u8
}

fn damaged(what: &str) -> Error {
    let message = format!("compiled taxonomy is damaged: {what}; compile it anew");
    Error::new(ErrorKind::Compiled, message)
}

pub(super) fn read(bytes: &[u8]) -> Result<Taxonomy> {
    let wrong = |message: String| Err(Error::new(ErrorKind::Compiled, message));
    if !is_compiled(bytes) {
        return wrong("not a compiled taxonomy: it does not begin with \"skscreen\"".to_owned());
    }
    let Some((header, body)) = bytes.split_at_checked(HEADER) else {
        return Err(damaged("it ends within its header"));
    };
    let (format, checksum) = header[MAGIC.len()..].split_at(4);
    if format != FORMAT.to_le_bytes() {
        return wrong(format!(
            "compiled taxonomy is of another format, this version reads format {FORMAT}; compile it anew"
        ));
    }
    if checksum != Sha256::digest(body).as_slice() {
        return Err(damaged("its checksum does not fit"));
    }
    let mut reader = Reader(body);
    let engine = reader.text()?;
    if engine != ENGINE {
        return wrong(format!(
            "compiled taxonomy was made by version {engine:?}, this is {ENGINE}; compile it anew"
        ));
    }
    let rest: Rest = reader.json()?;
    let lexicon = reader.lexicon()?;
    let mut neighbours = Neighbours::default();
    for _ in 0..reader.count()? {
        let pattern = reader.text()?.to_owned();
        neighbours.insert(pattern, reader.sequences(&lexicon, is_sound_neighbour)?);
    }
    let mut skills = rest.skills;
    let mut sequences = Vec::with_capacity(skills.len());
    let mut files = Files::default();
    for skill in &mut skills {
        if !skill.labels.is_empty() {
            return Err(damaged("a skill has labels in two places"));
        }
        skill.place = files.read(&mut reader)?;
        let count = reader.count()?;
        let mut of_skill = Vec::new();
        for _ in 0..count {
            let (label, of_label) = reader.label(&lexicon, &mut files)?;
            let rule = label.rule.as_ref();
            let beside = rule.map(|rule| rule.neighbours()).unwrap_or_default();
            if !beside
                .iter()
                .all(|(_, pattern)| neighbours.contains_key(*pattern))
            {
                return Err(damaged("a rule looks for what is not there"));
            }
            skill.labels.push(label);
            of_skill.push(of_label);
        }
        sequences.push(of_skill);
    }
    if !reader.0.is_empty() {
        return Err(damaged("something follows its end"));
    }
    let index: BTreeMap<String, usize> = skills
        .iter()
        .map(|skill| skill.id.clone())
        .zip(0..)
        .collect();
    let known = |id: &String| index.contains_key(id);
    if index.len() != skills.len()
        || !skills
            .iter()
            .all(|skill| skill.implies.iter().chain(&skill.broader).all(known))
    {
        return Err(damaged("a skill is missing or there twice"));
    }
    check_circles(&skills, &index).map_err(|error| damaged(error.message()))?;
    Ok(Taxonomy(Arc::new(Parts {
        id: rest.id,
        version: rest.version,
        language: rest.language,
        sources: rest.sources,
        categories: rest.categories,
        skills,
        index,
        lexicon,
        neighbours,
        set_words: rest.set_words,
        waivers: rest.waivers,
        sequences,
        digest: rest.digest,
    })))
}

/// The bytes that are left.
struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8]> {
        let Some((taken, rest)) = self.0.split_at_checked(length) else {
            return Err(damaged("it ends too early"));
        };
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    fn number(&mut self) -> Result<u32> {
        let mut number = 0u64;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return u32::try_from(number).map_err(|_| damaged("a number is too large"));
            }
        }
        Err(damaged("a number does not end"))
    }

    /// How many of something follow. Each takes a byte at least, so more than are left there cannot be.
    fn count(&mut self) -> Result<usize> {
        let count = self.number()? as usize;
        if count > self.0.len() {
            return Err(damaged("it ends too early"));
        }
        Ok(count)
    }

    fn bytes(&mut self) -> Result<&'b [u8]> {
        let length = self.number()? as usize;
        self.take(length)
    }

    fn text(&mut self) -> Result<&'b str> {
        std::str::from_utf8(self.bytes()?).map_err(|_| damaged("a text is not UTF-8"))
    }

    fn json<T: Deserialize<'b>>(&mut self) -> Result<T> {
        Reader(self.bytes()?).rest_json()
    }

    /// All that is left, as JSON.
    fn rest_json<T: Deserialize<'b>>(self) -> Result<T> {
        serde_json::from_slice(self.0).map_err(|error| damaged(&error.to_string()).caused_by(error))
    }

    fn lexicon(&mut self) -> Result<Lexicon> {
        let mut lexicon = Lexicon::default();
        let words = self.count()?;
        for n in 0..words {
            // Folded words have neither spaces nor nothing in them; the automaton and the ids rest on that.
            let word = self.text()?;
            if word.is_empty() || word.contains(' ') || lexicon.word(word) as usize != n + 1 {
                return Err(damaged("a word is not as words are"));
            }
        }
        for n in 0..self.count()? {
            let mut word = 0u32;
            let count = self.count()?;
            let mut ids = Vec::with_capacity(count.min(words));
            for _ in 0..count {
                let step = self.number()?;
                word = word.saturating_add(step);
                if step == 0 || word as usize > words {
                    return Err(damaged("a set names no word"));
                }
                ids.push(word);
            }
            if ids.is_empty() || lexicon.set(ids).0 as usize != n {
                return Err(damaged("a set is empty or there twice"));
            }
        }
        Ok(lexicon)
    }

    fn label(&mut self, lexicon: &Lexicon, files: &mut Files) -> Result<(Label, Vec<Sequence>)> {
        let place = files.read(self)?;
        let pattern = self.text()?.to_owned();
        let kind = KINDS.get(usize::from(self.byte()?)).copied();
        let kind = kind.ok_or_else(|| damaged("a label is of no kind"))?;
        let rule = match self.bytes()? {
            [] => None,
            json => Some(Reader(json).rest_json()?),
        };
        let label = Label {
            pattern,
            kind,
            rule,
            place,
        };
        Ok((label, self.sequences(lexicon, is_sound)?))
    }

    fn sequences(
        &mut self,
        lexicon: &Lexicon,
        is_sound: impl Fn(&Sequence) -> bool,
    ) -> Result<Vec<Sequence>> {
        let count = self.count()?;
        let mut sequences = Vec::new();
        for _ in 0..count {
            let length = self.count()?;
            let mut sequence = Sequence::with_capacity(length.min(16));
            for _ in 0..length {
                sequence.push(self.step(lexicon)?);
            }
            if !is_sound(&sequence) {
                return Err(damaged("a sequence is not as sequences are"));
            }
            sequences.push(sequence);
        }
        Ok(sequences)
    }

    fn step(&mut self, lexicon: &Lexicon) -> Result<Step> {
        Ok(match self.number()? {
            0 => Step::Number,
            1 => match (self.byte()?, self.byte()?) {
                (min, max) if min <= max && max > 0 => Step::Gap { min, max },
                _ => return Err(damaged("a gap is not as gaps are")),
            },
            words => {
                let set = (words - 2) / 2;
                if set as usize >= lexicon.sets().len() {
                    return Err(damaged("a step names no set"));
                }
                Step::Words {
                    set: SetId(set),
                    slash: words % 2 == 1,
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::{Rule, Skill};
    use crate::{JobProfile, Screener};

    fn office() -> Taxonomy {
        let mut builder = Taxonomy::builder("office");
        let rule = Rule {
            unless_before: vec!["no".to_owned(), "@people".to_owned()],
            why: "an example".to_owned(),
            ..Rule::default()
        };
        builder
            .version("1.2.3")
            .set("people", "staff|team|new agent~")
            .skill(Skill::new("training", "Staff training").described("train~ {0,3} @people"))
            .skill(
                Skill::new("led", "Leading")
                    .described("led # people")
                    .implying("training"),
            )
            .skill(Skill::new("a-p", "A/P").with_label(
                LabelKind::Hidden,
                "accounts payabel",
                rule,
            ));
        builder.build().unwrap()
    }

    fn compiled() -> Vec<u8> {
        let mut bytes = Vec::new();
        office().compile_to(&mut bytes).unwrap();
        bytes
    }

    /// With a checksum that fits, as a forger would write it.
    fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
        let checksum = Sha256::digest(&bytes[HEADER..]);
        bytes[MAGIC.len() + 4..HEADER].copy_from_slice(&checksum);
        bytes
    }

    fn report(taxonomy: &Taxonomy) -> String {
        let mut profile = JobProfile::builder("clerk");
        profile.skill("training", 3).skill("a-p", 2);
        let screener = Screener::new(taxonomy, &profile.build().unwrap()).unwrap();
        let text = "Trained the new agents, led 12 people. A/P. The team accounts payabel, accounts payabel.";
        screener.screen(text).to_json()
    }

    #[test]
    fn it_screens_as_what_it_was_made_from() {
        let bytes = compiled();
        let read = Taxonomy::from_compiled(&bytes).unwrap();
        assert_eq!(report(&read), report(&office()));
        assert_eq!(read.fingerprint(), office().fingerprint());
        let mut again = Vec::new();
        read.compile_to(&mut again).unwrap();
        assert_eq!(again, bytes);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let good = compiled();
        let mut format = good.clone();
        format[MAGIC.len()] = 9;
        let mut engine = good.clone();
        engine[HEADER + 1] = b'9';
        let mut flipped = good.clone();
        flipped[HEADER + 100] ^= 1;
        let mut longer = good.clone();
        longer.push(0);
        for (bytes, wanted) in [
            (Vec::new(), "not a compiled taxonomy"),
            (b"[taxonomy]".to_vec(), "not a compiled taxonomy"),
            (good[..20].to_vec(), "ends within its header"),
            (good[..good.len() - 1].to_vec(), "its checksum does not fit"),
            (flipped, "its checksum does not fit"),
            (format, "of another format, this version reads format 2"),
            (sealed(engine), "was made by version"),
            (sealed(longer), "something follows its end"),
        ] {
            let error = Taxonomy::from_compiled(&bytes).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Compiled);
            assert!(error.to_string().contains(wanted), "{error}");
        }
    }

    /// The file with its JSON changed.
    fn forged(good: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
        let mut reader = Reader(&good[HEADER..]);
        let engine = reader.text().unwrap();
        let json = change(reader.text().unwrap().to_owned());
        let mut bytes = good[..HEADER].to_vec();
        put_text(&mut bytes, engine);
        put_text(&mut bytes, &json);
        bytes.extend_from_slice(reader.0);
        sealed(bytes)
    }

    #[test]
    fn forged_skills_are_told() {
        let good = compiled();
        assert!(Taxonomy::from_compiled(&forged(&good, |json| json)).is_ok());
        let label = r#""labels":[{"pattern":"tea","kind":"alternative"}]"#;
        let circle = r#""implies":["training"]"#;
        for (from, to, wanted) in [
            (r#""labels":[]"#, label, "labels in two places"),
            (r#""implies":[]"#, circle, "leads back to itself"),
        ] {
            let bytes = forged(&good, |json| {
                assert!(json.contains(from), "{json}");
                json.replacen(from, to, 1)
            });
            let error = Taxonomy::from_compiled(&bytes).unwrap_err();
            assert!(error.to_string().contains(wanted), "{error}");
        }
    }

    #[test]
    fn no_forged_byte_panics() {
        let good = compiled();
        for at in HEADER..good.len() {
            for value in [0, 1, 2, 0x7f, 0x80, 0xff, good[at] ^ 1, good[at] ^ 0x40] {
                let mut bytes = good.clone();
                bytes[at] = value;
                let read = Taxonomy::from_compiled(&sealed(bytes));
                // A screener takes its time to make, so not for every byte.
                if at.is_multiple_of(100)
                    && let Ok(read) = read
                {
                    // Whatever still holds together must screen; its profile may ask for a skill that is no longer there.
                    let mut profile = JobProfile::builder("clerk");
                    profile.skill(read.skills()[0].id(), 1);
                    if let Ok(profile) = profile.build()
                        && let Ok(screener) = Screener::new(&read, &profile)
                    {
                        screener.screen("Trained 12 new agents. Accounts payabel.");
                    }
                }
            }
            let cut = sealed(good[..at].to_vec());
            assert!(Taxonomy::from_compiled(&cut).is_err(), "cut at {at}");
        }
    }
}
