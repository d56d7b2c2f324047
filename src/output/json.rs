//! JSON: the whole batch as one value.

use std::io::Write;

use serde::Serialize;

use crate::batch::{BatchSummary, Screened, SkillPrevalence};
use crate::error::Result;

use super::rank::Ranking;
use super::spool::{Place, Spool};
use super::{Output, cannot_serialize, cannot_write};

/// The `schema` of a batch; its number grows when a field changes its meaning or goes away.
pub const BATCH_SCHEMA: &str = "skillscreen.batch/1";

/// The whole batch as one indented JSON object: the summary's figures, `skills` (the prevalence of each), `resumes` and `failures`.
///
/// `resumes` holds each report with its `rank`, best first: by score, no score last (its rank is `null`), ties by source. Equal scores share
/// a rank: 1, 2, 2, 4. `failures` holds those without a report in the order of the inputs.
#[derive(Debug)]
pub struct Json<W> {
    writer: W,
    resumes: Spool,
    ranking: Ranking<Place>,
    failures: Spool,
    failed: Vec<Place>,
}

/// What stands before the resumes.
#[derive(Serialize)]
struct Head<'a> {
    schema: &'a str,
    #[serde(flatten)]
    summary: &'a BatchSummary,
    skills: Vec<SkillPrevalence>,
}

impl<W: Write> Json<W> {
    /// Writes to `writer` when the batch is finished.
    ///
    /// # Errors
    ///
    /// When the temporary files cannot be made.
    pub fn new(writer: W) -> Result<Self> {
        Ok(Self {
            writer,
            resumes: Spool::new()?,
            ranking: Ranking::all(),
            failures: Spool::new()?,
            failed: Vec::new(),
        })
    }

    /// What it wrote to.
    pub fn into_inner(self) -> W {
        self.writer
    }

    fn list(
        &mut self,
        name: &str,
        spool: &mut Spool,
        items: &[(Option<String>, Place)],
    ) -> Result<()> {
        let mut record = Vec::new();
        write!(self.writer, ",\n  \"{name}\": [").map_err(cannot_write)?;
        for (n, (first, place)) in items.iter().enumerate() {
            spool.read(*place, &mut record)?;
            let comma = if n == 0 { "" } else { "," };
            write!(self.writer, "{comma}\n    ").map_err(cannot_write)?;
            if let Some(first) = first {
                write!(self.writer, "{{\n      {first},").map_err(cannot_write)?;
                record.drain(..1);
            }
            self.writer.write_all(&record).map_err(cannot_write)?;
        }
        let end = if items.is_empty() { "]" } else { "\n  ]" };
        self.writer.write_all(end.as_bytes()).map_err(cannot_write)
    }
}

/// The value indented as an item of a list of the batch. JSON's strings hold no line ends, so each is one between values.
fn indented<T: Serialize>(value: &T) -> Result<String> {
    Ok(serde_json::to_string_pretty(value)
        .map_err(cannot_serialize)?
        .replace('\n', "\n    "))
}

impl<W: Write> Output for Json<W> {
    fn write(&mut self, screened: &Screened) -> Result<()> {
        match screened {
            Screened::Report(report) => {
                let place = self.resumes.push(indented(report)?.as_bytes())?;
                self.ranking.push(report, place);
            }
            Screened::Failure(failure) => self
                .failed
                .push(self.failures.push(indented(failure)?.as_bytes())?),
        }
        Ok(())
    }

    fn finish(&mut self, summary: &BatchSummary) -> Result<()> {
        let head = Head {
            schema: BATCH_SCHEMA,
            summary,
            skills: summary.skills(),
        };
        let head = serde_json::to_string_pretty(&head).map_err(cannot_serialize)?;
        let open = head.strip_suffix("\n}").unwrap_or(&head);
        self.writer
            .write_all(open.as_bytes())
            .map_err(cannot_write)?;
        let mut resumes = std::mem::replace(&mut self.resumes, Spool::new()?);
        let mut failures = std::mem::replace(&mut self.failures, Spool::new()?);
        let ranked: Vec<(Option<String>, Place)> = self
            .ranking
            .ranked()
            .into_iter()
            .map(|(rank, entry)| {
                let rank = rank.map_or_else(|| "null".to_owned(), |rank| rank.to_string());
                (Some(format!("\"rank\": {rank}")), entry.value)
            })
            .collect();
        self.list("resumes", &mut resumes, &ranked)?;
        let failed: Vec<(Option<String>, Place)> =
            self.failed.iter().map(|place| (None, *place)).collect();
        self.list("failures", &mut failures, &failed)?;
        self.writer
            .write_all(b"\n}\n")
            .and_then(|()| self.writer.flush())
            .map_err(cannot_write)
    }
}
