//! The last pass over a text, the same for every format.

use super::hidden::{HiddenLog, HiddenReason, HiddenText};

/// What a `Writer` or the PDF layout hands over.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) hidden: Vec<HiddenText>,
    pub(super) hidden_chars: usize,
    pub(super) truncated: bool,
}

/// Makes line ends `\n`, control characters spaces, runs of blank lines one blank line; takes tag characters
/// out; gives bullets of symbol fonts the code of a bullet.
pub(super) fn tidy(text: &str, hidden: &mut HiddenLog) -> String {
    let mut out = String::with_capacity(text.len());
    let mut tags = String::new();
    let mut in_flag = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let tag = matches!(c, '\u{e0000}'..='\u{e007f}');
        if tag {
            // The flags of England, Scotland and Wales are spelled with tags; that is no hidden text.
            if in_flag {
                out.push(c);
            } else if let Some(ascii) = char::from_u32(c as u32 - 0xe0000) {
                tags.push(ascii);
            }
            continue;
        }
        in_flag = c == '\u{1f3f4}';
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    push_newline(&mut out);
                }
            }
            '\n' | '\x0b' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}' => push_newline(&mut out),
            '\t' => out.push('\t'),
            '\0' => {}
            '\u{feff}' if out.is_empty() => {}
            c if c.is_control() => out.push(' '),
            _ => out.push(bullet_of_symbol_font(c)),
        }
    }
    let end = out.trim_end().len();
    out.truncate(end);
    let start = out.len() - out.trim_start_matches('\n').len();
    out.drain(..start);
    if !out.is_empty() {
        out.push('\n');
    }
    hidden.add(HiddenReason::TagCharacters, &tags);
    out
}

fn push_newline(out: &mut String) {
    trim_line_end(out);
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// Symbol and Wingdings put their bullets into the private use area, where Word and LibreOffice leave them.
fn bullet_of_symbol_font(c: char) -> char {
    match c {
        '\u{f0a7}' | '\u{f0b7}' | '\u{f0a8}' | '\u{f0d8}' | '\u{f076}' | '\u{f06c}'
        | '\u{f06e}' | '\u{f0fc}' | '\u{f0e0}' | '\u{f0be}' | '\u{f09f}' => '•',
        c => c,
    }
}

pub(super) fn trim_line_end(text: &mut String) {
    let len = text.trim_end_matches([' ', '\t']).len();
    text.truncate(len);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_characters_are_hidden_text_but_flags_are_not() {
        let mut log = HiddenLog::default();
        assert_eq!(
            tidy("a\u{e0052}\u{e0075}\r\nb\rc\u{f0b7}", &mut log),
            "a\nb\nc•\n"
        );
        let entries = log.into_entries();
        assert_eq!(
            (entries[0].reason, entries[0].sample.as_str()),
            (HiddenReason::TagCharacters, "Ru")
        );
    }
}
