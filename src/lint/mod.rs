//! What is wrong, or most likely not meant, in a taxonomy or a profile: each finding with its place, why it matters and what to do.
//!
//! ```
//! use skillscreen::lint::{Code, Linter};
//!
//! let text = r#"
//! [taxonomy]
//! id = "office"
//! version = "1.0.0"
//! [[skill]]
//! id = "scheduling"
//! label = "Scheduling"
//! alternative = ["plan"]
//! "#;
//! let mut linter = Linter::new();
//! linter.taxonomy_toml(&[("office.toml", text)]);
//! let report = linter.finish();
//! assert_eq!(report.findings[0].code, Code::EverydayWord);
//! assert_eq!(report.findings[0].line, Some(8));
//! ```
//!
//! A finding that is as it should be is waived with a reason, in the taxonomy file itself or in a file of waivers:
//!
//! ```toml
//! [[waiver]]
//! code = "everyday-word"
//! skill = "scheduling"     # every skill when left out
//! label = "plan"           # every label when left out
//! why = "our resumes are lists of skills only"
//! ```
//!
//! It does not judge how well labels match real resumes: [`eval`](crate::eval) does.

mod code;
mod dead;
mod guard;
mod labels;
mod profile;
mod protected;
mod sequence;
mod words;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::{Label, Place, Skill, Taxonomy, Waiver};

pub use code::{Code, Severity};
pub use guard::guard;
pub(crate) use words::is_everyday;

/// The findings in the built-in data that are as they should be.
const BUILTIN_WAIVERS: &str = include_str!("../data/lint/waivers.toml");

/// One thing that is wrong or doubtful.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The file, when it is in one.
    pub file: Option<String>,
    /// The line, from 1, when it is known.
    pub line: Option<usize>,
    /// The skill, profile or requirement it is about; empty when it is about the file.
    pub subject: String,
    /// The label's pattern, when it is about one.
    pub label: Option<String>,
    /// What was found, and why it matters.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The reason given in a waiver.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived: Option<String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(f, "{file}, line {line}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            _ => {}
        }
        write!(f, "{}[{}]: ", self.severity, self.code)?;
        if !self.subject.is_empty() {
            write!(f, "{}: ", self.subject)?;
        }
        if let Some(label) = &self.label {
            write!(f, "{label:?}: ")?;
        }
        f.write_str(&self.message)
    }
}

/// What the linter found, in the order of files and lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LintReport {
    /// What is left to look at.
    pub findings: Vec<Finding>,
    /// What waivers explain.
    pub waived: Vec<Finding>,
}

impl LintReport {
    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// The worst severity; `None` when nothing was found.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

/// Collects findings over taxonomies and profiles.
#[derive(Clone, Debug, Default)]
pub struct Linter {
    findings: Vec<Finding>,
    waivers: Vec<Waiver>,
    /// Those of the built-in data under an overlay: its author need not know of them.
    base_waivers: Vec<Waiver>,
}

impl Linter {
    /// A linter that has found nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads waivers from a TOML text of `[[waiver]]` tables.
    ///
    /// # Errors
    ///
    /// When the text is not of this form, names a code that does not exist, or gives no reason.
    pub fn waivers_toml(&mut self, name: &str, text: &str) -> Result<&mut Self> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            #[serde(default)]
            waiver: Vec<Waiver>,
        }
        let file: File = crate::reading::from_toml(ErrorKind::Taxonomy, name, text)?;
        for waiver in file.waiver {
            check_waiver(&waiver).map_err(|error| error.in_file(name))?;
            self.waivers.push(waiver);
        }
        Ok(self)
    }

    /// Adds the waivers of the built-in taxonomy and profiles.
    pub fn builtin_waivers(&mut self) -> &mut Self {
        // A test reads the embedded file.
        let _ = self.waivers_toml("waivers.toml", BUILTIN_WAIVERS);
        self
    }

    /// Checks a taxonomy in its TOML parts; gives it back when it can be built. What keeps it from being built is a finding.
    pub fn taxonomy_toml(&mut self, parts: &[(&str, &str)]) -> Option<Taxonomy> {
        match Taxonomy::from_toml_parts(parts) {
            Ok(taxonomy) => {
                let before = self.findings.len();
                self.taxonomy(&taxonomy);
                self.forgive_base(parts, before);
                Some(taxonomy)
            }
            Err(error) => {
                self.invalid(&error);
                for other in wrong_patterns(parts) {
                    if other.to_string() != error.to_string() {
                        self.invalid(&other);
                    }
                }
                None
            }
        }
    }

    /// Under an overlay lies the built-in taxonomy, whose files are not among the parts. What is waived there is waived here, and its notes
    /// are nothing for the overlay's author.
    fn forgive_base(&mut self, parts: &[(&str, &str)], before: usize) {
        let of_parts = |finding: &Finding| {
            let file = finding.file.as_deref();
            file.is_none_or(|file| parts.iter().any(|(name, _)| *name == file))
        };
        let found = self.findings.split_off(before);
        if !found.iter().all(of_parts) && self.base_waivers.is_empty() {
            let mut base = Linter::new();
            base.builtin_waivers();
            self.base_waivers = base.waivers;
        }
        self.findings.extend(
            found
                .into_iter()
                .filter(|finding| of_parts(finding) || finding.severity > Severity::Note),
        );
    }

    /// Checks a taxonomy that has been built.
    pub fn taxonomy(&mut self, taxonomy: &Taxonomy) -> &mut Self {
        for waiver in taxonomy.waivers() {
            match check_waiver(waiver) {
                Ok(()) => self.waivers.push(waiver.clone()),
                Err(error) => self.invalid(&error),
            }
        }
        labels::check(self, taxonomy);
        dead::check(self, taxonomy);
        protected::check(self, taxonomy);
        self
    }

    /// Checks a profile in TOML against the taxonomy it is for.
    pub fn profile_toml(&mut self, name: &str, text: &str, taxonomy: &Taxonomy) -> &mut Self {
        profile::check(self, name, text, taxonomy);
        self
    }

    /// What was found, less what is waived.
    pub fn finish(mut self) -> LintReport {
        let mut report = LintReport::default();
        let mut used = vec![false; self.waivers.len()];
        for mut finding in std::mem::take(&mut self.findings) {
            if let Some(waiver) = self
                .base_waivers
                .iter()
                .find(|waiver| covers(waiver, &finding))
            {
                finding.waived = Some(waiver.why.clone());
                report.waived.push(finding);
                continue;
            }
            let waiver = self
                .waivers
                .iter()
                .position(|waiver| covers(waiver, &finding));
            match waiver {
                Some(n) => {
                    used[n] = true;
                    finding.waived = Some(self.waivers[n].why.clone());
                    report.waived.push(finding);
                }
                None => report.findings.push(finding),
            }
        }
        for (waiver, _) in self.waivers.iter().zip(used).filter(|(_, used)| !used) {
            let subject = waiver.skill.clone().unwrap_or_default();
            let message = format!(
                "the waiver of {} explains nothing that was found",
                waiver.code
            );
            report.findings.push(Finding {
                label: waiver.label.clone(),
                ..finding(Code::UnusedWaiver, &Place::default(), subject, message)
            });
        }
        for findings in [&mut report.findings, &mut report.waived] {
            findings.sort_by(|a, b| {
                (&a.file, a.line, a.code, &a.subject).cmp(&(&b.file, b.line, b.code, &b.subject))
            });
        }
        report
    }

    fn invalid(&mut self, error: &Error) {
        let place = Place {
            file: error.file().map(Into::into),
            line: error.line(),
        };
        self.add(finding(
            Code::Invalid,
            &place,
            String::new(),
            error.message().to_owned(),
        ));
    }

    fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn skill(&mut self, code: Code, skill: &Skill, message: String) {
        self.add(finding(code, &skill.place, skill.id.clone(), message));
    }

    fn label(&mut self, code: Code, skill: &Skill, label: &Label, message: String) {
        self.add(Finding {
            label: Some(label.pattern.clone()),
            ..finding(code, &label.place, skill.id.clone(), message)
        });
    }
}

/// All patterns that do not follow the notation, when the files are of the documented form otherwise.
fn wrong_patterns(parts: &[(&str, &str)]) -> Vec<Error> {
    let mut builder = Taxonomy::builder("");
    let read = parts
        .iter()
        .all(|(name, text)| builder.toml(name, text).is_ok());
    if read {
        builder.wrong_patterns()
    } else {
        Vec::new()
    }
}

fn finding(code: Code, place: &Place, subject: String, message: String) -> Finding {
    Finding {
        code,
        severity: code.severity(),
        file: place.file.as_deref().map(str::to_owned),
        line: place.line,
        subject,
        label: None,
        message,
        help: code.help().to_owned(),
        waived: None,
    }
}

fn check_waiver(waiver: &Waiver) -> Result<()> {
    let wrong = |message: String| Err(Error::new(ErrorKind::Taxonomy, message));
    if waiver.why.trim().is_empty() {
        return wrong(format!(
            "waiver of {}: why is empty; expected the reason",
            waiver.code
        ));
    }
    if Code::ALL.iter().all(|code| code.as_str() != waiver.code) {
        let known: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        return wrong(format!(
            "waiver: no finding has the code \"{}\"; expected one of {}",
            waiver.code,
            known.join(", ")
        ));
    }
    Ok(())
}

fn covers(waiver: &Waiver, finding: &Finding) -> bool {
    waiver.code == finding.code.as_str()
        && waiver
            .skill
            .as_ref()
            .is_none_or(|skill| *skill == finding.subject)
        && waiver
            .label
            .as_ref()
            .is_none_or(|label| Some(label) == finding.label.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::JobProfile;

    fn lint(skills: &str) -> LintReport {
        let text = format!(
            "[taxonomy]\nid = \"t\"\nversion = \"1.0.0\"\n[sources.a]\ntitle = \"A\"\n[categories]\nx = \"X\"\n{skills}"
        );
        let mut linter = Linter::new();
        linter.taxonomy_toml(&[("t.toml", &text)]);
        linter.finish()
    }

    /// One skill "s1" with these labels, told as code: label.
    fn codes(fields: &str) -> Vec<String> {
        let skill = format!(
            "[[skill]]\nid = \"s1\"\nlabel = \"Basket weaving\"\ncategory = \"x\"\n{fields}\n"
        );
        lint(&skill)
            .findings
            .iter()
            .map(|found| format!("{} {}", found.code, found.label.as_deref().unwrap_or("")))
            .collect()
    }

    #[test]
    fn labels_are_judged() {
        for (fields, found) in [
            ("alternative = [\"weaving of baskets\"]", ""),
            ("alternative = [\"plan\"]", "everyday-word plan"),
            ("alternative = [\"Julia\"]", "name-collision Julia"),
            ("alternative = [\"French\"]", "name-collision French"),
            ("alternative = [\"Boston\"]", "name-collision Boston"),
            ("alternative = [\"HIS\"]", "name-collision HIS"),
            ("alternative = [\"IT\"]", "name-collision IT"),
            ("alternative = [\"bw\"]", "short-label bw"),
            (
                "alternative = [{ match = \"IT\", case = \"upper\", why = \"the department\" }]",
                "",
            ),
            (
                "alternative = [\"basket weaving\"]",
                "duplicate-label basket weaving",
            ),
            (
                "alternative = [\"basket weaving skills\"]",
                "redundant-label basket weaving skills",
            ),
            (
                "alternative = [\"reed work|reed weaving\"]",
                "group-bars reed work|reed weaving",
            ),
            (
                "alternative = [\"reed|cane weaving|plaiting\"]",
                "group-bars reed|cane weaving|plaiting",
            ),
            (
                "alternative = [{ match = \"reeds\", only_near = [\"dry cane|wet cane\", \"(dry|wet) rush\"], why = \"a mistake\" }]",
                "group-bars reeds",
            ),
            (
                "alternative = [{ match = \"reeds\", any = [{ min_near = { of = [\"cane\", \"dry|wet rush\"], count = 1 } }], why = \"a mistake\" }]",
                "group-bars reeds",
            ),
            ("alternative = [\"reduc~ reeds\"]", "cut-stem reduc~ reeds"),
            (
                "alternative = [{ match = \"reeds\", only_near = [\"(dry|strateg~)\"], why = \"a mistake\" }]",
                "cut-stem reeds",
            ),
            (
                "alternative = [\"graduation year\"]",
                "protected-trait graduation year",
            ),
            (
                "alternative = [\"native speaker of Basque\"]",
                "protected-trait native speaker of Basque",
            ),
            (
                "alternative = [{ match = \"# reeds\", case = \"capital\", why = \"a mistake\" }]",
                "dead-label # reeds",
            ),
            (
                "alternative = [{ match = \"reeds\", only_after = [\"dry\"], unless_after = [\"dry\"], why = \"a mistake\" }]",
                "dead-label reeds",
            ),
            ("sources = [\"b\"]", "unknown-source "),
            ("match_label = false", "unreachable-skill "),
        ] {
            assert_eq!(codes(fields).join(", "), found, "{fields}");
        }
    }

    #[test]
    fn every_wrong_pattern_is_found() {
        let report = lint(
            "[[skill]]\nid = \"s1\"\nlabel = \"Reed work\"\nimplies = [\"s2\"]\nalternative = [\"reed (work\", \"cane work\"]\ndescribed = [\"weave*\"]\n",
        );
        let told: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "t.toml, line 9: error[invalid]: skill \"s1\", implies: no skill has the id \"s2\"",
                "t.toml, line 12: error[invalid]: skill \"s1\", alternative: pattern \"reed (work\": a parenthesis is not closed",
                "t.toml, line 13: error[invalid]: skill \"s1\", described: pattern \"weave*\": '*' has no meaning in a pattern",
            ]
        );
    }

    #[test]
    fn labels_of_two_skills_are_found_once() {
        let report = lint(
            "[[skill]]\nid = \"a1\"\nlabel = \"Reed work\"\ncategory = \"x\"\n[[skill]]\nid = \"b1\"\nlabel = \"Cane work\"\ncategory = \"x\"\nalternative = [\"reed work\"]\n",
        );
        let told: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "t.toml, line 16: warning[label-of-two]: b1: \"reed work\": names skill \"a1\", too (line 10), so one mention counts for both"
            ]
        );
    }

    #[test]
    fn a_waiver_needs_a_finding() {
        let report = lint(
            "[[waiver]]\ncode = \"everyday-word\"\nskill = \"s1\"\nwhy = \"a test\"\n[[waiver]]\ncode = \"short-label\"\nwhy = \"a test\"\n[[skill]]\nid = \"s1\"\nlabel = \"Plan\"\ncategory = \"x\"\n",
        );
        assert_eq!(report.waived.len(), 1);
        assert_eq!(report.findings.len(), 1);
        assert_eq!(report.findings[0].code, Code::UnusedWaiver);
    }

    #[test]
    fn an_overlay_answers_for_itself_only() {
        let text = "[overlay]\nbase = \"csm\"\n[[skill]]\nid = \"zz\"\nlabel = \"Basket weaving\"\nalternative = [\"plan\"]\n";
        let mut linter = Linter::new();
        linter.taxonomy_toml(&[("over.toml", text)]);
        let report = linter.finish();
        let told: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].starts_with("over.toml, line 6: warning[everyday-word]"));
        assert!(!report.waived.is_empty());
    }

    #[test]
    fn the_built_in_data_passes() {
        let mut linter = Linter::new();
        linter.builtin_waivers();
        let taxonomy = Taxonomy::builtin();
        linter.taxonomy(&taxonomy);
        for id in JobProfile::builtin_ids() {
            let text = JobProfile::builtin_text(id).unwrap();
            linter.profile_toml(&format!("{id}.toml"), text, &taxonomy);
        }
        let report = linter.finish();
        let bad: Vec<String> = report
            .findings
            .iter()
            .filter(|finding| finding.severity > Severity::Note)
            .map(ToString::to_string)
            .collect();
        assert!(bad.is_empty(), "{}", bad.join("\n"));
    }
}
