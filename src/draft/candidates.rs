//! Phrases that come up often and that no skill covers: what a taxonomy may lack.
//!
//! Ranked by the C-value of Frantzi, Ananiadou and Mima (2000): how often a phrase stands there, less how often it only stands
//! inside longer ones, weighed by its length. With `log2(words + 1)` in place of `log2(words)`, so that single words count, too.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::lint::is_everyday;
use crate::span::Span;
use crate::text::{NormalizedText, Shape};

use super::advert::DATA;

/// Longer phrases are clauses, not names.
const LONGEST: usize = 4;
/// Sentences shown with each.
const EXAMPLES: usize = 2;

/// A phrase that may be a skill.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Candidate {
    /// The phrase as it is written most often.
    pub phrase: String,
    /// How often it stands there.
    pub count: usize,
    /// In how many documents.
    pub documents: usize,
    /// Its C-value.
    pub c_value: f64,
    /// The first sentences that have it, with the document's key.
    pub examples: Vec<(String, String)>,
}

/// Counts phrases over documents.
#[derive(Clone, Debug, Default)]
pub(super) struct Miner {
    phrases: BTreeMap<Vec<String>, Found>,
    documents: usize,
}

#[derive(Clone, Debug, Default)]
struct Found {
    count: usize,
    /// How often it stands by itself, between words that no phrase has at its ends.
    alone: usize,
    documents: BTreeSet<String>,
    written: BTreeMap<String, usize>,
    examples: Vec<(String, String)>,
}

impl Miner {
    /// Counts the phrases of a document outside the spans that skills cover; `sentence` gives the sentence around a place, `None` where
    /// nothing is asked for.
    pub(super) fn read(
        &mut self,
        key: &str,
        text: &str,
        covered: &[Span],
        sentence: &dyn Fn(Span) -> Option<String>,
    ) {
        let Some(words) = &*DATA else { return };
        let words = &words.candidates;
        self.documents += 1;
        let normalized = NormalizedText::new(text);
        let tokens = normalized.tokens();
        let is = |list: &[String], n: usize| list.iter().any(|word| word == normalized.word(n));
        let stop = |n: usize| is(&words.stop, n) || tokens[n].shape.has(Shape::NUMBER);
        let free = |n: usize| {
            let span = normalized.word_span(n);
            !tokens[n].shape.has(Shape::ADDRESS)
                && !covered
                    .iter()
                    .any(|c| c.start < span.end && span.start < c.end)
        };
        for first in 0..tokens.len() {
            if stop(first) || !free(first) {
                continue;
            }
            for last in first..tokens.len().min(first + LONGEST) {
                if last > first && !tokens[last].joint.joins_name() {
                    break;
                }
                if !free(last) || (stop(last) && !is(&words.inner, last)) {
                    break;
                }
                if stop(last) || !tells(&normalized, first, last) {
                    continue;
                }
                let span = normalized.span(first, last);
                let Some(example) = sentence(span) else { break };
                let phrase: Vec<String> = (first..=last)
                    .map(|n| normalized.word(n).to_owned())
                    .collect();
                let plain = (first..=last).all(|n| !stop(n));
                let bounded = |n: usize, inside: bool| !inside || stop(n) || !free(n);
                let before = first > 0 && tokens[first].joint.joins_name();
                let after = last + 1 < tokens.len() && tokens[last + 1].joint.joins_name();
                let alone = plain
                    && bounded(first.saturating_sub(1), before)
                    && bounded((last + 1).min(tokens.len() - 1), after);
                let found = self.phrases.entry(phrase).or_default();
                found.count += 1;
                found.alone += usize::from(alone);
                found.documents.insert(key.to_owned());
                let written = text[span.range()].split_whitespace().collect::<Vec<_>>();
                *found.written.entry(written.join(" ")).or_default() += 1;
                if found.examples.len() < EXAMPLES {
                    found.examples.push((example, key.to_owned()));
                }
            }
        }
    }

    /// The phrases with the highest C-value, at most `most`.
    pub(super) fn finish(&self, most: usize) -> Vec<Candidate> {
        // For each phrase: in how many longer ones it stands, and how often these stand there.
        let mut nested: BTreeMap<&[String], (usize, usize)> = BTreeMap::new();
        for (phrase, found) in &self.phrases {
            let mut parts: BTreeSet<&[String]> = BTreeSet::new();
            for length in 1..phrase.len() {
                parts.extend(phrase.windows(length));
            }
            for part in parts {
                let entry = nested.entry(part).or_default();
                entry.0 += 1;
                entry.1 += found.count;
            }
        }
        let mut candidates: Vec<Candidate> = self
            .phrases
            .iter()
            .filter_map(|(phrase, found)| {
                let within = nested.get(phrase.as_slice());
                let inside = within.map_or(0.0, |&(kinds, count)| count as f64 / kinds as f64);
                let length = (phrase.len() as f64 + 1.0).log2();
                let c_value = length * (found.count as f64 - inside);
                let everyday = phrase.iter().all(|word| is_everyday(word));
                // What stands in several documents only once is one writer's turn of phrase; in a single document it has to be a
                // phrase by itself, not a piece of one.
                let turn = self.documents > 1 || everyday || found.alone == 0;
                let rare = found.count == 1 && turn;
                (c_value > 0.0 && !rare).then(|| Candidate {
                    phrase: most_written(&found.written),
                    count: found.count,
                    documents: found.documents.len(),
                    c_value: (c_value * 1000.0).round() / 1000.0,
                    examples: found.examples.clone(),
                })
            })
            .collect();
        candidates.sort_by(|a, b| {
            b.c_value
                .total_cmp(&a.c_value)
                .then_with(|| b.documents.cmp(&a.documents))
                .then_with(|| a.phrase.cmp(&b.phrase))
        });
        candidates.truncate(most);
        candidates
    }
}

/// A single word tells something only when it is no everyday word.
fn tells(text: &NormalizedText, first: usize, last: usize) -> bool {
    if first < last {
        return true;
    }
    let word = text.word(first);
    let acronym = text.tokens()[first].shape.has(Shape::UPPER) && word.len() >= 2;
    acronym || (word.len() >= 4 && !is_everyday(word))
}

/// The commonest writing, the first in the alphabet among equals.
fn most_written(written: &BTreeMap<String, usize>) -> String {
    let mut best: Option<(&String, usize)> = None;
    for (text, &count) in written {
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((text, count));
        }
    }
    best.map_or_else(String::new, |(text, _)| text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c_values_are_as_defined() {
        let mut miner = Miner::default();
        let text = "Sourdough starter care. Sourdough starter care. Sourdough starter, and a sourdough starter.";
        miner.read("a", text, &[], &|_| Some(String::new()));
        let found = miner.finish(9);
        let value = |phrase: &str| {
            let found = found
                .iter()
                .find(|found| found.phrase.to_lowercase() == phrase);
            found.map(|found| (found.count, found.c_value))
        };
        // log2(4) × 2; log2(3) × (4 − 2 / 1).
        assert_eq!(value("sourdough starter care"), Some((2, 4.0)));
        assert_eq!(value("sourdough starter"), Some((4, 3.17)));
        // log2(2) × (4 − (4 + 2) / 2)
        assert_eq!(value("sourdough"), Some((4, 1.0)));
    }

    #[test]
    fn what_skills_cover_is_left_out() {
        let mut miner = Miner::default();
        miner.read(
            "a",
            "laminated dough proofing",
            &[Span::new(0, 15)],
            &|_| Some(String::new()),
        );
        let phrases: Vec<String> = miner.finish(9).into_iter().map(|c| c.phrase).collect();
        assert_eq!(phrases, ["proofing"]);
    }
}
