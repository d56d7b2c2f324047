//! Finds every pattern in one pass: words by Aho-Corasick, then patterns around their rarest word. It knows no meaning.
//!
//! The automaton holds the words of all patterns, so a text's words get their ids in one scan. Each plain sequence is filed
//! under one of its steps, its *anchor*: the one whose words are the rarest in resumes. Only where an anchor's word stands is a
//! sequence looked at, first by the signs of the words nearby, which refuse nearly all, then step by step; so the cost follows the
//! text and its matches, not the number of patterns.

mod automaton;
mod frequency;
mod ids;
mod nearby;
mod sequence;

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::Result;
use crate::taxonomy::{Lexicon, Sequence, Step, WordId};
use crate::text::{Joint, NormalizedText, Token};

pub(crate) use ids::WordIds;

use automaton::WordAutomaton;
use frequency::Frequencies;
use nearby::{Nearby, Signs, Window};
use sequence::{Arena, SKIPPED, Starts, Steps, Words};

/// A pattern found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    /// First and last token.
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// What the pattern was added for.
    pub(crate) target: u32,
}

/// A list of sequences that are only ever tested at a given place: the neighbours that a label's rule asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CheckId(u32);

/// Collects patterns and compiles them.
#[derive(Debug, Default)]
pub(crate) struct MatcherBuilder {
    lexicon: Lexicon,
    /// The steps of the patterns to find, end to end.
    steps: Vec<Step>,
    /// Where each one's steps lie, and its target.
    anchored: Vec<(Range<usize>, u32)>,
    checks: Vec<Vec<Sequence>>,
}

impl MatcherBuilder {
    /// Starts from the words that a taxonomy's patterns have.
    pub(crate) fn new(lexicon: Lexicon) -> Self {
        Self {
            lexicon,
            ..Self::default()
        }
    }

    pub(crate) fn lexicon(&mut self) -> &mut Lexicon {
        &mut self.lexicon
    }

    /// Adds a pattern to be found anywhere; `target` comes back with each match.
    pub(crate) fn find(&mut self, sequences: &[Sequence], target: u32) {
        for sequence in sequences {
            let start = self.steps.len();
            self.steps.extend_from_slice(sequence);
            self.anchored.push((start..self.steps.len(), target));
        }
    }

    /// Adds a pattern to be tested at given places.
    pub(crate) fn check(&mut self, sequences: Vec<Sequence>) -> CheckId {
        self.checks.push(sequences);
        CheckId(self.checks.len() as u32 - 1)
    }

    pub(crate) fn build(mut self) -> Result<Matcher> {
        sequence::add_number_words(&mut self.lexicon);
        // Either takes about half the time.
        let (automaton, filed) = rayon::join(|| WordAutomaton::new(&self.lexicon), || self.file());
        static SERIAL: AtomicU64 = AtomicU64::new(1);
        Ok(Matcher {
            serial: SERIAL.fetch_add(1, Ordering::Relaxed),
            automaton: automaton?,
            filed,
        })
    }

    /// Compiles the steps and files each sequence under the words of its anchor.
    fn file(&self) -> Filed {
        let lexicon = &self.lexicon;
        let frequencies = Frequencies::new(lexicon);
        let signs = Signs::new(&frequencies);
        let mut arena = Arena::new(lexicon);
        let mut filed: Vec<(&[WordId], Posting)> = Vec::with_capacity(self.anchored.len());
        // First how many each word has, then where they start.
        let mut first_posting = vec![0u32; lexicon.words().len() + 2];
        for (range, target) in &self.anchored {
            let sequence = &self.steps[range.clone()];
            let steps = arena.push(sequence, lexicon, &signs);
            let Some((anchor, words)) = rarest(sequence, lexicon, &frequencies) else {
                continue;
            };
            let [nearest, second] =
                nearby::telling(sequence, anchor, lexicon, &frequencies, &signs);
            let posting = Posting {
                masks: [nearest.mask, second.mask],
                windows: [nearest.window, second.window],
                anchor: anchor as u8,
                steps: steps.len,
                first_step: steps.start,
                target: *target,
            };
            for &word in words {
                first_posting[word as usize + 1] += 1;
            }
            filed.push((words, posting));
        }
        for word in 1..first_posting.len() {
            first_posting[word] += first_posting[word - 1];
        }
        let mut next = first_posting.clone();
        let mut postings = vec![Posting::NONE; next.last().map_or(0, |&all| all as usize)];
        for (words, posting) in filed {
            for &word in words {
                postings[next[word as usize] as usize] = posting;
                next[word as usize] += 1;
            }
        }
        let checks = self
            .checks
            .iter()
            .map(|sequences| Check {
                starts: arena.starts(sequences, lexicon, &signs),
                sequences: sequences
                    .iter()
                    .map(|sequence| arena.push(sequence, lexicon, &signs))
                    .collect(),
            })
            .collect();
        Filed {
            signs,
            arena,
            first_posting,
            postings,
            checks,
        }
    }
}

/// The step with the rarest words.
fn rarest<'l>(
    sequence: &[Step],
    lexicon: &'l Lexicon,
    frequencies: &Frequencies,
) -> Option<(usize, &'l [WordId])> {
    sequence
        .iter()
        .enumerate()
        .filter_map(|(at, step)| match step {
            Step::Words { set, .. } => Some((at, lexicon.members(*set))),
            _ => None,
        })
        .min_by_key(|(_, words)| frequencies.of(words))
}

/// A sequence, filed under a word of its anchor.
#[derive(Clone, Copy, Debug)]
struct Posting {
    /// The signs of the words of two steps near the anchor, and where those steps stand.
    masks: [u64; 2],
    windows: [Window; 2],
    anchor: u8,
    steps: u8,
    first_step: u32,
    target: u32,
}

const _: () = assert!(size_of::<Posting>() == 32);

impl Posting {
    const NONE: Posting = Posting {
        masks: [0; 2],
        windows: [Window::ANYWHERE; 2],
        anchor: 0,
        steps: 0,
        first_step: 0,
        target: 0,
    };

    fn steps(&self) -> Steps {
        Steps {
            start: self.first_step,
            len: self.steps,
        }
    }
}

/// The token behind the last of the clause that begins at `first`.
fn end_of_clause(tokens: &[Token], first: usize) -> usize {
    let after = tokens[first + 1..].iter();
    first + 1 + after.take_while(|token| !token.joint.ends_clause()).count()
}

/// A list of sequences to be tested at given places, and the words that they start with when they all start with words.
#[derive(Clone, Debug)]
struct Check {
    sequences: Vec<Steps>,
    starts: Option<Starts>,
}

/// All patterns, compiled. `Send + Sync`, never changed.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    /// Tells its word ids from those of another matcher.
    serial: u64,
    automaton: WordAutomaton,
    filed: Filed,
}

/// The sequences, filed under the words of their anchors, and those that are only tested at given places.
#[derive(Clone, Debug)]
struct Filed {
    signs: Signs,
    arena: Arena,
    /// Where each word's postings start.
    first_posting: Vec<u32>,
    postings: Vec<Posting>,
    checks: Vec<Check>,
}

impl Matcher {
    /// Finds all patterns; `ids` and `matches` are filled anew, matches in the order of their anchors.
    pub(crate) fn find(&self, text: &NormalizedText, ids: &mut WordIds, matches: &mut Vec<Match>) {
        ids.belong_to(self.serial);
        self.automaton.ids(text, ids);
        self.join_hyphenated(text, ids);
        ids.sign(&self.filed.signs);
        matches.clear();
        let mut clause = (0, 0);
        let words = Words::new(text, ids);
        for (token, &id) in ids.iter().enumerate() {
            if token >= clause.1 as usize {
                clause = (token as u32, end_of_clause(words.tokens, token) as u32);
            }
            if id == 0 || id == SKIPPED {
                continue;
            }
            let postings = self.filed.first_posting[id as usize] as usize
                ..self.filed.first_posting[id as usize + 1] as usize;
            if postings.is_empty() {
                continue;
            }
            let nearby = Nearby::gather(ids.signs(), clause, token);
            for posting in &self.filed.postings[postings] {
                let [first, second] = posting.windows;
                // Both are looked at before either decides: one branch that is hard to foresee, not two.
                if !(nearby.may_hold(first, posting.masks[0])
                    & nearby.may_hold(second, posting.masks[1]))
                {
                    continue;
                }
                let anchor = usize::from(posting.anchor);
                let steps = posting.steps();
                let arena = &self.filed.arena;
                let found = arena.verify(&words, steps, anchor, token, first.is_before());
                if let Some((first, last)) = found {
                    matches.push(Match {
                        first: first as u32,
                        last: last as u32,
                        target: posting.target,
                    });
                }
            }
        }
    }

    /// Reads "reten-⏎tion" as one word where that is a word of some pattern.
    fn join_hyphenated(&self, text: &NormalizedText, ids: &mut [WordId]) {
        for (token, after) in text.tokens().iter().enumerate().skip(1) {
            if after.joint.has(Joint::HYPHEN_WRAP) && ids[token - 1] != SKIPPED {
                let (before, after) = (text.word(token - 1), text.word(token));
                let joined = before.as_bytes().iter().chain(after.as_bytes()).chain(b" ");
                let id = self.automaton.id(joined);
                if id != 0 {
                    ids[token - 1] = id;
                    ids[token] = SKIPPED;
                }
            }
        }
    }

    /// Whether the pattern ends right before `token`.
    pub(crate) fn ends_before(
        &self,
        check: CheckId,
        text: &NormalizedText,
        ids: &WordIds,
        token: usize,
    ) -> bool {
        let words = Words::new(text, ids);
        self.sequences(check)
            .any(|steps| self.filed.arena.precedes(&words, steps, token))
    }

    /// Whether the pattern starts right after `token`.
    pub(crate) fn starts_after(
        &self,
        check: CheckId,
        text: &NormalizedText,
        ids: &WordIds,
        token: usize,
    ) -> bool {
        let words = Words::new(text, ids);
        self.sequences(check)
            .any(|steps| self.filed.arena.follows(&words, steps, token))
    }

    /// Whether the pattern starts at `token`; gives its last token.
    #[inline]
    pub(crate) fn starts_at(
        &self,
        check: CheckId,
        text: &NormalizedText,
        ids: &WordIds,
        token: usize,
    ) -> Option<usize> {
        let words = Words::new(text, ids);
        let check = &self.filed.checks[check.0 as usize];
        if check
            .starts
            .as_ref()
            .is_some_and(|starts| !starts.has(&words, token))
        {
            return None;
        }
        check
            .sequences
            .iter()
            .find_map(|&steps| self.filed.arena.starts_at(&words, steps, token))
    }

    /// Bytes that it takes: for the benches.
    pub(crate) fn memory(&self) -> usize {
        self.automaton.memory()
            + self.filed.signs.memory()
            + self.filed.arena.memory()
            + size_of_val(&*self.filed.first_posting)
            + size_of_val(&*self.filed.postings)
    }

    fn sequences(&self, check: CheckId) -> impl Iterator<Item = Steps> + '_ {
        self.filed.checks[check.0 as usize]
            .sequences
            .iter()
            .copied()
    }
}
