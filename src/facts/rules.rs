//! `facts.toml`, read and compiled.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Degree;
use super::date::{DateReader, DateWords};
use crate::error::{Error, ErrorKind, Result};
use crate::section::words::{WordMap, WordSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    dates: DateWords,
    titles: TitleWords,
    customer_service: AreaWords,
    management: AreaWords,
    degrees: DegreeWords,
    claims: ClaimWords,
    numbers: NumberWords,
    teams: TeamWords,
    certificates: CertificateWords,
    languages: LanguageWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TitleWords {
    heads: Vec<String>,
    weak_heads: Vec<String>,
    stops: Vec<String>,
    unpaid: Vec<String>,
    paid_behind: Vec<String>,
    date_leads: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaWords {
    sure: Vec<String>,
    doubtful: Vec<String>,
    never: Vec<String>,
    core: Vec<String>,
    more: Vec<String>,
    hints: Vec<String>,
    doubtful_needs: u32,
    needs: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DegreeWords {
    doctorate: Vec<String>,
    master: Vec<String>,
    bachelor: Vec<String>,
    associate: Vec<String>,
    highschool: Vec<String>,
    doubtful: Vec<String>,
    proof: Vec<String>,
    graduated: Vec<String>,
    schools: BTreeMap<String, Degree>,
    not_before: Vec<String>,
    not_after: Vec<String>,
    open_before: Vec<String>,
    open_after: Vec<String>,
    field_links: Vec<String>,
    field_stops: Vec<String>,
    subjects: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimWords {
    units: Vec<String>,
    fillers: Vec<String>,
    links: Vec<String>,
    stops: Vec<String>,
    not_before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberWords {
    words: Vec<String>,
    tens: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TeamWords {
    people: Vec<String>,
    led: Vec<String>,
    fillers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CertificateWords {
    heads: Vec<String>,
    known: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageWords {
    names: Vec<String>,
    cues: Vec<String>,
}

/// What a word sets off in the one pass over the words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trigger(u8);

impl Trigger {
    pub(super) const YEARS: Trigger = Trigger(1);
    pub(super) const DEGREE: Trigger = Trigger(1 << 1);
    pub(super) const CERTIFICATE: Trigger = Trigger(1 << 2);
    pub(super) const LANGUAGE: Trigger = Trigger(1 << 3);
    pub(super) const NUMBER: Trigger = Trigger(1 << 4);

    pub(super) fn has(self, other: Trigger) -> bool {
        self.0 & other.0 != 0
    }
}

/// What a phrase in a title says of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Proof {
    Never,
    Doubtful,
    Sure,
}

/// What a duty is worth as proof of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// Counts with a doubtful title only.
    Hint,
    More,
    Core,
}

/// The rules by which a job counts for an area.
#[derive(Clone, Debug)]
pub(super) struct Area {
    pub(super) titles: WordMap<Proof>,
    pub(super) longest_title: usize,
    /// Skill ids, and what they are worth.
    pub(super) duties: WordMap<Worth>,
    pub(super) doubtful_needs: u32,
    pub(super) needs: u32,
}

/// What a word or phrase says of a degree.
#[derive(Clone, Copy, Debug)]
pub(super) struct DegreeWord {
    pub(super) degree: Degree,
    pub(super) doubtful: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) triggers: WordMap<Trigger>,
    pub(super) dates: DateReader,
    pub(super) heads: WordSet,
    pub(super) weak_heads: WordSet,
    pub(super) title_stops: WordSet,
    pub(super) unpaid: WordSet,
    pub(super) paid_behind: WordSet,
    pub(super) date_leads: WordSet,
    pub(super) customer_service: Area,
    pub(super) management: Area,
    pub(super) degrees: WordMap<DegreeWord>,
    pub(super) degree_proof: WordSet,
    pub(super) graduated: WordSet,
    pub(super) schools: WordMap<Degree>,
    pub(super) degree_not_before: WordSet,
    pub(super) degree_not_after: WordSet,
    pub(super) degree_open_before: WordSet,
    pub(super) degree_open_after: WordSet,
    pub(super) field_links: WordSet,
    pub(super) field_stops: WordSet,
    pub(super) subjects: WordSet,
    pub(super) claim_fillers: WordSet,
    pub(super) claim_links: WordSet,
    pub(super) claim_stops: WordSet,
    pub(super) claim_not_before: WordSet,
    pub(super) numbers: WordMap<u32>,
    pub(super) people: WordSet,
    pub(super) led: WordSet,
    pub(super) team_fillers: WordSet,
    pub(super) certificate_heads: WordSet,
    pub(super) certificates: WordSet,
    pub(super) language_names: WordSet,
    pub(super) language_cues: WordSet,
}

impl Area {
    fn new(words: &AreaWords) -> Self {
        let mut titles = WordMap::default();
        let mut longest_title = 1;
        for (proof, phrases) in [
            (Proof::Doubtful, &words.doubtful),
            (Proof::Sure, &words.sure),
            (Proof::Never, &words.never),
        ] {
            for phrase in phrases {
                longest_title = longest_title.max(phrase.split(' ').count());
                titles.insert(phrase, proof);
            }
        }
        let mut duties = WordMap::default();
        for (worth, ids) in [
            (Worth::Hint, &words.hints),
            (Worth::More, &words.more),
            (Worth::Core, &words.core),
        ] {
            for id in ids {
                duties.insert(id, worth);
            }
        }
        Self {
            titles,
            longest_title,
            duties,
            doubtful_needs: words.doubtful_needs,
            needs: words.needs,
        }
    }
}

impl Rules {
    pub(super) fn read(toml: &str) -> Result<Self> {
        let file: File = toml::from_str(toml).map_err(|error| {
            Error::new(ErrorKind::Option, error.message().to_owned())
                .in_file("facts.toml")
                .caused_by(error)
        })?;
        Ok(Self::new(&file))
    }

    fn new(file: &File) -> Self {
        let mut triggers: WordMap<Trigger> = WordMap::default();
        let mut trigger = |phrase: &str, what: Trigger| {
            let first = phrase.split(' ').next().unwrap_or_default();
            let before = triggers.get(first).copied().unwrap_or_default();
            triggers.insert(first, Trigger(before.0 | what.0));
        };

        let degree_words = &file.degrees;
        let mut degrees = WordMap::default();
        for (degree, phrases) in [
            (Degree::Doctorate, &degree_words.doctorate),
            (Degree::Master, &degree_words.master),
            (Degree::Bachelor, &degree_words.bachelor),
            (Degree::Associate, &degree_words.associate),
            (Degree::HighSchool, &degree_words.highschool),
        ] {
            for phrase in phrases {
                let doubtful = degree_words.doubtful.contains(phrase);
                degrees.insert(phrase, DegreeWord { degree, doubtful });
                trigger(phrase, Trigger::DEGREE);
            }
        }
        for phrase in &degree_words.graduated {
            trigger(phrase, Trigger::DEGREE);
        }
        let mut schools = WordMap::default();
        for (school, degree) in &degree_words.schools {
            schools.insert(school, *degree);
        }
        for word in &file.claims.units {
            trigger(word, Trigger::YEARS);
        }
        for phrase in file
            .certificates
            .heads
            .iter()
            .chain(&file.certificates.known)
        {
            trigger(phrase, Trigger::CERTIFICATE);
        }
        for name in &file.languages.names {
            trigger(name, Trigger::LANGUAGE);
        }
        let mut numbers = WordMap::default();
        for (value, word) in file.numbers.words.iter().enumerate() {
            numbers.insert(word, value as u32);
        }
        for (n, word) in file.numbers.tens.iter().enumerate() {
            numbers.insert(word, (n as u32 + 2) * 10);
        }
        // "one" leads no team.
        for word in file.numbers.words.iter().skip(2).chain(&file.numbers.tens) {
            trigger(word, Trigger::NUMBER);
        }

        let set = |words: &[String]| words.iter().collect::<WordSet>();
        Self {
            triggers,
            dates: DateReader::new(&file.dates),
            heads: set(&file.titles.heads),
            weak_heads: set(&file.titles.weak_heads),
            title_stops: set(&file.titles.stops),
            unpaid: set(&file.titles.unpaid),
            paid_behind: set(&file.titles.paid_behind),
            date_leads: set(&file.titles.date_leads),
            customer_service: Area::new(&file.customer_service),
            management: Area::new(&file.management),
            degrees,
            degree_proof: set(&degree_words.proof),
            graduated: set(&degree_words.graduated),
            schools,
            degree_not_before: set(&degree_words.not_before),
            degree_not_after: set(&degree_words.not_after),
            degree_open_before: set(&degree_words.open_before),
            degree_open_after: set(&degree_words.open_after),
            field_links: set(&degree_words.field_links),
            field_stops: set(&degree_words.field_stops),
            subjects: set(&degree_words.subjects),
            claim_fillers: set(&file.claims.fillers),
            claim_links: set(&file.claims.links),
            claim_stops: set(&file.claims.stops),
            claim_not_before: set(&file.claims.not_before),
            numbers,
            people: set(&file.teams.people),
            led: set(&file.teams.led),
            team_fillers: set(&file.teams.fillers),
            certificate_heads: set(&file.certificates.heads),
            certificates: set(&file.certificates.known),
            language_names: set(&file.languages.names),
            language_cues: set(&file.languages.cues),
        }
    }
}
