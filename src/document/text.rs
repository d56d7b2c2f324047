//! Plain text and Markdown.

use super::Document;
use super::encoding::decode;
use super::format::Format;
use super::hidden::HiddenLog;
use super::limits::Limits;
use super::status::{ExtractError, Status};
use super::tidy::{Written, tidy};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ExtractError> {
    let decoded = decode(bytes, None)?;
    if is_binary(&decoded.text) {
        return Err(ExtractError::new(
            Status::Unsupported,
            "binary data of no known format",
        ));
    }
    let (text, truncated) = cut(&decoded.text, limits.chars);
    let mut log = HiddenLog::default();
    let mut text = tidy(text, &mut log);
    let mut format = Format::Text;
    if is_markdown(&text) {
        text = strip_markdown(&text);
        format = Format::Markdown;
    }
    let written = Written {
        text,
        hidden_chars: log.chars(),
        hidden: log.into_entries(),
        truncated,
    };
    Ok(Document::written(format, written, Vec::new())?.with_encoding(decoded.encoding))
}

fn cut(text: &str, chars: usize) -> (&str, bool) {
    if text.len() <= chars {
        return (text, false);
    }
    match text.char_indices().nth(chars) {
        Some((at, _)) => (&text[..at], true),
        None => (text, false),
    }
}

/// More than one control or replacement character in 20 among the first 4,096: no text looks like that.
fn is_binary(text: &str) -> bool {
    let (mut odd, mut all) = (0usize, 0usize);
    for c in text.chars().take(4096) {
        all += 1;
        let control = matches!(c, '\0'..='\x08' | '\x0e'..='\x1a' | '\x1c'..='\x1f' | '\x7f');
        odd += usize::from(control || c == '\u{fffd}');
    }
    odd * 20 > all
}

/// Markdown is taken for sure only by its headings: a list of `-` or `*` is as usual in plain text.
fn is_markdown(text: &str) -> bool {
    text.lines().filter(|line| heading(line).is_some()).count() >= 2
}

/// The text of an ATX heading line.
fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    if !(1..=6).contains(&level) || !rest.starts_with(' ') {
        return None;
    }
    Some(rest.trim().trim_end_matches('#').trim_end())
}

/// Takes away the marks of headings, strong text and link targets; words and lines stay.
fn strip_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = heading(line).unwrap_or(line);
        strip_inline(line, &mut out);
        out.push('\n');
    }
    out
}

fn strip_inline(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(at) = rest.find(['*', '_', '[']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("**").or_else(|| rest.strip_prefix("__")) {
            rest = after;
        } else if let Some((label, after)) = link(rest) {
            out.push_str(label);
            rest = after;
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
}

/// `[label](target)` at the start, with what follows it. Looks at 300 bytes at most, so that a line of
/// brackets stays linear.
fn link(text: &str) -> Option<(&str, &str)> {
    let window = text
        .char_indices()
        .take_while(|(at, _)| *at < 300)
        .last()
        .map_or(0, |(at, c)| at + c.len_utf8());
    let label_end = text[..window].find("](")?;
    let target_end = text[label_end..window].find(')')? + label_end;
    Some((&text[1..label_end], &text[target_end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> (String, Format) {
        let document = read(bytes, &Limits::default()).unwrap();
        (document.text().to_owned(), document.format())
    }

    #[test]
    fn line_ends_become_newlines() {
        assert_eq!(text_of(b"a\r\nb\rc\n\n\n\nd").0, "a\nb\nc\n\nd\n");
    }

    #[test]
    fn markdown_marks_go_and_words_stay() {
        let (text, format) =
            text_of(b"# Jane Doe\n\n## Skills ##\n- **C#** and [Rust](https://x.org)\n- a_b * c\n");
        assert_eq!(format, Format::Markdown);
        assert_eq!(text, "Jane Doe\n\nSkills\n- C# and Rust\n- a_b * c\n");
        assert_eq!(text_of(b"#1 seller\n# of calls: 50\n").1, Format::Text);
    }

    #[test]
    fn binary_is_refused() {
        let bytes: Vec<u8> = (0..200u8).map(|i| i % 16).collect();
        assert_eq!(
            read(&bytes, &Limits::default()).unwrap_err().status(),
            Status::Unsupported
        );
        assert_eq!(
            read(b" \n ", &Limits::default()).unwrap_err().status(),
            Status::Empty
        );
    }

    #[test]
    fn brackets_stay_linear() {
        let line = "[".repeat(200_000);
        let mut out = String::new();
        strip_inline(&line, &mut out);
        assert_eq!(out, line);
    }
}
