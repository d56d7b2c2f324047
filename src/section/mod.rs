//! The parts of a resume: experience, education, skills and so on.
//!
//! [`SectionFinder`] looks at the beginning of each line for a heading, and inside lines that are far too long to be lines (the ends
//! were lost on the way) for headings in title case. Headings are data: `data/sections.toml`. One look-up in a hash map a line,
//! nothing else, so the stage costs next to nothing.
//!
//! What it does not do: it does not guess a section from what is said in it. A text without headings is one section.

mod heading;
mod inline;
mod kind;
mod rules;
pub(crate) mod words;

pub use kind::SectionKind;

use crate::span::Span;
use crate::text::{NormalizedText, Shape};
use heading::Scan;
use rules::Rules;

/// A first line of so many words is prose: the summary has begun. 12: longer than names, titles and addresses are on one line.
const WORDS_OF_PROSE: usize = 12;

/// One part of a text. The sections of a text cover it from its first byte to its last, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    kind: SectionKind,
    span: Span,
    heading: Option<Span>,
    first: u32,
    end: u32,
}

impl Section {
    /// What it is about.
    pub fn kind(&self) -> SectionKind {
        self.kind
    }

    /// Where it stands, its heading included, up to where the next one begins.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Its heading, when it has one.
    pub fn heading(&self) -> Option<Span> {
        self.heading
    }

    /// Its first word, by number in the [`NormalizedText`].
    pub fn first(&self) -> u32 {
        self.first
    }

    /// One past its last word.
    pub fn end(&self) -> u32 {
        self.end
    }

    pub(crate) fn tokens(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// Finds the sections of texts. Built once, shared by all threads.
#[derive(Clone, Debug)]
pub struct SectionFinder {
    rules: Rules,
}

impl Default for SectionFinder {
    fn default() -> Self {
        Self::builtin()
    }
}

impl SectionFinder {
    /// The finder with the headings of `data/sections.toml`.
    ///
    /// # Panics
    ///
    /// Never: the file is part of the crate, and a test reads it.
    pub fn builtin() -> Self {
        Self {
            rules: Rules::read(include_str!("../data/sections.toml"))
                .expect("the built-in sections.toml is well formed"),
        }
    }

    /// The sections of a text. An empty text has none; any other is covered from end to end.
    ///
    /// ```
    /// use skillscreen::section::{SectionFinder, SectionKind};
    /// use skillscreen::text::NormalizedText;
    ///
    /// let text = "Ada Example\nWORK EXPERIENCE\nTeller, 2015 to 2018\nEducation: GED";
    /// let sections = SectionFinder::builtin().find(text, &NormalizedText::new(text));
    /// let kinds: Vec<_> = sections.iter().map(|section| section.kind()).collect();
    /// assert_eq!(kinds, [SectionKind::Header, SectionKind::Experience, SectionKind::Education]);
    /// assert_eq!(&text[sections[2].span().range()], "Education: GED");
    /// ```
    pub fn find(&self, text: &str, normalized: &NormalizedText) -> Vec<Section> {
        let mut sections = Vec::new();
        self.find_into(text, normalized, &mut sections);
        sections
    }

    /// The same into a buffer, which is emptied first.
    pub fn find_into(&self, text: &str, normalized: &NormalizedText, out: &mut Vec<Section>) {
        out.clear();
        if text.is_empty() {
            return;
        }
        let scan = Scan {
            rules: &self.rules,
            normalized,
        };
        let mut headings = Vec::new();
        scan.headings(&mut headings);

        let count = normalized.word_count();
        let before = headings.first().map_or(count, |heading| heading.first);
        scan.top(before, out);
        for (n, heading) in headings.iter().enumerate() {
            let end = headings.get(n + 1).map_or(count, |next| next.first);
            out.push(Section {
                kind: heading.kind,
                span: Span::default(),
                heading: heading
                    .last
                    .map(|last| normalized.span(heading.first, last)),
                first: heading.first as u32,
                end: end as u32,
            });
        }
        if out.is_empty() {
            out.push(Section {
                kind: SectionKind::Other,
                span: Span::default(),
                heading: None,
                first: 0,
                end: 0,
            });
        }
        // Each section reaches to where the next one's first word begins.
        let mut end = text.len();
        for n in (0..out.len()).rev() {
            let start = if n == 0 {
                0
            } else {
                normalized.tokens()[out[n].first as usize].start as usize
            };
            out[n].span = Span::new(start, end);
            end = start;
        }
    }
}

impl Scan<'_> {
    /// Parts what stands before the first heading: name and address, then prose.
    fn top(&self, end: usize, out: &mut Vec<Section>) {
        if end == 0 {
            return;
        }
        let lines = self.normalized.lines();
        let mut prose = end;
        for (n, &line) in lines.iter().enumerate() {
            let first = line as usize;
            if first >= end {
                break;
            }
            let line_end = lines
                .get(n + 1)
                .map_or(end, |&next| (next as usize).min(end));
            if line_end - first >= WORDS_OF_PROSE
                && !self.is_contact_line(first, line_end.min(first + 2 * WORDS_OF_PROSE))
            {
                prose = first;
                break;
            }
        }
        let section = |kind, first: usize, end: usize| Section {
            kind,
            span: Span::default(),
            heading: None,
            first: first as u32,
            end: end as u32,
        };
        if prose > 0 {
            out.push(section(SectionKind::Header, 0, prose));
        }
        if prose < end {
            out.push(section(SectionKind::Summary, prose, end));
        }
    }

    fn is_contact_line(&self, first: usize, end: usize) -> bool {
        self.normalized.tokens()[first..end]
            .iter()
            .any(|token| token.shape.has(Shape::ADDRESS))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    pub(super) fn kinds(text: &str) -> String {
        let sections = SectionFinder::builtin().find(text, &NormalizedText::new(text));
        sections
            .iter()
            .map(|section| section.kind().as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn the_top_is_name_then_prose() {
        let prose = "A patient and careful agent who has answered the calls of many customers over ten good years.";
        assert_eq!(
            kinds(&format!(
                "A. Person\n12 Some Street\n{prose}\nSkills\nTyping"
            )),
            "header summary skills"
        );
        assert_eq!(kinds(prose), "summary");
        assert_eq!(kinds(""), "");
        assert_eq!(kinds(" \n "), "other");
    }

    proptest! {
        #[test]
        fn sections_cover_any_text(text in "(\\PC|\n|Skills|Education|Work Experience|:| ){0,60}") {
            static FINDER: LazyLock<SectionFinder> = LazyLock::new(SectionFinder::builtin);
            let normalized = NormalizedText::new(&text);
            let sections = FINDER.find(&text, &normalized);
            let mut at = 0;
            let mut token = 0;
            for section in &sections {
                prop_assert_eq!(section.span().start, at);
                prop_assert_eq!(section.first(), token);
                prop_assert!(text.get(section.span().range()).is_some());
                at = section.span().end;
                token = section.end();
            }
            prop_assert_eq!(at, text.len());
            prop_assert_eq!(token as usize, normalized.word_count());
        }
    }
}
