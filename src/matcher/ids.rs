//! The word ids of one text, and those of texts before: resumes say the same words again and again.

use std::ops::{Deref, DerefMut};

use crate::taxonomy::WordId;
use crate::text::NormalizedText;

use super::nearby::Signs;

/// Words that are remembered. 16,384: of half as many too many drive each other out, and their 400 kB still stay close to the processor.
const REMEMBERED: usize = 1 << 14;

/// Longer words are looked up each time: a tenth of a percent of a resume's words, the space behind them counted.
const LONGEST: usize = 16;

/// Buffers for the word ids of text after text, for one matcher at a time.
#[derive(Debug, Default)]
pub(crate) struct WordIds {
    ids: Vec<WordId>,
    signs: Vec<u64>,
    /// Whose ids are remembered.
    matcher: u64,
    remembered: Vec<Remembered>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Remembered {
    /// The bytes of the word, the space behind it included; no word is all zeros.
    word: [u64; 2],
    id: WordId,
}

impl WordIds {
    /// Forgets what another matcher gave.
    pub(super) fn belong_to(&mut self, matcher: u64) {
        if self.matcher != matcher || self.remembered.is_empty() {
            self.matcher = matcher;
            self.remembered.clear();
            self.remembered.resize(REMEMBERED, Remembered::default());
        }
    }

    /// The ids of all words of `text`, by `look_up` for those that are not remembered.
    pub(super) fn fill(&mut self, text: &NormalizedText, look_up: impl Fn(&[u8]) -> WordId) {
        self.ids.clear();
        let folded = text.folded().as_bytes();
        let tokens = text.tokens();
        let ends = tokens[tokens.len().min(1)..]
            .iter()
            .map(|next| next.fold as usize);
        for (token, end) in tokens.iter().zip(ends.chain([folded.len()])) {
            let start = token.fold as usize;
            let Some(word) = short_word(folded, start, end) else {
                self.ids.push(look_up(&folded[start..end]));
                continue;
            };
            let remembered = &mut self.remembered[place(word)];
            if remembered.word != word {
                let id = look_up(&folded[start..end]);
                *remembered = Remembered { word, id };
            }
            self.ids.push(remembered.id);
        }
    }

    /// Notes the sign of each word.
    pub(super) fn sign(&mut self, signs: &Signs) {
        self.signs.clear();
        self.signs.extend(self.ids.iter().map(|&id| signs.of(id)));
    }

    pub(super) fn signs(&self) -> &[u64] {
        &self.signs
    }
}

impl Deref for WordIds {
    type Target = [WordId];

    fn deref(&self) -> &[WordId] {
        &self.ids
    }
}

impl DerefMut for WordIds {
    fn deref_mut(&mut self) -> &mut [WordId] {
        &mut self.ids
    }
}

/// The word in two numbers, if it is short and not at the very end of the text.
fn short_word(folded: &[u8], start: usize, end: usize) -> Option<[u64; 2]> {
    let bytes: &[u8; LONGEST] = folded.get(start..start + LONGEST)?.try_into().ok()?;
    let unread = (LONGEST as u32).checked_sub((end - start) as u32)?;
    let word = u128::from_le_bytes(*bytes) << (8 * unread);
    Some([word as u64, (word >> 64) as u64])
}

/// Where a word is remembered.
fn place(word: [u64; 2]) -> usize {
    // Multiplying by the golden ratio spreads its bits; the highest are the best mixed.
    const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
    let mixed = (word[0].wrapping_mul(GOLDEN) ^ word[1]).wrapping_mul(GOLDEN);
    (mixed >> (64 - REMEMBERED.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn short_words_are_looked_up_once() {
        let text = NormalizedText::new(
            "calls and calls and internationalization, calls and internationalization and so on and on",
        );
        let looked_up = RefCell::new(Vec::new());
        let mut ids = WordIds::default();
        ids.belong_to(1);
        ids.fill(&text, |word| {
            looked_up
                .borrow_mut()
                .push(String::from_utf8_lossy(word).into_owned());
            word.len() as WordId
        });
        let lengths: Vec<WordId> = (0..text.word_count())
            .map(|n| text.word(n).len() as WordId + 1)
            .collect();
        assert_eq!(*ids, *lengths);
        let calls = looked_up
            .borrow()
            .iter()
            .filter(|word| *word == "calls ")
            .count();
        assert_eq!(calls, 1);
    }

    #[test]
    fn another_matcher_has_other_ids() {
        let text = NormalizedText::new("calls and calls and calls to everybody");
        let mut ids = WordIds::default();
        for matcher in [1, 2, 1] {
            ids.belong_to(matcher);
            ids.fill(&text, |_| matcher as WordId);
            assert!(ids.iter().all(|&id| id == matcher as WordId));
        }
    }

    #[test]
    fn words_that_share_a_beginning_differ() {
        let folded = b"call calls caller                 ";
        let words = [(0, 5), (5, 11), (11, 18)];
        let words: Vec<[u64; 2]> = words
            .iter()
            .map(|&(start, end)| short_word(folded, start, end).unwrap())
            .collect();
        assert!(words[0] != words[1] && words[1] != words[2]);
        assert_eq!(short_word(b"internationalization and so on", 0, 21), None);
        assert_eq!(short_word(b"at the end ", 7, 11), None);
    }
}
