//! A map from folded words or phrases that says no quickly: most words of a text are in no list.

use rustc_hash::FxHashMap;

/// Words and what they stand for. Two table look-ups refuse nearly every word before one is hashed.
#[derive(Clone, Debug)]
pub(crate) struct WordMap<V> {
    /// For each first byte and each last byte, the lengths that occur: one bit a length, the highest for 31 and more.
    firsts: Box<[u32; 256]>,
    lasts: Box<[u32; 256]>,
    map: FxHashMap<Box<str>, V>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self {
            firsts: Box::new([0; 256]),
            lasts: Box::new([0; 256]),
            map: FxHashMap::default(),
        }
    }
}

fn length_bit(word: &[u8]) -> u32 {
    1 << word.len().min(31)
}

impl<V> WordMap<V> {
    pub(crate) fn insert(&mut self, word: &str, value: V) {
        let bytes = word.as_bytes();
        if let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) {
            self.firsts[first as usize] |= length_bit(bytes);
            self.lasts[last as usize] |= length_bit(bytes);
            self.map.insert(word.into(), value);
        }
    }

    pub(crate) fn get(&self, word: &str) -> Option<&V> {
        self.may_have(word.as_bytes())
            .then(|| self.map.get(word))
            .flatten()
    }

    /// False for nearly every word that is not in it.
    pub(crate) fn may_have(&self, word: &[u8]) -> bool {
        let (Some(&first), Some(&last)) = (word.first(), word.last()) else {
            return false;
        };
        self.firsts[first as usize] & self.lasts[last as usize] & length_bit(word) != 0
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

/// Words or phrases without values.
pub(crate) type WordSet = WordMap<()>;

impl<S: AsRef<str>> FromIterator<S> for WordSet {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Self {
        let mut set = Self::default();
        for word in words {
            set.insert(word.as_ref(), ());
        }
        set
    }
}

/// Languages that people speak, in folded form, for headings such as "Languages: Spanish, French" that list them.
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    crate::word_list::entries(include_str!("../data/words/languages.txt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_what_was_put_in_and_nothing_else() {
        let set: WordSet = [
            "years",
            "yrs",
            "a phrase of words that is longer than thirty-one bytes",
        ]
        .iter()
        .collect();
        assert!(set.has("years") && set.has("yrs"));
        assert!(set.has("a phrase of words that is longer than thirty-one bytes"));
        assert!(!set.has("yeas") && !set.has("") && !set.has("ears"));
    }
}
