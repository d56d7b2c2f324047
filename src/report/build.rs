//! Puts a report together: the one place where text is quoted.

use crate::document::Document;
use crate::evidence::{Mention, Reading};
use crate::facts::{FactFlagKind, Facts};
use crate::profile::Need;
use crate::score::{BASIS_POINTS, Percent, Points, RequirementStatus, Score, ScorePlan, Strength};
use crate::span::Span;
use crate::taxonomy::Taxonomy;

use super::context;
use super::{
    CategoryReport, Evidence, Fingerprint, Flag, FlagCode, MissingSkill, Phrase, Quoted, Report,
    RequirementReport, SCHEMA, SectionReport, SkillReport, SuppressedMatch,
};

/// One skill named more often than this on one resume is flagged. The most seen in 300 real resumes is 24, for customer service.
const MOST_REPETITIONS: usize = 30;

/// Everything the stages before have found.
pub(crate) struct Findings<'f> {
    pub(crate) text: &'f str,
    pub(crate) reading: Reading<'f>,
    pub(crate) mentions: &'f [Mention],
    pub(crate) strengths: &'f [Strength],
    pub(crate) facts: Facts,
    pub(crate) score: Score,
    /// Characters of context that quotes are given on either side.
    pub(crate) context: usize,
}

pub(crate) fn build(
    source: &str,
    document: Option<&Document>,
    findings: Findings<'_>,
    plan: &ScorePlan,
    taxonomy: &Taxonomy,
    fingerprint: Fingerprint,
) -> Report {
    let requirements = requirements(&findings, plan);
    Report {
        schema: SCHEMA.to_owned(),
        source: source.to_owned(),
        status: document.map_or(crate::document::Status::Scored, |document| {
            document.status()
        }),
        fingerprint,
        score: findings.score.total,
        coverage: coverage(&findings.score),
        reverse_coverage: reverse_coverage(&findings, plan),
        categories: categories(&findings, plan, taxonomy),
        skills: skills(&findings, plan, taxonomy),
        missing: missing(&findings.score, plan, taxonomy),
        suppressed: suppressed(&findings, taxonomy),
        knock_outs: requirements
            .iter()
            .filter(|r| r.need == Need::Required && r.status == RequirementStatus::NotMet)
            .map(|r| r.id.to_string())
            .collect(),
        requirements,
        sections: findings
            .reading
            .sections
            .iter()
            .map(|section| {
                let Span { start, end } = section.span();
                SectionReport {
                    kind: section.kind(),
                    start,
                    end,
                }
            })
            .collect(),
        flags: flags(&findings, document),
        facts: findings.facts,
        roles: Vec::new(),
        duplicate_of: None,
    }
}

fn of_one(basis_points: u32) -> f64 {
    f64::from(basis_points) / f64::from(BASIS_POINTS)
}

fn coverage(score: &Score) -> Option<Percent> {
    let weight = |shown: bool| -> u64 {
        score
            .skills
            .iter()
            .filter(|part| !shown || part.points > Points::default())
            .map(|part| u64::from(part.weight))
            .sum()
    };
    Percent::of(weight(true), weight(false))
}

fn reverse_coverage(findings: &Findings<'_>, plan: &ScorePlan) -> Option<Percent> {
    let asked = findings
        .strengths
        .iter()
        .filter(|shown| plan.place(shown.skill).is_some())
        .count();
    Percent::of(asked as u64, findings.strengths.len() as u64)
}

fn categories(
    findings: &Findings<'_>,
    plan: &ScorePlan,
    taxonomy: &Taxonomy,
) -> Vec<CategoryReport> {
    taxonomy
        .categories()
        .zip(&plan.by_category)
        .filter_map(|((id, label), places)| {
            let parts = || places.iter().map(|&place| &findings.score.skills[place]);
            let weight: u32 = parts().map(|part| part.weight).sum();
            let points: Points = parts().map(|part| part.points).sum();
            // Points are weight times percent, so this is the mean percent by weight.
            let percent = Percent::of(u64::from(points.units()), u64::from(weight) * 100)?;
            Some(CategoryReport {
                id: id.into(),
                label: label.into(),
                percent,
                weight: of_one(weight),
                points,
            })
        })
        .collect()
}

fn skills(findings: &Findings<'_>, plan: &ScorePlan, taxonomy: &Taxonomy) -> Vec<SkillReport> {
    // Put in order before they are reports, which are large.
    let mut order: Vec<_> = findings
        .strengths
        .iter()
        .map(|shown| {
            let skill = &taxonomy.skills()[shown.skill as usize];
            let asked = plan.place(shown.skill);
            let part = asked.map(|at| &findings.score.skills[at]);
            let points = part.map_or(Points::default(), |part| part.points);
            (points, shown, skill, asked)
        })
        .collect();
    order.sort_unstable_by(|(points, shown, skill, _), (others, other, than, _)| {
        (others, other.percent, skill.id()).cmp(&(points, shown.percent, than.id()))
    });
    order
        .into_iter()
        .map(|(points, shown, skill, asked)| {
            // Those of one skill stand in the order of the text.
            let mentions = &findings.mentions[shown.mentions.clone()];
            SkillReport {
                id: skill.id().into(),
                label: skill.label().into(),
                category: skill.category().into(),
                importance: asked.map(|at| plan.profile.skills()[at].importance()),
                percent: f64::from(shown.percent),
                weight: asked.map_or(0.0, |at| of_one(findings.score.skills[at].weight)),
                points,
                occurrences: mentions.len(),
                months: shown.months,
                last_used: shown.last_used,
                evidence: mentions
                    .iter()
                    .map(|mention| evidence(mention, findings))
                    .collect(),
            }
        })
        .collect()
}

fn evidence(mention: &Mention, findings: &Findings<'_>) -> Evidence {
    let span = mention.span(findings.reading.text);
    Evidence {
        start: span.start,
        end: span.end,
        quote: findings.text[span.range()].into(),
        section: mention.section,
        kind: mention.kind,
        before: context::before(findings.text, span.start, findings.context),
        after: context::after(findings.text, span.end, findings.context),
    }
}

fn missing(score: &Score, plan: &ScorePlan, taxonomy: &Taxonomy) -> Vec<MissingSkill> {
    let mut order: Vec<_> = plan
        .profile
        .skills()
        .iter()
        .zip(&score.skills)
        .zip(&plan.positions)
        .filter(|((_, part), _)| part.points == Points::default())
        .map(|((skill, part), &position)| (Points::new(part.weight, 100), skill, position))
        .collect();
    order.sort_unstable_by(|(points, skill, _), (others, than, _)| {
        (others, skill.id()).cmp(&(points, than.id()))
    });
    order
        .into_iter()
        .map(|(points, skill, position)| MissingSkill {
            id: skill.id().into(),
            label: taxonomy.skills()[position as usize].label().into(),
            importance: skill.importance(),
            points,
        })
        .collect()
}

fn suppressed(findings: &Findings<'_>, taxonomy: &Taxonomy) -> Vec<SuppressedMatch> {
    let counting = |mention: &&Mention| mention.counts();
    let how_many = findings.mentions.len() - findings.mentions.iter().filter(counting).count();
    let mut suppressed = Vec::with_capacity(how_many);
    suppressed.extend(findings.mentions.iter().filter_map(|mention| {
        let reason = mention.suppressed?;
        let span = mention.span(findings.reading.text);
        Some(SuppressedMatch {
            id: taxonomy.skills()[mention.skill as usize].id().into(),
            start: span.start,
            end: span.end,
            quote: findings.text[span.range()].into(),
            reason,
        })
    }));
    suppressed.sort_unstable_by(|a, b| (a.start, a.end, &a.id).cmp(&(b.start, b.end, &b.id)));
    suppressed
}

fn requirements(findings: &Findings<'_>, plan: &ScorePlan) -> Vec<RequirementReport> {
    plan.profile
        .requirements()
        .iter()
        .zip(&plan.wants)
        .zip(&findings.score.requirements)
        .map(
            |((requirement, wants), (part, outcome))| RequirementReport {
                id: requirement.id().into(),
                need: requirement.importance(),
                status: outcome.status,
                wants: wants.as_str().into(),
                found: outcome.found.as_deref().map(Phrase::from),
                percent: f64::from(outcome.fulfilment),
                weight: of_one(part.weight),
                points: part.points,
                evidence: outcome
                    .spans
                    .iter()
                    .map(|span| Quoted {
                        start: span.start,
                        end: span.end,
                        quote: findings.text[span.range()].into(),
                    })
                    .collect(),
            },
        )
        .collect()
}

fn flags(findings: &Findings<'_>, document: Option<&Document>) -> Vec<Flag> {
    let repeated = findings
        .strengths
        .iter()
        .filter(|shown: &&Strength| shown.mentions.len() > MOST_REPETITIONS)
        .count();
    let corrupt_dates = findings
        .facts
        .flags()
        .iter()
        .filter(|flag| flag.code() == FactFlagKind::CorruptedDate)
        .count();
    let counts = [
        (
            FlagCode::HiddenText,
            document.map_or(0, |document| document.hidden().len()),
        ),
        (
            FlagCode::NotAllRead,
            document.map_or(0, |document| document.notes().len()),
        ),
        (FlagCode::CorruptDate, corrupt_dates),
        (FlagCode::Repetition, repeated),
        (
            FlagCode::NoDates,
            usize::from(findings.facts.months_experience().is_none()),
        ),
    ];
    counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(code, count)| Flag { code, count })
        .collect()
}
