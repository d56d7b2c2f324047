//! The skills of a JSON Resume: each a name with keywords. The name groups, the keywords are skills; a name alone is a skill.

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::{LabelKind, Place, Source};

use super::{Collector, ImportOptions, json, slug};

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    skills: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    #[serde(default)]
    name: String,
    #[serde(default)]
    keywords: Vec<String>,
}

pub(super) fn read<'o>(
    name: &str,
    text: &str,
    options: &'o ImportOptions,
) -> Result<Collector<'o>> {
    let file: File = json::parse(name, text)?;
    let source = Source {
        title: name.to_owned(),
        ..Source::default()
    };
    let mut collector = Collector::new(options, "resume", source);
    let mut seen = std::collections::BTreeSet::new();
    for group in file.skills {
        let category = slug(&group.name);
        if category.is_empty() && group.keywords.is_empty() {
            let message = "skills: found a skill without name and keywords; expected one of them";
            return Err(Error::new(ErrorKind::Taxonomy, message).in_file(name));
        }
        let grouped = !group.keywords.is_empty() && !category.is_empty();
        if grouped {
            collector.builder.category(&category, &group.name);
        }
        let labels = if group.keywords.is_empty() {
            vec![group.name]
        } else {
            group.keywords
        };
        for label in labels {
            if !seen.insert(label.to_lowercase()) {
                collector.rows_left_out += 1;
                continue;
            }
            let place = Place {
                file: Some(name.into()),
                line: json::line_of_text(text, &label),
            };
            let Some(mut skill) = collector.skill(place, "", &label) else {
                continue;
            };
            collector.label(&mut skill, LabelKind::Preferred, &label);
            if grouped {
                skill.category = category.clone();
            }
            collector.skills.push(skill);
        }
    }
    Ok(collector)
}

#[cfg(test)]
mod tests {
    use crate::exchange::{Form, ImportOptions, import};

    #[test]
    fn keywords_are_skills_and_names_group_them() {
        let text = r#"{"basics": {}, "skills": [
            {"name": "Web", "level": "Master", "keywords": ["HTML", "CSS"]},
            {"name": "Juggling"}]}"#;
        let read = import(
            "me.json",
            text,
            Form::guess("me.json", text),
            &ImportOptions::default(),
        );
        let taxonomy = read.unwrap().taxonomy;
        let ids: Vec<&str> = taxonomy.skills().iter().map(|skill| skill.id()).collect();
        assert_eq!(ids, ["html", "css", "juggling"]);
        assert_eq!(taxonomy.skill("css").unwrap().category(), "web");
    }
}
