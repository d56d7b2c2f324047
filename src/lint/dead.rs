//! Labels that can never count: each is tried on words that it matches by its own writing.

use crate::profile::JobProfile;
use crate::screener::Screener;
use crate::taxonomy::{Case, Label, Rule, Skill, Taxonomy};

use super::sequence::example;
use super::{Code, Linter};

/// A label may have 256 plain sequences of large sets; when so many examples do not count, the rest is no better.
const TRIED: usize = 8;
const VARIANTS: usize = 12;

pub(super) fn check(linter: &mut Linter, taxonomy: &Taxonomy) {
    let Some(first) = taxonomy.skills().first() else {
        return;
    };
    let mut profile = JobProfile::builder("lint");
    profile.skill(first.id(), 1);
    let screener = match profile
        .build()
        .and_then(|profile| Screener::new(taxonomy, &profile))
    {
        Ok(screener) => screener,
        // Rules are compiled with the screener.
        Err(error) => return linter.invalid(&error),
    };
    for (position, skill) in taxonomy.skills().iter().enumerate() {
        for (n, label) in skill.labels().iter().enumerate() {
            let why = match label.rule() {
                Some(rule) => contradiction(rule),
                None => None,
            };
            let why = why.or_else(|| {
                let testable = label.rule().is_none_or(|rule| !asks_for_company(rule));
                let sequences = taxonomy.sequences(position, n);
                testable
                    .then(|| {
                        let mut examples = (0..VARIANTS).flat_map(|variant| {
                            sequences.iter().take(TRIED).map(move |sequence| {
                                written(&example(sequence, taxonomy.lexicon(), variant), label)
                            })
                        });
                        unmatched(&screener, skill, &mut examples)
                    })
                    .flatten()
            });
            if let Some(why) = why {
                linter.label(Code::DeadLabel, skill, label, why);
            }
        }
    }
}

/// Whether the rule asks for something around the label, so that its own words cannot show whether it works.
fn asks_for_company(rule: &Rule) -> bool {
    rule.list_item
        || rule.min_near.is_some()
        || !(rule.only_before.is_empty()
            && rule.only_after.is_empty()
            && rule.only_near.is_empty()
            && rule.sections.is_empty()
            && rule.not_sections.is_empty()
            && rule.any.is_empty())
}

/// What no text can satisfy.
fn contradiction(rule: &Rule) -> Option<String> {
    for (side, only, unless) in [
        ("before", &rule.only_before, &rule.unless_before),
        ("after", &rule.only_after, &rule.unless_after),
        ("near", &rule.only_near, &rule.unless_near),
    ] {
        if !only.is_empty() && only.iter().all(|pattern| unless.contains(pattern)) {
            return Some(format!("all of only_{side} stands in unless_{side}, too"));
        }
    }
    if !rule.sections.is_empty()
        && rule
            .sections
            .iter()
            .all(|name| rule.not_sections.contains(name))
    {
        return Some("all of sections stands in not_sections, too".to_owned());
    }
    if let Some(near) = &rule.min_near
        && near.count > near.of.len()
    {
        return Some(format!(
            "min_near asks for {} of {} patterns",
            near.count,
            near.of.len()
        ));
    }
    None
}

/// The words as the label's rule wants them written.
fn written(words: &str, label: &Label) -> String {
    match label.rule().and_then(|rule| rule.case) {
        Some(Case::Upper) => words.to_uppercase(),
        Some(_) => words
            .split(' ')
            .map(|word| {
                let mut letters = word.chars();
                let first = letters.next().map(|c| c.to_uppercase().to_string());
                first.unwrap_or_default() + letters.as_str()
            })
            .collect::<Vec<_>>()
            .join(" "),
        None => words.to_owned(),
    }
}

/// Why none of the examples counts; `None` when one does.
fn unmatched(
    screener: &Screener,
    skill: &Skill,
    examples: &mut dyn Iterator<Item = String>,
) -> Option<String> {
    let mut why = None;
    for example in examples {
        // An item in the middle of a line: no heading, no name, and no word of another clause beside it.
        let report = screener.screen(&format!("Experience\nAmong others; {example}; elsewhere."));
        if report.skill(skill.id()).is_some() {
            return None;
        }
        why.get_or_insert_with(|| {
            let suppressed = report.suppressed.iter().find(|s| s.id == skill.id());
            match suppressed {
                Some(suppressed) => {
                    let reason = serde_json::to_value(suppressed.reason).unwrap_or_default();
                    let reason = reason.as_str().unwrap_or_default().replace('_', " ");
                    format!("its own words, \"{example}\", are taken back: {reason}")
                }
                None => format!("its own words, \"{example}\", do not match it"),
            }
        });
    }
    why
}
