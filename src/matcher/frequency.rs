//! How often words occur in resumes: a pattern is looked for by its rarest.

use crate::taxonomy::{Lexicon, WordId};
use crate::word_list::entries;

const WORDS: &str = include_str!("../data/words/resumes.txt");

/// Words of no resume list are about as frequent as the last on it would be in a list ten times as long.
const RARE: u32 = 1;

/// Occurrences in 100,000 words, for each word of a lexicon.
#[derive(Debug)]
pub(super) struct Frequencies(Vec<u32>);

impl Frequencies {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let mut frequencies = vec![RARE; lexicon.words().len() + 1];
        for entry in entries(WORDS) {
            if let Some((word, count)) = entry.split_once(' ') {
                frequencies[lexicon.id(word) as usize] = count.parse().unwrap_or(RARE);
            }
        }
        Self(frequencies)
    }

    /// How many words there are, the unknown one counted.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Of any of these words.
    pub(super) fn of(&self, words: &[WordId]) -> u64 {
        words
            .iter()
            .map(|&word| u64::from(self.0[word as usize]))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_the_list_is_a_word_and_its_count() {
        let entries: Vec<&str> = entries(WORDS).collect();
        assert_eq!(entries.len(), 1000);
        for entry in entries {
            let (word, count) = entry.split_once(' ').unwrap();
            assert!(
                !word.is_empty() && count.parse::<u32>().unwrap() > 0,
                "{entry}"
            );
        }
    }

    #[test]
    fn words_of_a_step_add_up() {
        let mut lexicon = Lexicon::default();
        let words = ["and", "escalated", "zymurgy"].map(|word| lexicon.word(word));
        let frequencies = Frequencies::new(&lexicon);
        assert!(frequencies.of(&words[..1]) > 1000);
        assert_eq!(frequencies.of(&words[2..]), u64::from(RARE));
        assert!(frequencies.of(&words) > frequencies.of(&words[..1]));
    }
}
