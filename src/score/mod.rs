//! Adds up what was found against what the job asks for, in integers, so that the parts sum to the whole exactly.
//!
//! # The formula
//!
//! A profile's skills share `skills_points` of 100 points by weight; each requirement has its own points. Together they are the *parts*.
//! Parts that are `unknown` or `not_applicable` are taken out, and the weights of the others are scaled so that they add up to
//! 10,000 basis points again (largest remainder, ties by the profile's order). Then, for each part,
//!
//! ```text
//! points of a part = applied weight in basis points × fulfilment (0–100 %) ÷ 10,000          score = sum of the parts' points
//! ```
//!
//! A skill's fulfilment is its percent, see [`strength`]; a requirement's is told at [`Wanted`](crate::profile::Wanted).

mod points;
mod requirement;
mod roles;
pub mod strength;

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::profile::{FULL_POINTS, JobProfile, ProfileSkill};
use crate::taxonomy::Taxonomy;

pub use points::Points;
pub use requirement::{Outcome, RequirementStatus};
pub(crate) use roles::RoleComparison;
pub use strength::Strength;

/// Applied weights are told in basis points: 10,000 make the whole.
pub const BASIS_POINTS: u32 = 10_000;

/// One part of a score.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    /// Applied weight in basis points; 0 for a part that was taken out.
    pub(crate) weight: u32,
    pub(crate) points: Points,
}

/// A score with its parts: first the profile's skills, then its requirements, in the profile's order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Score {
    /// `None` when nothing was applicable.
    pub(crate) total: Option<Points>,
    pub(crate) skills: Vec<Part>,
    pub(crate) requirements: Vec<(Part, Outcome)>,
}

/// A profile, made ready to score by: its skills' positions in the taxonomy, and raw weights on one scale.
#[derive(Clone, Debug)]
pub(crate) struct ScorePlan {
    pub(crate) profile: JobProfile,
    /// Positions in the taxonomy of the profile's skills.
    pub(crate) positions: Vec<u32>,
    /// The same with the skills' places in the profile, by position.
    by_position: Vec<(u32, usize)>,
    /// For each category of the taxonomy the places in the profile of its skills.
    pub(crate) by_category: Vec<Vec<usize>>,
    /// What each requirement asks for, for people.
    pub(crate) wants: Vec<String>,
    /// Weights of the skills, then of the requirements, as integers over one common denominator.
    raw: Vec<u64>,
}

impl ScorePlan {
    pub(crate) fn new(profile: &JobProfile, taxonomy: &Taxonomy) -> crate::Result<Self> {
        profile.check_against(taxonomy)?;
        let positions: Vec<u32> = profile
            .skills()
            .iter()
            .filter_map(|skill| taxonomy.position(skill.id()))
            .map(|position| position as u32)
            .collect();
        let total: u64 = profile
            .skills()
            .iter()
            .map(|skill| u64::from(skill.weight()))
            .sum::<u64>()
            .max(1);
        let skills = profile.skills().iter().map(|skill: &ProfileSkill| {
            u64::from(skill.weight()) * u64::from(profile.skills_points())
        });
        let requirements = profile
            .requirements()
            .iter()
            .map(|r| u64::from(r.weight()) * total);
        let mut by_position: Vec<(u32, usize)> = positions.iter().copied().zip(0..).collect();
        by_position.sort_unstable();
        let category = |n: usize| taxonomy.skills()[positions[n] as usize].category();
        let by_category = taxonomy
            .categories()
            .map(|(id, _)| {
                (0..positions.len())
                    .filter(|&n| category(n) == id)
                    .collect()
            })
            .collect();
        Ok(Self {
            raw: skills.chain(requirements).collect(),
            wants: profile
                .requirements()
                .iter()
                .map(|requirement| requirement.wanted().describe())
                .collect(),
            by_position,
            by_category,
            positions,
            profile: profile.clone(),
        })
    }

    /// The place in the profile of the skill at this position of the taxonomy, if the profile asks for it.
    pub(crate) fn place(&self, position: u32) -> Option<usize> {
        let at = self
            .by_position
            .binary_search_by_key(&position, |&(position, _)| position);
        at.ok().map(|at| self.by_position[at].1)
    }

    /// Scores what was found.
    pub(crate) fn score(
        &self,
        strengths: &[Strength],
        facts: &Facts,
        taxonomy: &Taxonomy,
    ) -> Score {
        let shown = |id: &str| {
            taxonomy
                .position(id)
                .and_then(|position| strength::find(strengths, position as u32))
        };
        let outcomes: Vec<Outcome> = self
            .profile
            .requirements()
            .iter()
            .map(|requirement| requirement::judge(requirement.wanted(), facts, &shown))
            .collect();
        let skills = self.positions.len();
        let applicable: Vec<u64> = self
            .raw
            .iter()
            .enumerate()
            .map(|(n, &raw)| match n.checked_sub(skills) {
                Some(requirement) if !outcomes[requirement].status.counts() => 0,
                _ => raw,
            })
            .collect();
        let weights = apportion(&applicable, BASIS_POINTS);
        let part = |weight: u32, percent: u32| Part {
            weight,
            points: Points::new(weight, percent),
        };
        let skill_parts: Vec<Part> = self
            .positions
            .iter()
            .zip(&weights)
            .map(|(&position, &weight)| part(weight, strength::percent_of(strengths, position)))
            .collect();
        let requirement_parts: Vec<(Part, Outcome)> = outcomes
            .into_iter()
            .zip(&weights[skills..])
            .map(|(outcome, &weight)| (part(weight, outcome.fulfilment), outcome))
            .collect();
        let total = applicable.iter().any(|&raw| raw > 0).then(|| {
            skill_parts
                .iter()
                .map(|part| part.points)
                .chain(requirement_parts.iter().map(|(part, _)| part.points))
                .sum()
        });
        Score {
            total,
            skills: skill_parts,
            requirements: requirement_parts,
        }
    }
}

/// Shares `whole` by weight: everyone gets the whole units of his share, the units left go to the largest remainders, ties to the first.
pub(crate) fn apportion(weights: &[u64], whole: u32) -> Vec<u32> {
    let total: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    if total == 0 {
        return vec![0; weights.len()];
    }
    let (mut shares, mut remainders): (Vec<u32>, Vec<(Reverse<u128>, usize)>) = weights
        .iter()
        .enumerate()
        .map(|(n, &weight)| {
            let exact = u128::from(weight) * u128::from(whole);
            // Nearly all weights fit 64 bits, which are many times quicker to divide.
            let (share, remainder) = match (u64::try_from(exact), u64::try_from(total)) {
                (Ok(exact), Ok(total)) => (exact / total, u128::from(exact % total)),
                _ => ((exact / total) as u64, exact % total),
            };
            (share as u32, (Reverse(remainder), n))
        })
        .unzip();
    let left = whole - shares.iter().sum::<u32>();
    remainders.sort_unstable();
    for &(_, n) in remainders.iter().take(left as usize) {
        shares[n] += 1;
    }
    shares
}

/// A share in percent with one decimal, rounded half up; `None` when the whole is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u32);

impl Percent {
    /// `part` of `whole` in percent.
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        (whole > 0).then(|| Self(((part * 2000 + whole) / (2 * whole)) as u32))
    }

    /// As a number, such as 61.2.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&format!("{}.{}", self.0 / 10, self.0 % 10))
    }
}

impl Serialize for Percent {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        Ok(Self((value * 10.0).round() as u32))
    }
}

const _: () = assert!(FULL_POINTS * 100 == BASIS_POINTS);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        assert_eq!(apportion(&[1, 1, 1], 10_000), [3334, 3333, 3333]);
        assert_eq!(apportion(&[0, 5], 10_000), [0, 10_000]);
        assert_eq!(apportion(&[0, 0], 10_000), [0, 0]);
        assert_eq!(apportion(&[], 10_000), Vec::<u32>::new());
        assert_eq!(
            apportion(&[u64::MAX, u64::MAX, 1], 10_000)
                .iter()
                .sum::<u32>(),
            10_000
        );
    }

    #[test]
    fn percents_round_half_up_and_know_no_zero_whole() {
        assert_eq!(Percent::of(1, 3).unwrap().to_string(), "33.3");
        assert_eq!(Percent::of(1, 16).unwrap().to_string(), "6.3");
        assert_eq!(Percent::of(3, 3).unwrap().to_string(), "100.0");
        assert_eq!(Percent::of(0, 0), None);
    }
}
