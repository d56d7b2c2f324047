//! ESCO's skills: `skills_en.csv` and `broaderRelationsSkillPillar_en.csv` of its download, or any CSV with their columns.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::taxonomy::{LabelKind, SkillKind, Source};

use super::{Collector, ImportOptions, csv::Table, literal::Change};

pub(super) fn read<'o>(
    name: &str,
    text: &str,
    options: &'o ImportOptions,
) -> Result<Collector<'o>> {
    let table = Table::read(name, text, b',')?;
    let uri = table.column("conceptUri")?;
    let preferred = table.column("preferredLabel")?;
    let [alternative, hidden, description, kind, status] = [
        "altLabels",
        "hiddenLabels",
        "description",
        "skillType",
        "status",
    ]
    .map(|column| table.find(column));
    let source = Source {
        title: "ESCO, European Skills, Competences, Qualifications and Occupations".to_owned(),
        publisher: "© European Union; reuse with attribution".to_owned(),
        url: "https://esco.ec.europa.eu".to_owned(),
        ..Source::default()
    };
    let mut collector = Collector::new(options, "esco", source);
    let mut positions: BTreeMap<String, usize> = BTreeMap::new();
    for row in table.rows() {
        let address = row.get(uri);
        let label = row.get(preferred);
        if row.optional(status) == "obsolete" || positions.contains_key(address) {
            collector.rows_left_out += 1;
            continue;
        }
        if label.is_empty() {
            return Err(row.error("concept has no preferredLabel"));
        }
        let Some(mut skill) = collector.skill(row.place(), address, label) else {
            continue;
        };
        collector.label(&mut skill, LabelKind::Preferred, label);
        for (column, kind) in [
            (alternative, LabelKind::Alternative),
            (hidden, LabelKind::Hidden),
        ] {
            for label in row.optional(column).lines() {
                collector.label(&mut skill, kind, label);
            }
        }
        skill.definition = row.optional(description).to_owned();
        skill.kind = match row.optional(kind) {
            "knowledge" => SkillKind::Knowledge,
            _ => SkillKind::Skill,
        };
        positions.insert(address.to_owned(), collector.skills.len());
        collector.skills.push(skill);
    }
    for (narrow, broad) in &options.relations {
        match (positions.get(narrow), positions.get(broad)) {
            (Some(&narrow), Some(&broad)) => {
                let id = collector.skills[broad].id.clone();
                let skill = &mut collector.skills[narrow];
                if !skill.broader.contains(&id) {
                    skill.broader.push(id);
                }
            }
            // Groups of skills are no skills and cannot be matched.
            _ => collector.note(Change::Group, &format!("{narrow} in {broad}")),
        }
    }
    Ok(collector)
}

pub(super) fn relations(name: &str, text: &str) -> Result<Vec<(String, String)>> {
    let table = Table::read(name, text.trim_start_matches('\u{feff}'), b',')?;
    let narrow = table.column("conceptUri")?;
    let broad = table.column("broaderUri")?;
    Ok(table
        .rows()
        .map(|row| (row.get(narrow).to_owned(), row.get(broad).to_owned()))
        .collect())
}

#[cfg(test)]
mod tests {
    use crate::exchange::{Form, ImportOptions, import};

    #[test]
    fn relations_and_kinds_are_kept() {
        let skills = "conceptUri,skillType,preferredLabel,altLabels,description\n\
            u:1,knowledge,bread,,what is baked\n\
            u:2,skill/competence,rye bread,\"dark bread\nrye (bread)\",\n";
        let mut options = ImportOptions::default();
        options
            .relations("r.csv", "conceptUri,broaderUri\nu:2,u:1\nu:2,u:group\n")
            .unwrap();
        let imported = import("skills.csv", skills, Form::Esco, &options).unwrap();
        let rye = imported.taxonomy.skill("rye-bread").unwrap();
        assert_eq!(rye.broader(), ["bread"]);
        assert_eq!((rye.labels().len(), imported.changes.len()), (3, 2));
    }

    #[test]
    fn a_missing_column_is_named() {
        let error = import("x.csv", "a,b\n1,2\n", Form::Esco, &ImportOptions::default());
        assert_eq!(
            error.unwrap_err().to_string(),
            "x.csv, line 1: no column is named \"conceptUri\"; found a, b"
        );
    }
}
