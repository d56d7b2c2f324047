//! What a change does to resumes: whose skills and scores change, and by how much.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::report::Report;

/// The reports of two screenings, compared resume by resume.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Impact {
    /// Resumes compared.
    pub resumes: usize,
    /// Those that differ, largest change of score first.
    pub changed: Vec<ResumeImpact>,
    /// Skills that resumes gain or lose, by id.
    pub skills: BTreeMap<String, SkillImpact>,
}

/// How one resume differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ResumeImpact {
    /// The path as given, or the record's id.
    pub source: String,
    /// Its score before.
    pub from: Option<f64>,
    /// Its score after.
    pub to: Option<f64>,
    /// Skills shown only after.
    pub gained: Vec<String>,
    /// Skills shown only before.
    pub lost: Vec<String>,
    /// Skills shown before and after at another percentage: before, after.
    pub shifted: BTreeMap<String, (f64, f64)>,
}

/// How many resumes gain and lose a skill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SkillImpact {
    /// Resumes that show it only after.
    pub gained: usize,
    /// Resumes that show it only before.
    pub lost: usize,
}

impl ResumeImpact {
    /// Points gained; 0 when there is no score on either side.
    pub fn points(&self) -> f64 {
        self.to.unwrap_or_default() - self.from.unwrap_or_default()
    }
}

impl Impact {
    /// Compares one resume's reports.
    pub fn add(&mut self, before: &Report, after: &Report) {
        self.resumes += 1;
        let ids = |report: &Report| -> BTreeSet<String> {
            report
                .skills
                .iter()
                .map(|skill| skill.id.to_string())
                .collect()
        };
        let (had, has) = (ids(before), ids(after));
        let mut impact = ResumeImpact {
            source: after.source.clone(),
            from: before.score(),
            to: after.score(),
            gained: has.difference(&had).cloned().collect(),
            lost: had.difference(&has).cloned().collect(),
            shifted: BTreeMap::new(),
        };
        for id in had.intersection(&has) {
            let percent = |report: &Report| report.skill(id).map_or(0.0, |skill| skill.percent);
            let (from, to) = (percent(before), percent(after));
            if from != to {
                impact.shifted.insert(id.clone(), (from, to));
            }
        }
        for id in &impact.gained {
            self.skills.entry(id.clone()).or_default().gained += 1;
        }
        for id in &impact.lost {
            self.skills.entry(id.clone()).or_default().lost += 1;
        }
        let differs = impact.from != impact.to
            || !impact.gained.is_empty()
            || !impact.lost.is_empty()
            || !impact.shifted.is_empty();
        if differs {
            let at = self.changed.partition_point(|other| {
                let (theirs, ours) = (other.points().abs(), impact.points().abs());
                theirs > ours || (theirs == ours && other.source <= impact.source)
            });
            self.changed.insert(at, impact);
        }
    }

    /// Mean of the changes of score, without their signs, over all resumes.
    pub fn mean_points(&self) -> f64 {
        // Not `sum`: that of nothing is -0.0, and shows so.
        let add = |sum: f64, resume: &ResumeImpact| sum + resume.points().abs();
        let sum = self.changed.iter().fold(0.0, add);
        sum / (self.resumes.max(1) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{JobProfile, Screener, Taxonomy};

    #[test]
    fn what_a_resume_gains_is_told() {
        let base = "[taxonomy]\nid = \"t\"\nversion = \"1\"\n[[skill]]\nid = \"baking\"\nlabel = \"Baking\"\n";
        let more = "[overlay]\nbase = \"t\"\n[[change]]\nid = \"baking\"\nadd_alternative = [\"patisserie\"]\n";
        let before = Taxonomy::from_toml("t.toml", base).unwrap();
        let after = Taxonomy::from_toml_parts(&[("t.toml", base), ("o.toml", more)]).unwrap();
        let mut profile = JobProfile::builder("p");
        profile.skill("baking", 1);
        let profile = profile.build().unwrap();
        let mut impact = Impact::default();
        for text in ["Skills\nPatisserie", "Skills\nBaking"] {
            let screen = |taxonomy| Screener::new(taxonomy, &profile).unwrap().screen(text);
            impact.add(&screen(&before), &screen(&after));
        }
        assert_eq!((impact.resumes, impact.changed.len()), (2, 1));
        assert_eq!(impact.changed[0].gained, ["baking"]);
        assert!(impact.changed[0].points() > 0.0);
        assert_eq!(impact.skills["baking"].gained, 1);
        assert!(Impact::default().mean_points().is_sign_positive());
    }
}
