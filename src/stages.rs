//! The pipeline a stage at a time, for the benches. No part of the public API: it changes with the stages.

use crate::error::Result;
use crate::evidence::{EvidenceFinder, Reading};
use crate::facts::Facts;
use crate::report::{Report, build};
use crate::score::{Score, strength};
use crate::screener::{Inner, Scratch, Screener, duties};
use crate::taxonomy::Taxonomy;

/// One text on its way through the stages; each wants those before it done.
#[derive(Debug)]
pub struct Stages<'s> {
    screener: &'s Inner,
    scratch: Scratch,
    facts: Facts,
    score: Option<Score>,
}

#[allow(
    missing_docs,
    reason = "each is the stage of its name; it gives the number of things found"
)]
impl<'s> Stages<'s> {
    pub fn new(screener: &'s Screener) -> Self {
        Self {
            screener: &screener.0,
            scratch: Scratch::default(),
            facts: Facts::default(),
            score: None,
        }
    }

    #[inline(never)]
    pub fn normalize(&mut self, text: &str) -> usize {
        self.scratch.text.read(text);
        self.scratch.text.word_count()
    }

    #[inline(never)]
    pub fn sections(&mut self, text: &str) -> usize {
        let Scratch {
            text: words,
            sections,
            ..
        } = &mut self.scratch;
        self.screener.sections.find_into(text, words, sections);
        sections.len()
    }

    #[inline(never)]
    pub fn matches(&mut self) -> usize {
        let Scratch {
            text, ids, matches, ..
        } = &mut self.scratch;
        self.screener.matcher.find(text, ids, matches);
        matches.len()
    }

    #[inline(never)]
    pub fn evidence(&mut self) -> usize {
        let Scratch {
            text,
            ids,
            sections,
            matches,
            evidence,
            mentions,
            ..
        } = &mut self.scratch;
        let matcher = &self.screener.matcher;
        let reading = Reading {
            text,
            ids,
            sections,
            matcher,
        };
        self.screener
            .evidence
            .gather(reading, matches, evidence, mentions);
        mentions.len()
    }

    #[inline(never)]
    pub fn facts(&mut self, text: &str) -> usize {
        let Scratch {
            text: words,
            sections,
            mentions,
            ..
        } = &self.scratch;
        let duties = duties(mentions, words, self.screener);
        let finder = &self.screener.facts;
        self.facts = finder.find(text, words, sections, &duties, self.screener.as_of);
        self.facts.jobs().len()
    }

    #[inline(never)]
    pub fn score(&mut self) -> usize {
        let Scratch {
            text,
            mentions,
            strengths,
            ..
        } = &mut self.scratch;
        strength::measure(mentions, text, &self.facts, strengths);
        let Inner { plan, taxonomy, .. } = self.screener;
        self.score = Some(plan.score(strengths, &self.facts, taxonomy));
        strengths.len()
    }

    #[inline(never)]
    pub fn report(&mut self, text: &str) -> Option<Report> {
        let Scratch {
            text: words,
            ids,
            sections,
            mentions,
            strengths,
            ..
        } = &self.scratch;
        let Inner {
            matcher,
            plan,
            taxonomy,
            fingerprint,
            ..
        } = self.screener;
        let findings = build::Findings {
            text,
            reading: Reading {
                text: words,
                ids,
                sections,
                matcher,
            },
            mentions,
            strengths,
            facts: std::mem::take(&mut self.facts),
            score: self.score.take()?,
            context: 0,
        };
        Some(build::build(
            "",
            None,
            findings,
            plan,
            taxonomy,
            fingerprint.clone(),
        ))
    }

    /// The folded words of the text, as the automaton sees them.
    pub fn folded(&self) -> &str {
        self.scratch.text.folded()
    }
}

/// The literals that the automaton has, each with the space that ends a word.
///
/// # Errors
///
/// As [`Screener::new`].
pub fn literals(taxonomy: &Taxonomy) -> Result<Vec<String>> {
    let (_, mut builder) = EvidenceFinder::collect(taxonomy)?;
    let words = builder.lexicon().words();
    Ok(words
        .map(|word| format!("{} ", String::from_utf8_lossy(word)))
        .collect())
}

/// Bytes that the matcher takes.
pub fn matcher_bytes(screener: &Screener) -> usize {
    screener.0.matcher.memory()
}
