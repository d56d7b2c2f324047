//! Which words stand near a token, as 64 bits: one look refuses most patterns that are not there.
//!
//! Each word has one of 64 signs. A pattern filed under its anchor is kept with the signs of the words that its next step may be (its
//! *mask*) and with where that step may stand (its [`Window`]). The signs that a window holds at some token are gathered once, and
//! serve all the patterns of that token's word. A mask that shares no sign with its window cannot be there; one that does may be.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::taxonomy::{Lexicon, Step, WordId};

use super::frequency::Frequencies;
use super::sequence::SKIPPED;

/// The widest gap of a pattern, and the words on its far side: so many tokens a window may hold.
const WIDEST: usize = 9;

/// Where a step stands, seen from the anchor: one of the windows that are gathered at each token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window(u8);

impl Window {
    /// Nothing is known: every mask passes.
    pub(super) const ANYWHERE: Window = Window(0);

    /// So many tokens before the anchor; 1 is right beside it.
    pub(super) fn before(reach: usize) -> Self {
        Self::near(reach, 0)
    }

    /// So many tokens after the anchor.
    pub(super) fn after(reach: usize) -> Self {
        Self::near(reach, WIDEST)
    }

    fn near(reach: usize, offset: usize) -> Self {
        match reach {
            1..=WIDEST => Self((offset + reach) as u8),
            _ => Self::ANYWHERE,
        }
    }

    pub(super) fn is_before(self) -> bool {
        (1..=WIDEST as u8).contains(&self.0)
    }
}

/// How many signs there are.
const SIGNS: usize = 64;

/// The sign of each word. Frequent words have signs nearly of their own, so that rare ones are not taken for them.
#[derive(Clone, Debug)]
pub(super) struct Signs(Vec<u8>);

impl Signs {
    pub(super) fn new(frequencies: &Frequencies) -> Self {
        let mut words: Vec<WordId> = (1..frequencies.len() as WordId).collect();
        words.sort_by_key(|&word| Reverse(frequencies.of(&[word])));
        // Each word gets the sign that has the least so far; the first of several.
        let mut least: BinaryHeap<Reverse<(u64, u8)>> =
            (0..SIGNS as u8).map(|sign| Reverse((0, sign))).collect();
        let mut signs = vec![0; frequencies.len()];
        for word in words {
            if let Some(mut top) = least.peek_mut() {
                let Reverse((load, sign)) = &mut *top;
                *load += frequencies.of(&[word]);
                signs[word as usize] = *sign;
            }
        }
        Self(signs)
    }

    /// The sign of a word, as one bit; none for a word of no pattern.
    pub(super) fn of(&self, word: WordId) -> u64 {
        match word {
            0 => 0,
            // A word that is read over says nothing of what stands beyond it.
            SKIPPED => u64::MAX,
            word => 1 << self.0[word as usize],
        }
    }

    /// The signs of these words.
    pub(super) fn of_any(&self, words: &[WordId]) -> u64 {
        words.iter().fold(0, |signs, &word| signs | self.of(word))
    }

    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.0)
    }
}

/// How often, in 100,000 words, one of the words that share a sign occurs: half of a text's words are in patterns, and there are 64 signs.
const CHANCE_OF_A_SIGN: u64 = 100_000 / 2 / SIGNS as u64;

/// A step of a pattern, as it is looked for near the anchor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling {
    pub(super) mask: u64,
    pub(super) window: Window,
    /// Occurrences in 100,000 windows of what shares a sign with the step.
    chance: u64,
}

impl Telling {
    const NOTHING: Telling = Telling {
        mask: u64::MAX,
        window: Window::ANYWHERE,
        chance: u64::MAX,
    };
}

/// The two steps that tell most whether the pattern stands around its anchor: those found there by chance the least.
pub(super) fn telling(
    sequence: &[Step],
    anchor: usize,
    lexicon: &Lexicon,
    frequencies: &Frequencies,
    signs: &Signs,
) -> [Telling; 2] {
    let mut best = [Telling::NOTHING; 2];
    let mut look = |steps: &mut dyn Iterator<Item = &Step>, window: fn(usize) -> Window| {
        let mut reach = 0;
        for step in steps {
            reach += match step {
                Step::Gap { max, .. } => usize::from(*max),
                _ => 1,
            };
            let Step::Words { set, .. } = step else {
                continue;
            };
            let words = lexicon.members(*set);
            let mask = signs.of_any(words);
            let chance = frequencies.of(words) + u64::from(mask.count_ones()) * CHANCE_OF_A_SIGN;
            let telling = Telling {
                mask,
                window: window(reach),
                chance: chance * reach as u64,
            };
            if telling.window == Window::ANYWHERE {
                break;
            }
            if telling.chance < best[0].chance {
                best = [telling, best[0]];
            } else if telling.chance < best[1].chance {
                best[1] = telling;
            }
        }
    };
    look(&mut sequence[anchor + 1..].iter(), Window::after);
    look(&mut sequence[..anchor].iter().rev(), Window::before);
    best
}

/// How many windows there are, up to a power of two, so that none is looked up beyond them.
const WINDOWS: usize = (1 + 2 * WIDEST).next_power_of_two();

/// The signs in all windows of one token: each window holds what the next smaller one does and one token more, as far as the clause goes.
pub(super) struct Nearby([u64; WINDOWS]);

impl Nearby {
    /// Gathers the windows of `token` in a clause that begins at `clause.0` and ends before `clause.1`; `signs` are those of the text's words.
    pub(super) fn gather(signs: &[u64], clause: (u32, u32), token: usize) -> Self {
        let mut windows = [u64::MAX; WINDOWS];
        let before = &signs[clause.0 as usize..token];
        let after = &signs[token + 1..clause.1 as usize];
        let (mut held_before, mut held_after) = (0, 0);
        for near in 0..WIDEST {
            let at = before.len().wrapping_sub(near + 1);
            held_before |= before.get(at).copied().unwrap_or(0);
            held_after |= after.get(near).copied().unwrap_or(0);
            windows[1 + near] = held_before;
            windows[1 + WIDEST + near] = held_after;
        }
        Self(windows)
    }

    /// Whether a step of these signs may stand in the window.
    pub(super) fn may_hold(&self, window: Window, mask: u64) -> bool {
        self.0[usize::from(window.0) % WINDOWS] & mask != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_hold_the_words_of_the_clause_within_their_reach() {
        let signs: Vec<u64> = [7, 1, 9, 2, 60, 3]
            .map(|sign| 1 << sign)
            .into_iter()
            .chain([u64::MAX, 1 << 8])
            .collect();
        let nearby = Nearby::gather(&signs, (1, 7), 4);
        for (window, sign, held) in [
            (Window::before(1), 2, true),
            (Window::before(1), 1, false),
            (Window::before(3), 1, true),
            // Beyond the clause.
            (Window::before(4), 7, false),
            (Window::after(1), 3, true),
            (Window::after(1), 8, false),
            // Anything may stand beyond a word that is read over.
            (Window::after(2), 8, true),
            (Window::before(99), 50, true),
            (Window::ANYWHERE, 50, true),
        ] {
            assert_eq!(
                nearby.may_hold(window, 1 << sign),
                held,
                "{window:?} {sign}"
            );
        }
    }

    #[test]
    fn before_is_told_from_after() {
        assert!(Window::before(1).is_before() && Window::before(WIDEST).is_before());
        assert!(!Window::after(1).is_before() && !Window::ANYWHERE.is_before());
    }

    #[test]
    fn frequent_words_do_not_share_their_sign_with_other_frequent_ones() {
        let mut lexicon = Lexicon::default();
        let frequent = ["and", "to", "the", "of", "for", "in"].map(|word| lexicon.word(word));
        for n in 0..500 {
            lexicon.word(&format!("rare{n}"));
        }
        let signs = Signs::new(&Frequencies::new(&lexicon));
        assert_eq!(signs.of_any(&frequent).count_ones(), frequent.len() as u32);
        assert_eq!((signs.of(0), signs.of(SKIPPED)), (0, u64::MAX));
    }
}
