//! A plain list: one skill a line, other names after semicolons. `[Heading]` starts a category, `# text` is left alone.

use std::sync::Arc;

use crate::error::Result;
use crate::taxonomy::{LabelKind, Place, Source};

use super::{Collector, ImportOptions, slug};

pub(super) fn read<'o>(
    name: &str,
    text: &str,
    options: &'o ImportOptions,
) -> Result<Collector<'o>> {
    let source = Source {
        title: name.to_owned(),
        ..Source::default()
    };
    let mut collector = Collector::new(options, "list", source);
    let file: Arc<str> = name.into();
    let mut category: Option<String> = None;
    let mut seen = std::collections::BTreeSet::new();
    for (n, line) in text.lines().enumerate() {
        let line = line.trim().trim_start_matches(['-', '*', '•', '·']).trim();
        if line.is_empty() || line == "#" || line.starts_with("# ") {
            continue;
        }
        if let Some(heading) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            collector.builder.category(slug(heading), heading);
            category = Some(slug(heading));
            continue;
        }
        let mut labels = line
            .split(';')
            .map(str::trim)
            .filter(|label| !label.is_empty());
        let Some(first) = labels.next() else { continue };
        if !seen.insert(first.to_lowercase()) {
            collector.rows_left_out += 1;
            continue;
        }
        let place = Place {
            file: Some(file.clone()),
            line: Some(n + 1),
        };
        let Some(mut skill) = collector.skill(place, "", first) else {
            continue;
        };
        collector.label(&mut skill, LabelKind::Preferred, first);
        for label in labels {
            collector.label(&mut skill, LabelKind::Alternative, label);
        }
        if let Some(category) = &category {
            skill.category = category.clone();
        }
        collector.skills.push(skill);
    }
    Ok(collector)
}

#[cfg(test)]
mod tests {
    use crate::exchange::{Form, ImportOptions, import};

    #[test]
    fn a_line_is_a_skill() {
        let text = "# my kitchen\n[Baking]\n- Bread; loaves; bread (rye)\n- bread\nCakes\n";
        let read = import("k.txt", text, Form::List, &ImportOptions::default()).unwrap();
        let bread = read.taxonomy.skill("bread").unwrap();
        assert_eq!((bread.category(), bread.labels().len()), ("baking", 3));
        assert_eq!((read.skills, read.rows_left_out), (2, 1));
        assert_eq!(bread.labels()[0].line(), Some(3));
    }
}
