//! The words around a quote, for people: whole words of the same paragraph, white space as single blanks.

/// The end of what stands before byte `at`, at most `chars` characters.
pub(super) fn before(text: &str, at: usize, chars: usize) -> String {
    if chars == 0 {
        return String::new();
    }
    let start = text[..at]
        .char_indices()
        .rev()
        .take(chars)
        .last()
        .map_or(at, |(start, _)| start);
    let cut = start > 0 && !text[..start].ends_with(char::is_whitespace);
    let mut window = &text[start..at];
    if let Some(paragraph) = window.rfind("\n\n") {
        window = &window[paragraph..];
    } else if cut {
        // A word that is cut in two tells nothing.
        window = window
            .find(char::is_whitespace)
            .map_or("", |space| &window[space..]);
    }
    joined(window)
}

/// The beginning of what stands after byte `at`, at most `chars` characters.
pub(super) fn after(text: &str, at: usize, chars: usize) -> String {
    if chars == 0 {
        return String::new();
    }
    let end = text[at..]
        .char_indices()
        .nth(chars)
        .map_or(text.len(), |(end, _)| at + end);
    let cut = !text[end..].is_empty() && !text[end..].starts_with(char::is_whitespace);
    let mut window = &text[at..end];
    if let Some(paragraph) = window.find("\n\n") {
        window = &window[..paragraph];
    } else if cut {
        window = window
            .rfind(char::is_whitespace)
            .map_or("", |space| &window[..space]);
    }
    joined(window)
}

fn joined(window: &str) -> String {
    window.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_of_one_paragraph() {
        let text = "Skills\n\nI have supervised 12 agents\nat the counter for years.\n\nEducation";
        let at = text.find("12 agents").unwrap();
        assert_eq!(before(text, at, 40), "I have supervised");
        assert_eq!(before(text, at, 13), "supervised");
        assert_eq!(after(text, at + 9, 40), "at the counter for years.");
        assert_eq!(after(text, at + 9, 12), "at the");
        assert_eq!(
            (before(text, at, 0), after(text, at, 0)),
            (String::new(), String::new())
        );
        assert_eq!(before("ééé", 4, 1), "");
        assert_eq!(after("x", 1, 9), "");
    }
}
