//! Cells of CSV that a spreadsheet must not run.

/// The text with a `'` before what a spreadsheet would take for a formula; [`restore`] takes it away again.
///
/// Where a cell begins, and after each `;` or TAB in it (a spreadsheet that splits there begins a cell), stands a `'` when the first
/// character after any blanks and quotes is one of `= + - @`, their full-width forms `＝ ＋ － ＠`, TAB, CR, LF or NUL.
/// Numbers are written by this crate as numbers and need none.
///
/// ```
/// use skillscreen::output::{neutralize, restore};
///
/// assert_eq!(neutralize("=1+1"), "'=1+1");
/// assert_eq!(neutralize("cv;  \"@SUM(A1)"), "cv;'  \"@SUM(A1)");
/// assert_eq!(neutralize("e-mail"), "e-mail");
/// assert_eq!(restore(&neutralize("'=1+1")), "'=1+1");
/// ```
pub fn neutralize(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    for (start, rest) in starts(text) {
        if start && runs(rest) {
            safe.push('\'');
        }
        safe.extend(rest.chars().next());
    }
    safe
}

/// The text that [`neutralize`] was given.
pub fn restore(text: &str) -> String {
    let mut raw = String::with_capacity(text.len());
    for (start, rest) in starts(text) {
        let added = start && rest.strip_prefix('\'').is_some_and(runs);
        if !added {
            raw.extend(rest.chars().next());
        }
    }
    raw
}

/// Each character as the text from it on, with whether a cell may begin there.
fn starts(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut before = ';';
    text.char_indices().map(move |(at, c)| {
        let start = matches!(before, ';' | '\t');
        before = c;
        (start, &text[at..])
    })
}

/// Whether a spreadsheet may run what begins like this.
fn runs(text: &str) -> bool {
    let first = text.chars().find(|c| {
        !matches!(
            c,
            ' ' | '\u{a0}' | '\u{3000}' | '"' | '\'' | '\u{201c}' | '\u{2018}'
        )
    });
    matches!(
        first,
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n' | '\0')
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_taken_away_again_and_nothing_else() {
        let parts = [
            "", "=", "'", "\"", " ", ";", "\t", "-1", "＝x", "a", "\0", "''=", ";'=", "\r\n@",
        ];
        for a in parts {
            for b in parts {
                for c in parts {
                    let text = format!("{a}{b}{c}");
                    let safe = neutralize(&text);
                    assert_eq!(restore(&safe), text);
                    assert!(safe.starts_with('\'') || !runs(&safe), "{safe:?}");
                }
            }
        }
    }
}
