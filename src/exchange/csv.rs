//! The native fields as CSV, and tables of CSV in general.
//!
//! One row a skill. A cell with several values has one a line; a label with a rule is a JSON object on its line. The column `record`
//! tells the rows that are no skills: `taxonomy` (id, label: version, category: language), `source`, `category`, `set`, `waiver`.
//! A file of one's own needs the columns `id` and `label` only.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::{Benchmark, Place, TaxonomyBuilder};

use super::record::{Category, File, Header, LabelRecord, SkillRecord};
use super::slug;

const COLUMNS: [&str; 18] = [
    "record",
    "id",
    "label",
    "category",
    "kind",
    "definition",
    "sources",
    "benchmark_percent",
    "benchmark_source",
    "provenance",
    "uri",
    "broader",
    "implies",
    "match_label",
    "alternative",
    "hidden",
    "described",
    "value",
];

/// A text of CSV with a header.
pub(super) struct Table {
    name: String,
    header: Vec<String>,
    rows: Vec<(usize, ::csv::StringRecord)>,
}

/// One row, with its place.
pub(super) struct Row<'t> {
    table: &'t Table,
    line: usize,
    cells: &'t ::csv::StringRecord,
}

impl Table {
    pub(super) fn read(name: &str, text: &str, delimiter: u8) -> Result<Self> {
        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(delimiter)
            // O*NET's tabs are never quoted, and a quote there is an inch.
            .quoting(delimiter != b'\t')
            .from_reader(text.as_bytes());
        let wrong = |error: ::csv::Error| {
            let line = error
                .position()
                .map_or(1, |position| position.line() as usize);
            let message = match error.kind() {
                ::csv::ErrorKind::UnequalLengths {
                    expected_len, len, ..
                } => format!("the row has {len} cells; expected {expected_len}, as the header has"),
                _ => format!("not CSV: {error}"),
            };
            Error::new(ErrorKind::Taxonomy, message)
                .in_file(name)
                .at_line(line)
        };
        let header = reader.headers().map_err(wrong)?;
        let header = header.iter().map(|cell| cell.trim().to_owned()).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(wrong)?;
            let line = record.position().map_or(0, |position| position.line());
            rows.push((line as usize, record));
        }
        Ok(Self {
            name: name.to_owned(),
            header,
            rows,
        })
    }

    pub(super) fn find(&self, column: &str) -> Option<usize> {
        self.header
            .iter()
            .position(|known| known.eq_ignore_ascii_case(column))
    }

    pub(super) fn column(&self, column: &str) -> Result<usize> {
        self.find(column).ok_or_else(|| {
            let found = self.header.join(", ");
            let message = format!("no column is named \"{column}\"; found {found}");
            Error::new(ErrorKind::Taxonomy, message)
                .in_file(&self.name)
                .at_line(1)
        })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row {
            table: self,
            line: *line,
            cells,
        })
    }
}

impl Row<'_> {
    pub(super) fn get(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default().trim()
    }

    pub(super) fn optional(&self, column: Option<usize>) -> &str {
        column.map_or("", |column| self.get(column))
    }

    pub(super) fn place(&self) -> Place {
        Place {
            file: Some(self.table.name.as_str().into()),
            line: Some(self.line),
        }
    }

    pub(super) fn error(&self, message: impl Into<String>) -> Error {
        self.place().put(Error::new(ErrorKind::Taxonomy, message))
    }

    /// The cell of this column; empty where there is no such column.
    fn cell(&self, column: &str) -> &str {
        let column = self.table.find(column);
        column.map_or("", |column| self.cells.get(column).unwrap_or_default())
    }

    fn lines(&self, column: &str) -> Vec<String> {
        self.cell(column)
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// A cell's value as a word of the format; `None` where it is empty.
    fn word<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        match self.cell(column) {
            "" => Ok(None),
            cell => serde_json::from_value(cell.into())
                .map(Some)
                .map_err(|error| self.wrong(column, &error)),
        }
    }

    fn wrong(&self, column: &str, error: &serde_json::Error) -> Error {
        let message = error.to_string();
        self.error(format!("{column}: {}", crate::reading::plainly(&message)))
    }

    fn labels(&self, column: &str) -> Result<Vec<LabelRecord>> {
        self.lines(column)
            .into_iter()
            .map(|line| {
                if line.starts_with('{') && line.contains("\"match\"") {
                    return serde_json::from_str(&line).map_err(|error| self.wrong(column, &error));
                }
                Ok(LabelRecord {
                    pattern: line,
                    rule: None,
                })
            })
            .collect()
    }

    fn skill(&self) -> Result<SkillRecord> {
        let label = self.cell("label").to_owned();
        if label.is_empty() {
            return Err(self.error("label is empty; expected the skill's name"));
        }
        let id = match self.cell("id") {
            "" => slug(&label),
            id => id.to_owned(),
        };
        let benchmark = match self.cell("benchmark_percent") {
            "" => None,
            percent => Some(Benchmark {
                percent: percent.parse().map_err(|_| {
                    self.error(format!(
                        "benchmark_percent: found \"{percent}\"; expected a number"
                    ))
                })?,
                source: self.cell("benchmark_source").to_owned(),
            }),
        };
        let match_label = match self.cell("match_label") {
            "" | "true" => true,
            "false" => false,
            other => {
                let message = format!("match_label: found \"{other}\"; expected true or false");
                return Err(self.error(message));
            }
        };
        Ok(SkillRecord {
            id,
            category: match self.cell("category") {
                "" => "other".to_owned(),
                category => category.to_owned(),
            },
            label,
            kind: self.word("kind")?.unwrap_or_default(),
            definition: self.cell("definition").to_owned(),
            sources: self.lines("sources"),
            benchmark,
            provenance: self.word("provenance")?.unwrap_or_default(),
            uri: self.cell("uri").to_owned(),
            broader: self.lines("broader"),
            implies: self.lines("implies"),
            match_label,
            alternative: self.labels("alternative")?,
            hidden: self.labels("hidden")?,
            described: self.labels("described")?,
        })
    }
}

pub(super) fn read(name: &str, text: &str) -> Result<TaxonomyBuilder> {
    let table = Table::read(name, text, b',')?;
    table.column("label")?;
    let mut file = File {
        taxonomy: Header {
            id: "csv".to_owned(),
            version: "0.1.0".to_owned(),
            language: "en".to_owned(),
        },
        sources: BTreeMap::new(),
        categories: Vec::new(),
        sets: BTreeMap::new(),
        waiver: Vec::new(),
        skill: Vec::new(),
    };
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for row in table.rows() {
        let value = |row: &Row<'_>| row.cell("value").to_owned();
        let parsed = |row: &Row<'_>| {
            serde_json::from_str(row.cell("value")).map_err(|error| row.wrong("value", &error))
        };
        let id = row.cell("id").to_owned();
        match row.cell("record") {
            "" | "skill" => {
                let skill = row.skill()?;
                lines.insert(skill.id.clone(), row.line);
                file.skill.push(skill);
            }
            "taxonomy" => {
                file.taxonomy = serde_json::from_str(row.cell("value"))
                    .map_err(|error| row.wrong("value", &error))?
            }
            "source" => {
                let source = serde_json::from_str(row.cell("value"))
                    .map_err(|error| row.wrong("value", &error))?;
                file.sources.insert(id, source);
            }
            "category" => file.categories.push(Category {
                id,
                label: row.cell("label").to_owned(),
            }),
            "set" => {
                file.sets.insert(id, value(&row));
            }
            "waiver" => file.waiver.push(parsed(&row)?),
            other => {
                let expected = "taxonomy, source, category, set, waiver, skill";
                let message = format!("record: found \"{other}\"; expected one of {expected}");
                return Err(row.error(message));
            }
        }
    }
    file.build(|id| Place {
        file: Some(name.into()),
        line: lines.get(id).copied(),
    })
}

pub(super) fn write(file: &File) -> Result<String> {
    let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
    let mut rows = vec![BTreeMap::from([
        ("record", "taxonomy".to_owned()),
        ("value", json(&file.taxonomy)),
    ])];
    for (key, source) in &file.sources {
        rows.push(BTreeMap::from([
            ("record", "source".to_owned()),
            ("id", key.clone()),
            ("value", json(source)),
        ]));
    }
    for category in &file.categories {
        rows.push(BTreeMap::from([
            ("record", "category".to_owned()),
            ("id", category.id.clone()),
            ("label", category.label.clone()),
        ]));
    }
    for (name, words) in &file.sets {
        rows.push(BTreeMap::from([
            ("record", "set".to_owned()),
            ("id", name.clone()),
            ("value", words.clone()),
        ]));
    }
    for waiver in &file.waiver {
        rows.push(BTreeMap::from([
            ("record", "waiver".to_owned()),
            ("value", json(waiver)),
        ]));
    }
    rows.extend(file.skill.iter().map(row));
    let failed =
        |error: ::csv::Error| Error::new(ErrorKind::Output, "cannot write CSV").caused_by(error);
    writer.write_record(COLUMNS).map_err(failed)?;
    for row in rows {
        let cells = COLUMNS.map(|column| row.get(column).map_or("", String::as_str));
        writer.write_record(cells).map_err(failed)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Error::new(ErrorKind::Output, error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn row(skill: &SkillRecord) -> BTreeMap<&'static str, String> {
    let labels = |labels: &[LabelRecord]| -> String {
        let lines = labels.iter().map(|label| match label.rule {
            None => label.pattern.clone(),
            Some(_) => json(label),
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let benchmark = skill.benchmark.as_ref();
    BTreeMap::from([
        ("record", "skill".to_owned()),
        ("id", skill.id.clone()),
        ("label", skill.label.clone()),
        ("category", skill.category.clone()),
        ("kind", word(serde_json::json!(skill.kind))),
        ("definition", skill.definition.clone()),
        ("sources", skill.sources.join("\n")),
        (
            "benchmark_percent",
            benchmark.map_or_else(String::new, |b| b.percent.to_string()),
        ),
        (
            "benchmark_source",
            benchmark.map_or_else(String::new, |b| b.source.clone()),
        ),
        ("provenance", word(serde_json::json!(skill.provenance))),
        ("uri", skill.uri.clone()),
        ("broader", skill.broader.join("\n")),
        ("implies", skill.implies.join("\n")),
        ("match_label", skill.match_label.to_string()),
        ("alternative", labels(&skill.alternative)),
        ("hidden", labels(&skill.hidden)),
        ("described", labels(&skill.described)),
    ])
}

/// A value on one line; everything a record holds can be told in JSON.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::exchange::{Form, ImportOptions, import};

    #[test]
    fn two_columns_are_enough() {
        let csv = "label,alternative\nBread baking,\"bake~ bread\nbaking of bread\"\n";
        let read = import("my.csv", csv, Form::Csv, &ImportOptions::default()).unwrap();
        let skill = read.taxonomy.skill("bread-baking").unwrap();
        assert_eq!(skill.labels().len(), 3);
    }

    #[test]
    fn mistakes_are_placed() {
        for (csv, message) in [
            (
                "label,kind\nBread,tol\n",
                "my.csv, line 2: kind: found \"tol\" (did you mean \"tool\"?); expected one of \"skill\", \"competency\", \
                 \"duty\", \"tool\", \"metric\", \"quality\", \"knowledge\", \"standard\"",
            ),
            (
                "label,match_label\nBread,no\n",
                "my.csv, line 2: match_label: found \"no\"; expected true or false",
            ),
            (
                "label\nBread,tol\n",
                "my.csv, line 2: the row has 2 cells; expected 1, as the header has",
            ),
            (
                "label,alternative\nBread,a (b\n",
                "my.csv, line 2: skill \"bread\", alternative: pattern \"a (b\": a parenthesis is not closed",
            ),
        ] {
            let error = import("my.csv", csv, Form::Csv, &ImportOptions::default()).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }
}
