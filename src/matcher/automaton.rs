//! Aho-Corasick over the words of all patterns: gives every token of a text its word id in one pass.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};

use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::{Lexicon, WordId};
use crate::text::NormalizedText;

/// The automaton.
#[derive(Clone, Debug)]
pub(super) struct WordAutomaton(AhoCorasick);

impl WordAutomaton {
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self> {
        // Every literal ends in the space that ends each folded word, so a match always ends at a word's end and the words of
        // the text never overlap: the plain, non-overlapping search sees each word once.
        let literals = lexicon.words().iter().map(|word| format!("{word} "));
        AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .prefilter(false)
            .build(literals)
            .map(Self)
            .map_err(|error| {
                Error::new(ErrorKind::Taxonomy, "too many labels for one automaton")
                    .caused_by(error)
            })
    }

    /// Writes the word id of each token of `text` into `ids`; 0 for a word of no pattern.
    pub(super) fn ids(&self, text: &NormalizedText, ids: &mut Vec<WordId>) {
        let tokens = text.tokens();
        ids.clear();
        ids.resize(tokens.len(), 0);
        let mut token = 0;
        for found in self.0.find_iter(text.folded()) {
            let start = found.start() as u32;
            while tokens.get(token).is_some_and(|t| t.fold < start) {
                token += 1;
            }
            // A match that starts inside a word ("service " in "selfservice ") is no word of a pattern.
            if tokens.get(token).is_some_and(|t| t.fold == start) {
                ids[token] = found.pattern().as_u32() + 1;
            }
        }
    }

    pub(super) fn memory(&self) -> usize {
        self.0.memory_usage()
    }
}
