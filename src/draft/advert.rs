//! One advert or job description, sentence by sentence: under which heading each stands, and how much it asks.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::profile::Stated;
use crate::span::Span;
use crate::text::NormalizedText;

const WORDS: &str = include_str!("../data/advert.toml");

/// A heading is no longer. 12: "we break down the skills that candidates need most for this job".
const HEADING_WORDS: usize = 12;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    headings: Headings,
    cues: Cues,
    pub(super) candidates: Candidates,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Headings {
    aside: Vec<String>,
    preferred: Vec<String>,
    required: Vec<String>,
    duties: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    preferred: Vec<String>,
    required: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Candidates {
    pub(super) inner: Vec<String>,
    pub(super) stop: Vec<String>,
}

/// The embedded words; a test reads them.
pub(super) static DATA: LazyLock<Option<Words>> = LazyLock::new(|| toml::from_str(WORDS).ok());

/// What a sentence's place in the advert says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Musts.
    Required,
    /// Wishes.
    Preferred,
    /// What the person will do.
    Duties,
    /// Pay, benefits, other jobs.
    Aside,
    /// Before any heading that is known.
    Open,
}

/// A sentence or an item.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub(super) span: Span,
    pub(super) part: Part,
    /// What its own words say.
    pub(super) cue: Option<Stated>,
    /// Its folded words with a space on either side of each.
    pub(super) folded: String,
    pub(super) heading: bool,
}

impl Sentence {
    /// How it asks for a skill; `describes`: the skill is told as a duty, not named.
    pub(super) fn stated(&self, describes: bool) -> Stated {
        match (self.cue, self.part) {
            (_, Part::Aside) => Stated::Mentioned,
            (Some(cue), _) => cue,
            (None, Part::Required | Part::Duties) => Stated::Required,
            (None, Part::Preferred) => Stated::Preferred,
            (None, Part::Open) if describes => Stated::Required,
            (None, Part::Open) => Stated::Mentioned,
        }
    }
}

/// The sentences of a text in their order.
pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let Some(words) = &*DATA else {
        return Vec::new();
    };
    let mut part = Part::Open;
    let mut sentences = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let begin = start;
        start += line.len();
        let heading = heading(line, words);
        if let Some(found) = heading {
            part = found;
        }
        let mut from = begin;
        for (at, _) in line.match_indices(['.', ';', '!', '?']) {
            let end = begin + at + 1;
            let ends = text[end..].chars().next().is_none_or(char::is_whitespace);
            if ends {
                push(
                    &mut sentences,
                    text,
                    from..end,
                    part,
                    heading.is_some(),
                    words,
                );
                from = end;
            }
        }
        push(
            &mut sentences,
            text,
            from..start,
            part,
            heading.is_some(),
            words,
        );
    }
    sentences
}

fn push(
    sentences: &mut Vec<Sentence>,
    text: &str,
    range: std::ops::Range<usize>,
    part: Part,
    heading: bool,
    words: &Words,
) {
    let folded = fold(&text[range.clone()]);
    if folded.trim().is_empty() {
        return;
    }
    let cue = if has(&folded, &words.cues.preferred) {
        Some(Stated::Preferred)
    } else if has(&folded, &words.cues.required) {
        Some(Stated::Required)
    } else {
        None
    };
    sentences.push(Sentence {
        span: Span::new(range.start, range.end),
        part,
        cue,
        folded,
        heading,
    });
}

/// What the line announces, if it is a heading.
fn heading(line: &str, words: &Words) -> Option<Part> {
    let trimmed = line.trim();
    let bullet = trimmed.starts_with(['-', '*', '•', '·', '–']);
    let ends_open = trimmed.ends_with(':');
    let runs_on = trimmed.contains(". ");
    if trimmed.is_empty() || runs_on || (bullet && !ends_open) || trimmed.ends_with(['.', ';', ','])
    {
        return None;
    }
    let folded = fold(trimmed);
    if folded.split_whitespace().count() > HEADING_WORDS {
        return None;
    }
    let headings = &words.headings;
    [
        (Part::Aside, &headings.aside),
        (Part::Preferred, &headings.preferred),
        (Part::Required, &headings.required),
        (Part::Duties, &headings.duties),
    ]
    .into_iter()
    .find(|(_, phrases)| has(&folded, phrases))
    .map(|(part, _)| part)
}

fn has(folded: &str, phrases: &[String]) -> bool {
    phrases
        .iter()
        .any(|phrase| folded.contains(&format!(" {phrase} ")))
}

pub(super) fn fold(text: &str) -> String {
    let normalized = NormalizedText::new(text);
    let folded = normalized.folded();
    if folded.starts_with(' ') {
        folded.to_owned()
    } else {
        format!(" {folded}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_know_how_much_they_ask() {
        let text = "We bake bread. Responsibilities\nResponsibilities:\n- bake rolls\n- clean ovens; Rye is a plus\nRequirements\n\
            - ovens\nNice to have\n- cakes\nBenefits\n- free bread\n";
        let told: Vec<(&str, Stated)> = sentences(text)
            .iter()
            .filter(|sentence| !sentence.heading)
            .map(|sentence| (text[sentence.span.range()].trim(), sentence.stated(false)))
            .collect();
        assert_eq!(
            told,
            [
                ("We bake bread.", Stated::Mentioned),
                ("Responsibilities", Stated::Mentioned),
                ("- bake rolls", Stated::Required),
                ("- clean ovens;", Stated::Required),
                ("Rye is a plus", Stated::Preferred),
                ("- ovens", Stated::Required),
                ("- cakes", Stated::Preferred),
                ("- free bread", Stated::Mentioned),
            ]
        );
    }
}
