//! O*NET's `Technology Skills`: products and systems by occupation, in one file of tabs or commas.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::taxonomy::{LabelKind, SkillKind, Source};

use super::{Collector, ImportOptions, csv::Table, slug};

pub(super) fn read<'o>(
    name: &str,
    text: &str,
    options: &'o ImportOptions,
) -> Result<Collector<'o>> {
    let first = text.lines().next().unwrap_or_default();
    let table = Table::read(name, text, if first.contains('\t') { b'\t' } else { b',' })?;
    let example = table.column("Example")?;
    let title = table.column("Commodity Title")?;
    let [code, commodity] = ["O*NET-SOC Code", "Commodity Code"].map(|column| table.find(column));
    let source = Source {
        title: "O*NET Technology Skills".to_owned(),
        publisher: "U.S. Department of Labor, Employment and Training Administration; CC BY 4.0"
            .to_owned(),
        url: "https://www.onetcenter.org".to_owned(),
        ..Source::default()
    };
    let mut collector = Collector::new(options, "onet", source);
    let mut known: BTreeMap<String, ()> = BTreeMap::new();
    let mut categories: BTreeMap<String, String> = BTreeMap::new();
    for row in table.rows() {
        let label = row.get(example);
        let wanted = options
            .occupation
            .as_deref()
            .is_none_or(|prefix| row.optional(code).starts_with(prefix));
        // A product stands there once for each occupation that uses it.
        if !wanted || known.insert(label.to_lowercase(), ()).is_some() {
            collector.rows_left_out += 1;
            continue;
        }
        let category = slug(row.get(title));
        let uri = match row.optional(commodity) {
            "" => String::new(),
            commodity => format!("onet:{commodity}:{}", slug(label)),
        };
        let Some(mut skill) = collector.skill(row.place(), &uri, label) else {
            continue;
        };
        collector.label(&mut skill, LabelKind::Preferred, label);
        skill.kind = SkillKind::Tool;
        if !category.is_empty() {
            categories
                .entry(category.clone())
                .or_insert_with(|| row.get(title).to_owned());
            skill.category = category;
        }
        collector.skills.push(skill);
    }
    for (id, label) in categories {
        collector.builder.category(id, label);
    }
    Ok(collector)
}

#[cfg(test)]
mod tests {
    use crate::exchange::{Form, ImportOptions, import};

    #[test]
    fn products_are_kept_once() {
        let text = "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\n\
            43-4051.00\tAvaya IP Agent\t43231511\tAuto attendant software\tN\n\
            43-4051.00\tMicrosoft Excel\t43232110\tSpreadsheet software\tY\n\
            29-1141.00\tMicrosoft Excel\t43232110\tSpreadsheet software\tY\n";
        assert_eq!(Form::guess("Technology Skills.txt", text), Form::Onet);
        let mut options = ImportOptions::default();
        let all = import("t.txt", text, Form::Onet, &options).unwrap();
        assert_eq!((all.skills, all.rows_left_out), (2, 1));
        assert_eq!(
            all.taxonomy.skill("microsoft-excel").unwrap().category(),
            "spreadsheet-software"
        );
        options.occupation("29-");
        assert_eq!(
            import("t.txt", text, Form::Onet, &options).unwrap().skills,
            1
        );
    }
}
