//! Reads a TOML text into a record, and says in one sentence where it is not of the expected form: file, line, field, what was
//! found and what was expected.

use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::line_of;

/// Reads `text`; `name` stands for it in error messages.
pub(crate) fn from_toml<T: DeserializeOwned>(kind: ErrorKind, name: &str, text: &str) -> Result<T> {
    let at = |error: Error, span: Option<std::ops::Range<usize>>| {
        let error = error.in_file(name);
        match span {
            Some(span) => error.at_line(line_of(text, span.start)),
            None => error,
        }
    };
    let deserializer = toml::Deserializer::parse(text).map_err(|error| {
        let mut message = format!("not TOML: {}", plainly(error.message()));
        if let (true, Some(span)) = (message.ends_with("duplicate key"), error.span()) {
            message.push_str(&format!(" \"{}\"", &text[span]));
        }
        at(Error::new(kind, message), error.span())
    })?;
    // Following the path costs half as much again, so it is followed only to say where an error is.
    if let Ok(read) = T::deserialize(deserializer) {
        return Ok(read);
    }
    let deserializer = toml::Deserializer::parse(text)
        .map_err(|error| at(Error::new(kind, error.message().to_owned()), error.span()))?;
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let table: Option<toml::Table> = text.parse().ok();
        let value = table.and_then(|table| serde_json::to_value(table).ok());
        let place = describe(error.path(), value.as_ref());
        let inner = error.into_inner();
        let message = placed(&place, &plainly(inner.message()));
        at(Error::new(kind, message), inner.span())
    })
}

/// The same for JSON.
#[cfg(feature = "exchange")]
pub(crate) fn from_json<T: DeserializeOwned>(kind: ErrorKind, name: &str, text: &str) -> Result<T> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let value: Result<serde_json::Value, _> = serde_json::from_str(text);
        let place = describe(error.path(), value.as_ref().ok());
        let inner = error.into_inner();
        let message = inner.to_string();
        // serde_json ends its messages with the place, which is told apart here.
        let end = message.rfind(" at line ").unwrap_or(message.len());
        let message = match inner.classify() {
            serde_json::error::Category::Data => placed(&place, &plainly(&message[..end])),
            _ => format!("not JSON: {}", plainly(&message[..end])),
        };
        Error::new(kind, message)
            .in_file(name)
            .at_line(inner.line())
    })
}

fn placed(place: &str, message: &str) -> String {
    // The message names the field that should not be there.
    let unknown = message.strip_prefix("no field is named \"");
    let unknown = unknown.and_then(|rest| rest.split('"').next());
    let place = match unknown.and_then(|field| place.strip_suffix(field)) {
        Some(place) => place.trim_end_matches(", "),
        None => place,
    };
    if place.is_empty() {
        message.to_owned()
    } else {
        format!("{place}: {message}")
    }
}

/// `skill "payroll", alternative 2` for `skill[3].alternative[1]`.
fn describe(path: &Path, whole: Option<&serde_json::Value>) -> String {
    let mut here = whole;
    let mut parts: Vec<String> = Vec::new();
    for segment in path.iter() {
        match segment {
            Segment::Map { key } if key.starts_with("$__") => {}
            Segment::Map { key } => {
                here = here.and_then(|value| value.get(key));
                parts.push(key.clone());
            }
            Segment::Seq { index } => {
                here = here.and_then(|value| value.get(index));
                let id = here
                    .and_then(|value| value.get("id"))
                    .and_then(|id| id.as_str());
                if let Some(last) = parts.last_mut() {
                    match id {
                        Some(id) => last.push_str(&format!(" \"{id}\"")),
                        None => last.push_str(&format!(" {}", index + 1)),
                    }
                }
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    parts.join(", ")
}

/// The parser's message in the words of this crate: what was found, what was expected.
pub(crate) fn plainly(message: &str) -> String {
    let message = message.trim_end();
    // A value read on its own tells its field at the end.
    if let Some((message, field)) = message.rsplit_once("\nin `") {
        return format!("{}: {}", field.trim_end_matches('`'), plainly(message));
    }
    let rest = |prefix: &str| message.strip_prefix(prefix);
    if let Some(rest) = rest("missing field ") {
        return format!("{} is missing", quoted(rest));
    }
    if let Some((found, expected)) =
        rest("unknown field ").and_then(|rest| rest.split_once(", expected "))
    {
        let found = found.trim_matches('`');
        return format!(
            "no field is named \"{found}\"{}; expected {}",
            suggestion(found, expected),
            quoted(expected)
        );
    }
    if let Some((found, expected)) =
        rest("unknown variant ").and_then(|rest| rest.split_once(", expected "))
    {
        let found = found.trim_matches('`');
        return format!(
            "found \"{found}\"{}; expected {}",
            suggestion(found, expected),
            quoted(expected)
        );
    }
    for prefix in ["invalid type: ", "invalid value: "] {
        if let Some((found, expected)) =
            rest(prefix).and_then(|rest| rest.rsplit_once(", expected "))
        {
            return format!(
                "found {}; expected {}",
                found_value(found),
                expected_type(expected)
            );
        }
    }
    quoted(message)
}

fn quoted(text: &str) -> String {
    text.replace('`', "\"").replace('\n', "; ")
}

/// What was found, as the file has it: `3` for "integer `3`".
fn found_value(found: &str) -> String {
    match found.split_once(' ') {
        Some(("integer" | "boolean", value)) => value.trim_matches('`').to_owned(),
        Some(("string", value)) => value.to_owned(),
        Some(("floating", value)) => value
            .trim_start_matches("point ")
            .trim_matches('`')
            .to_owned(),
        None if found == "sequence" => "a list".to_owned(),
        None if found == "map" => "a table".to_owned(),
        _ => quoted(found),
    }
}

/// Rust's names of types in a reader's words.
fn expected_type(expected: &str) -> String {
    let plain = match expected {
        "u8" | "u32" | "u64" | "usize" => "a whole number of 0 or more",
        "i32" | "i64" => "a whole number",
        "f64" => "a number",
        "a sequence" => "a list in [ ]",
        "a map" => "a table",
        "a boolean" => "true or false",
        "a string" => "a text in quotes",
        other if other.starts_with("struct ") => "a table",
        other => return quoted(other),
    };
    plain.to_owned()
}

/// The expected word that differs by one or two letters: a slip of the keyboard.
fn suggestion(found: &str, expected: &str) -> String {
    let close = expected
        .split('`')
        .filter(|word| !word.is_empty() && !word.contains([' ', ',']))
        .map(|word| (distance(found, word), word))
        .min();
    match close {
        Some((1 | 2, word)) if word.len() > 3 => format!(" (did you mean \"{word}\"?)"),
        _ => String::new(),
    }
}

/// Letters to change, add or drop. Words are short: a table row of one word's length is enough.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let cost = (corner + usize::from(x != y)).min(row[j].min(row[j + 1]) + 1);
            corner = row[j + 1];
            row[j + 1] = cost;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_plain() {
        for (toml, plain) in [
            ("missing field `id`", "\"id\" is missing"),
            (
                "unknown field `lable`, expected one of `id`, `label`",
                "no field is named \"lable\" (did you mean \"label\"?); expected one of \"id\", \"label\"",
            ),
            (
                "invalid type: integer `3`, expected a string",
                "found 3; expected a text in quotes",
            ),
            (
                "unknown variant `tol`, expected one of `skill`, `tool`",
                "found \"tol\" (did you mean \"tool\"?); expected one of \"skill\", \"tool\"",
            ),
        ] {
            assert_eq!(plainly(toml), plain);
        }
    }

    #[test]
    fn distances_count_letters() {
        for (a, b, letters) in [("", "ab", 2), ("label", "lable", 2), ("kind", "kind", 0)] {
            assert_eq!(distance(a, b), letters);
        }
    }
}
