//! The words of all patterns, each once, and the sets of words that a step of a pattern accepts, each once.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::inflect::{inflections, spellings};

/// A word of the lexicon, from 1; 0 is every other word.
pub(crate) type WordId = u32;

/// A set of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SetId(pub(crate) u32);

/// Words and sets are shared, not copied, when a lexicon is cloned to be added to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    words: Vec<Arc<str>>,
    ids: FxHashMap<Arc<str>, WordId>,
    sets: Vec<Arc<[WordId]>>,
    set_ids: FxHashMap<Arc<[WordId]>, SetId>,
    /// The sets of a word's forms, plain and inflected, so that "customer~" is inflected once.
    forms: FxHashMap<Arc<str>, [Option<SetId>; 2]>,
}

impl Lexicon {
    pub(crate) fn word(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let word: Arc<str> = word.into();
        self.words.push(word.clone());
        let id = self.words.len() as WordId;
        self.ids.insert(word, id);
        id
    }

    /// The word's forms in either spelling, and inflected if asked for.
    pub(crate) fn forms(&mut self, word: &str, inflect: bool) -> SetId {
        if let Some(&[plain, inflected]) = self.forms.get(word)
            && let Some(set) = if inflect { inflected } else { plain }
        {
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
        self.forms.entry(word.into()).or_default()[usize::from(inflect)] = Some(set);
        set
    }

    pub(crate) fn set(&mut self, mut ids: Vec<WordId>) -> SetId {
        ids.sort_unstable();
        ids.dedup();
        if let Some(&set) = self.set_ids.get(&*ids) {
            return set;
        }
        let ids: Arc<[WordId]> = ids.into();
        let set = SetId(self.sets.len() as u32);
        self.sets.push(ids.clone());
        self.set_ids.insert(ids, set);
        set
    }

    pub(crate) fn members(&self, set: SetId) -> &[WordId] {
        &self.sets[set.0 as usize]
    }

    pub(crate) fn sets(&self) -> &[Arc<[WordId]>] {
        &self.sets
    }

    /// All words, the one with id 1 first.
    pub(crate) fn words(&self) -> &[Arc<str>] {
        &self.words
    }

    pub(crate) fn id(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or(0)
    }
}
