//! The fields of a requirement, checked before it is read: kinds share a table, and a reader wants to know which field is wrong.

use serde::Deserialize;
use toml::{Table, Value};

use super::requirement::Requirement;

/// What a field holds.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    Whole,
    Points,
    Flag,
    Texts,
    Degree,
    Area,
    Need,
    Quote,
    Group,
}

/// A field's name, what it holds, whether it must be there.
type Field = (&'static str, Holds, bool);

/// Fields of any requirement, beside `kind`.
const COMMON: [Field; 5] = [
    ("id", Holds::Text, true),
    ("need", Holds::Need, false),
    ("points", Holds::Points, false),
    ("sources", Holds::Texts, false),
    ("quote", Holds::Quote, false),
];

/// Fields of each kind.
const KINDS: [(&str, &[Field]); 8] = [
    (
        "degree",
        &[
            ("level", Holds::Degree, true),
            ("accepts", Holds::Degree, false),
            ("fields", Holds::Texts, false),
        ],
    ),
    (
        "years",
        &[
            ("area", Holds::Area, true),
            ("at_least", Holds::Whole, true),
            ("full_at", Holds::Whole, false),
        ],
    ),
    (
        "certificate",
        &[("any", Holds::Flag, false), ("names", Holds::Texts, false)],
    ),
    ("language", &[("names", Holds::Texts, true)]),
    (
        "skill",
        &[
            ("skill", Holds::Text, true),
            ("min_percent", Holds::Whole, false),
            ("min_months", Holds::Whole, false),
        ],
    ),
    ("any_of", &[("of", Holds::Group, true)]),
    ("all_of", &[("of", Holds::Group, true)]),
    (
        "at_least",
        &[("count", Holds::Whole, true), ("of", Holds::Group, true)],
    ),
];

const DEGREES: &[&str] = &[
    "none",
    "highschool",
    "associate",
    "bachelor",
    "master",
    "doctorate",
];
const AREAS: &[&str] = &["overall", "customer_service", "management"];
const NEEDS: &[&str] = &["required", "preferred", "optional", "must_have"];

/// A field that is not as expected.
pub(super) struct Wrong {
    /// Its name, to find its line.
    pub(super) field: String,
    pub(super) message: String,
}

fn wrong<T>(field: &str, message: String) -> Result<T, Wrong> {
    Err(Wrong {
        field: field.to_owned(),
        message,
    })
}

/// Reads a `[[requirement]]` table.
pub(super) fn requirement(table: Table) -> Result<Requirement, Wrong> {
    check(&table, &COMMON)?;
    Requirement::deserialize(Value::Table(table)).map_err(|error| Wrong {
        field: String::new(),
        message: crate::reading::plainly(error.message()),
    })
}

fn check(table: &Table, common: &[Field]) -> Result<(), Wrong> {
    let kinds = || KINDS.map(|(kind, _)| kind);
    let kind = match table.get("kind") {
        None => {
            return wrong(
                "",
                format!("kind is missing; expected one of {}", kinds().join(", ")),
            );
        }
        Some(Value::String(kind)) => kind,
        Some(other) => {
            return wrong(
                "kind",
                format!(
                    "kind: found {other}; expected one of {}",
                    kinds().join(", ")
                ),
            );
        }
    };
    let Some((_, own)) = KINDS.iter().find(|(known, _)| known == kind) else {
        let message = format!(
            "kind: found \"{kind}\"; expected one of {}",
            kinds().join(", ")
        );
        return wrong("kind", message);
    };
    let known = || common.iter().chain(own.iter());
    for (field, value) in table.iter().filter(|(field, _)| *field != "kind") {
        match known().find(|(name, ..)| name == field) {
            None => {
                let names: Vec<&str> = known().map(|(name, ..)| *name).collect();
                let message = format!(
                    "a requirement of kind {kind} has no field \"{field}\"; expected one of kind, {}",
                    names.join(", ")
                );
                return wrong(field, message);
            }
            Some((_, holds, _)) => value_fits(field, value, *holds)?,
        }
    }
    for (field, _, needed) in known() {
        if *needed && !table.contains_key(*field) {
            return wrong("", format!("\"{field}\" is missing"));
        }
    }
    Ok(())
}

fn value_fits(field: &str, value: &Value, holds: Holds) -> Result<(), Wrong> {
    let one_of = |words: &[&str]| match value.as_str() {
        Some(word) if words.contains(&word) => Ok(()),
        _ => wrong(
            field,
            format!(
                "{field}: found {value}; expected one of {}",
                words.join(", ")
            ),
        ),
    };
    let expected = |fits: bool, expected: &str| {
        if fits {
            Ok(())
        } else {
            wrong(
                field,
                format!("{field}: found {value}; expected {expected}"),
            )
        }
    };
    match holds {
        Holds::Text => expected(value.is_str(), "a text in quotes"),
        Holds::Whole => {
            let whole = value.as_integer().and_then(|n| u32::try_from(n).ok());
            expected(whole.is_some(), "a whole number of 0 or more")
        }
        Holds::Points => {
            let points = value.as_integer().is_some_and(|n| (0..=100).contains(&n));
            expected(points, "a whole number from 0 to 100")
        }
        Holds::Flag => expected(value.is_bool(), "true or false"),
        Holds::Texts => {
            let texts = value
                .as_array()
                .is_some_and(|all| all.iter().all(Value::is_str));
            expected(texts, "a list of texts: [\"...\"]")
        }
        Holds::Degree => one_of(DEGREES),
        Holds::Area => one_of(AREAS),
        Holds::Need => one_of(NEEDS),
        Holds::Quote => {
            let text = |key: &str| value.get(key).is_some_and(Value::is_str);
            let fits =
                text("text") && text("source") && value.as_table().is_some_and(|t| t.len() == 2);
            expected(fits, "{ text = \"...\", source = \"...\" }")
        }
        Holds::Group => {
            let Some(of) = value.as_array() else {
                return expected(false, "a list of requirements");
            };
            for (n, one) in of.iter().enumerate() {
                let Some(table) = one.as_table() else {
                    return wrong(
                        field,
                        format!(
                            "{field} {}: found {one}; expected a table with a kind",
                            n + 1
                        ),
                    );
                };
                check(table, &[]).map_err(|inner| Wrong {
                    field: field.to_owned(),
                    message: format!("{field} {}: {}", n + 1, inner.message),
                })?;
            }
            Ok(())
        }
    }
}
