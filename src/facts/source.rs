//! A text with all that the stages before have read in it.

use super::rules::Rules;
use crate::section::{Section, SectionKind};
use crate::text::NormalizedText;

/// A text on its way through the stage.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) normalized: &'a NormalizedText,
    pub(super) sections: &'a [Section],
    pub(super) rules: &'a Rules,
}

impl<'a> Source<'a> {
    pub(super) fn word(&self, n: usize) -> &'a str {
        self.normalized.word(n)
    }

    /// The words of the line that word `n` is in.
    pub(super) fn line(&self, n: usize) -> std::ops::Range<usize> {
        let lines = self.normalized.lines();
        let next = lines.partition_point(|&line| line as usize <= n);
        let first = next.checked_sub(1).map_or(0, |line| lines[line] as usize);
        let end = lines
            .get(next)
            .map_or(self.normalized.word_count(), |&line| line as usize);
        first..end
    }

    pub(super) fn section(&self, n: usize) -> Option<&'a Section> {
        let next = self
            .sections
            .partition_point(|section| section.first() as usize <= n);
        self.sections[..next]
            .iter()
            .rev()
            .find(|section| section.tokens().contains(&n))
    }

    pub(super) fn kind(&self, n: usize) -> SectionKind {
        self.section(n).map_or(SectionKind::Other, Section::kind)
    }

    /// The first word of a section behind its heading.
    pub(super) fn behind_heading(&self, section: &Section) -> usize {
        let tokens = self.normalized.tokens();
        let mut first = section.first() as usize;
        if let Some(heading) = section.heading() {
            while first < section.end() as usize && (tokens[first].end as usize) <= heading.end {
                first += 1;
            }
        }
        first
    }

    /// The original text from word `first` to word `last`, white space as single spaces.
    pub(super) fn quote(&self, first: usize, last: usize) -> String {
        let span = self.normalized.span(first, last);
        self.text[span.range()]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}
