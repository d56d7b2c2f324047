//! Makes equal things equal and remembers where each came from.
//!
//! [`NormalizedText`] reads a text once, left to right, and makes of it a list of words ("tokens"). Each knows its bytes in the
//! ORIGINAL text, what stood between it and the word before, and how it was written (capitals, digits). What is folded away:
//!
//! - case, accents, ligatures, full-width and mathematical letters (Unicode NFKD, marks dropped, lower case);
//! - soft hyphens, zero-width, bidi and tag characters, byte order marks;
//! - possessive `'s`, apostrophes inside words, dots of abbreviations (`B.A.` is `ba`), letters spaced out (`S K I L L S`);
//! - typographic quotes, dashes, spaces; `&` is read as `and`; LaTeX ties and escapes; tags and entities left over from HTML;
//! - UTF-8 that was once read as Windows-1252 (`customersâ€™`).
//!
//! The folded text is a fixed point: folding it again changes nothing.

mod fold;
mod joint;
mod markup;
mod mojibake;
mod reader;

pub(crate) use joint::Joint;

use crate::span::Span;

/// One word, or one number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Where it stands in the original text.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Where its folded form starts in [`NormalizedText::folded`].
    pub(crate) fold: u32,
    /// What stands between it and the token before.
    pub(crate) joint: Joint,
    pub(crate) shape: Shape,
}

/// How a word was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape(u8);

impl Shape {
    /// Its first letter is a capital.
    pub(crate) const CAPITAL: Shape = Shape(1);
    /// It has letters, and all of them are capitals.
    pub(crate) const UPPER: Shape = Shape(1 << 1);
    /// It starts with a digit.
    pub(crate) const NUMBER: Shape = Shape(1 << 2);
    /// It is part of an e-mail address or a URL.
    pub(crate) const ADDRESS: Shape = Shape(1 << 3);
    /// It was not written out: the `and` of `&`.
    pub(crate) const SYMBOL: Shape = Shape(1 << 4);

    pub(crate) fn has(self, other: Shape) -> bool {
        self.0 & other.0 != 0
    }

    fn insert(&mut self, other: Shape) {
        self.0 |= other.0;
    }
}

/// A text as words, with exact places in the original. The buffers are kept when it is filled again.
#[derive(Clone, Debug, Default)]
pub struct NormalizedText {
    folded: String,
    tokens: Vec<Token>,
    lines: Vec<u32>,
}

impl NormalizedText {
    /// Reads `text`.
    ///
    /// ```
    /// let text = skillscreen::text::NormalizedText::new("Re\u{ad}sol\u{ad}ved customers’ COMPLAINTS");
    /// assert_eq!(text.folded().trim(), "resolved customers complaints");
    /// ```
    pub fn new(text: &str) -> Self {
        let mut normalized = Self::default();
        normalized.read(text);
        normalized
    }

    /// Reads `text` into the buffers of this value, whatever it held before.
    pub fn read(&mut self, text: &str) {
        reader::Reader::new(text, self).read();
    }

    /// The folded words, each with a space after it; one space stands before the first.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// How many words there are.
    pub fn word_count(&self) -> usize {
        self.tokens.len()
    }

    /// The span of word `n` in the original text.
    ///
    /// # Panics
    ///
    /// When `n` is not below [`word_count`](Self::word_count).
    pub fn word_span(&self, n: usize) -> Span {
        self.span(n, n)
    }

    /// The folded form of word `n`.
    ///
    /// # Panics
    ///
    /// When `n` is not below [`word_count`](Self::word_count).
    pub fn word(&self, n: usize) -> &str {
        let start = self.tokens[n].fold as usize;
        let end = match self.tokens.get(n + 1) {
            Some(next) => next.fold as usize,
            None => self.folded.len(),
        };
        &self.folded[start..end - 1]
    }

    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The first token of each line that has one.
    pub(crate) fn lines(&self) -> &[u32] {
        &self.lines
    }

    /// The original bytes from the first token to the last, both included.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        Span::new(
            self.tokens[first].start as usize,
            self.tokens[last].end as usize,
        )
    }

    /// The folded text from the first token to the last, words parted by one space.
    pub(crate) fn folded_between(&self, first: usize, last: usize) -> &str {
        let start = self.tokens[first].fold as usize;
        let end = self.tokens[last].fold as usize + self.word(last).len();
        &self.folded[start..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        NormalizedText::new(text).folded().trim().to_owned()
    }

    #[test]
    fn lines_begin_with_words() {
        // The mojibake of a sign that is not seen: no word comes of it.
        let unseen = "\u{cd}\u{ad}";
        for (text, lines) in [
            (unseen.to_owned(), &[][..]),
            (format!("{unseen}\ntill"), &[0]),
            (format!("till\n{unseen}\n\nstock\n{unseen}"), &[0, 1]),
        ] {
            assert_eq!(NormalizedText::new(&text).lines(), lines, "{text:?}");
        }
    }

    #[test]
    fn equal_things_become_equal() {
        for (text, folded) in [
            ("Microsoft O\u{fb03}ce", "microsoft office"),
            (
                "cus\u{ad}tom\u{ad}er re\u{ad}ten\u{ad}tion",
                "customer retention",
            ),
            (
                "Accounts\u{a0}payable\u{a0}/ receivable",
                "accounts payable receivable",
            ),
            ("Cross\u{2011}functional", "cross functional"),
            ("Cross\u{2013}selling", "cross selling"),
            (
                "customers\u{e2}\u{20ac}\u{2122} complaints",
                "customers complaints",
            ),
            (
                "customer's needs, customers' needs",
                "customer needs customers needs",
            ),
            ("S K I L L S\nTroubleshooting", "skills troubleshooting"),
            ("C U S T O M E R  S E R V I C E", "customer service"),
            ("P&L, A/P &amp; A/R", "p and l a p and a r"),
            ("B.A. in the U.S.", "ba in the us"),
            ("𝗟𝗲𝗮𝗱𝗲𝗿𝘀𝗵𝗶𝗽", "leadership"),
            ("ＣＲＭ：Ｚｏｈｏ", "crm zoho"),
            ("Führerschein, résumé", "fuhrerschein resume"),
            (
                "<h2>Skills</h2><li>Customer <span class=\"hl\">service</span></li>",
                "skills customer service",
            ),
            (
                "Accounts~payable \\& accounts~receivable",
                "accounts payable and accounts receivable",
            ),
            ("#CustomerService #Chicago", "customer service chicago"),
            (
                "C++, C#, 80+ calls, 1,900 in 4.5 h",
                "c++ c# 80 calls 1,900 in 4.5 h",
            ),
            (
                "candidate\u{fffd}s ability\u{fffd} best",
                "candidate ability best",
            ),
            ("QA'd; don't", "qad dont"),
            ("", ""),
        ] {
            assert_eq!(words(text), folded, "{text:?}");
        }
    }

    #[test]
    fn spans_count_bytes_of_the_original() {
        let text = "\u{feff}İSTANBUL – O\u{fb03}ce & customers’ calls";
        let normalized = NormalizedText::new(text);
        let slices: Vec<&str> = (0..normalized.word_count())
            .map(|n| &text[normalized.word_span(n).range()])
            .collect();
        assert_eq!(
            slices,
            ["İSTANBUL", "O\u{fb03}ce", "&", "customers", "calls"]
        );
        assert_eq!(normalized.word(0), "istanbul");
    }

    #[test]
    fn line_ends_are_told_apart() {
        let joints = |text: &str| NormalizedText::new(text).tokens[2].joint;
        assert!(joints("the customer\nexperience").joins_name());
        assert!(joints("Customer Service\nManagement").ends_clause());
        assert!(joints("stock loyal-\nty").has(Joint::HYPHEN_WRAP));
        assert!(joints("one two\n\nthree").ends_clause());
        assert!(joints("one two. Three").ends_clause());
        assert!(joints("friendly service.Resolved").ends_clause());
        assert!(!joints("approx. ten. etc. and").has(Joint::COMMA));
        assert!(joints("one two • three").ends_clause());
    }
}
