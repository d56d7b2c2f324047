//! Plain sequences, compiled flat, and how one is verified around its anchor.

use crate::taxonomy::{Lexicon, SetId, Step, WordId};
use crate::text::{Shape, Token};

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
    /// One word of a set.
    Set {
        set: u32,
        slash: bool,
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

/// What stands right beside an anchor.
#[derive(Clone, Copy, Debug)]
pub(super) enum Beside {
    /// A gap, a number or nothing.
    Unknown,
    WordBefore,
    WordAfter,
    SetBefore,
    SetAfter,
    /// A gap, then the word or set.
    WordFarBefore,
    WordFarAfter,
    SetFarBefore,
    SetFarAfter,
}

/// What is known of a sequence's neighbourhood without looking at its steps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Neighbour {
    pub(super) beside: Beside,
    /// Its word or set.
    pub(super) what: u32,
    /// The widest that the gap before it may be.
    pub(super) gap: u8,
}

/// The token that a token's clause begins with, and the one behind its last.
pub(super) type Clause = (u32, u32);

/// The words and joints of one text, while it is matched.
#[derive(Clone, Copy)]
pub(super) struct Words<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) ids: &'t [WordId],
}

impl Arena {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        Self {
            steps: Vec::new(),
            sets: WordSets::new(lexicon),
        }
    }

    pub(super) fn push(&mut self, sequence: &[Step], lexicon: &Lexicon) -> Steps {
        let start = self.steps.len() as u32;
        for step in sequence {
            self.steps.push(match *step {
                Step::Words { set, slash } => match lexicon.members(set) {
                    [word] => Compiled::Word { word: *word, slash },
                    _ => Compiled::Set { set: set.0, slash },
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

    /// The step near the anchor that is cheapest to look at: of those on either side that are words, the one with fewer words, a gap
    /// counting as so many times as many.
    pub(super) fn neighbour(&self, steps: Steps, anchor: usize) -> Neighbour {
        let steps = self.steps(steps);
        let word = |step: Option<&Compiled>, gap: u8| match step {
            Some(Compiled::Word { word, .. }) => Some((1, true, *word, gap)),
            Some(Compiled::Set { set, .. }) => Some((self.sets.size(*set), false, *set, gap)),
            _ => None,
        };
        let side = |near: Option<&Compiled>, far: Option<&Compiled>| match near {
            Some(Compiled::Gap { max, .. }) => word(far, *max),
            near => word(near, 0),
        };
        let at = |back: usize| anchor.checked_sub(back).and_then(|at| steps.get(at));
        let before = side(at(1), at(2));
        let after = side(steps.get(anchor + 1), steps.get(anchor + 2));
        let cost = |(size, _, _, gap): (u32, bool, u32, u8)| size * (u32::from(gap) * 2 + 1);
        let (found, is_before) = match (before, after) {
            (Some(before), Some(after)) if cost(before) <= cost(after) => (before, true),
            (_, Some(after)) => (after, false),
            (Some(before), None) => (before, true),
            (None, None) => {
                return Neighbour {
                    beside: Beside::Unknown,
                    what: 0,
                    gap: 0,
                };
            }
        };
        let (_, is_word, what, gap) = found;
        let beside = match (gap > 0, is_word, is_before) {
            (false, true, true) => Beside::WordBefore,
            (false, true, false) => Beside::WordAfter,
            (false, false, true) => Beside::SetBefore,
            (false, false, false) => Beside::SetAfter,
            (true, true, true) => Beside::WordFarBefore,
            (true, true, false) => Beside::WordFarAfter,
            (true, false, true) => Beside::SetFarBefore,
            (true, false, false) => Beside::SetFarAfter,
        };
        Neighbour { beside, what, gap }
    }

    /// Whether the neighbour may stand near `token`; false for nearly all sequences that do not, at the price of a look at one step.
    pub(super) fn may_stand(
        &self,
        words: Words<'_>,
        clause: Clause,
        neighbour: Neighbour,
        token: usize,
    ) -> bool {
        let Neighbour { beside, what, gap } = neighbour;
        let reach = usize::from(gap) + 1;
        let far_before = || &words.ids[token.saturating_sub(reach).max(clause.0 as usize)..token];
        let far_after = || &words.ids[token + 1..(token + 1 + reach).min(clause.1 as usize)];
        let id = |at: Option<usize>| at.and_then(|at| words.ids.get(at)).copied().unwrap_or(0);
        let before = || id(token.checked_sub(1));
        let after = || id(Some(token + 1));
        // A word that is read over says nothing of what stands beyond it.
        let is_word = |id: WordId| id == what || id == SKIPPED;
        let in_set = |id: WordId| id != 0 && (self.sets.contains(what, id) || id == SKIPPED);
        match beside {
            Beside::Unknown => true,
            Beside::WordBefore => is_word(before()),
            Beside::WordAfter => is_word(after()),
            Beside::SetBefore => in_set(before()),
            Beside::SetAfter => in_set(after()),
            Beside::WordFarBefore => far_before().iter().any(|&id| is_word(id)),
            Beside::WordFarAfter => far_after().iter().any(|&id| is_word(id)),
            Beside::SetFarBefore => far_before().iter().any(|&id| in_set(id)),
            Beside::SetFarAfter => far_after().iter().any(|&id| in_set(id)),
        }
    }

    /// The words that one of the sequences may start with; `None` when one may start with something else.
    pub(super) fn starts(&self, sequences: &[Steps], lexicon: &Lexicon) -> Option<Starts> {
        let mut words = Vec::new();
        for &steps in sequences {
            match self.steps(steps)[0] {
                Compiled::Word { word, .. } => words.push(word),
                Compiled::Set { set, .. } => words.extend(lexicon.members(SetId(set))),
                Compiled::Number | Compiled::Gap { .. } => return None,
            }
        }
        words.sort_unstable();
        words.dedup();
        let mut bits = Vec::new();
        Some(Starts {
            set: WordSet::new(&words, &mut bits),
            bits: bits.into(),
        })
    }

    /// The first and last token of the sequence whose step `anchor` stands at `token`, if it is there.
    pub(super) fn verify(
        &self,
        words: Words<'_>,
        steps: Steps,
        anchor: usize,
        token: usize,
    ) -> Option<(usize, usize)> {
        let steps = self.steps(steps);
        // The anchor's own token is known to fit; the shorter side most often fails first.
        let last = self.rightward(
            words,
            &steps[anchor + 1..],
            token,
            slash(steps.get(anchor + 1)),
        )?;
        let first = self.leftward(words, &steps[..anchor], token, slash(steps.get(anchor)))?;
        Some((first, last))
    }

    /// The last token of the sequence if it starts at `token`.
    pub(super) fn starts_at(&self, words: Words<'_>, steps: Steps, token: usize) -> Option<usize> {
        let steps = self.steps(steps);
        let fits = token < words.tokens.len() && self.fits(words, steps[0], token);
        fits.then(|| self.rightward(words, &steps[1..], token, slash(steps.get(1))))
            .flatten()
    }

    /// Whether the sequence follows `token` in the same item.
    pub(super) fn follows(&self, words: Words<'_>, steps: Steps, token: usize) -> bool {
        let all = self.steps(steps);
        if let Compiled::Gap { .. } = all[0] {
            return self.rightward(words, all, token, false).is_some();
        }
        next(words, token).is_some_and(|after| {
            !words.tokens[after].joint.ends_item() && self.starts_at(words, steps, after).is_some()
        })
    }

    /// Whether the sequence comes right before `token` in the same item.
    pub(super) fn precedes(&self, words: Words<'_>, steps: Steps, token: usize) -> bool {
        let all = self.steps(steps);
        let last = all.len() - 1;
        if let Compiled::Gap { .. } = all[last] {
            return self.leftward(words, all, token, false).is_some();
        }
        if words.tokens[token].joint.ends_item() {
            return false;
        }
        previous(words, token).is_some_and(|before| {
            self.fits(words, all[last], before)
                && self
                    .leftward(words, &all[..last], before, step_slash(all[last]))
                    .is_some()
        })
    }

    fn fits(&self, words: Words<'_>, step: Compiled, token: usize) -> bool {
        let id = words.ids[token];
        match step {
            Compiled::Word { word, .. } => id == word,
            Compiled::Set { set, .. } => id != 0 && self.sets.contains(set, id),
            Compiled::Number => {
                words.tokens[token].shape.has(Shape::NUMBER) || self.sets.is_number_word(id)
            }
            Compiled::Gap { .. } => false,
        }
    }

    fn rightward(
        &self,
        words: Words<'_>,
        steps: &[Compiled],
        token: usize,
        slash: bool,
    ) -> Option<usize> {
        let Some((&step, rest)) = steps.split_first() else {
            return Some(token);
        };
        if let Compiled::Gap { min, max } = step {
            let (&after, rest) = rest.split_first()?;
            let mut at = token;
            for skipped in 0..=max {
                at = next(words, at)?;
                if words.tokens[at].joint.ends_clause() {
                    return None;
                }
                // The nearest word that fits is tried first, so a match is as short as it can be.
                if skipped >= min
                    && self.fits(words, after, at)
                    && let Some(last) = self.rightward(words, rest, at, self::slash(rest.first()))
                {
                    return Some(last);
                }
            }
            return None;
        }
        let at = next(words, token)?;
        (joins(words.tokens[at], slash) && self.fits(words, step, at))
            .then(|| self.rightward(words, rest, at, self::slash(rest.first())))
            .flatten()
    }

    fn leftward(
        &self,
        words: Words<'_>,
        steps: &[Compiled],
        token: usize,
        slash: bool,
    ) -> Option<usize> {
        let Some((&step, rest)) = steps.split_last() else {
            return Some(token);
        };
        if let Compiled::Gap { min, max } = step {
            let (&before, rest) = rest.split_last()?;
            let mut at = token;
            for skipped in 0..=max {
                if words.tokens[at].joint.ends_clause() {
                    return None;
                }
                at = previous(words, at)?;
                if skipped >= min
                    && self.fits(words, before, at)
                    && let Some(first) = self.leftward(words, rest, at, step_slash(before))
                {
                    return Some(first);
                }
            }
            return None;
        }
        if !joins(words.tokens[token], slash) {
            return None;
        }
        let at = previous(words, token)?;
        self.fits(words, step, at)
            .then(|| self.leftward(words, rest, at, step_slash(step)))
            .flatten()
    }
}

fn slash(step: Option<&Compiled>) -> bool {
    step.is_some_and(|&step| step_slash(step))
}

fn step_slash(step: Compiled) -> bool {
    matches!(
        step,
        Compiled::Word { slash: true, .. } | Compiled::Set { slash: true, .. }
    )
}

fn joins(token: Token, slash: bool) -> bool {
    let mut joint = token.joint;
    if slash {
        joint.remove(crate::text::Joint::SLASH);
    }
    joint.joins_name()
}

/// The next token that is not read over.
pub(super) fn next(words: Words<'_>, token: usize) -> Option<usize> {
    let mut at = token + 1;
    while *words.ids.get(at)? == SKIPPED {
        at += 1;
    }
    Some(at)
}

/// The token before that is not read over.
pub(super) fn previous(words: Words<'_>, token: usize) -> Option<usize> {
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
#[derive(Clone, Copy, Debug)]
enum WordSet {
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
    fn contains(self, id: WordId, all: &[u64]) -> bool {
        match self {
            WordSet::Few(few) => few.contains(&id),
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
    set: WordSet,
    bits: Box<[u64]>,
}

impl Starts {
    pub(super) fn contains(&self, id: WordId) -> bool {
        id != 0 && self.set.contains(id, &self.bits)
    }
}

impl WordSets {
    fn new(lexicon: &Lexicon) -> Self {
        let mut numbers: Vec<WordId> = NUMBER_WORDS.iter().map(|word| lexicon.id(word)).collect();
        numbers.sort_unstable();
        let mut bits = Vec::new();
        let sets = lexicon.sets().iter();
        Self {
            sets: sets.map(|ids| WordSet::new(ids, &mut bits)).collect(),
            bits,
            numbers,
        }
    }

    fn contains(&self, set: u32, id: WordId) -> bool {
        self.sets[set as usize].contains(id, &self.bits)
    }

    /// About how many words a set has: what a set of few has in place more than once counts more than once.
    fn size(&self, set: u32) -> u32 {
        match self.sets[set as usize] {
            WordSet::Few(_) => FEW as u32,
            WordSet::Many { start, len, .. } => self.bits[start as usize..(start + len) as usize]
                .iter()
                .map(|bits| bits.count_ones())
                .sum(),
        }
    }

    fn memory(&self) -> usize {
        size_of_val(&*self.sets) + size_of_val(&*self.bits)
    }

    fn is_number_word(&self, id: WordId) -> bool {
        id != 0 && self.numbers.binary_search(&id).is_ok()
    }
}
