//! A name as it stands in another taxonomy, as a pattern that means just these words.

use std::fmt;

use serde::Serialize;

use crate::taxonomy::{Lexicon, Sets, expand};
use crate::text::{Joint, NormalizedText};

/// What was done to a label that is not a pattern as written. Ordered by how much of it is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Change {
    /// Marks with a meaning in the notation, or none at all, were left out: `?`, `"`, `[`. The words are the same.
    Marks,
    /// Parentheses, commas or colons between its words became gaps of up to one word: a pattern's words are not matched across them.
    Gaps,
    /// It has more marks between its words than a pattern may have gaps; the last ones are left out, so it matches without them only.
    FewerGaps,
    /// The skill has this label already, in another writing.
    Repeated,
    /// A relation to a group of skills, which is no skill itself; the relation is left out.
    Group,
    /// It begins with `and` or `or`: a piece of a list that was parted, which says too little alone. It is left out.
    Fragment,
    /// It has no letter or digit, or more words than a pattern may have; it is left out.
    Dropped,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Change::Marks => "written without marks that a pattern cannot have",
            Change::Gaps => "written with gaps for parentheses, commas or colons",
            Change::FewerGaps => "written with fewer gaps than it has marks",
            Change::Repeated => "the same as another label of the skill",
            Change::Group => "left out: relations to groups of skills",
            Change::Fragment => "left out: pieces of lists, beginning with and or or",
            Change::Dropped => "left out: no letters, or too long",
        })
    }
}

/// What the notation allows, see `pattern.rs`: words and gaps of a sequence, gaps among them.
const MOST_STEPS: usize = 16;
const MOST_GAPS: usize = 3;

/// Words that labels begin with and that have no other forms.
const WITHOUT_FORMS: [&str; 14] = [
    "a", "an", "at", "by", "for", "from", "in", "of", "on", "the", "to", "under", "with", "without",
];

/// The pattern, and what it took to make it; no pattern when there is nothing to match.
pub(super) fn pattern(label: &str, inflect: bool) -> (Option<String>, Option<Change>) {
    let text = NormalizedText::new(label);
    let words = text.word_count();
    if words == 0 {
        return (None, Some(Change::Dropped));
    }
    // In small letters: OR is an operating room.
    if words > 1 && (label.starts_with("and ") || label.starts_with("or ")) {
        return (None, Some(Change::Fragment));
    }
    // A label of plain words stays as it is written, capitals and all.
    let plain = label.chars().all(|c| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '&' | '+' | '.' | '/' | '#')
    }) && label.split_whitespace().all(|word| {
        !word.starts_with('#') && (word == "&" || word.contains(char::is_alphanumeric))
    });
    let mut change = None;
    let mut gaps = 0;
    let mut steps = 0;
    let mut pattern = String::new();
    if plain && !text.tokens()[1..].iter().any(|token| breaks(token.joint)) {
        pattern = label.split_whitespace().collect::<Vec<_>>().join(" ");
        steps = words;
    } else {
        change = Some(Change::Marks);
        for n in 0..words {
            let joint = text.tokens()[n].joint;
            if n > 0 {
                if joint.has(Joint::SLASH) {
                    pattern.push('/');
                } else if !breaks(joint) {
                    pattern.push(if joint.has(Joint::HYPHEN) { '-' } else { ' ' });
                } else if gaps < MOST_GAPS {
                    gaps += 1;
                    steps += 1;
                    pattern.push_str(" {0,1} ");
                    change = change.max(Some(Change::Gaps));
                } else {
                    pattern.push(' ');
                    change = Some(Change::FewerGaps);
                }
            }
            steps += 1;
            pattern.push_str(&word(text.word(n)));
        }
    }
    if steps > MOST_STEPS {
        return (None, Some(Change::Dropped));
    }
    if inflect && words > 1 {
        let end = pattern.find([' ', '-', '/']).unwrap_or(pattern.len());
        let first = &pattern[..end];
        if first.chars().all(char::is_alphabetic) && !WITHOUT_FORMS.contains(&text.word(0)) {
            pattern.insert(end, '~');
        }
    }
    // The notation has the last word, so that an odd label is left out and counted instead of stopping an import.
    match expand(&pattern, &Sets::new(), &mut Lexicon::default()) {
        Ok(_) => (Some(pattern), change),
        Err(_) => (None, Some(Change::Dropped)),
    }
}

/// Whether words on both sides are not matched side by side.
fn breaks(joint: Joint) -> bool {
    !joint.joins_name() && !joint.has(Joint::SLASH) && !joint.has(Joint::DOT)
}

/// A folded word in the notation; none of its characters may have a meaning there.
fn word(folded: &str) -> String {
    folded
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '+' | '#' | '.' | '&'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_patterns() {
        for (label, expected, change) in [
            ("Microsoft Excel", "Microsoft Excel", None),
            ("C++", "C++", None),
            ("TCP/IP", "TCP/IP", None),
            (
                "Haskell (language)",
                "haskell {0,1} language",
                Some(Change::Gaps),
            ),
            ("what next?", "what next", Some(Change::Marks)),
            ("tune lutes -", "tune lutes", Some(Change::Marks)),
            (
                "a, b, c, d, e",
                "a {0,1} b {0,1} c {0,1} d e",
                Some(Change::FewerGaps),
            ),
        ] {
            assert_eq!(pattern(label, false), (Some(expected.to_owned()), change));
        }
        assert_eq!(pattern("(?)", false), (None, Some(Change::Dropped)));
        for (label, expected, change) in [
            ("bake bread", Some("bake~ bread"), None),
            ("the study of lutes", Some("the study of lutes"), None),
            ("OR nursing", Some("OR~ nursing"), None),
            ("and procedures", None, Some(Change::Fragment)),
        ] {
            assert_eq!(pattern(label, true), (expected.map(str::to_owned), change));
        }
    }
}
