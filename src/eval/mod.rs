//! How well skills are recognised: reports held against labels that careful readers gave.
//!
//! Labels are JSON Lines, one object a resume; all but `id` and `labels` may be left out:
//!
//! ```json
//! {"id": "r1", "labels": [{"c": "payroll", "v": "yes", "q": "processed payroll"}], "traps": [{"c": "excel", "q": "excel in"}],
//!  "degree": "bachelor", "fit": 3, "years_experience": 7.5, "years_customer_service": 4, "years_management": null}
//! ```
//!
//! `v` is `yes` (shown), or `weak` (borderline, not judged); a skill that is not listed is not shown. A trap is a skill that a keyword
//! search would be fooled into. `fit` is a reader's judgement of the fit for the job, `degree` and years are facts, `null` when not judged.

mod ranks;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::report::Report;

pub use ranks::{auc, spearman};

/// A skill with fewer positive resumes tells too little to be part of the macro average.
const FEWEST_POSITIVES: u32 = 5;
/// A fit of 3 is "a clear match" to the readers.
const GOOD_FIT: f64 = 3.0;

/// One label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GoldLabel {
    /// The skill's id.
    #[serde(rename = "c")]
    pub skill: String,
    /// How sure the reader was.
    #[serde(rename = "v", default)]
    pub verdict: Verdict,
    /// The words that show it.
    #[serde(rename = "q", default)]
    pub quote: String,
}

/// How sure a reader was that a resume shows a skill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is shown; the default.
    #[default]
    Yes,
    /// Borderline: counted neither way.
    Weak,
}

/// A resume as a careful reader labelled it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Gold {
    /// Its name: the document's file name without suffix, or the record's id.
    pub id: String,
    /// The skills it shows.
    pub labels: Vec<GoldLabel>,
    /// Skills that a keyword search would wrongly find.
    #[serde(default)]
    pub traps: Vec<GoldLabel>,
    /// Fit for the job.
    #[serde(default)]
    pub fit: Option<f64>,
    /// Highest completed degree.
    #[serde(default)]
    pub degree: Option<String>,
    /// Years of dated work.
    #[serde(default)]
    pub years_experience: Option<f64>,
    /// Years of dated work in customer service.
    #[serde(default)]
    pub years_customer_service: Option<f64>,
    /// Years of dated work with people to manage.
    #[serde(default)]
    pub years_management: Option<f64>,
}

impl Gold {
    /// Reads labels, one JSON object a line.
    ///
    /// # Errors
    ///
    /// When a line is not of the documented form; the error names it.
    pub fn from_json_lines(name: &str, text: &str) -> Result<Vec<Gold>> {
        text.lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(n, line)| {
                serde_json::from_str(line).map_err(|error| {
                    Error::new(ErrorKind::Input, error.to_string())
                        .in_file(name)
                        .at_line(n + 1)
                })
            })
            .collect()
    }

    fn says(&self, verdict: Verdict) -> BTreeSet<&str> {
        self.labels
            .iter()
            .filter(|label| label.verdict == verdict)
            .map(|label| label.skill.as_str())
            .collect()
    }
}

/// Hits and errors of one skill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Confusion {
    /// Shown and reported.
    pub hits: u32,
    /// Reported, but not shown.
    pub false_alarms: u32,
    /// Shown, but not reported.
    pub misses: u32,
}

impl Confusion {
    /// Hits among what was reported; `None` when nothing was.
    pub fn precision(&self) -> Option<f64> {
        share(self.hits, self.hits + self.false_alarms)
    }

    /// Hits among what is shown; `None` when nothing is.
    pub fn recall(&self) -> Option<f64> {
        share(self.hits, self.hits + self.misses)
    }

    /// The harmonic mean of precision and recall, 0 when nothing was hit; `None` when there was nothing to hit or report.
    pub fn f1(&self) -> Option<f64> {
        share(
            2 * self.hits,
            2 * self.hits + self.false_alarms + self.misses,
        )
    }

    fn add(&mut self, other: &Confusion) {
        self.hits += other.hits;
        self.false_alarms += other.false_alarms;
        self.misses += other.misses;
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

/// One error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Mistake {
    /// The skill's id.
    pub skill: String,
    /// The resume's id.
    pub resume: String,
    /// What was reported and is not shown (true), or shown and not reported (false).
    pub false_alarm: bool,
    /// The reader's quote for a miss, the report's quotes for a false alarm.
    pub quotes: Vec<String>,
}

/// Figures of a run against labels.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Evaluation {
    /// Labelled resumes that were reported.
    pub resumes: u32,
    /// Labelled resumes without a report; their skills count as misses.
    pub missing: Vec<String>,
    /// Over all skills.
    pub micro: Confusion,
    /// Mean F1 over the skills that at least 5 resumes show.
    pub macro_f1: Option<f64>,
    /// Traps that were avoided, and all traps.
    pub traps: (u32, u32),
    /// Rank correlation of score and fit.
    pub fit_spearman: Option<f64>,
    /// How often a resume of fit 3 or more scores above one of less.
    pub fit_auc: Option<f64>,
    /// Share of degrees told right.
    pub degree_accuracy: Option<f64>,
    /// Mean absolute error in years.
    pub years_experience_error: Option<f64>,
    /// Mean absolute error in years.
    pub years_customer_service_error: Option<f64>,
    /// Mean absolute error in years.
    pub years_management_error: Option<f64>,
    /// By skill.
    pub skills: BTreeMap<String, Confusion>,
    /// Every error, by skill and resume.
    pub mistakes: Vec<Mistake>,
}

impl Evaluation {
    /// Holds reports, each under its resume's id, against labels.
    ///
    /// Only skills that some label names are judged, so that a taxonomy may have more skills than the readers looked for.
    pub fn new(gold: &[Gold], reports: &BTreeMap<String, Report>) -> Self {
        let judged: BTreeSet<&str> = gold
            .iter()
            .flat_map(|g| g.labels.iter().chain(&g.traps))
            .map(|label| label.skill.as_str())
            .collect();
        let mut out = Self::default();
        for resume in gold {
            let report = reports.get(&resume.id);
            match report {
                Some(_) => out.resumes += 1,
                None => out.missing.push(resume.id.clone()),
            }
            out.judge_skills(resume, report, &judged);
        }
        for confusion in out.skills.values() {
            out.micro.add(confusion);
        }
        let tested: Vec<f64> = out
            .skills
            .values()
            .filter(|confusion| confusion.hits + confusion.misses >= FEWEST_POSITIVES)
            .filter_map(Confusion::f1)
            .collect();
        out.macro_f1 = mean(&tested);
        out.mistakes
            .sort_by(|a, b| (&a.skill, &a.resume).cmp(&(&b.skill, &b.resume)));
        out.judge_facts(gold, reports);
        out
    }

    fn judge_skills(&mut self, resume: &Gold, report: Option<&Report>, judged: &BTreeSet<&str>) {
        let (yes, weak) = (resume.says(Verdict::Yes), resume.says(Verdict::Weak));
        let said: BTreeSet<&str> = report
            .iter()
            .flat_map(|report| &report.skills)
            .map(|skill| skill.id.as_str())
            .filter(|id| judged.contains(id))
            .collect();
        for &skill in yes.union(&said).filter(|skill| !weak.contains(*skill)) {
            let confusion = self.skills.entry(skill.to_owned()).or_default();
            let quotes = match (yes.contains(skill), said.contains(skill)) {
                (true, true) => {
                    confusion.hits += 1;
                    continue;
                }
                (true, false) => {
                    confusion.misses += 1;
                    resume
                        .labels
                        .iter()
                        .filter(|label| label.skill == skill)
                        .map(|label| label.quote.clone())
                        .collect()
                }
                _ => {
                    confusion.false_alarms += 1;
                    let shown = report.and_then(|report| report.skill(skill));
                    shown
                        .iter()
                        .flat_map(|shown| &shown.evidence)
                        .map(|evidence| evidence.quote.to_string())
                        .collect()
                }
            };
            let false_alarm = !yes.contains(skill);
            self.mistakes.push(Mistake {
                skill: skill.to_owned(),
                resume: resume.id.clone(),
                false_alarm,
                quotes,
            });
        }
        for trap in &resume.traps {
            let skill = trap.skill.as_str();
            if !yes.contains(skill) && !weak.contains(skill) {
                self.traps.1 += 1;
                self.traps.0 += u32::from(!said.contains(skill));
            }
        }
    }

    fn judge_facts(&mut self, gold: &[Gold], reports: &BTreeMap<String, Report>) {
        let ranked: Vec<(&Gold, &Report)> = gold
            .iter()
            .filter(|resume| resume.fit.is_some())
            .filter_map(|resume| reports.get(&resume.id).map(|report| (resume, report)))
            .collect();
        let scores: Vec<f64> = ranked
            .iter()
            .map(|(_, report)| report.score().unwrap_or(0.0))
            .collect();
        let fits: Vec<f64> = ranked.iter().filter_map(|(resume, _)| resume.fit).collect();
        let good: Vec<bool> = fits.iter().map(|&fit| fit >= GOOD_FIT).collect();
        self.fit_spearman = spearman(&scores, &fits);
        self.fit_auc = auc(&scores, &good);
        let both = || {
            gold.iter()
                .filter_map(|resume| reports.get(&resume.id).map(|report| (resume, report)))
        };
        let degrees: Vec<f64> = both()
            .filter_map(|(resume, report)| {
                let right = resume.degree.as_deref()? == report.facts.degree().as_str();
                Some(f64::from(u8::from(right)))
            })
            .collect();
        self.degree_accuracy = mean(&degrees);
        let error = |wanted: fn(&Gold) -> Option<f64>, found: fn(&Report) -> Option<f64>| {
            let errors: Vec<f64> = both()
                .filter_map(|(resume, report)| {
                    Some((wanted(resume)? - found(report).unwrap_or(0.0)).abs())
                })
                .collect();
            mean(&errors)
        };
        self.years_experience_error = error(|g| g.years_experience, |r| r.facts.years_experience());
        self.years_customer_service_error = error(
            |g| g.years_customer_service,
            |r| r.facts.years_customer_service(),
        );
        self.years_management_error = error(|g| g.years_management, |r| r.facts.years_management());
    }

    /// The skills with most errors, ties by id.
    pub fn weakest(&self, most: usize) -> Vec<(&str, Confusion)> {
        let mut skills: Vec<(&str, Confusion)> = self
            .skills
            .iter()
            .map(|(id, c)| (id.as_str(), *c))
            .collect();
        skills.sort_by_key(|(id, c)| (std::cmp::Reverse(c.false_alarms + c.misses), *id));
        skills.truncate(most);
        skills
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}
