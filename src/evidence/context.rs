//! Negation, wishes, other people's duties, names: what takes a mention back, for all skills alike. The rules are data, in
//! `data/context.toml`; their cues are found by the same matcher in the same pass as the skills.

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::matcher::{Match, MatcherBuilder};
use crate::section::SectionKind;
use crate::taxonomy::{Sets, expand};
use crate::text::{Joint, Shape, Token};

use super::{Reading, Reason, rule};

const CONTEXT: &str = include_str!("../data/context.toml");

/// A name's ending takes so many words before it into the name, and a beginning so many after it.
/// 3: "Excel Heights Day School"; with more, job titles that stand before a company's name would be lost.
const NAME_REACH: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cancel: Patterns,
    stop: Patterns,
    cue: Vec<RawCue>,
    organization: RawOrganization,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patterns {
    #[serde(rename = "match")]
    patterns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCue {
    #[serde(rename = "match")]
    patterns: Vec<String>,
    reason: String,
    scope: Direction,
    reach: u32,
    #[serde(default)]
    sections: Vec<String>,
    #[serde(default)]
    start: bool,
    #[serde(default)]
    capital: bool,
    #[allow(dead_code, reason = "for the file's reader")]
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOrganization {
    ending: Vec<String>,
    beginning: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Direction {
    After,
    Before,
    /// The cue's own words.
    Over,
}

#[derive(Clone, Debug)]
enum Cue {
    Cancel,
    Stop,
    Suppress {
        reason: Reason,
        direction: Direction,
        reach: u32,
        sections: Vec<SectionKind>,
        start: bool,
        capital: bool,
    },
    NameEnding,
    NameBeginning,
}

/// The context rules, compiled; their matches have targets from `first` on.
#[derive(Clone, Debug)]
pub(super) struct Context {
    first: u32,
    cues: Vec<Cue>,
}

/// Where mentions are taken back in one text.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    cancels: Vec<(u32, u32)>,
    longest_cancel: u32,
    stops: Vec<u32>,
    /// By their first token.
    scopes: Vec<Scope>,
    longest_scope: u32,
}

#[derive(Clone, Copy, Debug)]
struct Scope {
    first: u32,
    last: u32,
    reason: Reason,
    /// The whole mention must lie within: a name.
    whole: bool,
    /// Any overlap is enough: the cue is the mention.
    over: bool,
    /// Its place in the order in which the cues were found.
    order: u32,
}

impl Context {
    pub(super) fn builtin(builder: &mut MatcherBuilder, first: u32) -> Result<Self> {
        let file: File = toml::from_str(CONTEXT).map_err(|error| {
            Error::new(ErrorKind::Taxonomy, error.to_string()).in_file("context.toml")
        })?;
        let mut context = Self {
            first,
            cues: Vec::new(),
        };
        context.add(builder, &file.cancel.patterns, Cue::Cancel)?;
        context.add(builder, &file.stop.patterns, Cue::Stop)?;
        context.add(builder, &file.organization.ending, Cue::NameEnding)?;
        context.add(builder, &file.organization.beginning, Cue::NameBeginning)?;
        for cue in &file.cue {
            let sections = cue.sections.iter().map(|name| {
                name.parse().map_err(|_| {
                    Error::new(
                        ErrorKind::Taxonomy,
                        format!("no section is named \"{name}\""),
                    )
                })
            });
            let suppress = Cue::Suppress {
                reason: rule::reason(&cue.reason)?,
                direction: cue.scope,
                reach: cue.reach,
                sections: sections.collect::<Result<_>>()?,
                start: cue.start,
                capital: cue.capital,
            };
            context.add(builder, &cue.patterns, suppress)?;
        }
        Ok(context)
    }

    fn add(&mut self, builder: &mut MatcherBuilder, patterns: &[String], cue: Cue) -> Result<()> {
        for pattern in patterns {
            let sequences = expand(pattern, &Sets::new(), builder.lexicon())
                .map_err(|error| error.in_file("context.toml"))?;
            builder.find(&sequences, self.first + self.cues.len() as u32);
        }
        self.cues.push(cue);
        Ok(())
    }

    pub(super) fn find_scopes(&self, reading: Reading<'_>, matches: &[Match], found: &mut Scopes) {
        found.cancels.clear();
        found.stops.clear();
        found.scopes.clear();
        let cues = || {
            matches.iter().filter_map(|m| {
                let cue = m.target.checked_sub(self.first)?;
                Some((m, &self.cues[cue as usize]))
            })
        };
        for (m, cue) in cues() {
            match cue {
                Cue::Cancel => found.cancels.push((m.first, m.last)),
                Cue::Stop => found.stops.push(m.first),
                _ => {}
            }
        }
        found.stops.sort_unstable();
        found.cancels.sort_unstable();
        found.longest_cancel = longest(found.cancels.iter().copied());
        let tokens = reading.text.tokens();
        for (m, cue) in cues() {
            match cue {
                Cue::Cancel | Cue::Stop => {}
                Cue::NameEnding => found.scopes.extend(name_before(tokens, m)),
                Cue::NameBeginning => found.scopes.extend(name_after(tokens, m)),
                Cue::Suppress {
                    reason,
                    direction,
                    reach,
                    sections,
                    start,
                    capital,
                } => {
                    let cancelled = found.cancels_over(m.first, m.last)
                        // "looking for a job where I can use my payroll skills": the use follows the wish.
                        || *reason == Reason::Aspired
                            && found
                                .cancels_from(m.first, m.last + reach)
                                .iter()
                                .any(|&(first, _)| same_clause(tokens, m.last, first));
                    let written = &tokens[m.first as usize..=m.last as usize];
                    let plain = *capital
                        && !written.iter().all(|token| {
                            token.shape.has(Shape::CAPITAL) || token.shape.has(Shape::NUMBER)
                        });
                    let misplaced =
                        *start && m.first > 0 && !tokens[m.first as usize].joint.ends_clause();
                    if cancelled
                        || plain
                        || misplaced
                        || !(sections.is_empty() || sections.contains(&reading.section(m.first)))
                    {
                        continue;
                    }
                    let (first, last) = match direction {
                        Direction::After => {
                            (m.last + 1, forward(tokens, m.last, *reach, &found.stops))
                        }
                        Direction::Before => {
                            (backward(tokens, m.first, *reach), m.first.saturating_sub(1))
                        }
                        Direction::Over => (m.first, m.last),
                    };
                    let over = *direction == Direction::Over;
                    found.scopes.push(Scope {
                        first,
                        last,
                        reason: *reason,
                        whole: false,
                        over,
                        order: 0,
                    });
                }
            }
        }
        found.settle();
    }
}

/// The most tokens from the first to the last of any range.
fn longest(ranges: impl Iterator<Item = (u32, u32)>) -> u32 {
    ranges
        .map(|(first, last)| last.saturating_sub(first))
        .max()
        .unwrap_or(0)
}

impl Scopes {
    /// The cancelling words that begin at one of these tokens.
    fn cancels_from(&self, first: u32, last: u32) -> &[(u32, u32)] {
        let start = self.cancels.partition_point(|cancel| cancel.0 < first);
        let end = self.cancels.partition_point(|cancel| cancel.0 <= last);
        &self.cancels[start..end.max(start)]
    }

    /// Whether cancelling words stand over all these tokens.
    fn cancels_over(&self, first: u32, last: u32) -> bool {
        self.cancels_from(last.saturating_sub(self.longest_cancel), first)
            .iter()
            .any(|cancel| last <= cancel.1)
    }

    /// Puts the scopes in the order of the text, for quick look-ups.
    fn settle(&mut self) {
        self.longest_scope = longest(self.scopes.iter().map(|scope| (scope.first, scope.last)));
        for (n, scope) in self.scopes.iter_mut().enumerate() {
            scope.order = n as u32;
        }
        self.scopes
            .sort_unstable_by_key(|scope| (scope.first, scope.order));
    }

    /// The reason why the match does not count, if it stands in a scope; of several, the one whose cue was found first.
    pub(super) fn reason(&self, found: &Match) -> Option<Reason> {
        // Scopes are short, so only those that begin near the match can hold it.
        let nearest = found.first.saturating_sub(self.longest_scope);
        let start = self.scopes.partition_point(|scope| scope.first < nearest);
        self.scopes[start..]
            .iter()
            .take_while(|scope| scope.first <= found.last)
            .filter(|scope| {
                if scope.whole {
                    scope.first <= found.first && found.last <= scope.last
                } else if scope.over {
                    scope.first <= found.last && found.first <= scope.last
                } else {
                    scope.first <= found.first && found.first <= scope.last
                }
            })
            .min_by_key(|scope| scope.order)
            .map(|scope| scope.reason)
    }
}

fn same_clause(tokens: &[Token], from: u32, to: u32) -> bool {
    tokens[(from.min(to) as usize + 1).min(to as usize + 1)..=to as usize]
        .iter()
        .all(|token| !token.joint.ends_clause())
}

/// The last token of a scope that starts after `token`.
fn forward(tokens: &[Token], token: u32, reach: u32, stops: &[u32]) -> u32 {
    let mut last = token;
    for at in token + 1..=token.saturating_add(reach) {
        let Some(next) = tokens.get(at as usize) else {
            break;
        };
        if next.joint.ends_clause() || stops.binary_search(&at).is_ok() {
            break;
        }
        last = at;
    }
    last
}

/// The first token of a scope that ends before `token`.
fn backward(tokens: &[Token], token: u32, reach: u32) -> u32 {
    let mut first = token;
    for _ in 0..reach {
        if first == 0 || tokens[first as usize].joint.ends_clause() {
            break;
        }
        first -= 1;
    }
    first
}

/// "Teamwork Drayage LLC": the capitalised words before the ending, and the ending.
fn name_before(tokens: &[Token], ending: &Match) -> Option<Scope> {
    if !tokens[ending.first as usize].shape.has(Shape::CAPITAL) {
        return None;
    }
    let mut first = ending.first as usize;
    for _ in 0..NAME_REACH {
        let token = &tokens[first];
        // "Example, Inc": a comma stands before the ending only; farther on it parts a list, "Excel, Visual Studio".
        let comma = token.joint.has(Joint::COMMA) && first < ending.first as usize;
        if first == 0 || comma || !in_name(token) || !tokens[first - 1].shape.has(Shape::CAPITAL) {
            break;
        }
        first -= 1;
    }
    (first < ending.first as usize).then_some(Scope {
        first: first as u32,
        last: ending.last,
        reason: Reason::OrganizationName,
        whole: true,
        over: false,
        order: 0,
    })
}

/// "University of Management": the beginning and the capitalised words after it.
fn name_after(tokens: &[Token], beginning: &Match) -> Option<Scope> {
    if !tokens[beginning.first as usize].shape.has(Shape::CAPITAL) {
        return None;
    }
    let mut last = beginning.last as usize;
    for _ in 0..NAME_REACH {
        match tokens.get(last + 1) {
            Some(next) if in_name(next) && next.shape.has(Shape::CAPITAL) => last += 1,
            _ => break,
        }
    }
    (last > beginning.last as usize).then_some(Scope {
        first: beginning.first,
        last: last as u32,
        reason: Reason::OrganizationName,
        whole: true,
        over: false,
        order: 0,
    })
}

/// Whether the token may belong to one name with the token before it; a comma before "Inc" may, too.
fn in_name(token: &Token) -> bool {
    let mut joint = token.joint;
    joint.remove(Joint::COMMA);
    joint.joins_name() && !token.joint.has(Joint::NEWLINE)
}
