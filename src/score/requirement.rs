//! Whether a resume meets a requirement, and how far.

use serde::{Deserialize, Serialize};

use crate::facts::{Degree, Facts};
use crate::profile::{Area, Wanted};
use crate::span::Span;
use crate::text::NormalizedText;

use super::strength::Strength;

/// Where a requirement stands. `unknown` is never `not_met`: the resume does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RequirementStatus {
    /// Met.
    Met,
    /// The resume tells enough to say that it is not.
    NotMet,
    /// The resume does not tell, such as years without dates.
    Unknown,
    /// Nothing was asked for.
    NotApplicable,
}

impl RequirementStatus {
    /// Whether it is part of the score.
    pub fn counts(self) -> bool {
        matches!(self, RequirementStatus::Met | RequirementStatus::NotMet)
    }
}

/// What came out for one requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Where it stands.
    pub status: RequirementStatus,
    /// How far it is fulfilled, 0 to 100 percent.
    pub fulfilment: u32,
    /// What the resume shows, for people.
    pub found: Option<String>,
    /// Where it shows it.
    pub spans: Vec<Span>,
}

/// An associate where a bachelor is wanted, and a degree in another field: six and eight tenths of the points. The documents accept the first
/// ("associate or BS degree") and prefer the second ("in business or a related field"); how much less they value it they do not say.
const ACCEPTED: u32 = 60;
const OTHER_FIELD: u32 = 80;

/// Judges a requirement; `shown` tells what the resume shows of a skill.
pub(super) fn judge<'s>(
    wanted: &Wanted,
    facts: &Facts,
    shown: &dyn Fn(&str) -> Option<&'s Strength>,
) -> Outcome {
    let judge_all = |of: &[Wanted]| -> Vec<Outcome> {
        of.iter()
            .map(|wanted| judge(wanted, facts, shown))
            .collect()
    };
    match wanted {
        Wanted::Degree {
            level,
            accepts,
            fields,
        } => degree(*level, *accepts, fields, facts),
        Wanted::Years {
            area,
            at_least,
            full_at,
        } => years(*area, *at_least, full_at.unwrap_or(*at_least), facts),
        Wanted::Certificate { any, names } => certificate(*any, names, facts),
        Wanted::Language { names } => language(names, facts),
        Wanted::Skill {
            skill,
            min_percent,
            min_months,
        } => shown_skill(skill, shown(skill), *min_percent, *min_months),
        Wanted::AnyOf { of } => at_least(1, judge_all(of)),
        Wanted::AllOf { of } => all_of(judge_all(of)),
        Wanted::AtLeast { count, of } => at_least(*count, judge_all(of)),
    }
}

fn outcome(met: bool, fulfilment: u32, found: Option<String>, spans: Vec<Span>) -> Outcome {
    let status = if met {
        RequirementStatus::Met
    } else {
        RequirementStatus::NotMet
    };
    Outcome {
        status,
        fulfilment: fulfilment.min(100),
        found,
        spans,
    }
}

fn unknown() -> Outcome {
    Outcome {
        status: RequirementStatus::Unknown,
        fulfilment: 0,
        found: None,
        spans: Vec::new(),
    }
}

fn degree(level: Degree, accepts: Option<Degree>, fields: &[String], facts: &Facts) -> Outcome {
    let found = facts.degree();
    if found == Degree::None {
        // Many resumes leave schooling out; that none is named does not tell that there was none.
        return unknown();
    }
    let field = facts.degree_field();
    let fits = fields.is_empty() || field.is_some_and(|field| is_named(field, fields));
    let fulfilment = match found {
        found if found >= level && fits => 100,
        found if found >= level => OTHER_FIELD,
        found if accepts.is_some_and(|accepted| found >= accepted) => ACCEPTED,
        _ => 0,
    };
    let told = match field {
        Some(field) => format!("{found} in {field}"),
        None => found.to_string(),
    };
    outcome(
        fulfilment > 0,
        fulfilment,
        Some(told),
        facts.degree_span().into_iter().collect(),
    )
}

fn years(area: Area, at_least: u32, full_at: u32, facts: &Facts) -> Outcome {
    let months = match area {
        Area::Overall => facts.months_experience(),
        Area::CustomerService => facts.months_customer_service(),
        Area::Management => facts.months_management(),
    };
    let Some(months) = months else {
        return unknown();
    };
    let full = (full_at * 12).max(1);
    let spans = facts
        .jobs()
        .iter()
        .filter(|job| match area {
            Area::Overall => true,
            Area::CustomerService => job.customer_service(),
            Area::Management => job.management(),
        })
        .map(|job| job.header())
        .collect();
    outcome(
        months >= at_least * 12,
        months * 100 / full,
        Some(in_years(months)),
        spans,
    )
}

fn in_years(months: u32) -> String {
    match (months / 12, months % 12) {
        (0, months) => format!("{months} months"),
        (years, 0) => format!("{years} years"),
        (years, months) => format!("{years} years {months} months"),
    }
}

fn certificate(any: bool, names: &[String], facts: &Facts) -> Outcome {
    let certificate = facts
        .certifications()
        .iter()
        .find(|certificate| any || is_named(certificate.name(), names));
    match certificate {
        Some(certificate) => outcome(
            true,
            100,
            Some(certificate.name().to_owned()),
            vec![certificate.span()],
        ),
        // A resume need not list certificates; that none is listed tells that none is shown, which is all that can be asked.
        None => outcome(false, 0, None, Vec::new()),
    }
}

fn language(wanted: &[String], facts: &Facts) -> Outcome {
    let spoken = facts
        .languages()
        .iter()
        .find(|spoken| is_named(spoken.name(), wanted));
    match spoken {
        Some(language) => outcome(
            true,
            100,
            Some(language.name().to_owned()),
            vec![language.span()],
        ),
        // Who lists no language at all has not said that he speaks none.
        None if facts.languages().is_empty() => unknown(),
        None => outcome(false, 0, None, Vec::new()),
    }
}

fn shown_skill(
    skill: &str,
    shown: Option<&Strength>,
    min_percent: u32,
    min_months: u32,
) -> Outcome {
    let Some(shown) = shown else {
        return outcome(false, 0, None, Vec::new());
    };
    if min_months > 0 && shown.months.is_none() {
        return unknown();
    }
    let months = shown.months.unwrap_or(0);
    let share = |have: u32, want: u32| (have * 100).checked_div(want).unwrap_or(100).min(100);
    let fulfilment = share(shown.percent, min_percent).min(share(months, min_months));
    let found = match min_months {
        0 => format!("{skill} {} %", shown.percent),
        _ => format!("{skill} {} %, {months} months", shown.percent),
    };
    outcome(fulfilment == 100, fulfilment, Some(found), Vec::new())
}

/// All of them: as far fulfilled as the least one is.
fn all_of(outcomes: Vec<Outcome>) -> Outcome {
    let least = outcomes
        .iter()
        .map(|outcome| outcome.fulfilment)
        .min()
        .unwrap_or(0);
    Outcome {
        fulfilment: least,
        ..at_least(outcomes.len(), outcomes)
    }
}

/// The best `count` of the outcomes: met when so many are met, unknown when those that are unknown could make up for it.
fn at_least(count: usize, mut outcomes: Vec<Outcome>) -> Outcome {
    outcomes.sort_by_key(|outcome| std::cmp::Reverse(outcome.fulfilment));
    let number = |status| {
        outcomes
            .iter()
            .filter(|outcome| outcome.status == status)
            .count()
    };
    let (met, unknown) = (
        number(RequirementStatus::Met),
        number(RequirementStatus::Unknown),
    );
    let best = &outcomes[..count.min(outcomes.len())];
    let fulfilment =
        best.iter().map(|outcome| outcome.fulfilment).sum::<u32>() / (count.max(1) as u32);
    let status = match () {
        () if met >= count => RequirementStatus::Met,
        () if met + unknown >= count => RequirementStatus::Unknown,
        () => RequirementStatus::NotMet,
    };
    let found: Vec<String> = best
        .iter()
        .filter_map(|outcome| outcome.found.clone())
        .collect();
    Outcome {
        status,
        fulfilment,
        found: (!found.is_empty()).then(|| found.join("; ")),
        spans: best
            .iter()
            .flat_map(|outcome| outcome.spans.clone())
            .collect(),
    }
}

/// Whether a text has the words of one of these names side by side, after normalisation.
fn is_named(text: &str, names: &[String]) -> bool {
    fn folded(text: &str) -> String {
        NormalizedText::new(text).folded().to_owned()
    }
    let text = folded(text);
    names.iter().any(|name| text.contains(&folded(name)))
}
