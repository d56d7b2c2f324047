//! What a profile asks for that cannot be scored, cannot be met, or must not be asked.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use toml::Spanned;

use crate::profile::{JobProfile, Wanted};
use crate::taxonomy::{Place, Taxonomy, line_of};

use super::{Code, Finding, Linter, finding, protected};

/// No resume shows more years of work.
const WORKING_LIFE: u32 = 50;

/// The languages that the reader of facts knows by name.
static LANGUAGES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        languages: Languages,
    }
    #[derive(Deserialize)]
    struct Languages {
        names: BTreeSet<String>,
    }
    let file: Option<File> = toml::from_str(include_str!("../data/facts.toml")).ok();
    file.map(|file| file.languages.names).unwrap_or_default()
});

/// Where the entries of a profile's file stand.
#[derive(Deserialize, Default)]
struct Places {
    #[serde(default, rename = "skill")]
    skills: Vec<Spanned<Entry>>,
    #[serde(default, rename = "requirement")]
    requirements: Vec<Spanned<Entry>>,
    #[serde(default, rename = "benchmark")]
    benchmarks: Vec<Spanned<Named>>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
}

#[derive(Deserialize)]
struct Named {
    skill: String,
}

struct Check<'c> {
    linter: &'c mut Linter,
    name: &'c str,
    text: &'c str,
    taxonomy: &'c Taxonomy,
}

pub(super) fn check(linter: &mut Linter, name: &str, text: &str, taxonomy: &Taxonomy) {
    let profile = match JobProfile::from_toml(name, text) {
        Ok(profile) => profile,
        Err(error) => return linter.invalid(&error),
    };
    let places: Places = toml::from_str(text).unwrap_or_default();
    let mut check = Check {
        linter,
        name,
        text,
        taxonomy,
    };
    check.skills(&profile, &places);
    check.requirements(&profile, &places);
    for benchmark in profile.benchmarks() {
        let mut entries = places.benchmarks.iter();
        let line = entries
            .find(|entry| entry.get_ref().skill == benchmark.skill)
            .map(|entry| line_of(text, entry.span().start));
        check.skill_is_known(&benchmark.skill, line);
        if !(0.0..=100.0).contains(&benchmark.percent) {
            let message = format!("benchmark of {} %; expected 0 to 100", benchmark.percent);
            check.add(Code::Invalid, line, &benchmark.skill, message);
        }
    }
}

impl Check<'_> {
    fn line(&self, entries: &[Spanned<Entry>], id: &str) -> Option<usize> {
        let entry = entries.iter().find(|entry| entry.get_ref().id == id)?;
        Some(line_of(self.text, entry.span().start))
    }

    fn add(&mut self, code: Code, line: Option<usize>, subject: &str, message: String) {
        let place = Place {
            file: Some(self.name.into()),
            line,
        };
        self.linter.add(Finding {
            ..finding(code, &place, subject.to_owned(), message)
        });
    }

    /// An entry of a base profile has no line in this file; its findings are told where the base is checked.
    fn skill_is_known(&mut self, id: &str, line: Option<usize>) -> bool {
        let known = self.taxonomy.skill(id).is_some();
        if !known {
            let message = format!("taxonomy \"{}\" has no skill \"{id}\"", self.taxonomy.id());
            self.add(Code::UnknownSkill, line, id, message);
        }
        known
    }

    fn skills(&mut self, profile: &JobProfile, places: &Places) {
        let total: u64 = profile
            .skills()
            .iter()
            .map(|skill| u64::from(skill.weight()))
            .sum();
        for skill in profile.skills() {
            let line = self.line(&places.skills, skill.id());
            let known = self.skill_is_known(skill.id(), line);
            if skill.weight() == 0 && line.is_some() {
                let message = "its weight is 0, so it cannot move a score".to_owned();
                self.add(Code::ZeroWeight, line, skill.id(), message);
            }
            if u64::from(skill.weight()) * 2 > total && profile.skills().len() > 2 {
                let message = format!("has {} of all {total} weight", skill.weight());
                self.add(Code::OneSided, line, skill.id(), message);
            }
            let label = self
                .taxonomy
                .skill(skill.id())
                .map_or("", |skill| skill.label());
            if known && let Some((_, why)) = protected::find(&[label]).pop_first() {
                self.add(Code::ProtectedTrait, line, skill.id(), why);
            }
        }
    }

    fn requirements(&mut self, profile: &JobProfile, places: &Places) {
        for requirement in profile.requirements() {
            let line = self.line(&places.requirements, requirement.id());
            if requirement.weight() == 0 {
                let message = "has no points, so it is shown but not scored".to_owned();
                self.add(Code::ZeroPoints, line, requirement.id(), message);
            }
            self.wanted(requirement.wanted(), requirement.id(), line);
        }
    }

    fn wanted(&mut self, wanted: &Wanted, id: &str, line: Option<usize>) {
        let unmeetable = |message: String| Some((Code::UnmeetableRequirement, message));
        let problem = match wanted {
            Wanted::Years {
                at_least, full_at, ..
            } => {
                let most = full_at.unwrap_or(*at_least).max(*at_least);
                if *at_least > WORKING_LIFE {
                    unmeetable(format!(
                        "at_least {at_least} years is longer than a working life"
                    ))
                } else if most > WORKING_LIFE {
                    unmeetable(format!(
                        "full_at {most} years is longer than a working life"
                    ))
                } else {
                    None
                }
            }
            Wanted::Degree {
                level,
                accepts: Some(accepts),
                ..
            } if accepts >= level => unmeetable(format!(
                "accepts \"{accepts}\" is no less than level \"{level}\", so it never applies"
            )),
            Wanted::Language { names } => {
                let known = |name: &&String| LANGUAGES.contains(&name.to_lowercase());
                if names.iter().any(|name| known(&name)) || LANGUAGES.is_empty() {
                    None
                } else {
                    unmeetable(format!(
                        "no language named {} is ever read from a resume",
                        names.join(" or ")
                    ))
                }
            }
            Wanted::Skill {
                skill, min_months, ..
            } => {
                let known = self.skill_is_known(skill, line);
                let silent = known && !self.is_reached(skill);
                if silent {
                    unmeetable(format!("no label reaches skill \"{skill}\""))
                } else if *min_months > WORKING_LIFE * 12 {
                    unmeetable(format!(
                        "min_months {min_months} is longer than a working life"
                    ))
                } else {
                    None
                }
            }
            Wanted::AtLeast { count, of } => {
                let mut different: Vec<&Wanted> = Vec::new();
                for wanted in of {
                    if !different.contains(&wanted) {
                        different.push(wanted);
                    }
                }
                (different.len() < of.len()).then(|| {
                    let message = format!(
                        "asks for {count} of {}, but only {} of them differ",
                        of.len(),
                        different.len()
                    );
                    (Code::UnmeetableRequirement, message)
                })
            }
            _ => None,
        };
        if let Some((code, message)) = problem {
            self.add(code, line, id, message);
        }
        match wanted {
            Wanted::AnyOf { of } | Wanted::AllOf { of } | Wanted::AtLeast { of, .. } => {
                for wanted in of {
                    self.wanted(wanted, id, line);
                }
            }
            Wanted::Certificate { names, .. }
            | Wanted::Language { names }
            | Wanted::Degree { fields: names, .. } => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                for why in protected::find(&names).into_values() {
                    self.add(Code::ProtectedTrait, line, id, why);
                }
            }
            _ => {}
        }
    }

    fn is_reached(&self, id: &str) -> bool {
        let has_labels = |skill: &crate::taxonomy::Skill| !skill.labels().is_empty();
        self.taxonomy.skill(id).is_some_and(has_labels)
            || self
                .taxonomy
                .skills()
                .iter()
                .any(|skill| has_labels(skill) && skill.implies().iter().any(|other| other == id))
    }
}

#[cfg(test)]
mod tests {
    use crate::Taxonomy;
    use crate::lint::Linter;

    #[test]
    fn requirements_are_judged() {
        for (requirement, found) in [
            (
                "kind = \"years\"\narea = \"overall\"\nat_least = 60",
                "error[unmeetable-requirement]: r: at_least 60 years is longer than a working life",
            ),
            (
                "kind = \"degree\"\nlevel = \"associate\"\naccepts = \"bachelor\"",
                "error[unmeetable-requirement]: r: accepts \"bachelor\" is no less than level \"associate\", so it never applies",
            ),
            (
                "kind = \"language\"\nnames = [\"Klingon\"]",
                "error[unmeetable-requirement]: r: no language named Klingon is ever read from a resume",
            ),
            (
                "kind = \"certificate\"\nnames = [\"native speaker\"]",
                "warning[protected-trait]: r: \"native speaker\" stands for origin",
            ),
            (
                "kind = \"skill\"\nskill = \"knitting\"\nmin_percent = 50",
                "error[unknown-skill]: knitting: taxonomy \"csm\" has no skill \"knitting\"",
            ),
        ] {
            let text = format!(
                "[profile]\nid = \"p\"\nversion = \"1\"\nlabel = \"P\"\n[[skill]]\nid = \"payroll\"\nweight = 1\n[[requirement]]\nid = \"r\"\npoints = 5\n{requirement}\n"
            );
            let mut linter = Linter::new();
            linter.profile_toml("p.toml", &text, &Taxonomy::builtin());
            let report = linter.finish();
            let told: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
            assert_eq!(told, [format!("p.toml, line 8: {found}")], "{requirement}");
        }
    }

    #[test]
    fn a_skill_without_weight_is_found() {
        let text = "[profile]\nid = \"p\"\nversion = \"1\"\nlabel = \"P\"\n[[skill]]\nid = \"payroll\"\nweight = 1\n[[skill]]\nid = \"crm\"\n";
        let mut linter = Linter::new();
        linter.profile_toml("p.toml", text, &Taxonomy::builtin());
        let report = linter.finish();
        assert_eq!(report.findings.len(), 1);
        assert_eq!(
            (report.findings[0].line, report.findings[0].code.as_str()),
            (Some(8), "zero-weight")
        );
    }
}
