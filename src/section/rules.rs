//! `sections.toml`, read and compiled.

use std::collections::HashMap;

use serde::Deserialize;

use super::SectionKind;
use super::words::{self, WordMap, WordSet};

/// The rules as they stand in `sections.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    headings: HashMap<SectionKind, Vec<String>>,
    endings: Endings,
    labels: Labels,
    inline: InlineRules,
}

#[derive(Deserialize)]
struct Endings {
    words: usize,
    openers: Vec<String>,
    #[serde(flatten)]
    kinds: HashMap<SectionKind, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    within: Vec<SectionKind>,
    spoken: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InlineRules {
    words: usize,
    long: usize,
    not_after: Vec<String>,
    heading: Vec<InlineRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InlineRule {
    kind: SectionKind,
    phrases: Vec<String>,
    #[serde(default)]
    sure: bool,
    #[serde(default)]
    within: usize,
    #[serde(default)]
    follow: Vec<String>,
    #[serde(default)]
    list: bool,
    #[serde(default)]
    address: bool,
    #[serde(default)]
    number: bool,
    #[serde(default)]
    after: Vec<SectionKind>,
}

/// What must stand around an inline heading.
#[derive(Clone, Debug)]
pub(super) struct Inline {
    pub(super) kind: SectionKind,
    pub(super) sure: bool,
    pub(super) within: usize,
    pub(super) follow: WordSet,
    pub(super) list: bool,
    pub(super) address: bool,
    pub(super) number: bool,
    pub(super) after: Vec<SectionKind>,
}

/// What headings are, compiled.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) headings: WordMap<SectionKind>,
    pub(super) most_words: usize,
    pub(super) endings: WordMap<SectionKind>,
    pub(super) ending_words: usize,
    pub(super) ending_openers: WordSet,
    pub(super) labels_within: Vec<SectionKind>,
    pub(super) spoken: WordSet,
    pub(super) inline_line: usize,
    pub(super) inline_long: usize,
    pub(super) inline_first: WordMap<usize>,
    pub(super) inline: WordMap<usize>,
    pub(super) inline_rules: Vec<Inline>,
    pub(super) not_after: WordSet,
}

impl Rules {
    pub(super) fn read(toml: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(toml).map(Self::new)
    }

    fn new(rules: File) -> Self {
        let mut headings = WordMap::default();
        let mut most_words = 1;
        for (kind, phrases) in &rules.headings {
            for phrase in phrases {
                most_words = most_words.max(phrase.split(' ').count());
                headings.insert(phrase, *kind);
            }
        }
        let mut endings = WordMap::default();
        for (kind, words) in &rules.endings.kinds {
            for word in words {
                endings.insert(word, *kind);
            }
        }
        let mut inline = WordMap::default();
        let mut inline_first: WordMap<usize> = WordMap::default();
        let mut inline_rules = Vec::new();
        for (n, rule) in rules.inline.heading.into_iter().enumerate() {
            for phrase in &rule.phrases {
                inline.insert(phrase, n);
                let first = phrase.split(' ').next().unwrap_or_default();
                let words = phrase.split(' ').count();
                let longest = inline_first.get(first).copied().unwrap_or(0).max(words);
                inline_first.insert(first, longest);
            }
            inline_rules.push(Inline {
                kind: rule.kind,
                sure: rule.sure,
                within: rule.within,
                follow: rule.follow.iter().collect(),
                list: rule.list,
                address: rule.address,
                number: rule.number,
                after: rule.after,
            });
        }
        Self {
            headings,
            most_words,
            endings,
            ending_words: rules.endings.words,
            ending_openers: rules.endings.openers.iter().collect(),
            labels_within: rules.labels.within,
            spoken: words::languages()
                .map(str::to_owned)
                .chain(rules.labels.spoken)
                .collect(),
            inline_line: rules.inline.words,
            inline_long: rules.inline.long,
            inline_first,
            inline,
            inline_rules,
            not_after: rules.inline.not_after.iter().collect(),
        }
    }
}
