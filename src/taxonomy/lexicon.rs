//! The words of all patterns, each once, and the sets of words that a step of a pattern accepts, each once.

use std::hash::{BuildHasher, Hash};

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::inflect::{inflections, spellings};

/// A word of the lexicon, from 1; 0 is every other word.
pub(crate) type WordId = u32;

/// A set of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SetId(pub(crate) u32);

/// Words and sets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    words: Interned<u8>,
    sets: Interned<WordId>,
    /// The sets of a word's forms, plain and inflected, so that "customer~" is inflected once.
    forms: FxHashMap<(WordId, bool), SetId>,
}

impl Lexicon {
    pub(crate) fn word(&mut self, word: &str) -> WordId {
        self.words.add(word.as_bytes()) + 1
    }

    /// The word's forms in either spelling, and inflected if asked for.
    pub(crate) fn forms(&mut self, word: &str, inflect: bool) -> SetId {
        // A word is the first of its own forms, so this adds none that would not be there.
        let key = (self.word(word), inflect);
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
        SetId(self.sets.add(&ids))
    }

    pub(crate) fn members(&self, set: SetId) -> &[WordId] {
        self.sets.get(set.0)
    }

    /// All sets, the one with id 0 first.
    pub(crate) fn sets(&self) -> impl ExactSizeIterator<Item = &[WordId]> {
        self.sets.iter()
    }

    /// All words, the one with id 1 first.
    pub(crate) fn words(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.words.iter()
    }

    pub(crate) fn id(&self, word: &str) -> WordId {
        self.words.find(word.as_bytes()).map_or(0, |n| n + 1)
    }

    /// The word with this id; empty for 0.
    pub(crate) fn text(&self, word: WordId) -> &str {
        let bytes = word.checked_sub(1).map_or(&[][..], |n| self.words.get(n));
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// Lists, each kept once, end to end: tens of thousands of them are copied and let go in a few pieces of memory.
#[derive(Clone, Debug)]
struct Interned<T> {
    all: Vec<T>,
    /// Where each list ends.
    ends: Vec<u32>,
    /// The lists by their hashes, numbered from 1; 0 is a free place. At most half of the places are taken.
    places: Vec<u32>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            ends: Vec::new(),
            places: vec![0; 16],
        }
    }
}

impl<T: Copy + Eq + Hash> Interned<T> {
    /// The number of a list, from 0.
    fn add(&mut self, list: &[T]) -> u32 {
        let place = self.place(list);
        if let Some(known) = self.places[place].checked_sub(1) {
            return known;
        }
        self.all.extend_from_slice(list);
        self.ends.push(self.all.len() as u32);
        self.places[place] = self.ends.len() as u32;
        if self.ends.len() * 2 > self.places.len() {
            self.spread();
        }
        self.ends.len() as u32 - 1
    }

    fn find(&self, list: &[T]) -> Option<u32> {
        self.places[self.place(list)].checked_sub(1)
    }

    fn get(&self, number: u32) -> &[T] {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[number] as usize]
    }

    fn iter(&self) -> impl ExactSizeIterator<Item = &[T]> {
        (0..self.ends.len()).map(|number| self.get(number as u32))
    }

    /// Where the list is, or would be.
    fn place(&self, list: &[T]) -> usize {
        let last = self.places.len() - 1;
        let mut place = FxBuildHasher.hash_one(list) as usize & last;
        while let Some(other) = self.places[place].checked_sub(1) {
            if self.get(other) == list {
                break;
            }
            place = (place + 1) & last;
        }
        place
    }

    /// Takes four times the places.
    fn spread(&mut self) {
        self.places = vec![0; self.places.len() * 4];
        for number in 0..self.ends.len() as u32 {
            let place = self.place(self.get(number));
            self.places[place] = number + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_and_each_set_is_kept_once() {
        let mut lexicon = Lexicon::default();
        let ids: Vec<WordId> = (0..1000).map(|n| lexicon.word(&format!("w{n}"))).collect();
        assert!(ids.iter().copied().eq(1..=1000));
        assert_eq!((lexicon.word("w7"), lexicon.id("w7")), (8, 8));
        assert_eq!((lexicon.text(8), lexicon.text(0)), ("w7", ""));
        assert_eq!((lexicon.id("w1000"), lexicon.words().len()), (0, 1000));
        let set = lexicon.set(vec![3, 1, 3]);
        assert_eq!(lexicon.set(vec![1, 3]), set);
        assert_eq!(lexicon.members(set), [1, 3]);
        assert_ne!(lexicon.set(vec![1]), set);
        assert_eq!(lexicon.sets().len(), 2);
    }
}
