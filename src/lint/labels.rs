//! What labels say: twice, for two skills, in words that mean something else.

use std::collections::{BTreeMap, HashSet};

use crate::taxonomy::{Case, Label, LabelKind, Place, Rule, Sequence, Skill, Step, Taxonomy};

use super::sequence::{example, same, within};
use super::words::{is_everyday, other_sense};
use super::{Code, Linter, finding};

/// A label of so few letters stands for too much. 2: "hr", "pm", "qa"; three letters are most often told apart by their makers.
const SHORT: usize = 2;

/// Letters that a stem has at least to be taken for a word cut short: "cop" and "tub" are words.
const SHORTEST_STEM: usize = 4;

pub(super) fn check(linter: &mut Linter, taxonomy: &Taxonomy) {
    for (position, skill) in taxonomy.skills().iter().enumerate() {
        for (n, label) in skill.labels().iter().enumerate() {
            words(
                linter,
                taxonomy,
                skill,
                label,
                taxonomy.sequences(position, n),
            );
            if label.rule().is_none() && seems_grouped(label.pattern()) {
                let message = format!(
                    "bars part single words, so this is read as {:?}",
                    as_read(label.pattern())
                );
                linter.label(Code::GroupBars, skill, label, message);
            }
            let beside = label.rule().map(Rule::neighbours).unwrap_or_default();
            let beside: Vec<&str> = beside.into_iter().map(|(_, pattern)| pattern).collect();
            for pattern in std::iter::once(label.pattern()).chain(beside.iter().copied()) {
                for (stem, whole) in cut_stems(pattern) {
                    let message = format!("\"{stem}~\" does not find \"{whole}\"");
                    linter.label(Code::CutStem, skill, label, message);
                }
            }
            for pattern in beside {
                if has_loose_bar(pattern) {
                    let message =
                        format!("in its rule bars part single words, not {pattern:?} as a whole");
                    linter.label(Code::GroupBars, skill, label, message);
                }
            }
        }
        within_skill(linter, taxonomy, position, skill);
        for source in skill.sources() {
            if !taxonomy.sources().contains_key(source) {
                let message = format!("its source \"{source}\" is not described under [sources]");
                linter.skill(Code::UnknownSource, skill, message);
            }
        }
    }
    for (name, words) in taxonomy.sets_as_written() {
        for (stem, whole) in cut_stems(words) {
            let message = format!("set \"{name}\": \"{stem}~\" does not find \"{whole}\"");
            let finding = finding(Code::CutStem, &Place::default(), String::new(), message);
            linter.add(finding);
        }
    }
    across_skills(linter, taxonomy);
    categories(linter, taxonomy);
    unreachable(linter, taxonomy);
}

/// Labels of one or a few words that most often mean something else.
fn words(
    linter: &mut Linter,
    taxonomy: &Taxonomy,
    skill: &Skill,
    label: &Label,
    sequences: &[Sequence],
) {
    let rule = label.rule();
    // A capital tells a product from a word, but not one name from another.
    let only_capital = rule.is_some_and(|rule| {
        *rule
            == Rule {
                case: Some(Case::Capital),
                why: rule.why.clone(),
                ..Rule::default()
            }
    });
    if rule.is_some() && !only_capital {
        return;
    }
    let lexicon = taxonomy.lexicon();
    for sequence in sequences {
        let text = example(sequence, lexicon, 0);
        if let Some(sense) =
            other_sense(&text).filter(|sense| *sense != "a pronoun" || !only_capital)
        {
            let message = format!("\"{text}\" is also {sense}");
            return linter.label(Code::NameCollision, skill, label, message);
        }
        let [Step::Words { set, .. }] = sequence.as_slice() else {
            continue;
        };
        if only_capital {
            continue;
        }
        for &word in lexicon.members(*set) {
            let word = lexicon.text(word);
            if let Some(sense) = other_sense(word) {
                let message = format!("\"{word}\" is also {sense}");
                return linter.label(Code::NameCollision, skill, label, message);
            }
            if word.chars().count() <= SHORT && word.chars().all(char::is_alphanumeric) {
                let message = format!("\"{word}\" is so short that it stands for many things");
                return linter.label(Code::ShortLabel, skill, label, message);
            }
            if is_everyday(word) {
                let message = format!("\"{word}\" is an everyday word and has no rule");
                return linter.label(Code::EverydayWord, skill, label, message);
            }
        }
    }
}

/// Labels that say the same as another of the skill, or no more.
fn within_skill(linter: &mut Linter, taxonomy: &Taxonomy, position: usize, skill: &Skill) {
    let lexicon = taxonomy.lexicon();
    let labels = skill.labels();
    let describes = |label: &Label| label.kind() == LabelKind::Described;
    for (n, label) in labels.iter().enumerate() {
        let sequences = taxonomy.sequences(position, n);
        let twin = labels[..n].iter().enumerate().find(|(other, before)| {
            before.rule() == label.rule() && taxonomy.sequences(position, *other) == sequences
        });
        if let Some((_, twin)) = twin {
            let message = format!("says the same as {:?}{}", twin.pattern(), line(twin));
            linter.label(Code::DuplicateLabel, skill, label, message);
            continue;
        }
        // What names the skill counts for more than what describes it, so only labels of one class make each other needless.
        let wider = labels.iter().enumerate().find(|(other, wide)| {
            *other != n
                && wide.rule().is_none()
                && describes(wide) == describes(label)
                && label.rule().is_none_or(|rule| rule.swallows.is_empty())
                && sequences.iter().all(|narrow| {
                    let mut wide = taxonomy.sequences(position, *other).iter();
                    wide.any(|wide| wide != narrow && within(wide, narrow, lexicon))
                })
        });
        if let Some((_, wide)) = wider {
            let message = format!(
                "every match of it holds one of {:?}{}",
                wide.pattern(),
                line(wide)
            );
            linter.label(Code::RedundantLabel, skill, label, message);
        }
    }
}

fn across_skills(linter: &mut Linter, taxonomy: &Taxonomy) {
    let lexicon = taxonomy.lexicon();
    let skills = taxonomy.skills();
    let mut first: BTreeMap<&Sequence, (usize, usize)> = BTreeMap::new();
    for (position, skill) in skills.iter().enumerate() {
        for (n, label) in skill.labels().iter().enumerate() {
            let mut told = false;
            for sequence in taxonomy.sequences(position, n) {
                let (other, of_other) = *first.entry(sequence).or_insert((position, n));
                let before = &skills[other];
                let theirs = &before.labels()[of_other];
                let told_apart = label.rule().is_some() || theirs.rule().is_some();
                let implied = implies(taxonomy, skill, before) || implies(taxonomy, before, skill);
                if other != position && !told && !told_apart && !implied {
                    told = true;
                    let message = format!(
                        "names skill \"{}\", too{}, so one mention counts for both",
                        before.id(),
                        line(theirs)
                    );
                    linter.label(Code::LabelOfTwo, skill, label, message);
                }
            }
        }
    }
    for (position, skill) in skills.iter().enumerate() {
        for (n, label) in skill.labels().iter().enumerate() {
            let Some(rule) = label.rule() else { continue };
            let only_swallows = Rule {
                swallows: rule.swallows.clone(),
                why: rule.why.clone(),
                ..Rule::default()
            };
            if *rule != only_swallows {
                continue;
            }
            for victim in &rule.swallows {
                let Some(at) = taxonomy.position(victim) else {
                    continue;
                };
                for (m, shadowed) in skills[at].labels().iter().enumerate() {
                    let all = taxonomy.sequences(at, m).iter().all(|narrow| {
                        let mut wide = taxonomy.sequences(position, n).iter();
                        wide.any(|wide| same(wide, narrow, lexicon))
                    });
                    if all {
                        let message = format!(
                            "{:?} of skill \"{}\" swallows every match of it{}",
                            label.pattern(),
                            skill.id(),
                            line(label)
                        );
                        linter.label(Code::ShadowedLabel, &skills[at], shadowed, message);
                    }
                }
            }
        }
    }
}

/// Whether evidence for `skill` is evidence for `other`, over any number of steps.
fn implies(taxonomy: &Taxonomy, skill: &Skill, other: &Skill) -> bool {
    let mut open = vec![skill];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(at) = open.pop() {
        if at.id() == other.id() {
            return true;
        }
        if !seen.contains(&at.id()) {
            seen.push(at.id());
            open.extend(at.implies().iter().filter_map(|id| taxonomy.skill(id)));
        }
    }
    false
}

fn categories(linter: &mut Linter, taxonomy: &Taxonomy) {
    // Categories that no file named stand after those that one did, by their ids.
    let mut told: Vec<&str> = Vec::new();
    for skill in taxonomy.skills() {
        let id = skill.category();
        let unnamed = taxonomy
            .categories()
            .any(|(known, label)| known == id && label == id);
        if unnamed && !told.contains(&id) && id != "other" {
            told.push(id);
            let message = format!("its category \"{id}\" is not named under [categories]");
            linter.skill(Code::UnknownCategory, skill, message);
        }
    }
}

fn unreachable(linter: &mut Linter, taxonomy: &Taxonomy) {
    let mut open: Vec<&Skill> = taxonomy
        .skills()
        .iter()
        .filter(|skill| !skill.labels().is_empty())
        .collect();
    let mut seen = HashSet::new();
    while let Some(skill) = open.pop() {
        if seen.insert(skill.id()) {
            open.extend(skill.implies().iter().filter_map(|id| taxonomy.skill(id)));
        }
    }
    for skill in taxonomy
        .skills()
        .iter()
        .filter(|skill| !seen.contains(skill.id()))
    {
        let message = "no label of it can be matched, and no skill implies it".to_owned();
        linter.skill(Code::UnreachableSkill, skill, message);
    }
}

/// Whether bars seem to part phrases. Written without a group, "call center|contact center" doubles its "center".
fn seems_grouped(pattern: &str) -> bool {
    if pattern.contains(['(', '@']) || !pattern.contains('|') {
        return false;
    }
    let elements: Vec<Vec<&str>> = pattern
        .split_whitespace()
        .filter(|element| !element.starts_with('{'))
        .map(|element| {
            element
                .split('|')
                .map(|word| word.trim_end_matches('~'))
                .collect()
        })
        .collect();
    let bars = |element: &Vec<&str>| element.len() > 1;
    elements.windows(2).any(|pair| {
        let doubled = pair[0].iter().any(|word| pair[1].contains(word));
        // "reed|cane weaving|plaiting", where nothing in the writing says that verbs or their objects are meant.
        let both = bars(&pair[0]) && bars(&pair[1]);
        (doubled && (bars(&pair[0]) || bars(&pair[1])))
            || (both && !pattern.contains('~') && !pattern.contains('{'))
    })
}

/// Stems that are no everyday word but would be with their last letter, each with that word: `reduc~` and "reduce".
fn cut_stems(pattern: &str) -> Vec<(&str, String)> {
    let mut pieces: Vec<&str> = pattern.split('~').collect();
    pieces.pop();
    let mut cut = Vec::new();
    for piece in pieces {
        let start = piece
            .rfind(|c: char| !c.is_ascii_lowercase())
            .map_or(0, |at| at + 1);
        let stem = piece.get(start..).unwrap_or_default();
        // Short ones are words of their own more often than not.
        if stem.len() < SHORTEST_STEM || is_everyday(stem) {
            continue;
        }
        let whole = ["e", "y"].map(|letter| format!("{stem}{letter}"));
        if let Some(whole) = whole.into_iter().find(|whole| is_everyday(whole)) {
            cut.push((stem, whole));
        }
    }
    cut
}

/// Whether a bar and a space stand side by side outside parentheses. A rule takes lists, so whole alternatives have a place of their own there,
/// and "a|b c" is a slip more often than in a label.
fn has_loose_bar(pattern: &str) -> bool {
    let mut depth = 0usize;
    let (mut bar, mut space) = (false, false);
    for c in pattern.trim().chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => bar = true,
            c if depth == 0 && c.is_whitespace() => space = true,
            _ => {}
        }
    }
    bar && space
}

fn as_read(pattern: &str) -> String {
    let elements = pattern.split_whitespace().map(|element| {
        if element.contains('|') {
            format!("({element})")
        } else {
            element.to_owned()
        }
    });
    elements.collect::<Vec<_>>().join(" ")
}

fn line(label: &Label) -> String {
    label
        .line()
        .map_or_else(String::new, |line| format!(" (line {line})"))
}
