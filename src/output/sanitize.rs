//! Text of strangers on a terminal.

use std::borrow::Cow;

/// The text without what a terminal would act on: controls (ESC and the C1 set among them), marks that turn the direction of writing, line
/// and paragraph separators, and other characters that show nothing. A tab or line end becomes a blank.
///
/// ```
/// use skillscreen::output::sanitize_for_terminal;
///
/// assert_eq!(sanitize_for_terminal("cv\u{1b}]0;owned\u{7}.pdf"), "cv]0;owned.pdf");
/// assert_eq!(sanitize_for_terminal("fdp.\u{202e}exe"), "fdp.exe");
/// ```
pub fn sanitize_for_terminal(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_blank_control(c) || is_unsafe(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter(|&c| is_blank_control(c) || !is_unsafe(c))
            .map(|c| if is_blank_control(c) { ' ' } else { c })
            .collect(),
    )
}

fn is_blank_control(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r')
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61C}'                   // Arabic letter mark
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'   // zero width, left-to-right and right-to-left marks
            | '\u{2028}'..='\u{202E}'   // line and paragraph separators, embeddings and overrides
            | '\u{2060}'..='\u{206F}'   // invisible operators, isolates
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'   // interlinear annotation
            | '\u{E0000}'..='\u{E007F}' // tags
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_is_left() {
        let hostile = "\u{0}\u{1b}[31m\u{9b}2J\u{7f}\u{85}\u{202a}\u{2066}\u{2028}\u{2029}\u{feff}\r\n\tx\u{e0041}";
        assert_eq!(sanitize_for_terminal(hostile), "[31m2J   x");
        assert!(matches!(
            sanitize_for_terminal("Zoë Ångström, 简历.pdf"),
            Cow::Borrowed(_)
        ));
    }
}
