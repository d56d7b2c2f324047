//! What a job asks for beside skills.

use serde::{Deserialize, Serialize};

use crate::facts::Degree;
use crate::taxonomy::Place;

use super::Quote;

/// How much a requirement matters. It never changes the number that a met requirement gives: that is its points.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Need {
    /// A must: when it is not met the report says so apart, as a knock-out; nothing is rejected.
    #[serde(alias = "must_have")]
    Required,
    /// Wished for; the default.
    #[default]
    Preferred,
    /// An asset.
    Optional,
}

/// What years are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Area {
    /// All dated work.
    Overall,
    /// Jobs in customer service.
    CustomerService,
    /// Jobs with people to manage.
    Management,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each field is explained at its kind")]
pub enum Wanted {
    /// A completed degree of at least `level`; one of at least `accepts` gives 6 tenths; a field of study outside `fields`
    /// gives 8 tenths of the level's points (none given: any field).
    Degree {
        level: Degree,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accepts: Option<Degree>,
        #[serde(default)]
        fields: Vec<String>,
    },
    /// `at_least` so many years to be met; points grow evenly up to `full_at` (default: `at_least`).
    Years {
        area: Area,
        at_least: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        full_at: Option<u32>,
    },
    /// A certificate: `any`, or one whose name has one of `names` in it.
    Certificate {
        #[serde(default)]
        any: bool,
        #[serde(default)]
        names: Vec<String>,
    },
    /// One of these languages.
    Language { names: Vec<String> },
    /// A skill shown with at least so many percent, or in dated jobs of at least so many months.
    Skill {
        skill: String,
        #[serde(default)]
        min_percent: u32,
        #[serde(default)]
        min_months: u32,
    },
    /// One of these: fulfilled as far as the best of them.
    AnyOf { of: Vec<Wanted> },
    /// All of these: fulfilled as far as the least of them, for a chain is as strong as its weakest link.
    AllOf { of: Vec<Wanted> },
    /// So many of these: fulfilled as far as the best so many on average.
    AtLeast { count: usize, of: Vec<Wanted> },
}

/// A requirement with its points of 100.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Requirement {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) need: Need,
    #[serde(default)]
    pub(crate) points: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) sources: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) quote: Option<Quote>,
    #[serde(flatten)]
    pub(crate) wanted: Wanted,
    #[serde(skip)]
    pub(crate) place: Place,
}

impl Requirement {
    /// A requirement without points yet.
    pub fn new(id: impl Into<String>, wanted: Wanted) -> Self {
        Self {
            id: id.into(),
            need: Need::default(),
            points: 0,
            sources: Vec::new(),
            quote: None,
            wanted,
            place: Place::default(),
        }
    }

    /// So many years in an area: met from `at_least`, full points from `full_at`.
    pub fn years(id: impl Into<String>, area: Area, at_least: u32, full_at: u32) -> Self {
        Self::new(
            id,
            Wanted::Years {
                area,
                at_least,
                full_at: Some(full_at),
            },
        )
    }

    /// A completed degree of at least this level, in any field.
    pub fn degree(id: impl Into<String>, level: Degree) -> Self {
        Self::new(
            id,
            Wanted::Degree {
                level,
                accepts: None,
                fields: Vec::new(),
            },
        )
    }

    /// Sets its points of 100.
    pub fn points(mut self, points: u32) -> Self {
        self.points = points;
        self
    }

    /// Sets how much it matters.
    pub fn need(mut self, need: Need) -> Self {
        self.need = need;
        self
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its points of 100.
    pub fn weight(&self) -> u32 {
        self.points
    }

    /// How much it matters.
    pub fn importance(&self) -> Need {
        self.need
    }

    /// What is asked for.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// Keys of the documents that state it.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// Words that support it.
    pub fn quote(&self) -> Option<&Quote> {
        self.quote.as_ref()
    }

    pub(crate) fn name_skills<'s>(&'s self, named: &mut Vec<&'s str>) {
        self.wanted.name_skills(named);
    }

    pub(super) fn check(&self) -> Result<(), String> {
        self.wanted.check(0)
    }
}

/// The members of a group: `payroll, excel (75 % each)` when they are skills of which the same is asked.
fn list(of: &[Wanted], word: &str) -> String {
    let skills: Option<Vec<_>> = of.iter().map(Wanted::as_skill).collect();
    if let Some([(first, percent, months), more @ ..]) = skills.as_deref()
        && !more.is_empty()
        && more.iter().all(|(_, p, m)| (p, m) == (percent, months))
    {
        let names: Vec<&str> = std::iter::once(*first)
            .chain(more.iter().map(|(skill, ..)| *skill))
            .collect();
        return format!(
            "{} ({} each)",
            names.join(word),
            threshold(*percent, *months)
        );
    }
    let each: Vec<String> = of.iter().map(Wanted::describe).collect();
    each.join(word)
}

fn threshold(percent: u32, months: u32) -> String {
    match (percent, months) {
        (percent, 0) => format!("{percent} %"),
        (0, months) => format!("{months} months"),
        (percent, months) => format!("{percent} % in {months} months"),
    }
}

/// Groups within groups; nobody writes more than two.
const DEEPEST_GROUP: usize = 4;

impl Wanted {
    /// What is asked for, in a few words.
    pub fn describe(&self) -> String {
        match self {
            Wanted::Degree {
                level,
                accepts,
                fields,
            } => {
                let mut told = level.to_string();
                if !fields.is_empty() {
                    told.push_str(&format!(" in {}", fields.join(", ")));
                }
                if let Some(accepted) = accepts {
                    told.push_str(&format!(" ({accepted} accepted)"));
                }
                told
            }
            Wanted::Years {
                area,
                at_least,
                full_at,
            } => {
                let area = match area {
                    Area::Overall => "of work",
                    Area::CustomerService => "in customer service",
                    Area::Management => "in management",
                };
                let years = if *at_least == 1 { "year" } else { "years" };
                match full_at {
                    Some(full) if full != at_least => {
                        format!("{at_least} {years} {area}, better {full}")
                    }
                    _ => format!("{at_least} {years} {area}"),
                }
            }
            Wanted::Certificate { any: true, .. } => "a certificate".to_owned(),
            Wanted::Certificate { names, .. } => format!("certificate: {}", names.join(" or ")),
            Wanted::Language { names } => format!("language: {}", names.join(" or ")),
            Wanted::Skill {
                skill,
                min_percent,
                min_months,
            } => format!("{skill} {}", threshold(*min_percent, *min_months)),
            Wanted::AnyOf { of } => list(of, " or "),
            Wanted::AllOf { of } => list(of, "; and "),
            Wanted::AtLeast { count, of } => format!("{count} of: {}", list(of, ", ")),
        }
    }

    /// The skill with what is asked of it, if it is one.
    fn as_skill(&self) -> Option<(&str, u32, u32)> {
        match self {
            Wanted::Skill {
                skill,
                min_percent,
                min_months,
            } => Some((skill, *min_percent, *min_months)),
            _ => None,
        }
    }

    fn name_skills<'s>(&'s self, named: &mut Vec<&'s str>) {
        match self {
            Wanted::Skill { skill, .. } => named.push(skill),
            Wanted::AnyOf { of } | Wanted::AllOf { of } | Wanted::AtLeast { of, .. } => {
                of.iter().for_each(|wanted| wanted.name_skills(named));
            }
            _ => {}
        }
    }

    fn check(&self, depth: usize) -> Result<(), String> {
        match self {
            Wanted::Years {
                at_least,
                full_at: Some(full_at),
                ..
            } if full_at < at_least || *full_at == 0 => Err(format!(
                "full_at is {full_at}, expected at least 1 and not below at_least, {at_least}"
            )),
            Wanted::Years {
                at_least: 0,
                full_at: None,
                ..
            } => Err("asks for 0 years; give full_at, or at_least of 1 or more".to_owned()),
            Wanted::Certificate { any: false, names } | Wanted::Language { names }
                if names.is_empty() =>
            {
                Err("names is empty; expected at least one name".to_owned())
            }
            Wanted::Skill {
                min_percent,
                min_months,
                ..
            } if *min_percent > 100 || (*min_percent == 0 && *min_months == 0) => Err(format!(
                "min_percent is {min_percent}; expected 1 to 100, or min_months of 1 or more"
            )),
            Wanted::AtLeast { count, of } if *count == 0 || *count > of.len() => Err(format!(
                "count is {count}; expected 1 to {}, as many as `of` has",
                of.len()
            )),
            Wanted::AnyOf { of } | Wanted::AllOf { of } if of.is_empty() => {
                Err("of is empty; expected at least one requirement".to_owned())
            }
            Wanted::AnyOf { of } | Wanted::AllOf { of } | Wanted::AtLeast { of, .. } => {
                if depth == DEEPEST_GROUP {
                    return Err(format!("groups inside groups deeper than {DEEPEST_GROUP}"));
                }
                of.iter().try_for_each(|wanted| wanted.check(depth + 1))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_told_in_few_words() {
        let skill = |skill: &str, min_percent| Wanted::Skill {
            skill: skill.to_owned(),
            min_percent,
            min_months: 0,
        };
        let years = |at_least, full_at| Wanted::Years {
            area: Area::Management,
            at_least,
            full_at,
        };
        let of = vec![skill("payroll", 75), skill("excel", 75)];
        let mixed = vec![skill("payroll", 75), years(1, None)];
        let degree = Wanted::Degree {
            level: Degree::Bachelor,
            accepts: Some(Degree::Associate),
            fields: vec!["business".to_owned()],
        };
        for (wanted, told) in [
            (skill("payroll", 75), "payroll 75 %"),
            (
                Wanted::AtLeast {
                    count: 1,
                    of: of.clone(),
                },
                "1 of: payroll, excel (75 % each)",
            ),
            (Wanted::AnyOf { of }, "payroll or excel (75 % each)"),
            (
                Wanted::AllOf { of: mixed },
                "payroll 75 %; and 1 year in management",
            ),
            (years(2, Some(5)), "2 years in management, better 5"),
            (degree, "bachelor in business (associate accepted)"),
        ] {
            assert_eq!(wanted.describe(), told);
        }
    }
}
