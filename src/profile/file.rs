//! The TOML form of a profile.

use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::{Benchmark, Place, line_of};

use super::fields;
use super::requirement::Requirement;
use super::{
    Contrast, Importance, JobProfile, ProfileBenchmark, ProfileBuilder, ProfileSkill, Quote,
    Salary, Stated, WeightFormula,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    profile: Header,
    #[serde(default)]
    weights: WeightFormula,
    #[serde(default, rename = "skill")]
    skills: Vec<Spanned<RawSkill>>,
    #[serde(default, rename = "requirement")]
    requirements: Vec<Spanned<toml::Table>>,
    #[serde(default, rename = "benchmark")]
    benchmarks: Vec<ProfileBenchmark>,
    #[serde(default)]
    reference: Reference,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    id: String,
    version: String,
    label: String,
    #[serde(default)]
    #[allow(
        dead_code,
        reason = "for the file's reader; skills are checked one by one"
    )]
    taxonomy: String,
    #[serde(default)]
    definition: String,
    #[serde(default)]
    titles: Vec<String>,
    extends: Option<Spanned<String>>,
    skills_points: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSkill {
    id: String,
    #[serde(default)]
    importance: Importance,
    /// A weight set by hand; the formula is not asked then.
    weight: Option<u32>,
    #[serde(default)]
    documents: Vec<String>,
    prevalence: Option<Benchmark>,
    stated: Option<Stated>,
    #[serde(default)]
    emphasis: u32,
    quote: Option<Quote>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Reference {
    salary: Vec<Salary>,
    contrast: Vec<Contrast>,
}

impl RawSkill {
    fn weight(&self, formula: &WeightFormula) -> u32 {
        if let Some(weight) = self.weight {
            return weight;
        }
        formula.weight(
            self.documents.len(),
            self.prevalence.as_ref(),
            self.stated,
            self.emphasis,
        )
    }
}

pub(super) fn parse(name: &str, text: &str) -> Result<JobProfile> {
    let file: File = crate::reading::from_toml(ErrorKind::Profile, name, text)?;
    let at = |error: Error, byte: usize| error.in_file(name).at_line(line_of(text, byte));
    let place = |byte: usize| Place {
        file: Some(name.into()),
        line: Some(line_of(text, byte)),
    };
    let mut builder = ProfileBuilder::new(file.profile.id);
    if let Some(base) = &file.profile.extends {
        let base_profile =
            JobProfile::builtin(base.get_ref()).map_err(|error| at(error, base.span().start))?;
        let id = std::mem::take(&mut builder.profile.id);
        builder.profile = JobProfile { id, ..base_profile };
    }
    let profile = &mut builder.profile;
    profile.version = file.profile.version;
    profile.label = file.profile.label;
    if !file.profile.definition.is_empty() {
        profile.definition = file.profile.definition;
    }
    if !file.profile.titles.is_empty() {
        profile.titles = file.profile.titles;
    }
    let inherited = profile.skills.len();
    let inherited_requirements = profile.requirements.len();
    for skill in file.skills {
        let start = skill.span().start;
        let raw = skill.into_inner();
        let skill = ProfileSkill {
            weight: raw.weight(&file.weights),
            id: raw.id,
            importance: raw.importance,
            documents: raw.documents,
            prevalence: raw.prevalence,
            stated: raw.stated,
            emphasis: raw.emphasis,
            quote: raw.quote,
            place: place(start),
        };
        match profile.skills.iter().position(|known| known.id == skill.id) {
            Some(known) if known < inherited => profile.skills[known] = skill,
            Some(_) => {
                let message = format!("skill \"{}\" is asked for twice", skill.id);
                return Err(at(Error::new(ErrorKind::Profile, message), start));
            }
            None => profile.skills.push(skill),
        }
    }
    for requirement in file.requirements {
        let start = requirement.span().start;
        let table = requirement.into_inner();
        let id = table.get("id").and_then(|id| id.as_str()).unwrap_or("");
        let id = id.to_owned();
        let wrong = |message: String, byte: usize| {
            let message = format!("requirement \"{id}\": {message}");
            Err(at(Error::new(ErrorKind::Profile, message), byte))
        };
        let requirement = match fields::requirement(table) {
            Ok(requirement) => requirement,
            Err(problem) => {
                return wrong(
                    problem.message,
                    start + key_at(&text[start..], &problem.field),
                );
            }
        };
        if let Err(message) = requirement.check() {
            // These messages begin with the field's name.
            let field = message.split(' ').next().unwrap_or_default().to_owned();
            return wrong(message, start + key_at(&text[start..], &field));
        }
        let requirement = Requirement {
            place: place(start),
            ..requirement
        };
        match profile
            .requirements
            .iter()
            .position(|known| known.id == requirement.id)
        {
            Some(known) if known < inherited_requirements => {
                profile.requirements[known] = requirement;
            }
            Some(_) => return wrong("is there twice".to_owned(), start),
            None => profile.requirements.push(requirement),
        }
    }
    for benchmark in file.benchmarks {
        profile
            .benchmarks
            .retain(|known| known.skill != benchmark.skill);
        profile.benchmarks.push(benchmark);
    }
    profile.salaries.extend(file.reference.salary);
    if !file.reference.contrast.is_empty() {
        profile.contrasts = file.reference.contrast;
    }
    let header = text.find("[profile]").unwrap_or(0);
    let built = builder.build().map_err(|error| at(error, header))?;
    if let Some(points) = file.profile.skills_points
        && *points.get_ref() != built.skills_points
    {
        let message = format!(
            "skills_points is {}, but the requirements leave {} of 100",
            points.get_ref(),
            built.skills_points
        );
        return Err(at(
            Error::new(ErrorKind::Profile, message),
            points.span().start,
        ));
    }
    Ok(built)
}

/// Where the first line begins that sets this field; 0 when none does.
fn key_at(text: &str, field: &str) -> usize {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let key = line
            .trim_start()
            .split(['=', ' '])
            .next()
            .unwrap_or_default();
        if !field.is_empty() && key == field {
            return start;
        }
        start += line.len();
    }
    0
}
