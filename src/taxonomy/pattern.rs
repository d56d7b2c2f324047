//! The pattern notation of `notation.md`: read, and expanded into plain sequences of steps.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use crate::error::{Error, ErrorKind, Result};
use crate::text::{Joint, NormalizedText};

use super::lexicon::{Lexicon, SetId, WordId};

/// A pattern's plain sequences may not be more: what a group of 8 by 8 by 4 alternatives gives.
const MOST_SEQUENCES: usize = 256;
/// Longer names than this do not occur in ESCO's 97,000 labels but for 40 sentences.
const MOST_STEPS: usize = 16;
const MOST_GAPS: usize = 3;
const WIDEST_GAP: u8 = 8;
/// A pattern's source text; a longer one is a paste that went wrong.
const LONGEST_PATTERN: usize = 4000;
/// Groups within groups. People do not read more than two; the limit keeps the reader off the stack's end.
const DEEPEST_GROUP: usize = 8;

/// One step of a plain sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Step {
    /// One of these words; `slash`: a slash may stand before it (`a/p`).
    Words { set: SetId, slash: bool },
    /// A number.
    Number,
    /// So many words of any kind.
    Gap { min: u8, max: u8 },
}

/// Steps to be found one after the other. Six: nearly all have no more, and a taxonomy has tens of thousands.
pub(crate) type Sequence = SmallVec<[Step; 6]>;

/// For each skill and each of its labels the sequences of the pattern.
pub(super) type Sequences = Vec<Vec<Vec<Sequence>>>;

/// Named word sets, already expanded.
pub(crate) type Sets = BTreeMap<String, Vec<Sequence>>;

/// The neighbour patterns of rules, expanded.
pub(super) type Neighbours = FxHashMap<String, Vec<Sequence>>;

/// Expands a pattern into plain sequences, or says what is wrong with it.
pub(crate) fn expand(pattern: &str, sets: &Sets, lexicon: &mut Lexicon) -> Result<Vec<Sequence>> {
    let sequences = parse(pattern, sets, lexicon)?;
    for sequence in &sequences {
        check(sequence).map_err(|message| in_pattern(pattern, message))?;
    }
    Ok(sequences)
}

/// Expands a neighbour pattern of a rule: it stands next to something, so it may begin or end with a gap.
pub(super) fn expand_neighbour(
    pattern: &str,
    sets: &Sets,
    lexicon: &mut Lexicon,
) -> Result<Vec<Sequence>> {
    let sequences = parse(pattern, sets, lexicon)?;
    for sequence in &sequences {
        check_length(sequence).map_err(|message| in_pattern(pattern, message))?;
    }
    Ok(sequences)
}

fn parse(pattern: &str, sets: &Sets, lexicon: &mut Lexicon) -> Result<Vec<Sequence>> {
    if pattern.len() > LONGEST_PATTERN {
        let message = format!(
            "{} bytes long, at most {LONGEST_PATTERN} are read",
            pattern.len()
        );
        return Err(in_pattern(pattern, message));
    }
    let mut parser = Parser {
        rest: pattern,
        sets,
        lexicon,
        depth: 0,
    };
    let sequences = parser
        .sequence(false)
        .map_err(|message| in_pattern(pattern, message))?;
    if !parser.rest.is_empty() {
        let message = format!("unexpected {:?}", shorten(parser.rest));
        return Err(in_pattern(pattern, message));
    }
    Ok(merge(sequences, lexicon))
}

fn in_pattern(pattern: &str, message: String) -> Error {
    Error::new(
        ErrorKind::Pattern,
        format!("pattern {:?}: {message}", shorten(pattern)),
    )
}

/// Expands the value of a named set: alternatives as inside parentheses.
pub(crate) fn expand_set(value: &str, sets: &Sets, lexicon: &mut Lexicon) -> Result<Vec<Sequence>> {
    expand(&format!("({value})"), sets, lexicon)
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= 80 {
        return text.to_owned();
    }
    text.chars().take(77).chain("...".chars()).collect()
}

/// Whether a label's sequence is one that a pattern can expand into.
pub(super) fn is_sound(sequence: &Sequence) -> bool {
    check(sequence).is_ok()
}

/// Whether a neighbour's sequence is one that a pattern can expand into.
pub(super) fn is_sound_neighbour(sequence: &Sequence) -> bool {
    check_length(sequence).is_ok()
}

fn check(sequence: &Sequence) -> Result<(), String> {
    check_length(sequence)?;
    let is_gap = |step: Option<&Step>| matches!(step, Some(Step::Gap { .. }));
    if is_gap(sequence.first()) || is_gap(sequence.last()) {
        return Err("a gap needs a word on either side".to_owned());
    }
    if !sequence
        .iter()
        .any(|step| matches!(step, Step::Words { .. }))
    {
        return Err("needs a word beside the number".to_owned());
    }
    Ok(())
}

fn check_length(sequence: &Sequence) -> Result<(), String> {
    let is_gap = |step: &Step| matches!(step, Step::Gap { .. });
    if sequence.iter().all(is_gap) {
        return Err("needs a word that is not optional".to_owned());
    }
    if sequence.len() > MOST_STEPS {
        return Err(format!(
            "{} words and gaps long, at most {MOST_STEPS} are read",
            sequence.len()
        ));
    }
    let gaps = sequence.iter().filter(|step| is_gap(step)).count();
    if gaps > MOST_GAPS {
        return Err(format!("{gaps} gaps, at most {MOST_GAPS} are read"));
    }
    Ok(())
}

struct Parser<'a> {
    rest: &'a str,
    sets: &'a Sets,
    lexicon: &'a mut Lexicon,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// Reads elements up to the end, or inside a group up to `|` or `)`.
    fn sequence(&mut self, in_group: bool) -> Result<Vec<Sequence>, String> {
        let mut sequences: Vec<Sequence> = vec![Sequence::new()];
        loop {
            self.rest = self.rest.trim_start();
            match self.rest.chars().next() {
                None => break,
                Some('|' | ')') if in_group => break,
                Some('{') => {
                    let gap = self.gap()?;
                    sequences = product(sequences, &[smallvec![gap]])?;
                }
                Some(_) => {
                    let mut choices = self.element(in_group)?;
                    if self.eat('?') {
                        choices.push(Sequence::new());
                    }
                    sequences = product(sequences, &choices)?;
                }
            }
        }
        Ok(sequences)
    }

    /// One element: atoms joined by bars without spaces.
    fn element(&mut self, in_group: bool) -> Result<Vec<Sequence>, String> {
        let mut choices = self.atom()?;
        // Inside a group a bar parts whole alternatives, so it is left for the group.
        while !in_group && self.eat('|') {
            choices.extend(self.atom()?);
        }
        Ok(merge(choices, self.lexicon))
    }

    fn atom(&mut self) -> Result<Vec<Sequence>, String> {
        match self.rest.chars().next() {
            Some('(') => self.group(),
            Some('@') => self.set(),
            Some('#' | '$') => {
                // Currency and percent signs belong to the number, as they do in a text.
                self.eat('$');
                if !self.eat('#') {
                    return Err("'$' has no meaning but before '#'".to_owned());
                }
                self.eat('%');
                Ok(vec![smallvec![Step::Number]])
            }
            _ => self.word(),
        }
    }

    fn group(&mut self) -> Result<Vec<Sequence>, String> {
        self.eat('(');
        self.depth += 1;
        if self.depth > DEEPEST_GROUP {
            return Err(format!("groups inside groups deeper than {DEEPEST_GROUP}"));
        }
        let mut choices = Vec::new();
        // Alternatives that are one plain word, as most are, come together as one; it stands where the first of them stood.
        let mut lone: Option<(usize, Vec<WordId>)> = None;
        loop {
            match self.lone_word() {
                Some(set) => {
                    let (_, words) = lone.get_or_insert_with(|| {
                        choices.push(Sequence::new());
                        (choices.len() - 1, Vec::new())
                    });
                    words.extend_from_slice(self.lexicon.members(set));
                }
                None => {
                    let alternative = self.sequence(true)?;
                    // The group would match nothing at all, which is more often a slip than meant.
                    if alternative.iter().any(|sequence| sequence.is_empty()) {
                        return Err(
                            "an alternative of a group is empty or all of it is optional; to make the group optional put ? behind it: (a|b)?"
                                .to_owned(),
                        );
                    }
                    choices.extend(alternative);
                }
            }
            if !self.eat('|') {
                break;
            }
        }
        if let Some((at, words)) = lone {
            let set = self.lexicon.set(words);
            choices[at] = smallvec![Step::Words { set, slash: false }];
        }
        if !self.eat(')') {
            return Err("a parenthesis is not closed".to_owned());
        }
        self.depth -= 1;
        Ok(merge(choices, self.lexicon))
    }

    /// The forms of an alternative that is one plain word.
    fn lone_word(&mut self) -> Option<SetId> {
        let end = self.rest.find(|c: char| !c.is_ascii_lowercase())?;
        let (word, behind) = self.rest.split_at(end);
        let inflected = behind.strip_prefix('~');
        let behind = inflected.unwrap_or(behind);
        if word.is_empty() || !behind.starts_with(['|', ')']) {
            return None;
        }
        self.rest = behind;
        Some(self.lexicon.forms(word, inflected.is_some()))
    }

    fn set(&mut self) -> Result<Vec<Sequence>, String> {
        let name = self.take(|c| c.is_ascii_alphanumeric() || matches!(c, '@' | '_' | '-'));
        let name = &name[1..];
        self.sets
            .get(name)
            .cloned()
            .ok_or_else(|| format!("no set is named \"{name}\""))
    }

    fn gap(&mut self) -> Result<Step, String> {
        let text = self.take(|c| c != '}');
        if !self.eat('}') {
            return Err("a gap is not closed: write {0,4}".to_owned());
        }
        let inner = &text[1..];
        let (min, max) = inner.split_once(',').unwrap_or(("0", inner));
        match (min.trim().parse::<u8>(), max.trim().parse::<u8>()) {
            (Ok(min), Ok(max)) if min <= max && (1..=WIDEST_GAP).contains(&max) => {
                Ok(Step::Gap { min, max })
            }
            _ => Err(format!(
                "gap {{{inner}}}: expected {{least,most}} with most from 1 to {WIDEST_GAP}"
            )),
        }
    }

    fn word(&mut self) -> Result<Vec<Sequence>, String> {
        let raw = self
            .take(|c| !c.is_whitespace() && !matches!(c, '|' | '(' | ')' | '{' | '?' | '@' | '~'));
        let inflect = self.eat('~');
        if !raw.is_empty() && raw.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Ok(vec![smallvec![Step::Words {
                set: self.lexicon.forms(raw, inflect),
                slash: false,
            }]]);
        }
        let unfit = raw
            .chars()
            .find(|c| matches!(c, '}' | '*' | '^' | '"' | '!' | '\\' | '[' | ']'));
        if let Some(c) = unfit {
            return Err(format!("{c:?} has no meaning in a pattern"));
        }
        let text = NormalizedText::new(raw);
        if text.word_count() == 0 {
            return Err(match self.rest.chars().next() {
                Some(c) if raw.is_empty() => format!("unexpected {c:?}"),
                _ => format!("\"{raw}\" is empty after normalization"),
            });
        }
        let last = text.word_count() - 1;
        let spelled: Sequence = (0..=last)
            .map(|n| Step::Words {
                set: self.lexicon.forms(text.word(n), inflect && n == last),
                slash: text.tokens()[n].joint.has(Joint::SLASH),
            })
            .collect();
        let mut choices = vec![spelled];
        let hyphens = text.tokens()[1..]
            .iter()
            .all(|token| token.joint.has(Joint::HYPHEN));
        if last > 0 && hyphens {
            let joined: String = (0..=last).map(|n| text.word(n)).collect();
            choices.push(smallvec![Step::Words {
                set: self.lexicon.forms(&joined, inflect),
                slash: false,
            }]);
        }
        Ok(choices)
    }

    fn eat(&mut self, wanted: char) -> bool {
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn take(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !fits(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }
}

/// Every choice after every sequence; gaps that come to stand side by side are added up.
fn product(mut sequences: Vec<Sequence>, choices: &[Sequence]) -> Result<Vec<Sequence>, String> {
    let count = sequences.len() * choices.len();
    if count > MOST_SEQUENCES {
        return Err(format!(
            "expands into {count} or more plain sequences, at most {MOST_SEQUENCES} are kept; use fewer groups or optional words"
        ));
    }
    if let [choice] = choices {
        for sequence in &mut sequences {
            append(sequence, choice);
        }
        return Ok(sequences);
    }
    let mut out = Vec::with_capacity(count);
    for sequence in &sequences {
        for choice in choices {
            let mut joined = sequence.clone();
            append(&mut joined, choice);
            out.push(joined);
        }
    }
    Ok(out)
}

fn append(sequence: &mut Sequence, steps: &[Step]) {
    for step in steps {
        match (sequence.last_mut(), step) {
            (
                Some(Step::Gap { min, max }),
                Step::Gap {
                    min: more,
                    max: wider,
                },
            ) => {
                *min = (*min + more).min(WIDEST_GAP);
                *max = (*max + wider).min(WIDEST_GAP);
            }
            _ => sequence.push(*step),
        }
    }
}

/// Puts alternatives of one shape together: `a`, `b` become one step, `new hire`, `new agent` one sequence with a choice at its end.
fn merge(choices: Vec<Sequence>, lexicon: &mut Lexicon) -> Vec<Sequence> {
    if choices.len() < 2 {
        return choices;
    }
    let by_last = merge_at(choices, lexicon, |sequence| sequence.len() - 1);
    merge_at(by_last, lexicon, |_| 0)
}

fn merge_at(
    choices: Vec<Sequence>,
    lexicon: &mut Lexicon,
    position: impl Fn(&Sequence) -> usize,
) -> Vec<Sequence> {
    let mut out: Vec<Sequence> = Vec::with_capacity(choices.len());
    let mut shapes: FxHashMap<Sequence, usize> = FxHashMap::default();
    // Words of the sequences that were put together; they are made one set at the end, not a set a word.
    let mut together: BTreeMap<usize, Vec<WordId>> = BTreeMap::new();
    for mut choice in choices {
        let at = match choice.is_empty() {
            true => None,
            false => Some(position(&choice)),
        };
        let Some((at, Step::Words { set, slash })) = at.map(|at| (at, choice[at])) else {
            out.push(choice);
            continue;
        };
        let any = SetId(u32::MAX);
        choice[at] = Step::Words { set: any, slash };
        match shapes.get(&choice) {
            Some(&known) => {
                let words = together
                    .entry(known)
                    .or_insert_with(|| match out[known][at] {
                        Step::Words { set, .. } => lexicon.members(set).to_vec(),
                        _ => Vec::new(),
                    });
                words.extend_from_slice(lexicon.members(set));
            }
            None => {
                shapes.insert(choice.clone(), out.len());
                choice[at] = Step::Words { set, slash };
                out.push(choice);
            }
        }
    }
    for (known, words) in together {
        let at = position(&out[known]);
        if let Step::Words { set, .. } = &mut out[known][at] {
            *set = lexicon.set(words);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(pattern: &str) -> Vec<String> {
        let mut lexicon = Lexicon::default();
        let mut sets = Sets::new();
        let people = expand_set("staff|new hire~|new agent", &Sets::new(), &mut lexicon).unwrap();
        sets.insert("people".into(), people);
        match expand(pattern, &sets, &mut lexicon) {
            Ok(sequences) => sequences
                .iter()
                .map(|sequence| show_sequence(sequence, &lexicon))
                .collect(),
            Err(error) => vec![error.to_string()],
        }
    }

    fn show_sequence(sequence: &[Step], lexicon: &Lexicon) -> String {
        let steps: Vec<String> = sequence
            .iter()
            .map(|step| match step {
                Step::Words { set, slash } => {
                    let mut words: Vec<&str> = lexicon
                        .members(*set)
                        .iter()
                        .map(|&id| lexicon.text(id))
                        .collect();
                    words.sort_unstable();
                    format!("{}{}", if *slash { "/" } else { "" }, words.join("|"))
                }
                Step::Number => "#".to_owned(),
                Step::Gap { min, max } => format!("{{{min},{max}}}"),
            })
            .collect();
        steps.join(" ")
    }

    #[test]
    fn patterns_expand() {
        assert_eq!(show("customer service"), ["customer service"]);
        assert_eq!(show("team|crew~"), ["crew|crewed|crewing|crews|team"]);
        assert_eq!(show("multi-task"), ["multi task", "multitask"]);
        assert_eq!(
            show("(call|contact) centre"),
            ["call|contact center|centre"]
        );
        assert_eq!(show("a b? {0,2} c"), ["a b {0,2} c", "a {0,2} c"]);
        assert_eq!(
            show("hire {3} @people"),
            [
                "hire {0,3} staff",
                "hire {0,3} new agent|hire|hired|hires|hiring"
            ]
        );
        assert_eq!(show("a/p # times"), ["a /p # times"]);
        assert_eq!(show("take|(deal with) it"), ["take it", "deal with it"]);
        assert_eq!(show("P&L"), ["p and l"]);
    }

    #[test]
    fn mistakes_are_named() {
        for (pattern, message) in [
            ("", "pattern \"\": needs a word that is not optional"),
            ("--", "pattern \"--\": \"--\" is empty after normalization"),
            ("a (b", "pattern \"a (b\": a parenthesis is not closed"),
            (
                "a (b|c?)",
                "pattern \"a (b|c?)\": an alternative of a group is empty or all of it is optional; to make the group optional put ? behind it: (a|b)?",
            ),
            (
                "a (b|) c",
                "pattern \"a (b|) c\": an alternative of a group is empty or all of it is optional; to make the group optional put ? behind it: (a|b)?",
            ),
            ("a) b", "pattern \"a) b\": unexpected ')'"),
            (
                "{0,2} a",
                "pattern \"{0,2} a\": a gap needs a word on either side",
            ),
            (
                "a {0,99} b",
                "pattern \"a {0,99} b\": gap {0,99}: expected {least,most} with most from 1 to 8",
            ),
            (
                "a @nobody",
                "pattern \"a @nobody\": no set is named \"nobody\"",
            ),
            ("#", "pattern \"#\": needs a word beside the number"),
            ("tr*n", "pattern \"tr*n\": '*' has no meaning in a pattern"),
        ] {
            assert_eq!(show(pattern), [message]);
        }
    }
}
