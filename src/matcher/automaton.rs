//! Aho-Corasick over the words of all patterns: gives every token of a text its word id in one pass.

use aho_corasick::Anchored;
use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::contiguous::{Builder, NFA};

use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::{Lexicon, WordId};
use crate::text::NormalizedText;

use super::ids::WordIds;

/// Begins every literal, so that no word is looked for at the end of another: it halves the time of building. 0: a literal that is added
/// goes through the first state's transitions from the lowest byte on.
const BEGIN: u8 = 0;

/// States nearer to the start than this have a transition for every byte, the others a list. 4, that is three bytes of a word: the next
/// level takes forty times the memory for words that are mostly told apart by then.
const DENSE_DEPTH: usize = 4;

/// The automaton.
#[derive(Clone, Debug)]
pub(super) struct WordAutomaton {
    nfa: NFA,
    /// The state that words begin in.
    start: StateID,
    /// The word of each literal.
    words: Vec<WordId>,
}

impl WordAutomaton {
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self> {
        let too_many = |error: Box<dyn std::error::Error + Send + Sync>| {
            Error::new(ErrorKind::Taxonomy, "too many labels for one automaton").caused_by(error)
        };
        // Every literal ends in the space that ends each folded word: only whole words match, and a state that matches has no other
        // literal before its own.
        let mut literals: Vec<(Vec<u8>, WordId)> = lexicon
            .words()
            .zip(1..)
            .map(|(word, id)| ([&[BEGIN], word, b" "].concat(), id))
            .collect();
        // A literal's way into the automaton is found by going over what branched off before. The last first: then it is never far.
        literals.sort_unstable_by(|a, b| b.cmp(a));
        let nfa = Builder::new()
            .prefilter(false)
            .dense_depth(DENSE_DEPTH)
            .build(literals.iter().map(|(literal, _)| literal))
            .map_err(|error| too_many(error.into()))?;
        let start = nfa
            .start_state(Anchored::Yes)
            .map_err(|error| too_many(error.into()))?;
        let start = nfa.next_state(Anchored::Yes, start, BEGIN);
        let words = literals.into_iter().map(|(_, id)| id).collect();
        Ok(Self { nfa, start, words })
    }

    /// Gives each token of `text` its word id; 0 for a word of no pattern.
    pub(super) fn ids(&self, text: &NormalizedText, ids: &mut WordIds) {
        // Where words begin is known, so the automaton is entered at each of them and left at the first byte that no pattern's word
        // has: no state to fall back to is ever looked up, and the rest of an unknown word is not read.
        ids.fill(text, |word| self.id(word.iter()));
    }

    /// The id of a folded word with the space behind it.
    pub(super) fn id<'b>(&self, word: impl Iterator<Item = &'b u8>) -> WordId {
        let mut state = self.start;
        for &byte in word {
            state = self.nfa.next_state(Anchored::Yes, state, byte);
            if self.nfa.is_dead(state) {
                return 0;
            }
        }
        if !self.nfa.is_match(state) {
            return 0;
        }
        self.words[self.nfa.match_pattern(state, 0).as_usize()]
    }

    pub(super) fn memory(&self) -> usize {
        self.nfa.memory_usage() + size_of_val(&*self.words)
    }
}
