//! Plain sequences, compiled flat, and how one is verified around its anchor.

use std::ops::RangeInclusive;

use crate::taxonomy::{Lexicon, Sequence, Step, WordId};
use crate::text::{NormalizedText, Shape, Token};

use super::ids::WordIds;
use super::nearby::Signs;

/// The second half of a word that was hyphenated at a line end: read over.
pub(super) const SKIPPED: WordId = WordId::MAX;

/// One step, as small as verification needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compiled {
    /// This word.
    Word {
        word: WordId,
        slash: bool,
    },
    /// One word of a set, and the signs that its words have.
    Set {
        set: WordSet,
        slash: bool,
        signs: u64,
    },
    Number,
    Gap {
        min: u8,
        max: u8,
    },
}

/// All steps of all sequences, end to end.
#[derive(Clone, Debug, Default)]
pub(super) struct Arena {
    steps: Vec<Compiled>,
    sets: WordSets,
}

/// A run of steps in the arena.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    pub(super) start: u32,
    pub(super) len: u8,
}

/// The words and joints of one text, while it is matched.
#[derive(Clone, Copy)]
pub(super) struct Words<'t> {
    pub(super) tokens: &'t [Token],
    ids: &'t [WordId],
    signs: &'t [u64],
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t NormalizedText, ids: &'t WordIds) -> Self {
        Self {
            tokens: text.tokens(),
            ids,
            signs: ids.signs(),
        }
    }
}

impl Arena {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        Self {
            steps: Vec::new(),
            sets: WordSets::new(lexicon),
        }
    }

    pub(super) fn push(&mut self, sequence: &[Step], lexicon: &Lexicon, signs: &Signs) -> Steps {
        let start = self.steps.len() as u32;
        for step in sequence {
            self.steps.push(match *step {
                Step::Words { set, slash } => match lexicon.members(set) {
                    [word] => Compiled::Word { word: *word, slash },
                    words => Compiled::Set {
                        set: self.sets.sets[set.0 as usize],
                        slash,
                        signs: signs.of_any(words),
                    },
                },
                Step::Number => Compiled::Number,
                Step::Gap { min, max } => Compiled::Gap { min, max },
            });
        }
        Steps {
            start,
            len: sequence.len() as u8,
        }
    }

    /// Bytes that it takes.
    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.steps) + self.sets.memory()
    }

    pub(super) fn steps(&self, steps: Steps) -> &[Compiled] {
        &self.steps[steps.start as usize..steps.start as usize + usize::from(steps.len)]
    }

    /// The words that one of the sequences may start with; `None` when one may start with something else.
    pub(super) fn starts(
        &self,
        sequences: &[Sequence],
        lexicon: &Lexicon,
        signs: &Signs,
    ) -> Option<Starts> {
        let mut words = Vec::new();
        for sequence in sequences {
            match sequence[0] {
                Step::Words { set, .. } => words.extend_from_slice(lexicon.members(set)),
                Step::Number | Step::Gap { .. } => return None,
            }
        }
        words.sort_unstable();
        words.dedup();
        let mut bits = Vec::new();
        Some(Starts {
            signs: signs.of_any(&words),
            set: WordSet::new(&words, &mut bits),
            bits: bits.into(),
        })
    }

    /// The first and last token of the sequence whose step `anchor` stands at `token`, if it is there. The anchor's own token is known to
    /// fit; one side of it is looked at first.
    pub(super) fn verify(
        &self,
        words: &Words<'_>,
        steps: Steps,
        anchor: usize,
        token: usize,
        before_first: bool,
    ) -> Option<(usize, usize)> {
        let steps = self.steps(steps);
        let before = || self.leftward(words, &steps[..anchor], token, slash(steps.get(anchor)));
        let after = || {
            let behind = &steps[anchor + 1..];
            self.rightward(words, behind, token, slash(behind.first()))
        };
        if before_first {
            let first = before()?;
            Some((first, after()?))
        } else {
            let last = after()?;
            Some((before()?, last))
        }
    }

    /// The last token of the sequence if it starts at `token`.
    pub(super) fn starts_at(&self, words: &Words<'_>, steps: Steps, token: usize) -> Option<usize> {
        let steps = self.steps(steps);
        let fits = token < words.tokens.len() && self.fits(words, &steps[0], token);
        fits.then(|| self.rightward(words, &steps[1..], token, slash(steps.get(1))))
            .flatten()
    }

    /// Whether the sequence follows `token` in the same item.
    pub(super) fn follows(&self, words: &Words<'_>, steps: Steps, token: usize) -> bool {
        let all = self.steps(steps);
        if let Compiled::Gap { .. } = all[0] {
            return self.rightward(words, all, token, false).is_some();
        }
        next(words, token).is_some_and(|after| {
            !words.tokens[after].joint.ends_item() && self.starts_at(words, steps, after).is_some()
        })
    }

    /// Whether the sequence comes right before `token` in the same item.
    pub(super) fn precedes(&self, words: &Words<'_>, steps: Steps, token: usize) -> bool {
        let all = self.steps(steps);
        let last = all.len() - 1;
        if let Compiled::Gap { .. } = all[last] {
            return self.leftward(words, all, token, false).is_some();
        }
        if words.tokens[token].joint.ends_item() {
            return false;
        }
        previous(words, token).is_some_and(|before| {
            self.fits(words, &all[last], before)
                && self
                    .leftward(words, &all[..last], before, step_slash(&all[last]))
                    .is_some()
        })
    }

    #[inline]
    fn fits(&self, words: &Words<'_>, step: &Compiled, token: usize) -> bool {
        let id = words.ids[token];
        match *step {
            Compiled::Word { word, .. } => id == word,
            // Most words of a text are refused by their sign; 0 is that of every other word.
            Compiled::Set { ref set, signs, .. } => {
                words.signs[token] & signs != 0 && set.contains(id, &self.sets.bits)
            }
            Compiled::Number => {
                words.tokens[token].shape.has(Shape::NUMBER) || self.sets.is_number_word(id)
            }
            Compiled::Gap { .. } => false,
        }
    }

    fn rightward(
        &self,
        words: &Words<'_>,
        mut steps: &[Compiled],
        mut token: usize,
        mut slash: bool,
    ) -> Option<usize> {
        while let Some((step, rest)) = steps.split_first() {
            if let Compiled::Gap { min, max } = *step {
                return self.beyond_gap(words, min..=max, rest, token);
            }
            token = next(words, token)?;
            if !joins(&words.tokens[token], slash) || !self.fits(words, step, token) {
                return None;
            }
            slash = self::slash(rest.first());
            steps = rest;
        }
        Some(token)
    }

    fn beyond_gap(
        &self,
        words: &Words<'_>,
        width: RangeInclusive<u8>,
        steps: &[Compiled],
        token: usize,
    ) -> Option<usize> {
        let (after, rest) = steps.split_first()?;
        let mut at = token;
        for skipped in 0..=*width.end() {
            at = next(words, at)?;
            if words.tokens[at].joint.ends_clause() {
                return None;
            }
            // The nearest word that fits is tried first, so a match is as short as it can be.
            if skipped >= *width.start()
                && self.fits(words, after, at)
                && let Some(last) = self.rightward(words, rest, at, slash(rest.first()))
            {
                return Some(last);
            }
        }
        None
    }

    fn leftward(
        &self,
        words: &Words<'_>,
        mut steps: &[Compiled],
        mut token: usize,
        mut slash: bool,
    ) -> Option<usize> {
        while let Some((step, rest)) = steps.split_last() {
            if let Compiled::Gap { min, max } = *step {
                return self.before_gap(words, min..=max, rest, token);
            }
            if !joins(&words.tokens[token], slash) {
                return None;
            }
            token = previous(words, token)?;
            if !self.fits(words, step, token) {
                return None;
            }
            slash = step_slash(step);
            steps = rest;
        }
        Some(token)
    }

    fn before_gap(
        &self,
        words: &Words<'_>,
        width: RangeInclusive<u8>,
        steps: &[Compiled],
        token: usize,
    ) -> Option<usize> {
        let (before, rest) = steps.split_last()?;
        let mut at = token;
        for skipped in 0..=*width.end() {
            if words.tokens[at].joint.ends_clause() {
                return None;
            }
            at = previous(words, at)?;
            if skipped >= *width.start()
                && self.fits(words, before, at)
                && let Some(first) = self.leftward(words, rest, at, step_slash(before))
            {
                return Some(first);
            }
        }
        None
    }
}

fn slash(step: Option<&Compiled>) -> bool {
    step.is_some_and(step_slash)
}

fn step_slash(step: &Compiled) -> bool {
    matches!(
        step,
        Compiled::Word { slash: true, .. } | Compiled::Set { slash: true, .. }
    )
}

fn joins(token: &Token, slash: bool) -> bool {
    let mut joint = token.joint;
    if slash {
        joint.remove(crate::text::Joint::SLASH);
    }
    joint.joins_name()
}

/// The next token that is not read over.
pub(super) fn next(words: &Words<'_>, token: usize) -> Option<usize> {
    let mut at = token + 1;
    while *words.ids.get(at)? == SKIPPED {
        at += 1;
    }
    Some(at)
}

/// The token before that is not read over.
pub(super) fn previous(words: &Words<'_>, token: usize) -> Option<usize> {
    let mut at = token.checked_sub(1)?;
    while words.ids[at] == SKIPPED {
        at = at.checked_sub(1)?;
    }
    Some(at)
}

/// Numbers in words, as people write them for teams and years.
const NUMBER_WORDS: [&str; 32] = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "dozen",
    "dozens",
];

/// Number words must be in the lexicon to be told apart from unknown words.
pub(super) fn add_number_words(lexicon: &mut Lexicon) {
    for word in NUMBER_WORDS {
        lexicon.word(word);
    }
}

/// The sets of the lexicon, for quick membership tests.
#[derive(Clone, Debug, Default)]
struct WordSets {
    sets: Vec<WordSet>,
    /// The bits of all sets, end to end.
    bits: Vec<u64>,
    numbers: Vec<WordId>,
}

/// A set of words: up to [`FEW`] in place, for then there is nothing else to fetch from memory; else bits, from the first word on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordSet {
    Few([WordId; FEW]),
    Many { first: WordId, start: u32, len: u32 },
}

const FEW: usize = 4;

impl WordSet {
    /// A set of these words, which are sorted; its bits, if it has some, go to the end of `all`.
    fn new(ids: &[WordId], all: &mut Vec<u64>) -> Self {
        let (&[first, ..], &[.., last]) = (ids, ids) else {
            return WordSet::Few([0; FEW]);
        };
        if ids.len() <= FEW {
            let mut few = [first; FEW];
            few[..ids.len()].copy_from_slice(ids);
            return WordSet::Few(few);
        }
        // Sets of one file lie close together, so the bits between first and last are few.
        let (start, len) = (all.len(), (last - first) / 64 + 1);
        all.resize(start + len as usize, 0);
        for id in ids {
            let offset = id - first;
            all[start + (offset / 64) as usize] |= 1 << (offset % 64);
        }
        WordSet::Many {
            first,
            start: start as u32,
            len,
        }
    }

    /// Whether `id`, which is not 0, is in the set.
    fn contains(&self, id: WordId, all: &[u64]) -> bool {
        match *self {
            WordSet::Few(ref few) => few.contains(&id),
            WordSet::Many { first, start, len } => {
                let offset = id.wrapping_sub(first);
                offset / 64 < len && all[(start + offset / 64) as usize] >> (offset % 64) & 1 == 1
            }
        }
    }
}

/// The words that a list of sequences may start with.
#[derive(Clone, Debug)]
pub(super) struct Starts {
    signs: u64,
    set: WordSet,
    bits: Box<[u64]>,
}

impl Starts {
    #[inline]
    pub(super) fn has(&self, words: &Words<'_>, token: usize) -> bool {
        words.signs[token] & self.signs != 0 && self.set.contains(words.ids[token], &self.bits)
    }
}

impl WordSets {
    fn new(lexicon: &Lexicon) -> Self {
        let mut numbers: Vec<WordId> = NUMBER_WORDS.iter().map(|word| lexicon.id(word)).collect();
        numbers.sort_unstable();
        let mut bits = Vec::new();
        Self {
            sets: lexicon
                .sets()
                .map(|ids| WordSet::new(ids, &mut bits))
                .collect(),
            bits,
            numbers,
        }
    }

    fn memory(&self) -> usize {
        size_of_val(&*self.sets) + size_of_val(&*self.bits)
    }

    fn is_number_word(&self, id: WordId) -> bool {
        id != 0 && self.numbers.binary_search(&id).is_ok()
    }
}
