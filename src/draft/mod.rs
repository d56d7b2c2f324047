//! A first profile out of job adverts and descriptions, for a person to edit.
//!
//! The documents are read by the matcher that reads resumes. Each skill that they name gets its evidence, who names it, whether it
//! is required, preferred or mentioned, a quote, and from the evidence its weight by the stated formula ([`WeightFormula`]).
//! Years, degrees and certificates that they ask for become requirements. Phrases that no skill covers are listed as
//! [`Candidate`]s, so that the taxonomy can grow with the jobs.
//!
//! ```
//! use skillscreen::Taxonomy;
//! use skillscreen::draft::Drafter;
//!
//! let taxonomy = Taxonomy::builtin();
//! let mut drafter = Drafter::new(&taxonomy)?;
//! drafter.read("advert", "Requirements:\n- 3+ years of customer service experience\n- Payroll\nNice to have:\n- Salesforce\n");
//! let draft = drafter.finish("desk", "Help desk lead");
//! let profile = draft.profile()?;
//! assert!(profile.skill("payroll").unwrap().weight() > profile.skill("salesforce").unwrap().weight());
//! assert_eq!(profile.requirements()[0].wanted().describe(), "3 years in customer service");
//! # Ok::<(), skillscreen::Error>(())
//! ```
//!
//! It does not know what an employer means but did not write, and it takes a description at its word.

mod advert;
mod asked;
mod candidates;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::document::Document;
use crate::error::Result;
use crate::evidence::{EvidenceKind, Reason};
use crate::profile::{
    Importance, JobProfile, Need, Quote, Requirement, Stated, Wanted, WeightFormula,
};
use crate::report::Report;
use crate::screener::{Scratch, Screener};
use crate::span::Span;
use crate::taxonomy::{Benchmark, Taxonomy};

use advert::{Part, Sentence, fold, sentences};
use asked::{Asked, shorten};
use candidates::Miner;

pub use candidates::Candidate;

/// Points of 100 for showing the core of the job: as the built-in profiles have it.
const CORE_POINTS: u32 = 25;
/// A core skill is shown this strongly: in work that is told, not in a list only.
const CORE_PERCENT: u32 = 75;
/// A category is part of the core from so many essential skills on, so that any three of them can be asked for.
const CORE_LEAST: usize = 3;
/// So many of a category's heaviest skills make its core.
const CORE_MOST: usize = 7;
/// Candidates that are listed: what a person looks through in a few minutes.
const MOST_CANDIDATES: usize = 40;
/// A quote's words around a mention: as the built-in profiles' quotes.
const QUOTE_WORDS: usize = 12;

/// Reads adverts and collects what they ask for.
#[derive(Clone, Debug)]
pub struct Drafter {
    screener: Option<Screener>,
    keys: BTreeSet<String>,
    taxonomy: Taxonomy,
    formula: WeightFormula,
    documents: Vec<String>,
    skills: BTreeMap<String, Found>,
    asked: Asked,
    miner: Miner,
}

/// What the documents say of one skill.
#[derive(Clone, Debug, Default)]
struct Found {
    /// By document: times required, in duties, preferred, mentioned.
    documents: BTreeMap<String, Counts>,
    stated: Option<Stated>,
    quote: Option<Quote>,
    prevalence: Option<Benchmark>,
}

/// How often a skill is named in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Among the musts.
    pub required: usize,
    /// Among the duties.
    pub duties: usize,
    /// As helpful.
    pub preferred: usize,
    /// In passing.
    pub mentioned: usize,
}

/// A profile to be edited, with the evidence of each line.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Draft {
    /// Id of the profile.
    pub id: String,
    /// Its name for people.
    pub label: String,
    /// Id of the taxonomy.
    pub taxonomy: String,
    /// Keys of the documents.
    pub documents: Vec<String>,
    /// The formula of the weights.
    pub weights: WeightFormula,
    /// The skills, heaviest first.
    pub skills: Vec<DraftSkill>,
    /// What is asked for beside skills.
    pub requirements: Vec<Requirement>,
    /// Phrases that no skill covers.
    pub candidates: Vec<Candidate>,
}

/// A skill of a draft.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DraftSkill {
    /// Its id in the taxonomy.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its category.
    pub category: String,
    /// How much the job needs it.
    pub importance: Importance,
    /// Its weight by the formula.
    pub weight: u32,
    /// Keys of the documents that name it.
    pub documents: Vec<String>,
    /// How it is asked for.
    pub stated: Stated,
    /// Stated prevalence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prevalence: Option<Benchmark>,
    /// How often it is named, over all documents.
    pub counts: Counts,
    /// Words that support it.
    pub quote: Quote,
}

impl Drafter {
    /// A drafter for profiles over this taxonomy.
    ///
    /// # Errors
    ///
    /// When a rule of the taxonomy is wrong.
    pub fn new(taxonomy: &Taxonomy) -> Result<Self> {
        let screener = match taxonomy.skills().first() {
            None => None,
            Some(first) => {
                // A screener needs a profile; what it scores is not looked at.
                let mut any = JobProfile::builder("any");
                any.skill(first.id(), 1);
                Some(Screener::new(taxonomy, &any.build()?)?)
            }
        };
        Ok(Self {
            screener,
            keys: BTreeSet::new(),
            taxonomy: taxonomy.clone(),
            formula: WeightFormula::default(),
            documents: Vec::new(),
            skills: BTreeMap::new(),
            asked: Asked::default(),
            miner: Miner::default(),
        })
    }

    /// Sets the formula of the weights. Default: that of the built-in profiles.
    pub fn weights(&mut self, formula: WeightFormula) -> &mut Self {
        self.formula = formula;
        self
    }

    /// Reads a document of any format; `key` stands for it in the draft.
    pub fn read_document(&mut self, key: &str, document: &Document) -> &mut Self {
        self.read(key, document.text())
    }

    /// Reads a text; `key` stands for it in the draft. A key that was used gets a number.
    pub fn read(&mut self, key: &str, text: &str) -> &mut Self {
        let Some(screener) = &self.screener else {
            return self;
        };
        let mut unique = key.to_owned();
        let mut n = 2;
        while !self.keys.insert(unique.clone()) {
            unique = format!("{key}-{n}");
            n += 1;
        }
        let key = unique.as_str();
        self.documents.push(key.to_owned());
        let report = screener.screen_with(&mut Scratch::default(), key, text);
        let sentences = sentences(text);
        let mentions = mentions(&report);
        for mention in &mentions {
            let Some(sentence) = around(&sentences, mention.span) else {
                continue;
            };
            let found = self.skills.entry(mention.skill.clone()).or_default();
            found.add(key, text, mention, sentence);
        }
        self.read_prevalence(key, text, &mentions, &sentences);
        for sentence in &sentences {
            self.asked.read(key, text, sentence);
        }
        self.asked.read_facts(key, text, &report, &sentences);
        let covered: Vec<Span> = mentions.iter().map(|mention| mention.span).collect();
        // Where headings tell what is asked for, the employer's story before them is left alone.
        let told = |part| matches!(part, Part::Required | Part::Preferred | Part::Duties);
        let headed = sentences.iter().any(|s| told(s.part) && !s.heading);
        self.miner.read(key, text, &covered, &|span| {
            let sentence = around(&sentences, span)?;
            let asks = !sentence.heading
                && (told(sentence.part) || (!headed && sentence.part == Part::Open));
            asks.then(|| shorten(&text[sentence.span.range()]))
        });
        self
    }

    /// "Payroll, 6%": a line of a skill's name and a percentage, in a document that speaks of resumes.
    fn read_prevalence(
        &mut self,
        key: &str,
        text: &str,
        mentions: &[Mention],
        sentences: &[Sentence],
    ) {
        if !text.to_lowercase().contains("resumes") {
            return;
        }
        for sentence in sentences {
            let line = text[sentence.span.range()].trim();
            let Some((name, percent)) = percentage(line) else {
                continue;
            };
            // The widest name on the line is meant: "Strong Customer Service", not "Customer Service".
            let named = mentions
                .iter()
                .filter(|mention| {
                    mention.span.start >= sentence.span.start
                        && mention.span.end <= sentence.span.end
                })
                .max_by_key(|mention| {
                    let skill = self.taxonomy.skill(&mention.skill);
                    let by_name = skill.is_some_and(|skill| fold(skill.label()) == fold(name));
                    let width = mention.span.end - mention.span.start;
                    (width, by_name, std::cmp::Reverse(mention.skill.as_str()))
                });
            let Some(named) = named.filter(|named| {
                let words = |text: &str| text.split_whitespace().count();
                words(&text[named.span.start..named.span.end]) == words(name)
            }) else {
                continue;
            };
            let found = self.skills.entry(named.skill.clone()).or_default();
            found.prevalence.get_or_insert(Benchmark {
                percent,
                source: key.to_owned(),
            });
        }
    }

    /// The draft; `id` and `label` name the profile.
    pub fn finish(&self, id: &str, label: &str) -> Draft {
        let mut skills: Vec<DraftSkill> = self
            .skills
            .iter()
            .filter_map(|(id, found)| self.skill(id, found))
            .collect();
        skills.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.id.cmp(&b.id)));
        let mut requirements = Vec::new();
        requirements.extend(core(&skills));
        requirements.extend(self.asked.clone().requirements());
        Draft {
            id: id.to_owned(),
            label: label.to_owned(),
            taxonomy: self.taxonomy.id().to_owned(),
            documents: self.documents.clone(),
            weights: self.formula,
            skills,
            requirements,
            candidates: self.miner.finish(MOST_CANDIDATES),
        }
    }

    fn skill(&self, id: &str, found: &Found) -> Option<DraftSkill> {
        let skill = self.taxonomy.skill(id)?;
        let stated = found.stated?;
        let documents: Vec<String> = found.documents.keys().cloned().collect();
        let mut counts = Counts::default();
        for of_document in found.documents.values() {
            counts.required += of_document.required;
            counts.duties += of_document.duties;
            counts.preferred += of_document.preferred;
            counts.mentioned += of_document.mentioned;
        }
        // As in the built-in profiles: required, and by most documents or with a stated prevalence.
        let most = documents.len() * 2 > self.documents.len();
        let importance = match stated {
            Stated::Required if most || found.prevalence.is_some() => Importance::Essential,
            Stated::Required | Stated::Preferred => Importance::Preferred,
            Stated::Mentioned => Importance::Optional,
        };
        let weight =
            self.formula
                .weight(documents.len(), found.prevalence.as_ref(), Some(stated), 0);
        Some(DraftSkill {
            id: id.to_owned(),
            label: skill.label().to_owned(),
            category: skill.category().to_owned(),
            importance,
            weight,
            documents,
            stated,
            prevalence: found.prevalence.clone(),
            counts,
            quote: found.quote.clone()?,
        })
    }
}

impl Draft {
    /// The profile as it stands.
    ///
    /// # Errors
    ///
    /// When the documents name no skill of the taxonomy and ask for nothing else.
    pub fn profile(&self) -> Result<JobProfile> {
        JobProfile::from_toml(&format!("{}.toml", self.id), &self.to_toml())
    }

    /// The profile as TOML, each line with its evidence.
    pub fn to_toml(&self) -> String {
        write::profile(self)
    }

    /// The candidates as an overlay of the taxonomy: what a person leaves in it becomes a skill.
    pub fn candidates_toml(&self) -> String {
        write::candidates(self)
    }
}

/// A place where a document names a skill.
struct Mention {
    skill: String,
    span: Span,
    describes: bool,
}

/// Mentions of an advert. Its wishes and reporting lines are the employer's: "looking for", "reports to" take nothing back here.
fn mentions(report: &Report) -> Vec<Mention> {
    let counted = report.skills.iter().flat_map(|skill| {
        skill.evidence.iter().map(|evidence| Mention {
            skill: skill.id.to_string(),
            span: Span::new(evidence.start, evidence.end),
            describes: evidence.kind == EvidenceKind::Described,
        })
    });
    let asked = report.suppressed.iter().filter(|suppressed| {
        matches!(
            suppressed.reason,
            Reason::Aspired | Reason::NotThePerson | Reason::Weakness | Reason::References
        )
    });
    let asked = asked.map(|suppressed| Mention {
        skill: suppressed.id.to_string(),
        span: Span::new(suppressed.start, suppressed.end),
        describes: false,
    });
    counted.chain(asked).collect()
}

fn around(sentences: &[Sentence], span: Span) -> Option<&Sentence> {
    let at = sentences.partition_point(|sentence| sentence.span.end <= span.start);
    sentences
        .get(at)
        .filter(|sentence| sentence.span.start <= span.start)
}

impl Found {
    fn add(&mut self, key: &str, text: &str, mention: &Mention, sentence: &Sentence) {
        // A heading names the job, not a demand; what is told of pay, perks and other jobs is no demand either.
        if sentence.part == Part::Aside || sentence.heading {
            return;
        }
        let stated = sentence.stated(mention.describes);
        let counts = self.documents.entry(key.to_owned()).or_default();
        match (stated, sentence.part) {
            (Stated::Required, Part::Duties) => counts.duties += 1,
            (Stated::Required, _) => counts.required += 1,
            (Stated::Preferred, _) => counts.preferred += 1,
            (Stated::Mentioned, _) => counts.mentioned += 1,
        }
        let stronger = self.stated.is_none_or(|known| rank(stated) > rank(known));
        if stronger {
            self.stated = Some(stated);
            self.quote = Some(Quote {
                text: quote(text, mention.span, sentence.span),
                source: key.to_owned(),
            });
        }
    }
}

fn rank(stated: Stated) -> u8 {
    match stated {
        Stated::Required => 2,
        Stated::Preferred => 1,
        Stated::Mentioned => 0,
    }
}

/// The words around a mention, within its sentence.
fn quote(text: &str, mention: Span, sentence: Span) -> String {
    let clean = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let bullets = ['-', '*', '•', '·', '–', ' ', '\t', '\n', '\r'];
    let before = clean(text[sentence.start..mention.start].trim_start_matches(bullets));
    let within = clean(&text[mention.start..mention.end.max(mention.start)]);
    let after = clean(&text[mention.end.min(sentence.end)..sentence.end]);
    let room = QUOTE_WORDS.saturating_sub(within.len());
    let lead = before
        .len()
        .min(room.div_ceil(2).max(room.saturating_sub(after.len())));
    let tail = after.len().min(room - lead);
    // A mark right before the mention belongs to its first word, one right after it to its last.
    let from = before.len() - lead;
    let mut words: Vec<String> = before[from..].to_vec();
    let glued = |at: usize| at > 0 && !text[..at].ends_with(char::is_whitespace);
    let mut within = within;
    if glued(mention.start)
        && let (Some(last), Some(first)) = (words.pop(), within.first_mut())
    {
        *first = last + first;
    }
    words.extend(within);
    let mut after = after.into_iter().take(tail);
    if text[mention.end..].starts_with(|c: char| !c.is_whitespace())
        && let (Some(next), Some(last)) = (after.next(), words.last_mut())
    {
        last.push_str(&next);
    }
    words.extend(after);
    words.join(" ")
}

/// "Payroll, 6%" as the name and the number.
fn percentage(line: &str) -> Option<(&str, f64)> {
    let line = line.trim_start_matches(['-', '*', '•', '·', '–', ' ']);
    let rest = line.strip_suffix('%')?.trim_end();
    let digits = rest.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let percent: f64 = rest[digits.len()..].parse().ok()?;
    let name = digits.trim_end_matches([',', ':', '-', '–', ' ']);
    (percent > 0.0 && percent <= 100.0 && !name.is_empty()).then_some((name, percent))
}

/// The core of the job: several of the heaviest essential skills of each of its two main categories.
fn core(skills: &[DraftSkill]) -> Option<Requirement> {
    let mut by_category: BTreeMap<&str, Vec<&DraftSkill>> = BTreeMap::new();
    for skill in skills {
        if skill.importance == Importance::Essential {
            by_category.entry(&skill.category).or_default().push(skill);
        }
    }
    let mut groups: Vec<Vec<&DraftSkill>> = by_category
        .into_values()
        .filter(|of_category| of_category.len() >= CORE_LEAST)
        .collect();
    // Skills come heaviest first, so do those of a category.
    groups
        .iter_mut()
        .for_each(|of_category| of_category.truncate(CORE_MOST));
    let weight = |group: &Vec<&DraftSkill>| group.iter().map(|skill| skill.weight).sum::<u32>();
    groups.sort_by_key(|group| std::cmp::Reverse(weight(group)));
    groups.truncate(2);
    let wanted = |group: &Vec<&DraftSkill>| Wanted::AtLeast {
        count: CORE_LEAST,
        of: group
            .iter()
            .map(|skill| Wanted::Skill {
                skill: skill.id.clone(),
                min_percent: CORE_PERCENT,
                min_months: 0,
            })
            .collect(),
    };
    let mut requirement = match groups.as_slice() {
        [] => return None,
        [one] => Requirement::new("core", wanted(one)),
        more => Requirement::new(
            "core",
            Wanted::AllOf {
                of: more.iter().map(wanted).collect(),
            },
        ),
    };
    let first = groups[0][0];
    requirement.sources = first.documents.clone();
    requirement.quote = Some(first.quote.clone());
    Some(requirement.need(Need::Required).points(CORE_POINTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADVERT: &str = "Service desk lead\n\nYou report to the plant manager.\n\nResponsibilities:\n- Handle customer complaints\n\
        - Train new agents\n- Run payroll every week\n\nRequirements:\n- 2 years of customer service experience\n- Excel\n\n\
        Nice to have:\n- Salesforce\n- Spanish is a plus\n\nBenefits:\n- Sourdough sandwiches\n\nYour role:\nWe value sourdough baking. You like sourdough baking.\n";

    fn draft() -> Draft {
        let mut drafter = Drafter::new(&Taxonomy::builtin()).unwrap();
        drafter.read("advert", ADVERT);
        drafter.finish("desk", "Service desk lead")
    }

    #[test]
    fn an_advert_becomes_a_profile() {
        let draft = draft();
        let stated = |id: &str| {
            let skill = draft.skills.iter().find(|skill| skill.id == id);
            skill.map(|skill| (skill.stated, skill.weight, skill.quote.text.as_str()))
        };
        assert_eq!(
            stated("payroll"),
            Some((Stated::Required, 6, "Run payroll every week"))
        );
        assert_eq!(
            stated("salesforce"),
            Some((Stated::Preferred, 4, "Salesforce"))
        );
        let profile = draft.profile().unwrap();
        assert_eq!(profile.skill("payroll").unwrap().weight(), 6);
        let asked: Vec<&str> = profile.requirements().iter().map(Requirement::id).collect();
        assert!(asked.contains(&"years-customer-service"), "{asked:?}");
    }

    #[test]
    fn what_no_skill_covers_is_a_candidate() {
        let phrases: Vec<String> = draft().candidates.into_iter().map(|c| c.phrase).collect();
        assert!(
            phrases.contains(&"sourdough baking".to_owned()),
            "{phrases:?}"
        );
        assert!(
            !phrases.iter().any(|phrase| phrase.contains("sandwich")),
            "{phrases:?}"
        );
    }

    #[test]
    fn candidates_are_an_overlay() {
        let overlay = draft().candidates_toml();
        let taxonomy = Taxonomy::from_toml("candidates.toml", &overlay).unwrap();
        let mined = taxonomy.skill("sourdough-baking").unwrap();
        assert_eq!(mined.provenance(), crate::taxonomy::Provenance::Mined);
    }

    #[test]
    fn percentages_are_read() {
        assert_eq!(
            percentage("• Strong Customer Service, 15%"),
            Some(("Strong Customer Service", 15.0))
        );
        assert_eq!(percentage("grew sales by 12% a year"), None);
    }
}
