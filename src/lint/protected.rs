//! Words that stand for what must not move a score: age, origin, sex, religion, health, home.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::profile::JobProfile;
use crate::screener::Screener;
use crate::taxonomy::Taxonomy;

use super::{Code, Linter};

/// The traits as a taxonomy: each a skill with the words that stand for it and the reason as its definition.
const TRAITS: &str = include_str!("../data/lint/protected.toml");

static SCREENER: LazyLock<Option<Screener>> = LazyLock::new(|| {
    let taxonomy = Taxonomy::from_toml("protected.toml", TRAITS).ok()?;
    let mut profile = JobProfile::builder("protected");
    profile.skill(taxonomy.skills().first()?.id(), 1);
    Screener::new(&taxonomy, &profile.build().ok()?).ok()
});

/// The trait that the words stand for: what was read, and why it must not count.
pub(super) fn find(words: &[&str]) -> BTreeMap<usize, String> {
    let Some(screener) = &*SCREENER else {
        return BTreeMap::new();
    };
    // One label a line, so that one screening judges all.
    let mut starts = Vec::new();
    let mut text = String::new();
    for line in words {
        starts.push(text.len());
        let plain: String = line
            .chars()
            .map(|c| match c {
                // What a bar parts is never read together.
                '|' => ';',
                '~' | '(' | ')' | '?' | '\n' => ' ',
                c => c,
            })
            .collect();
        text.push_str("- ");
        text.push_str(&plain);
        text.push('\n');
    }
    let report = screener.screen(&text);
    let counted = report.skills.iter().flat_map(|skill| {
        skill
            .evidence
            .iter()
            .map(|e| (&skill.id, e.start, &e.quote))
    });
    // What is denied or wished for is written there all the same.
    let denied = report.suppressed.iter().map(|s| (&s.id, s.start, &s.quote));
    let mut found = BTreeMap::new();
    for (id, start, quote) in counted.chain(denied) {
        let line = starts.partition_point(|&begins| begins <= start) - 1;
        let why = screener
            .taxonomy()
            .skill(id)
            .map_or("", |skill| skill.definition());
        found
            .entry(line)
            .or_insert_with(|| format!("\"{quote}\" {why}"));
    }
    found
}

pub(super) fn check(linter: &mut Linter, taxonomy: &Taxonomy) {
    for skill in taxonomy.skills() {
        let patterns: Vec<&str> = skill.labels().iter().map(|label| label.pattern()).collect();
        for (n, why) in find(&patterns) {
            linter.label(Code::ProtectedTrait, skill, &skill.labels()[n], why);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traits_are_read_and_told_from_work() {
        for (words, found) in [
            ("graduation year", true),
            ("postcode", true),
            ("native speaker", true),
            ("not a native speaker", true),
            ("marital status", true),
            ("recent graduate", true),
            ("elderly care", false),
            ("accounts receivable aging", false),
            ("English, business fluent", false),
            ("native apps", false),
        ] {
            assert_eq!(!find(&[words]).is_empty(), found, "{words}");
        }
        assert_eq!(
            find(&["baking", "zip code"]).keys().collect::<Vec<_>>(),
            [&1]
        );
    }
}
