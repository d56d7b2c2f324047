//! Text that a file holds but a reader of the page would not see.

use serde::{Deserialize, Serialize};

/// Why a piece of text is not visible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HiddenReason {
    /// Marked as hidden: `w:vanish`, `\v`, `text:display="none"`, `display: none`, `hidden`.
    Marked,
    /// The colour of its background, white on white above all.
    Colour,
    /// Drawn with no ink: text rendering mode 3, fully transparent, `visibility: hidden`.
    Invisible,
    /// Smaller than anyone can read.
    Tiny,
    /// Outside the page or the area that is shown.
    OffPage,
    /// Painted over afterwards.
    Covered,
    /// Written in Unicode tag characters, which have no glyphs.
    TagCharacters,
}

impl HiddenReason {
    /// The name as reports write it: `off_page`.
    pub fn as_str(self) -> &'static str {
        match self {
            HiddenReason::Marked => "marked",
            HiddenReason::Colour => "colour",
            HiddenReason::Invisible => "invisible",
            HiddenReason::Tiny => "tiny",
            HiddenReason::OffPage => "off_page",
            HiddenReason::Covered => "covered",
            HiddenReason::TagCharacters => "tag_characters",
        }
    }
}

impl std::fmt::Display for HiddenReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// All text of one document that is hidden for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenText {
    /// Why it is hidden.
    pub reason: HiddenReason,
    /// Number of characters that are not white space.
    pub chars: usize,
    /// The beginning, at most 60 characters, for a person to judge.
    pub sample: String,
}

/// 60: a line of a report; enough to tell a leftover of a template from a list of skills.
const SAMPLE_CHARS: usize = 60;

/// Gathers hidden text, one entry a reason, in the order of first sight.
#[derive(Debug, Default)]
pub(super) struct HiddenLog(Vec<HiddenText>);

impl HiddenLog {
    pub(super) fn add(&mut self, reason: HiddenReason, text: &str) {
        let entry = match self.0.iter_mut().position(|entry| entry.reason == reason) {
            Some(at) => &mut self.0[at],
            None => {
                if text.trim().is_empty() {
                    return;
                }
                self.0.push(HiddenText {
                    reason,
                    chars: 0,
                    sample: String::new(),
                });
                self.0.last_mut().expect("just pushed")
            }
        };
        entry.chars += text.chars().filter(|c| !c.is_whitespace()).count();
        let mut room = SAMPLE_CHARS.saturating_sub(entry.sample.chars().count());
        for c in text.chars() {
            if room == 0 {
                break;
            }
            let c = if c.is_control() || c.is_whitespace() {
                ' '
            } else {
                c
            };
            if c == ' ' && (entry.sample.is_empty() || entry.sample.ends_with(' ')) {
                continue;
            }
            entry.sample.push(c);
            room -= 1;
        }
    }

    pub(super) fn into_entries(mut self) -> Vec<HiddenText> {
        for entry in &mut self.0 {
            entry.sample.truncate(entry.sample.trim_end().len());
        }
        self.0
    }

    pub(super) fn chars(&self) -> usize {
        self.0.iter().map(|entry| entry.chars).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_entry_a_reason_with_a_short_sample() {
        let mut log = HiddenLog::default();
        log.add(HiddenReason::Marked, "  ");
        log.add(HiddenReason::Marked, "first\n");
        log.add(HiddenReason::Tiny, &"x".repeat(100));
        log.add(HiddenReason::Marked, "second");
        let entries = log.into_entries();
        assert_eq!(entries.len(), 2);
        assert_eq!(
            (entries[0].sample.as_str(), entries[0].chars),
            ("first second", 11)
        );
        assert_eq!((entries[1].sample.len(), entries[1].chars), (60, 100));
    }
}
