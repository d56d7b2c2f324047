//! The typed report.

use pyo3::prelude::*;
use serde::Serialize;

use crate::error::{Error, ErrorKind};
use crate::report;

/// A code by the name it has in JSON.
fn code(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A record for Python: its fields, and how they are made of ours.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident($value:ident: $ours:ty) { $($field:ident: $kind:ty = $get:expr;)+ }) => {
        $(#[$doc])*
        #[pyclass(module = "skillscreen", frozen, get_all, eq)]
        #[derive(Clone, Debug, PartialEq)]
        pub(super) struct $name {
            $($field: $kind,)+
        }

        impl From<&$ours> for $name {
            fn from($value: &$ours) -> Self {
                Self { $($field: $get,)+ }
            }
        }

        #[pymethods]
        impl $name {
            fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
                let mut fields = Vec::new();
                $(fields.push(format!(
                    "{}={}",
                    stringify!($field),
                    slf.getattr(stringify!($field))?.repr()?
                ));)+
                Ok(format!("{}({})", stringify!($name), fields.join(", ")))
            }
        }
    };
}

/// Our records as records for Python.
fn all<'a, T, P: From<&'a T>>(values: &'a [T]) -> Vec<P> {
    values.iter().map(P::from).collect()
}

record! {
    /// A skill that the resume shows.
    Skill(skill: report::SkillReport) {
        id: String = skill.id.to_string();
        label: String = skill.label.to_string();
        category: String = skill.category.to_string();
        importance: Option<String> = skill.importance.as_ref().map(code);
        percent: f64 = skill.percent;
        weight: f64 = skill.weight;
        points: f64 = skill.points.value();
        occurrences: usize = skill.occurrences;
        months: Option<u32> = skill.months;
        last_used: Option<String> = skill.last_used.map(|month| month.to_string());
        evidence: Vec<Evidence> = all(&skill.evidence);
    }
}

record! {
    /// One accepted mention. start and end count bytes of the text in UTF-8.
    Evidence(evidence: report::Evidence) {
        start: usize = evidence.start;
        end: usize = evidence.end;
        quote: String = evidence.quote.to_string();
        section: String = code(&evidence.section);
        kind: String = code(&evidence.kind);
    }
}

record! {
    /// A skill of the profile that the resume does not show, and what it would add.
    MissingSkill(skill: report::MissingSkill) {
        id: String = skill.id.to_string();
        label: String = skill.label.to_string();
        importance: String = code(&skill.importance);
        points: f64 = skill.points.value();
    }
}

record! {
    /// A match that does not count, and why.
    SuppressedMatch(found: report::SuppressedMatch) {
        id: String = found.id.to_string();
        start: usize = found.start;
        end: usize = found.end;
        quote: String = found.quote.to_string();
        reason: String = code(&found.reason);
    }
}

record! {
    /// What the profile asks for beside skills, and where it stands: met, not_met, unknown or not_applicable.
    Requirement(requirement: report::RequirementReport) {
        id: String = requirement.id.to_string();
        need: String = code(&requirement.need);
        status: String = code(&requirement.status);
        wants: String = requirement.wants.to_string();
        found: Option<String> = requirement.found.as_deref().map(str::to_owned);
        percent: f64 = requirement.percent;
        weight: f64 = requirement.weight;
        points: f64 = requirement.points.value();
    }
}

record! {
    /// Degree and years; None where the resume does not tell.
    Facts(facts: crate::facts::Facts) {
        degree: String = facts.degree().as_str().to_owned();
        degree_field: Option<String> = facts.degree_field().map(str::to_owned);
        years_experience: Option<f64> = facts.years_experience();
        years_customer_service: Option<f64> = facts.years_customer_service();
        years_management: Option<f64> = facts.years_management();
        as_of: Option<String> = facts.as_of().map(|as_of| as_of.date().to_string());
    }
}

record! {
    /// What a person should know before trusting the text.
    Flag(flag: report::Flag) {
        code: String = code(&flag.code);
        count: usize = flag.count;
    }
}

record! {
    /// What a report was made with. Reports can be compared when all of it is equal.
    Fingerprint(fingerprint: report::Fingerprint) {
        engine: String = fingerprint.engine.clone();
        taxonomy: String = fingerprint.taxonomy.clone();
        profile: String = fingerprint.profile.clone();
        options: String = fingerprint.options.clone();
    }
}

/// One resume, screened.
#[pyclass(module = "skillscreen", frozen, eq)]
#[derive(Clone, PartialEq)]
pub(super) struct Report(report::Report);

impl From<report::Report> for Report {
    fn from(report: report::Report) -> Self {
        Self(report)
    }
}

#[pymethods]
impl Report {
    /// Of one line of JSON, as to_json gives and the program writes.
    #[staticmethod]
    fn from_json(json: &str) -> Result<Self, Error> {
        serde_json::from_str(json).map(Self).map_err(|error| {
            Error::new(ErrorKind::Input, format!("not a report: {error}")).caused_by(error)
        })
    }

    /// The whole record as one line of JSON.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// The whole record as Python values; the same as json.loads(report.to_json()).
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?
            .call_method1("loads", (self.0.to_json(),))
    }

    /// The skill of this id, if the resume shows it.
    fn skill(&self, id: &str) -> Option<Skill> {
        self.0.skill(id).map(Skill::from)
    }

    #[getter]
    fn source(&self) -> &str {
        &self.0.source
    }

    #[getter]
    fn status(&self) -> &'static str {
        self.0.status.as_str()
    }

    #[getter]
    fn score(&self) -> Option<f64> {
        self.0.score()
    }

    #[getter]
    fn coverage(&self) -> Option<f64> {
        self.0.coverage.map(|percent| percent.value())
    }

    #[getter]
    fn skills(&self) -> Vec<Skill> {
        all(&self.0.skills)
    }

    #[getter]
    fn missing(&self) -> Vec<MissingSkill> {
        all(&self.0.missing)
    }

    #[getter]
    fn suppressed(&self) -> Vec<SuppressedMatch> {
        all(&self.0.suppressed)
    }

    #[getter]
    fn requirements(&self) -> Vec<Requirement> {
        all(&self.0.requirements)
    }

    #[getter]
    fn knock_outs(&self) -> Vec<String> {
        self.0.knock_outs.clone()
    }

    #[getter]
    fn facts(&self) -> Facts {
        (&self.0.facts).into()
    }

    #[getter]
    fn flags(&self) -> Vec<Flag> {
        all(&self.0.flags)
    }

    #[getter]
    fn fingerprint(&self) -> Fingerprint {
        (&self.0.fingerprint).into()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let restore = py.get_type::<Self>().getattr("from_json")?;
        Ok((restore, (self.to_json(),)))
    }

    fn __repr__(&self) -> String {
        let score = self
            .score()
            .map_or_else(|| "None".to_owned(), |score| score.to_string());
        format!(
            "Report(source={:?}, status={:?}, score={score}, skills={})",
            self.0.source,
            self.status(),
            self.0.skills.len()
        )
    }
}
