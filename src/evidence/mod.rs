//! What the resume claims of each skill: a match becomes a mention that counts, or one that is kept with the reason why it does not.

mod context;
mod rule;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::matcher::{Match, Matcher, MatcherBuilder, WordIds};
use crate::section::{Section, SectionKind};
use crate::span::Span;
use crate::taxonomy::{LabelKind, Taxonomy};
use crate::text::{Joint, NormalizedText, Shape};

use context::Context;
use rule::{Checks, CompiledRule};

/// How a mention shows its skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EvidenceKind {
    /// Its name stands in a list of skills, or in no section that is known.
    Listed,
    /// Its name stands in a summary, or where the work is told.
    Named,
    /// A duty that shows it is described.
    Described,
}

/// Why a match does not count. The codes are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// "no experience with payroll".
    Negated,
    /// "eager to learn payroll".
    Aspired,
    /// The words mean something else here: "excel in every class".
    OtherSense,
    /// The words alone say too little where they stand: "training" in a sentence about something else.
    TooLittle,
    /// Somebody else's duty, or done to the person: "reported to the customer service manager".
    NotThePerson,
    /// Part of a company's or school's name.
    OrganizationName,
    /// Part of an e-mail address or a URL.
    Address,
    /// A field of study.
    FieldOfStudy,
    /// Part of the title of a publication.
    WorkTitle,
    /// Named as a weakness.
    Weakness,
    /// Stands among the references.
    References,
    /// Part of a longer name of another skill: "stress management".
    PartOfAnother,
}

/// One place where a resume shows a skill, or seems to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Position of the skill in the taxonomy.
    pub(crate) skill: u32,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) kind: EvidenceKind,
    pub(crate) section: SectionKind,
    /// `None` when it counts.
    pub(crate) suppressed: Option<Reason>,
}

impl Mention {
    pub(crate) fn span(&self, text: &NormalizedText) -> Span {
        text.span(self.first as usize, self.last as usize)
    }

    pub(crate) fn counts(&self) -> bool {
        self.suppressed.is_none()
    }
}

/// A label as the matcher's target.
#[derive(Clone, Debug)]
struct Target {
    skill: u32,
    kind: LabelKind,
    rule: Option<CompiledRule>,
}

/// One text with all that the stages before have found in it.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'t> {
    pub(crate) text: &'t NormalizedText,
    pub(crate) ids: &'t WordIds,
    pub(crate) sections: &'t [Section],
    pub(crate) matcher: &'t Matcher,
}

impl Reading<'_> {
    /// The section that a token stands in.
    pub(crate) fn section(&self, token: u32) -> SectionKind {
        let at = self
            .sections
            .partition_point(|section| section.end() <= token);
        self.sections
            .get(at)
            .map_or(SectionKind::Other, Section::kind)
    }
}

/// The buffers that [`EvidenceFinder::gather`] works in, kept from text to text.
#[derive(Debug, Default)]
pub(crate) struct EvidenceScratch {
    context: context::Scopes,
    names: Vec<Name>,
}

/// The labels of a taxonomy and the context rules, compiled into one matcher.
#[derive(Clone, Debug)]
pub(crate) struct EvidenceFinder {
    targets: Vec<Target>,
    context: Context,
    /// For each skill the skills it gives evidence for, near and far.
    implied: Vec<Vec<u32>>,
}

impl EvidenceFinder {
    /// Compiles the taxonomy's labels and the built-in context rules.
    pub(crate) fn compile(taxonomy: &Taxonomy) -> Result<(Self, Matcher)> {
        let (finder, builder) = Self::collect(taxonomy)?;
        Ok((finder, builder.build()?))
    }

    /// The same with the patterns collected but not compiled.
    pub(crate) fn collect(taxonomy: &Taxonomy) -> Result<(Self, MatcherBuilder)> {
        let mut builder = MatcherBuilder::new(taxonomy.lexicon().clone());
        let mut targets = Vec::new();
        let mut checks = Checks::default();
        for (position, skill) in taxonomy.skills().iter().enumerate() {
            for (n, label) in skill.labels().iter().enumerate() {
                let rule = label
                    .rule()
                    .map(|rule| CompiledRule::new(rule, taxonomy, &mut builder, &mut checks))
                    .transpose()
                    .map_err(|error| label.wrong(skill, error))?;
                builder.find(taxonomy.sequences(position, n), targets.len() as u32);
                targets.push(Target {
                    skill: position as u32,
                    kind: label.kind(),
                    rule,
                });
            }
        }
        let context = Context::builtin(&mut builder, targets.len() as u32)?;
        let implied = (0..taxonomy.skills().len())
            .map(|skill| implied_by(taxonomy, skill))
            .collect();
        Ok((
            Self {
                targets,
                context,
                implied,
            },
            builder,
        ))
    }

    /// Makes mentions of matches: sorted by skill, then place; those of one skill do not overlap.
    pub(crate) fn gather(
        &self,
        reading: Reading<'_>,
        matches: &[Match],
        scratch: &mut EvidenceScratch,
        mentions: &mut Vec<Mention>,
    ) {
        mentions.clear();
        let scopes = &mut scratch.context;
        self.context.find_scopes(reading, matches, scopes);
        for found in matches {
            let Some(target) = self.targets.get(found.target as usize) else {
                continue;
            };
            let section = reading.section(found.first);
            if is_list(section) && crosses_items(reading.text, found) {
                continue;
            }
            let mention = Mention {
                skill: target.skill,
                first: found.first,
                last: found.last,
                kind: evidence_kind(target.kind, section),
                section,
                suppressed: self.suppression(reading, found, target, section, scopes),
            };
            mentions.push(mention);
        }
        self.swallow(matches, &mut scratch.names, mentions);
        for n in 0..mentions.len() {
            let mention = mentions[n];
            if mention.counts() {
                let implied = &self.implied[mention.skill as usize];
                mentions.extend(implied.iter().map(|&skill| Mention { skill, ..mention }));
            }
        }
        merge(mentions);
    }

    fn suppression(
        &self,
        reading: Reading<'_>,
        found: &Match,
        target: &Target,
        section: SectionKind,
        scopes: &context::Scopes,
    ) -> Option<Reason> {
        if reading.text.tokens()[found.first as usize]
            .shape
            .has(Shape::ADDRESS)
        {
            return Some(Reason::Address);
        }
        if section == SectionKind::References {
            return Some(Reason::References);
        }
        let objection = target
            .rule
            .as_ref()
            .and_then(|rule| rule.objection(reading, found, section));
        objection.or_else(|| scopes.reason(found))
    }

    /// Takes back what stands inside a longer name that swallows it.
    fn swallow(&self, matches: &[Match], names: &mut Vec<Name>, mentions: &mut [Mention]) {
        names.clear();
        for found in matches {
            let target = self.targets.get(found.target as usize);
            let Some(rule) = target.and_then(|target| target.rule.as_ref()) else {
                continue;
            };
            names.extend(rule.swallows.iter().map(|&skill| Name {
                skill,
                first: found.first,
                reach: found.last,
            }));
        }
        if names.is_empty() {
            return;
        }
        names.sort_unstable();
        // Each name's reach becomes the furthest of those that begin no later, so one look tells whether any holds a mention.
        for n in 1..names.len() {
            if names[n].skill == names[n - 1].skill {
                names[n].reach = names[n].reach.max(names[n - 1].reach);
            }
        }
        for mention in mentions.iter_mut().filter(|mention| mention.counts()) {
            let end = names
                .partition_point(|name| (name.skill, name.first) <= (mention.skill, mention.first));
            if let Some(name) = names[..end].last()
                && name.skill == mention.skill
                && mention.last <= name.reach
            {
                mention.suppressed = Some(Reason::PartOfAnother);
            }
        }
    }
}

/// A longer name that swallows a skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    skill: u32,
    first: u32,
    reach: u32,
}

/// Sections that are lists of names more than prose; what a section finder takes for schooling or interests is often one, too.
fn is_list(section: SectionKind) -> bool {
    matches!(
        section,
        SectionKind::Skills | SectionKind::Education | SectionKind::Interests
    )
}

/// In a list of skills a comma ends an item: "Lead, marketing, staff" says nothing of leading staff.
fn crosses_items(text: &NormalizedText, found: &Match) -> bool {
    let inner = found.first as usize + 1..=found.last as usize;
    text.tokens()[inner]
        .iter()
        .any(|token| token.joint.has(Joint::COMMA))
}

fn evidence_kind(label: LabelKind, section: SectionKind) -> EvidenceKind {
    match (label, section) {
        (LabelKind::Described, _) => EvidenceKind::Described,
        (_, SectionKind::Experience | SectionKind::Summary) => EvidenceKind::Named,
        _ => EvidenceKind::Listed,
    }
}

/// All skills that evidence for `skill` is evidence for, over any number of steps; circles were refused when the taxonomy was built.
fn implied_by(taxonomy: &Taxonomy, skill: usize) -> Vec<u32> {
    let mut all = Vec::new();
    let mut open = vec![skill];
    while let Some(at) = open.pop() {
        for other in taxonomy.skills()[at].implies() {
            if let Some(position) = taxonomy.position(other)
                && !all.contains(&(position as u32))
            {
                all.push(position as u32);
                open.push(position);
            }
        }
    }
    all.sort_unstable();
    all
}

/// By skill, those that count first, by their first token, the longest first, by kind.
fn rank(mention: &Mention) -> (u64, u64, EvidenceKind) {
    // Two numbers in one are compared at once.
    let skill = u64::from(mention.skill) << 1 | u64::from(mention.suppressed.is_some());
    let place = u64::from(mention.first) << 32 | u64::from(!mention.last);
    (skill, place, mention.kind)
}

/// Puts overlapping mentions of one skill together: one that counts wins over one that does not, a longer over a shorter.
fn merge(mentions: &mut Vec<Mention>) {
    mentions.sort_unstable_by_key(rank);
    // Of each skill those kept that count come first, in order and apart from each other; then those that do not, likewise.
    let (mut kept, mut first_of_skill, mut end_of_counting) = (0, 0, 0);
    for n in 0..mentions.len() {
        let mention = mentions[n];
        if kept > 0 && mentions[kept - 1].skill != mention.skill {
            (first_of_skill, end_of_counting) = (kept, kept);
        }
        let first_alike = match mention.counts() {
            true => first_of_skill,
            false => end_of_counting,
        };
        if let Some(other) = mentions[first_alike..kept].last_mut()
            && other.first <= mention.last
            && mention.first <= other.last
        {
            other.last = other.last.max(mention.last);
            other.kind = other.kind.max(mention.kind);
            continue;
        }
        if !mention.counts() {
            let counting = &mentions[first_of_skill..end_of_counting];
            let next = counting.partition_point(|other| other.last < mention.first);
            if counting
                .get(next)
                .is_some_and(|other| other.first <= mention.last)
            {
                continue;
            }
        }
        mentions[kept] = mention;
        kept += 1;
        if mention.counts() {
            end_of_counting = kept;
        }
    }
    mentions.truncate(kept);
}
