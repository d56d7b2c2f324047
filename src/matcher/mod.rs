//! Finds every pattern in one pass: words by Aho-Corasick, then patterns around their rarest word. It knows no meaning.
//!
//! The automaton holds the words of all patterns, so a text's words get their ids in one scan. Each plain sequence is filed
//! under one of its steps, its *anchor*: the one whose words the fewest sequences have. Only where an anchor's word stands is a
//! sequence looked at, and then only at the few words around it, so the cost follows the text and its matches, not the number of
//! patterns.

mod automaton;
mod sequence;

use std::ops::Range;

use crate::error::Result;
use crate::taxonomy::{Lexicon, Sequence, Step, WordId};
use crate::text::{Joint, NormalizedText, Token};

use automaton::WordAutomaton;
use sequence::{Arena, Beside, Clause, Neighbour, SKIPPED, Starts, Steps, Words};

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
        let lexicon = &self.lexicon;
        let mut arena = Arena::new(lexicon);
        let mut frequency = vec![0u32; lexicon.words().len() + 1];
        for step in &self.steps {
            if let Step::Words { set, .. } = step {
                for &word in lexicon.members(*set) {
                    frequency[word as usize] += 1;
                }
            }
        }
        for word in COMMON {
            frequency[lexicon.id(word) as usize] += COMMON_COST;
        }
        let mut postings: Vec<(WordId, Posting)> = Vec::new();
        for (range, target) in &self.anchored {
            let sequence = &self.steps[range.clone()];
            let steps = arena.push(sequence, lexicon);
            let Some((anchor, words)) = rarest(sequence, lexicon, &frequency) else {
                continue;
            };
            let Neighbour { beside, what, gap } = arena.neighbour(steps, anchor);
            let posting = Posting {
                what,
                target: *target,
                first_step: steps.start,
                steps: steps.len,
                anchor: anchor as u8,
                beside,
                gap,
            };
            postings.extend(words.iter().map(|&word| (word, posting)));
        }
        postings.sort_by_key(|(word, _)| *word);
        let mut first_posting = vec![0u32; lexicon.words().len() + 2];
        for (word, _) in &postings {
            first_posting[*word as usize + 1] += 1;
        }
        for word in 1..first_posting.len() {
            first_posting[word] += first_posting[word - 1];
        }
        let checks = self
            .checks
            .iter()
            .map(|sequences| {
                let sequences: Vec<Steps> = sequences
                    .iter()
                    .map(|sequence| arena.push(sequence, lexicon))
                    .collect();
                Check {
                    starts: arena.starts(&sequences, lexicon),
                    sequences,
                }
            })
            .collect();
        Ok(Matcher {
            automaton: WordAutomaton::new(lexicon)?,
            arena,
            first_posting,
            postings: postings.into_iter().map(|(_, posting)| posting).collect(),
            checks,
        })
    }
}

/// Words so common in any English text that a pattern should rather be anchored elsewhere.
const COMMON: [&str; 48] = [
    "a",
    "an",
    "the",
    "and",
    "or",
    "of",
    "to",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "with",
    "as",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "it",
    "its",
    "this",
    "that",
    "all",
    "any",
    "our",
    "my",
    "their",
    "his",
    "her",
    "i",
    "we",
    "you",
    "up",
    "out",
    "not",
    "no",
    "new",
    "work",
    "worked",
    "working",
    "customer",
    "customers",
    "service",
    "management",
    "manager",
];

/// Weighs more than the number of sequences that any ordinary word has in the built-in taxonomy.
const COMMON_COST: u32 = 5000;

/// The step with the rarest words, by the number of sequences that have them.
fn rarest<'l>(
    sequence: &[Step],
    lexicon: &'l Lexicon,
    frequency: &[u32],
) -> Option<(usize, &'l [WordId])> {
    sequence
        .iter()
        .enumerate()
        .filter_map(|(at, step)| match step {
            Step::Words { set, .. } => Some((at, lexicon.members(*set))),
            _ => None,
        })
        .min_by_key(|(_, words)| {
            words
                .iter()
                .map(|&word| u64::from(frequency[word as usize]))
                .sum::<u64>()
        })
}

/// A sequence, filed under a word of its anchor.
#[derive(Clone, Copy, Debug)]
struct Posting {
    /// The word or set near the anchor. The neighbour's fields are not kept together so that all take 16 bytes: a text looks at very many.
    what: u32,
    target: u32,
    first_step: u32,
    steps: u8,
    anchor: u8,
    beside: Beside,
    gap: u8,
}

const _: () = assert!(size_of::<Posting>() == 16);

impl Posting {
    fn neighbour(&self) -> Neighbour {
        Neighbour {
            beside: self.beside,
            what: self.what,
            gap: self.gap,
        }
    }

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
    automaton: WordAutomaton,
    arena: Arena,
    /// Where each word's postings start.
    first_posting: Vec<u32>,
    postings: Vec<Posting>,
    checks: Vec<Check>,
}

impl Matcher {
    /// Finds all patterns; `ids` and `matches` are filled anew, matches in the order of their anchors.
    pub(crate) fn find(
        &self,
        text: &NormalizedText,
        ids: &mut Vec<WordId>,
        matches: &mut Vec<Match>,
    ) {
        self.automaton.ids(text, ids);
        self.join_hyphenated(text, ids);
        matches.clear();
        let mut clause: Clause = (0, 0);
        let words = Words {
            tokens: text.tokens(),
            ids,
        };
        for (token, &id) in ids.iter().enumerate() {
            if token >= clause.1 as usize {
                clause = (token as u32, end_of_clause(words.tokens, token) as u32);
            }
            if id == 0 || id == SKIPPED {
                continue;
            }
            let postings = self.first_posting[id as usize] as usize
                ..self.first_posting[id as usize + 1] as usize;
            for posting in &self.postings[postings] {
                let neighbour = posting.neighbour();
                if !self.arena.may_stand(words, clause, neighbour, token) {
                    continue;
                }
                let anchor = usize::from(posting.anchor);
                if let Some((first, last)) =
                    self.arena.verify(words, posting.steps(), anchor, token)
                {
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
        ids: &[WordId],
        token: usize,
    ) -> bool {
        let words = Words {
            tokens: text.tokens(),
            ids,
        };
        self.sequences(check)
            .any(|steps| self.arena.precedes(words, steps, token))
    }

    /// Whether the pattern starts right after `token`.
    pub(crate) fn starts_after(
        &self,
        check: CheckId,
        text: &NormalizedText,
        ids: &[WordId],
        token: usize,
    ) -> bool {
        let words = Words {
            tokens: text.tokens(),
            ids,
        };
        self.sequences(check)
            .any(|steps| self.arena.follows(words, steps, token))
    }

    /// Whether the pattern starts at `token`; gives its last token.
    pub(crate) fn starts_at(
        &self,
        check: CheckId,
        text: &NormalizedText,
        ids: &[WordId],
        token: usize,
    ) -> Option<usize> {
        let words = Words {
            tokens: text.tokens(),
            ids,
        };
        let check = &self.checks[check.0 as usize];
        let id = ids.get(token)?;
        if check
            .starts
            .as_ref()
            .is_some_and(|starts| !starts.contains(*id))
        {
            return None;
        }
        check
            .sequences
            .iter()
            .find_map(|&steps| self.arena.starts_at(words, steps, token))
    }

    /// Bytes that it takes: for the benches.
    pub(crate) fn memory(&self) -> usize {
        self.automaton.memory()
            + self.arena.memory()
            + size_of_val(&*self.first_posting)
            + size_of_val(&*self.postings)
    }

    fn sequences(&self, check: CheckId) -> impl Iterator<Item = Steps> + '_ {
        self.checks[check.0 as usize].sequences.iter().copied()
    }
}
