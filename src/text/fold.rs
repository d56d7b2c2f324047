//! What one character becomes: letters, nothing, or a mark between words.

use unicode_normalization::UnicodeNormalization;

use super::joint::Joint;

/// The folded form of one character outside ASCII.
pub(super) enum Folded {
    /// Part of a word, lower case, compatibility forms and accents removed.
    Word(String),
    /// Dropped without a trace: zero-width and soft-hyphen characters, combining accents.
    Nothing,
    /// Something between words.
    Mark(Joint),
    /// Stands for this ASCII character: a typographic apostrophe, a full-width slash.
    Ascii(u8),
}

/// Folds one character outside ASCII.
pub(super) fn fold(c: char) -> Folded {
    match c {
        // Soft hyphen, combining grapheme joiner, zero-width, bidi controls, variation selectors, byte order mark, tags: Default_Ignorable.
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0000}'..='\u{e0fff}'
        | '\u{300}'..='\u{36f}' => Folded::Nothing,
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{b4}' | '\u{2032}' | '\u{ff07}' => {
            Folded::Ascii(b'\'')
        }
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' => Folded::Ascii(b'"'),
        '\u{2010}'..='\u{2012}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => Folded::Ascii(b'-'),
        '\u{2013}'..='\u{2015}' => Folded::Mark(Joint::DASH),
        '\u{2190}'..='\u{21ff}' | '\u{27f0}'..='\u{27ff}' => Folded::Mark(Joint::DASH),
        '\u{2028}' | '\u{2029}' | '\u{85}' => Folded::Ascii(b'\n'),
        // Middle dots separate list items on a line.
        '\u{b7}' | '\u{2219}' | '\u{22c5}' | '\u{30fb}' => Folded::Mark(Joint::CELL),
        '\u{2026}' => Folded::Mark(Joint::STOP),
        '\u{3002}' | '\u{ff0e}' | '\u{ff01}' | '\u{ff1f}' => Folded::Mark(Joint::STOP),
        '\u{3001}' | '\u{ff0c}' => Folded::Ascii(b','),
        '\u{2044}' => Folded::Ascii(b'/'),
        c if c.is_whitespace() => Folded::Ascii(b' '),
        c if c.is_alphanumeric() => fold_word(c),
        // What remains are symbols; those that stand before items, and pictures, part items.
        '\u{2022}'
        | '\u{2023}'
        | '\u{2043}'
        | '\u{204c}'
        | '\u{204d}'
        | '\u{2300}'..='\u{2bff}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{1f000}'..='\u{1faff}' => Folded::Mark(Joint::BULLET),
        c => match first_compatible(c) {
            Some(ascii) => Folded::Ascii(ascii),
            None => Folded::Mark(Joint::OTHER),
        },
    }
}

/// Full-width and other compatibility forms of ASCII punctuation.
fn first_compatible(c: char) -> Option<u8> {
    let mut forms = std::iter::once(c).nfkc();
    match (forms.next(), forms.next()) {
        (Some(form), None) if form.is_ascii_punctuation() => Some(form as u8),
        _ => None,
    }
}

fn fold_word(c: char) -> Folded {
    // NFKD, not NFKC: it takes the accents off (é is e + U+0301). Lower-casing may compose or expand again
    // (İ gives i + U+0307), so the result is decomposed and stripped once more.
    let lower: String = std::iter::once(c)
        .nfkd()
        .flat_map(char::to_lowercase)
        .collect();
    let word: String = lower
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric() && !('\u{300}'..='\u{36f}').contains(c))
        .collect();
    if word.is_empty() {
        Folded::Nothing
    } else {
        Folded::Word(word)
    }
}
