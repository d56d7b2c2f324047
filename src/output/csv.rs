//! CSV: rows for spreadsheets and data frames.
//!
//! As RFC 4180 has it: commas, CRLF, a header. Text is always quoted, numbers never; a cell without a value is empty. Text that a
//! spreadsheet would run is made harmless by [`neutralize`].

use std::io::Write;

use crate::batch::{BatchSummary, Failure, Screened};
use crate::error::Result;
use crate::report::Report;
use crate::screener::Screener;

use super::{Output, cannot_write, neutralize, words};

/// One row a resume, in the order of the inputs.
///
/// | column | |
/// |---|---|
/// | `source` | the path as given, or the record's id |
/// | `status` | `scored`, `partial`, or what kind of trouble it was |
/// | `error` | what happened, for those without a score |
/// | `duplicate_of` | the first resume of the batch with these words; empty for that one itself |
/// | `score` | 0 to 100; empty when nothing was applicable |
/// | `coverage` | percent of the applicable skill weight that is shown |
/// | `years_experience`, `years_customer_service`, `years_management` | empty when unknown |
/// | `degree` | `none`, `highschool`, `associate`, `bachelor`, `master`, `doctorate` |
/// | `as_of` | the month that "present" means, `2019-12` |
/// | `skill:…` | for each skill of the profile, in its order: how strongly it is shown, 0 to 100 |
///
/// A row without a score leaves all figures empty: unreadable is not unskilled. When the batch was stopped before its end, the last row has no
/// source and the status `incomplete`.
#[derive(Debug)]
pub struct Csv<W> {
    rows: Rows<W>,
    skills: Vec<String>,
}

impl<W: Write> Csv<W> {
    /// Writes to `writer`, with the columns of the screener's profile.
    pub fn new(writer: W, screener: &Screener) -> Self {
        let skills: Vec<String> = screener
            .profile()
            .skills()
            .iter()
            .map(|skill| skill.id().to_owned())
            .collect();
        let fixed = [
            "source",
            "status",
            "error",
            "duplicate_of",
            "score",
            "coverage",
            "years_experience",
            "years_customer_service",
            "years_management",
            "degree",
            "as_of",
        ];
        let header = fixed
            .map(str::to_owned)
            .into_iter()
            .chain(skills.iter().map(|id| format!("skill:{id}")))
            .collect();
        Self {
            rows: Rows::new(writer, header),
            skills,
        }
    }

    /// What it wrote to.
    pub fn into_inner(self) -> W {
        self.rows.writer
    }

    fn report(&mut self, report: &Report) {
        let facts = &report.facts;
        let row = &mut self.rows;
        row.text(&report.source);
        row.text(report.status.as_str());
        row.none();
        match &report.duplicate_of {
            Some(first) => row.text(first),
            None => row.none(),
        }
        row.number(report.score());
        row.number(report.coverage.map(|percent| percent.value()));
        row.number(facts.years_experience());
        row.number(facts.years_customer_service());
        row.number(facts.years_management());
        row.text(facts.degree().as_str());
        match facts.as_of() {
            Some(as_of) => row.text(&as_of.date().to_string()),
            None => row.none(),
        }
        for id in &self.skills {
            row.number(Some(report.skill(id).map_or(0.0, |skill| skill.percent)));
        }
    }

    fn failure(&mut self, failure: &Failure) {
        self.rows.text(&failure.source);
        self.rows.text(failure.status.as_str());
        self.rows.text(&failure.error);
        for _ in 0..self.skills.len() + 8 {
            self.rows.none();
        }
    }
}

impl<W: Write> Output for Csv<W> {
    fn write(&mut self, screened: &Screened) -> Result<()> {
        match screened {
            Screened::Report(report) => self.report(report),
            Screened::Failure(failure) => self.failure(failure),
        }
        self.rows.end()
    }

    fn finish(&mut self, summary: &BatchSummary) -> Result<()> {
        if !summary.complete {
            self.failure(&words::stopped());
            self.rows.end()?;
        }
        self.rows.finish()
    }
}

/// One row a resume and skill that it shows, in the order of the inputs and of the report's skills.
///
/// | column | |
/// |---|---|
/// | `source` | the path as given, or the record's id |
/// | `skill`, `label`, `category` | the skill's id, name and category |
/// | `percent` | how strongly it is shown, 0 to 100 |
/// | `points` | what it adds to the score; 0 for a skill that the profile does not ask for |
/// | `occurrences` | accepted mentions |
/// | `months`, `last_used` | of the dated jobs that show it; empty when unknown |
/// | `quote` | the first mention, runs of white space as one blank |
///
/// Skills that a resume does not show, and resumes that could not be read, have no row. When the batch was stopped before its end, the last row
/// says so in `label`; its other cells are empty.
#[derive(Debug)]
pub struct CsvSkills<W> {
    rows: Rows<W>,
}

/// Those of [`CsvSkills`].
const COLUMNS: [&str; 10] = [
    "source",
    "skill",
    "label",
    "category",
    "percent",
    "points",
    "occurrences",
    "months",
    "last_used",
    "quote",
];

impl<W: Write> CsvSkills<W> {
    /// Writes to `writer`.
    pub fn new(writer: W) -> Self {
        Self {
            rows: Rows::new(writer, COLUMNS.map(str::to_owned).to_vec()),
        }
    }

    /// What it wrote to.
    pub fn into_inner(self) -> W {
        self.rows.writer
    }
}

impl<W: Write> Output for CsvSkills<W> {
    fn write(&mut self, screened: &Screened) -> Result<()> {
        let Screened::Report(report) = screened else {
            return Ok(());
        };
        let row = &mut self.rows;
        for skill in &report.skills {
            row.text(&report.source);
            row.text(&skill.id);
            row.text(&skill.label);
            row.text(&skill.category);
            row.number(Some(skill.percent));
            row.number(Some(skill.points.value()));
            row.number(Some(skill.occurrences as f64));
            row.number(skill.months.map(f64::from));
            match skill.last_used {
                Some(month) => row.text(&month.to_string()),
                None => row.none(),
            }
            match skill.evidence.first() {
                Some(first) => {
                    row.text(&first.quote.split_whitespace().collect::<Vec<_>>().join(" "))
                }
                None => row.none(),
            }
            row.end()?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &BatchSummary) -> Result<()> {
        if !summary.complete {
            let row = &mut self.rows;
            row.text("");
            row.text("");
            row.text(&words::stopped().error);
            for _ in 3..COLUMNS.len() {
                row.none();
            }
            row.end()?;
        }
        self.rows.finish()
    }
}

/// Rows in the making; a row is written when it ends.
#[derive(Debug)]
struct Rows<W> {
    writer: W,
    header: Option<Vec<String>>,
    row: String,
}

impl<W: Write> Rows<W> {
    fn new(writer: W, header: Vec<String>) -> Self {
        Self {
            writer,
            header: Some(header),
            row: String::new(),
        }
    }

    fn text(&mut self, text: &str) {
        self.row.push('"');
        self.row.push_str(&neutralize(text).replace('"', "\"\""));
        self.row.push_str("\",");
    }

    fn number(&mut self, number: Option<f64>) {
        if let Some(number) = number {
            self.row.push_str(&number.to_string());
        }
        self.row.push(',');
    }

    fn none(&mut self) {
        self.row.push(',');
    }

    fn end(&mut self) -> Result<()> {
        self.begin()?;
        self.row.pop();
        self.row.push_str("\r\n");
        let written = self.writer.write_all(self.row.as_bytes());
        self.row.clear();
        written.map_err(cannot_write)
    }

    /// The header, once.
    fn begin(&mut self) -> Result<()> {
        let Some(header) = self.header.take() else {
            return Ok(());
        };
        let first = std::mem::take(&mut self.row);
        for name in &header {
            self.text(name);
        }
        self.end()?;
        self.row = first;
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        self.begin()?;
        self.writer.flush().map_err(cannot_write)
    }
}
