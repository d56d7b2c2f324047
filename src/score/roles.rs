//! Which of several roles a resume is nearest to.
//!
//! Scores of different profiles cannot be compared: each has its own skills and requirements. So nearness asks only for what tells the
//! roles apart:
//!
//! ```text
//! telling weight of a skill for a role = its share of the role's weights − its mean share over the roles compared, 0 if below
//! told by skills = Σ telling weight × percent ÷ Σ telling weight
//! told by titles = months in jobs held under one of the role's titles ÷ months in all dated jobs
//! nearness       = mean of the two; told by skills alone where no job has dates
//! ```

use crate::facts::Facts;
use crate::text::NormalizedText;

use super::{Percent, ScorePlan, Strength, strength};

/// A role's name is told by so many skills at most.
const MOST_TELLING: usize = 5;

/// Shares are told in millionths, so that everything is an integer.
const WHOLE: u64 = 1_000_000;

/// How near a resume is to one role.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Nearness {
    pub(crate) percent: Option<Percent>,
    /// Positions in the taxonomy of the skills shown that tell the role best.
    pub(crate) telling: Vec<u32>,
}

/// What tells each of several roles from the others; made once.
#[derive(Clone, Debug)]
pub(crate) struct RoleComparison {
    /// For each role its telling skills with their weight.
    telling: Vec<Vec<(u32, u64)>>,
    /// For each role its titles, folded.
    titles: Vec<Vec<String>>,
}

impl RoleComparison {
    pub(crate) fn new(roles: &[&ScorePlan]) -> Self {
        let shares: Vec<Vec<(u32, u64)>> = roles.iter().map(|role| shares(role)).collect();
        let mean = |skill: u32| {
            let all = shares.iter().flatten().filter(|(other, _)| *other == skill);
            all.map(|(_, share)| share).sum::<u64>() / roles.len() as u64
        };
        Self {
            telling: shares
                .iter()
                .map(|of_role| {
                    let above =
                        |&(skill, share): &(u32, u64)| (skill, share.saturating_sub(mean(skill)));
                    of_role
                        .iter()
                        .map(above)
                        .filter(|(_, weight)| *weight > 0)
                        .collect()
                })
                .collect(),
            titles: roles
                .iter()
                .map(|role| {
                    role.profile
                        .titles()
                        .iter()
                        .map(|title| fold(title))
                        .collect()
                })
                .collect(),
        }
    }

    /// How near the resume is to the role at this position.
    pub(crate) fn nearness(&self, role: usize, strengths: &[Strength], facts: &Facts) -> Nearness {
        let telling = &self.telling[role];
        let shown = |skill: u32| u64::from(strength::percent_of(strengths, skill));
        let weight: u64 = telling.iter().map(|(_, weight)| weight).sum();
        let told: u64 = telling
            .iter()
            .map(|&(skill, weight)| weight * shown(skill))
            .sum();
        let mut best: Vec<(u64, u32)> = telling
            .iter()
            .map(|&(skill, weight)| (weight * shown(skill), skill))
            .filter(|(told, _)| *told > 0)
            .collect();
        best.sort_by_key(|&(told, skill)| (std::cmp::Reverse(told), skill));
        let (held, all) = self.months_held(role, facts);
        let percent = match (weight, all) {
            (0, 0) => None,
            (0, _) => Percent::of(held, all),
            (_, 0) => Percent::of(told, weight * 100),
            _ => Percent::of(told * all + held * weight * 100, weight * 100 * all * 2),
        };
        Nearness {
            percent,
            telling: best
                .into_iter()
                .take(MOST_TELLING)
                .map(|(_, skill)| skill)
                .collect(),
        }
    }

    fn months_held(&self, role: usize, facts: &Facts) -> (u64, u64) {
        let (mut held, mut all) = (0, 0);
        for job in facts.jobs() {
            // A job of a few days has no month, but it is a job.
            let months = u64::from(job.months().max(1));
            all += months;
            let title = job.title().map(fold).unwrap_or_default();
            if self.titles[role]
                .iter()
                .any(|known| title.contains(known.as_str()))
            {
                held += months;
            }
        }
        (held, all)
    }
}

/// The folded words, with a space on either side, so that whole words are compared.
fn fold(title: &str) -> String {
    NormalizedText::new(title).folded().to_owned()
}

/// Each skill's share of the role's weights, in millionths.
fn shares(role: &ScorePlan) -> Vec<(u32, u64)> {
    let weights = || {
        role.profile
            .skills()
            .iter()
            .map(|skill| u64::from(skill.weight()))
    };
    let total = weights().sum::<u64>().max(1);
    role.positions
        .iter()
        .copied()
        .zip(weights().map(|weight| weight * WHOLE / total))
        .collect()
}
