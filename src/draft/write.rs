//! A draft as files for a person to edit.

use std::fmt::{Display, Write};

use crate::profile::{Importance, Need, Quote, Requirement, Stated, Wanted};
use crate::text::NormalizedText;

use super::{Draft, DraftSkill};

pub(super) fn profile(draft: &Draft) -> String {
    let mut out = String::new();
    let weights = &draft.weights;
    line(
        &mut out,
        "# A draft, made by counting. Read every line, change what the job does not need, add what the documents leave unsaid.",
    );
    line(&mut out, "#");
    line(
        &mut out,
        "#   weight = documents * per_document + prevalence percent * per_percent + (required | preferred | mentioned: 0) + emphasis * per_emphasis",
    );
    line(&mut out, "#");
    line(
        &mut out,
        "# To set a weight by hand write `weight = N` in a skill; to stress a skill write `emphasis = 1` to 3.",
    );
    line(
        &mut out,
        format_args!("# Documents: {}", draft.documents.join(", ")),
    );
    line(&mut out, "\n[profile]");
    line(&mut out, format_args!("id = {}", text(&draft.id)));
    line(&mut out, "version = \"0.1.0\"");
    line(&mut out, format_args!("label = {}", text(&draft.label)));
    line(
        &mut out,
        format_args!("taxonomy = {}", text(&draft.taxonomy)),
    );
    line(&mut out, "\n[weights]");
    for (name, value) in [
        ("per_document", weights.per_document),
        ("per_percent", weights.per_percent),
        ("required", weights.required),
        ("preferred", weights.preferred),
        ("per_emphasis", weights.per_emphasis),
    ] {
        line(&mut out, format_args!("{name} = {value}"));
    }
    for skill in &draft.skills {
        self::skill(&mut out, skill);
    }
    if !draft.requirements.is_empty() {
        line(
            &mut out,
            "\n# Points of 100; what the requirements leave is shared by the skills.",
        );
    }
    for requirement in &draft.requirements {
        self::requirement(&mut out, requirement);
    }
    for skill in &draft.skills {
        if let Some(benchmark) = &skill.prevalence {
            line(&mut out, "\n[[benchmark]]");
            line(&mut out, format_args!("skill = {}", text(&skill.id)));
            line(&mut out, format_args!("percent = {}", benchmark.percent));
            line(
                &mut out,
                format_args!("source = {}", text(&benchmark.source)),
            );
        }
    }
    out
}

fn skill(out: &mut String, skill: &DraftSkill) {
    let counts = skill.counts;
    let named: Vec<String> = [
        ("required", counts.required),
        ("in duties", counts.duties),
        ("preferred", counts.preferred),
        ("in passing", counts.mentioned),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(how, count)| format!("{how} {count}"))
    .collect();
    line(out, "\n[[skill]]");
    line(
        out,
        format_args!(
            "id = {:<28} # {}; weight {}: {}",
            text(&skill.id),
            skill.label,
            skill.weight,
            named.join(", ")
        ),
    );
    let importance = match skill.importance {
        Importance::Essential => "essential",
        Importance::Preferred => "preferred",
        Importance::Optional => "optional",
    };
    line(out, format_args!("importance = \"{importance}\""));
    line(out, format_args!("documents = {}", list(&skill.documents)));
    if let Some(benchmark) = &skill.prevalence {
        line(
            out,
            format_args!(
                "prevalence = {{ percent = {}, source = {} }}",
                benchmark.percent,
                text(&benchmark.source)
            ),
        );
    }
    let stated = match skill.stated {
        Stated::Required => "required",
        Stated::Preferred => "preferred",
        Stated::Mentioned => "mentioned",
    };
    line(out, format_args!("stated = \"{stated}\""));
    line(out, quoted(&skill.quote));
}

fn requirement(out: &mut String, requirement: &Requirement) {
    line(out, "\n[[requirement]]");
    line(
        out,
        format_args!(
            "id = {:<28} # {}",
            text(requirement.id()),
            requirement.wanted().describe()
        ),
    );
    let need = match requirement.importance() {
        Need::Required => "required",
        Need::Preferred => "preferred",
        Need::Optional => "optional",
    };
    line(out, format_args!("need = \"{need}\""));
    line(out, format_args!("points = {}", requirement.weight()));
    line(
        out,
        format_args!("sources = {}", list(requirement.sources())),
    );
    if let Some(quote) = requirement.quote() {
        line(out, quoted(quote));
    }
    for (field, value) in fields(requirement.wanted()) {
        line(out, format_args!("{field} = {value}"));
    }
}

/// The fields of what is wanted, the kind first; what says nothing is left out, and groups are inline tables, one a line.
fn fields(wanted: &Wanted) -> Vec<(String, String)> {
    let Ok(toml::Value::Table(table)) = toml::Value::try_from(wanted) else {
        return Vec::new();
    };
    let of = match wanted {
        Wanted::AnyOf { of } | Wanted::AllOf { of } | Wanted::AtLeast { of, .. } => of.as_slice(),
        _ => &[],
    };
    let says_nothing = |field: &str, value: &toml::Value| match value {
        toml::Value::Array(list) => list.is_empty(),
        toml::Value::Boolean(flag) => !flag,
        toml::Value::Integer(number) => *number == 0 && field.starts_with("min_"),
        _ => false,
    };
    let mut fields: Vec<(String, String)> = table
        .into_iter()
        .filter(|(field, value)| field != "of" && !says_nothing(field, value))
        .map(|(field, value)| (field, value.to_string()))
        .collect();
    fields.sort_by_key(|(field, _)| field != "kind");
    if !of.is_empty() {
        let each: Vec<String> = of
            .iter()
            .map(|one| format!("\n  {},", inline(one)))
            .collect();
        fields.push(("of".to_owned(), format!("[{}\n]", each.concat())));
    }
    fields
}

fn inline(wanted: &Wanted) -> String {
    let fields = fields(wanted).into_iter();
    // An inline table stands on one line.
    let each: Vec<String> = fields
        .map(|(field, value)| {
            format!(
                "{field} = {}",
                value.replace("\n  ", " ").replace(",\n]", " ]")
            )
        })
        .collect();
    format!("{{ {} }}", each.join(", "))
}

pub(super) fn candidates(draft: &Draft) -> String {
    let mut out = String::new();
    line(
        &mut out,
        "# Phrases that come up in the documents and that no skill covers, by C-value. Keep what is a skill, remove the rest, then draft",
    );
    line(
        &mut out,
        "# again with `--taxonomy THIS_FILE` behind those it lies over. `provenance = \"mined\"` goes when a person has judged the skill.",
    );
    line(&mut out, "\n[overlay]");
    line(&mut out, format_args!("base = {}", text(&draft.taxonomy)));
    line(&mut out, "\n[categories]\nmined = \"Mined from documents\"");
    let mut ids = std::collections::BTreeSet::new();
    for candidate in &draft.candidates {
        let Some(pattern) = pattern(&candidate.phrase) else {
            continue;
        };
        let id = pattern.replace(' ', "-").to_lowercase();
        if !ids.insert(id.clone()) {
            continue;
        }
        line(&mut out, "\n[[skill]]");
        let documents = if candidate.documents == 1 {
            "document"
        } else {
            "documents"
        };
        line(
            &mut out,
            format_args!(
                "# {} × in {} {documents}, C-value {}",
                candidate.count, candidate.documents, candidate.c_value
            ),
        );
        for (example, source) in &candidate.examples {
            line(
                &mut out,
                format_args!("#   {source}: {}", example.replace(char::is_control, " ")),
            );
        }
        line(&mut out, format_args!("id = {}", text(&id)));
        line(
            &mut out,
            format_args!("label = {}", text(&candidate.phrase)),
        );
        line(&mut out, "match_label = false");
        line(&mut out, format_args!("alternative = [{}]", text(&pattern)));
        line(&mut out, "category = \"mined\"");
        line(&mut out, "provenance = \"mined\"");
    }
    out
}

/// The phrase's letters and digits as words of the notation.
fn pattern(phrase: &str) -> Option<String> {
    let folded = NormalizedText::new(phrase);
    let words: Vec<String> = (0..folded.word_count())
        .map(|n| {
            folded
                .word(n)
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .collect()
        })
        .filter(|word: &String| !word.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn line(out: &mut String, line: impl Display) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{line}");
}

fn quoted(quote: &Quote) -> String {
    format!(
        "quote = {{ text = {}, source = {} }}",
        text(&quote.text),
        text(&quote.source)
    )
}

fn list(values: &[String]) -> String {
    let all: Vec<String> = values.iter().map(|value| text(value)).collect();
    format!("[{}]", all.join(", "))
}

fn text(value: &str) -> String {
    toml::Value::from(value).to_string()
}
