//! The words of all patterns, each once, and the sets of words that a step of a pattern accepts, each once.

use std::collections::HashMap;

use super::inflect::{inflections, spellings};

/// A word of the lexicon, from 1; 0 is every other word.
pub(crate) type WordId = u32;

/// A set of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SetId(pub(crate) u32);

#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    words: Vec<Box<str>>,
    ids: HashMap<Box<str>, WordId>,
    sets: Vec<Box<[WordId]>>,
    set_ids: HashMap<Box<[WordId]>, SetId>,
    /// The set of a word's forms, so that "customer~" is inflected once.
    forms: HashMap<(Box<str>, bool), SetId>,
}

impl Lexicon {
    pub(crate) fn word(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        self.words.push(word.into());
        let id = self.words.len() as WordId;
        self.ids.insert(word.into(), id);
        id
    }

    /// The word's forms in either spelling, and inflected if asked for.
    pub(crate) fn forms(&mut self, word: &str, inflect: bool) -> SetId {
        let key = (Box::from(word), inflect);
        if let Some(&set) = self.forms.get(&key) {
            return set;
        }
        let bases = if inflect {
            inflections(word)
        } else {
            vec![word.to_owned()]
        };
        let ids = bases
            .iter()
            .flat_map(|base| spellings(base))
            .map(|form| self.word(&form))
            .collect();
        let set = self.set(ids);
        self.forms.insert(key, set);
        set
    }

    pub(crate) fn set(&mut self, mut ids: Vec<WordId>) -> SetId {
        ids.sort_unstable();
        ids.dedup();
        let ids = ids.into_boxed_slice();
        if let Some(&set) = self.set_ids.get(&ids) {
            return set;
        }
        let set = SetId(self.sets.len() as u32);
        self.sets.push(ids.clone());
        self.set_ids.insert(ids, set);
        set
    }

    pub(crate) fn union(&mut self, a: SetId, b: SetId) -> SetId {
        let both = self
            .members(a)
            .iter()
            .chain(self.members(b))
            .copied()
            .collect();
        self.set(both)
    }

    pub(crate) fn members(&self, set: SetId) -> &[WordId] {
        &self.sets[set.0 as usize]
    }

    pub(crate) fn sets(&self) -> &[Box<[WordId]>] {
        &self.sets
    }

    /// All words, the one with id 1 first.
    pub(crate) fn words(&self) -> &[Box<str>] {
        &self.words
    }

    pub(crate) fn id(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or(0)
    }
}
