//! A label's rule, compiled: where the label may stand to count.

use rustc_hash::FxHashMap;

use crate::error::{Error, ErrorKind, Result};
use crate::matcher::{CheckId, Match, MatcherBuilder};
use crate::section::SectionKind;
use crate::taxonomy::{Case, Rule, Taxonomy};
use crate::text::{Joint, NormalizedText, Shape};

use super::{Reading, Reason};

/// How far `near` reaches, in words on either side: the notation's documented distance, about a line of print.
const NEAR: usize = 8;

#[derive(Clone, Debug)]
pub(super) struct CompiledRule {
    case: Option<Case>,
    unless_before: Option<CheckId>,
    unless_after: Option<CheckId>,
    unless_near: Option<CheckId>,
    only_before: Option<CheckId>,
    only_after: Option<CheckId>,
    only_near: Option<CheckId>,
    sections: Vec<SectionKind>,
    not_sections: Vec<SectionKind>,
    list_item: bool,
    min_near: Option<(Vec<CheckId>, usize)>,
    any: Vec<CompiledRule>,
    pub(super) swallows: Vec<u32>,
    reason: Option<Reason>,
}

/// The neighbours compiled so far, by their patterns: many labels ask for the same ones.
pub(super) type Checks = FxHashMap<Vec<String>, CheckId>;

impl CompiledRule {
    pub(super) fn new(
        rule: &Rule,
        taxonomy: &Taxonomy,
        builder: &mut MatcherBuilder,
        checks: &mut Checks,
    ) -> Result<Self> {
        let mut check = |patterns: &[String]| -> Option<CheckId> {
            if patterns.is_empty() {
                return None;
            }
            if let Some(&known) = checks.get(patterns) {
                return Some(known);
            }
            let sequences = patterns
                .iter()
                .flat_map(|pattern| taxonomy.neighbour(pattern));
            let id = builder.check(sequences.cloned().collect());
            checks.insert(patterns.to_vec(), id);
            Some(id)
        };
        let min_near = rule.min_near.as_ref().map(|near| {
            let patterns = near.of.iter();
            let checks = patterns.filter_map(|pattern| check(std::slice::from_ref(pattern)));
            (checks.collect(), near.count)
        });
        Ok(Self {
            case: rule.case,
            unless_before: check(&rule.unless_before),
            unless_after: check(&rule.unless_after),
            unless_near: check(&rule.unless_near),
            only_before: check(&rule.only_before),
            only_after: check(&rule.only_after),
            only_near: check(&rule.only_near),
            sections: sections(&rule.sections)?,
            not_sections: sections(&rule.not_sections)?,
            list_item: rule.list_item,
            min_near,
            any: rule
                .any
                .iter()
                .map(|rule| Self::new(rule, taxonomy, builder, checks))
                .collect::<Result<_>>()?,
            swallows: rule
                .swallows
                .iter()
                .map(|id| skill(id, taxonomy))
                .collect::<Result<_>>()?,
            reason: rule.reason.as_deref().map(reason).transpose()?,
        })
    }

    /// Why the match does not count; `None` when it does.
    pub(super) fn objection(
        &self,
        reading: Reading<'_>,
        found: &Match,
        section: SectionKind,
    ) -> Option<Reason> {
        let Reading {
            text, ids, matcher, ..
        } = reading;
        let (first, last) = (found.first as usize, found.last as usize);
        let before = |check: &CheckId| matcher.ends_before(*check, text, ids, first);
        let after = |check: &CheckId| matcher.starts_after(*check, text, ids, last);
        let near = |check: &CheckId| is_near(reading, *check, first, last, Joint::ends_clause);
        // A list may have its items one a line.
        let in_list = |check: &CheckId| is_near(reading, *check, first, last, Joint::ends_list);
        let otherwise = self
            .case
            .is_some_and(|case| !is_written(text, case, first, last))
            || self.not_sections.contains(&section)
            || self.unless_before.as_ref().is_some_and(before)
            || self.unless_after.as_ref().is_some_and(after)
            || self
                .unless_near
                .as_ref()
                .is_some_and(|check| near(check) || is_within(reading, *check, first, last));
        if otherwise {
            return Some(self.reason.unwrap_or(Reason::OtherSense));
        }
        let enough = (self.sections.is_empty() || self.sections.contains(&section))
            && (!self.list_item || is_list_item(reading, first, last))
            && self.only_before.as_ref().is_none_or(before)
            && self.only_after.as_ref().is_none_or(after)
            && self.only_near.as_ref().is_none_or(near)
            && self.min_near.as_ref().is_none_or(|(checks, count)| {
                checks.iter().filter(|check| in_list(check)).count() >= *count
            })
            && (self.any.is_empty()
                || self
                    .any
                    .iter()
                    .any(|rule| rule.objection(reading, found, section).is_none()));
        (!enough).then(|| self.reason.unwrap_or(Reason::TooLittle))
    }
}

fn sections(names: &[String]) -> Result<Vec<SectionKind>> {
    names
        .iter()
        .map(|name| {
            name.parse().map_err(|error: Error| {
                Error::new(ErrorKind::Taxonomy, format!("rule: {}", error.message()))
            })
        })
        .collect()
}

fn skill(id: &str, taxonomy: &Taxonomy) -> Result<u32> {
    taxonomy
        .position(id)
        .map(|position| position as u32)
        .ok_or_else(|| {
            Error::new(
                ErrorKind::Taxonomy,
                format!("rule: swallows: no skill has the id \"{id}\""),
            )
        })
}

pub(super) fn reason(code: &str) -> Result<Reason> {
    serde_json::from_value(serde_json::Value::from(code)).map_err(|error| {
        let message = crate::reading::plainly(&error.to_string());
        Error::new(ErrorKind::Taxonomy, format!("rule: reason: {message}"))
    })
}

/// Whether the words of the match are written with capitals as the rule asks.
fn is_written(text: &NormalizedText, case: Case, first: usize, last: usize) -> bool {
    let tokens = &text.tokens()[first..=last];
    match case {
        Case::Upper => tokens
            .iter()
            .all(|token| token.shape.has(Shape::UPPER) || token.shape.has(Shape::NUMBER)),
        Case::Capital => {
            tokens.iter().all(|token| token.shape.has(Shape::CAPITAL))
                && !stands_in_capitals(text, first, last)
        }
    }
}

/// Whether the words around are all in capitals, so that a capital says nothing.
fn stands_in_capitals(text: &NormalizedText, first: usize, last: usize) -> bool {
    let tokens = text.tokens();
    let upper =
        |at: usize| tokens[at].shape.has(Shape::UPPER) && tokens[at].end - tokens[at].start > 1;
    if !upper(first) {
        return false;
    }
    let before = first
        .checked_sub(1)
        .filter(|_| !tokens[first].joint.ends_clause())
        .map(upper);
    let after = tokens
        .get(last + 1)
        .filter(|next| !next.joint.ends_clause())
        .map(|_| upper(last + 1));
    match (before, after) {
        (None, None) => false,
        (before, after) => before.unwrap_or(true) && after.unwrap_or(true),
    }
}

/// Whether the match is a whole item of a list.
fn is_list_item(reading: Reading<'_>, first: usize, last: usize) -> bool {
    let text = reading.text;
    let tokens = text.tokens();
    let conjunction = |at: usize| matches!(text.word(at), "and" | "or");
    let heading_before = || {
        let end = tokens[first - 1].end as usize;
        let before = reading
            .sections
            .partition_point(|section| section.end() < first as u32);
        reading
            .sections
            .get(before)
            .and_then(|section| section.heading())
            .is_some_and(|heading| heading.end == end)
    };
    let starts = first == 0
        || tokens[first].joint.parts_items()
        || conjunction(first - 1)
        || heading_before();
    let ends = match tokens.get(last + 1) {
        None => true,
        Some(next) => next.joint.parts_items() || conjunction(last + 1),
    };
    starts && ends
}

/// Whether the pattern stands in the same clause, at most [`NEAR`] words away.
fn is_near(
    reading: Reading<'_>,
    check: CheckId,
    first: usize,
    last: usize,
    ends: fn(Joint) -> bool,
) -> bool {
    let tokens = reading.text.tokens();
    let starts_at = |at: usize| {
        reading
            .matcher
            .starts_at(check, reading.text, reading.ids, at)
    };
    let mut at = first;
    for _ in 0..NEAR {
        if at == 0 || ends(tokens[at].joint) {
            break;
        }
        at -= 1;
        if starts_at(at).is_some_and(|end| end < first) {
            return true;
        }
    }
    for (at, token) in tokens.iter().enumerate().skip(last + 1).take(NEAR) {
        if ends(token.joint) {
            break;
        }
        if starts_at(at).is_some() {
            return true;
        }
    }
    false
}

/// Whether the pattern stands among the words that the match's gaps passed over.
fn is_within(reading: Reading<'_>, check: CheckId, first: usize, last: usize) -> bool {
    (first + 1..last).any(|at| {
        reading
            .matcher
            .starts_at(check, reading.text, reading.ids, at)
            .is_some_and(|end| end < last)
    })
}
