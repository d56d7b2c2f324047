//! Left-over markup in plain text: tags, entities, LaTeX escapes.

use super::joint::Joint;

/// The longest tag that is taken for one; a lone `<` in prose is followed by more than this before any `>`.
const LONGEST_TAG: usize = 200;

/// A tag at the start of `text` (which starts with `<`): its length, and the mark it leaves between words.
pub(super) fn tag(text: &[u8]) -> Option<(usize, Joint)> {
    let name = text.get(1..)?;
    let name = name.strip_prefix(b"/").unwrap_or(name);
    if !name.first()?.is_ascii_alphabetic() {
        return None;
    }
    let window = &text[..text.len().min(LONGEST_TAG)];
    let end = window.iter().position(|&b| b == b'>')?;
    let name_end = name
        .iter()
        .position(|b| !b.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let mark = match name[..name_end].to_ascii_lowercase().as_slice() {
        // An inline tag may stand within a word or between two; the space around it, if any, tells.
        b"a" | b"abbr" | b"b" | b"em" | b"font" | b"i" | b"mark" | b"small" | b"span"
        | b"strong" | b"sub" | b"sup" | b"u" => Joint::NONE,
        b"td" | b"th" => Joint::CELL,
        b"li" => Joint::BULLET,
        b"p" | b"div" | b"br" | b"tr" | b"ul" | b"ol" | b"table" | b"h1" | b"h2" | b"h3"
        | b"h4" | b"h5" | b"h6" | b"section" | b"header" | b"footer" | b"hr" | b"dl" | b"dt"
        | b"dd" => Joint::LINE,
        _ => return None,
    };
    Some((end + 1, mark))
}

/// An entity at the start of `text` (which starts with `&`): the character it stands for, and its length.
pub(super) fn entity(text: &[u8]) -> Option<(char, usize)> {
    // The longest name below is 6 letters, the longest number "#x10FFFF".
    let end = text.iter().take(10).position(|&b| b == b';')?;
    let name = std::str::from_utf8(&text[1..end]).ok()?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" | "lsquo" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "ndash" | "mdash" => '–',
        "bull" => '•',
        "middot" => '·',
        "hellip" => '…',
        "shy" | "zwnj" | "zwj" => '\u{ad}',
        "ldquo" | "rdquo" => '"',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((c, end + 1))
}
