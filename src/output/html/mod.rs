//! The report page: one HTML file that needs nothing else and asks nobody.
//!
//! What keeps text of strangers from being run: the template escapes everything; the records stand in inert JSON blocks, where `<`, `>` and
//! `&` are escaped, and `page.js` shows them as text nodes only; a content security policy allows the one style block and the one script by their
//! hashes, nothing from the network, and no string as markup.

mod data;
mod view;

use std::io::Write;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::batch::{BatchSummary, Failure, Screened};
use crate::error::{Error, ErrorKind, Result};
use crate::screener::Screener;

use super::rank::Ranking;
use super::spool::{Place, Spool};
use super::{Output, cannot_serialize, cannot_write};
use data::{Row, inert, record};
use view::{Parts, RowView, View};

const PAGE: &str = include_str!("page.html");
const ROW: &str = include_str!("row.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Rows that stand in the table before the script runs.
const ROWS_SHOWN: usize = 25;
/// Resumes a block of details: a block is parsed when one of them is opened, some 300 kB.
const DETAILS_A_BLOCK: usize = 64;
/// So many failures are named.
const FAILURES_NAMED: usize = 200;

/// One self-contained HTML page: the pool at a glance, its skills, and the ranked resumes with everything about each on demand.
///
/// Without JavaScript it still shows the figures, the charts and the whole ranked table. Of each skill it holds the first two quotes.
#[derive(Debug)]
pub struct Html<W> {
    writer: W,
    screener: Screener,
    resumes: Spool,
    ranking: Ranking<Place>,
    failures: Vec<Failure>,
    /// The folder that all resumes so far are in; none before the first.
    folder: Option<String>,
}

/// What the script must know to show rows and details.
#[derive(Serialize)]
struct Pool<'a> {
    /// Label and category by the skill's number.
    skills: Vec<(&'a str, usize)>,
    categories: Vec<&'a str>,
    /// Numbers of the profile's skills.
    asked: Vec<usize>,
    details_a_block: usize,
    rows_shown: usize,
    /// What all sources begin with and no row has to repeat.
    folder: &'a str,
}

impl<W: Write> Html<W> {
    /// Writes to `writer` when the batch is finished.
    ///
    /// # Errors
    ///
    /// When the temporary file cannot be made.
    pub fn new(writer: W, screener: &Screener) -> Result<Self> {
        Ok(Self {
            writer,
            screener: screener.clone(),
            resumes: Spool::new()?,
            ranking: Ranking::all(),
            failures: Vec::new(),
            folder: None,
        })
    }

    /// What it wrote to.
    pub fn into_inner(self) -> W {
        self.writer
    }

    fn put(&mut self, text: &str) -> Result<()> {
        self.writer.write_all(text.as_bytes()).map_err(cannot_write)
    }

    fn rows(
        &mut self,
        environment: &Environment<'_>,
        ranked: &[(Option<u64>, Place)],
    ) -> Result<()> {
        let template = environment
            .get_template("row.html")
            .map_err(template_error)?;
        for &(rank, place) in ranked {
            let (row, _) = self.read(place)?;
            let row = Row::from_json(&row)?;
            let folder = self.folder.as_deref().unwrap_or_default();
            let view = RowView::new(rank, &row, &self.screener, folder);
            let text = template
                .render(Value::from(Serde(view)))
                .map_err(template_error)?;
            self.put(&text)?;
        }
        Ok(())
    }

    fn data(&mut self, ranked: &[(Option<u64>, Place)]) -> Result<()> {
        let pool = serde_json::to_string(&self.pool()).map_err(cannot_serialize)?;
        self.put(&format!(
            "<script type=\"application/json\" id=\"pool\">{}</script>\n",
            inert(&pool)
        ))?;
        self.put("<script type=\"application/json\" id=\"rows\">[")?;
        for (n, &(rank, place)) in ranked.iter().enumerate() {
            let (row, _) = self.read(place)?;
            let rank = rank.map_or_else(|| "null".to_owned(), |rank| rank.to_string());
            let comma = if n == 0 { "" } else { ",\n" };
            self.put(&format!("{comma}[{rank},{}", inert(&row[1..])))?;
        }
        self.put("]</script>\n")?;
        for (n, block) in ranked.chunks(DETAILS_A_BLOCK).enumerate() {
            self.put(&format!(
                "<script type=\"application/json\" id=\"details-{n}\">["
            ))?;
            for (n, &(_, place)) in block.iter().enumerate() {
                let (_, details) = self.read(place)?;
                let comma = if n == 0 { "" } else { ",\n" };
                self.put(&format!("{comma}{}", inert(&details)))?;
            }
            self.put("]</script>\n")?;
        }
        Ok(())
    }

    fn pool(&self) -> Pool<'_> {
        let taxonomy = self.screener.taxonomy();
        let categories: Vec<(&str, &str)> = taxonomy.categories().collect();
        let category = |id: &str| {
            categories
                .iter()
                .position(|(other, _)| *other == id)
                .unwrap_or(0)
        };
        Pool {
            skills: taxonomy
                .skills()
                .iter()
                .map(|skill| (skill.label(), category(skill.category())))
                .collect(),
            categories: categories.iter().map(|(_, label)| *label).collect(),
            asked: self
                .screener
                .profile()
                .skills()
                .iter()
                .filter_map(|skill| taxonomy.position(skill.id()))
                .collect(),
            details_a_block: DETAILS_A_BLOCK,
            rows_shown: ROWS_SHOWN,
            folder: self.folder.as_deref().unwrap_or_default(),
        }
    }

    /// The row and the details of a resume, each as JSON.
    fn read(&mut self, place: Place) -> Result<(String, String)> {
        let mut bytes = Vec::new();
        self.resumes.read(place, &mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        let (row, details) = text.split_once('\n').unwrap_or((&text, "null"));
        Ok((row.to_owned(), details.to_owned()))
    }
}

impl<W: Write> Output for Html<W> {
    fn write(&mut self, screened: &Screened) -> Result<()> {
        match screened {
            Screened::Report(report) => {
                let place = self
                    .resumes
                    .push(record(report, &self.screener)?.as_bytes())?;
                self.ranking.push(report, place);
                match &mut self.folder {
                    Some(folder) => folder.truncate(in_common(folder, folder_of(&report.source))),
                    none => *none = Some(folder_of(&report.source).to_owned()),
                }
            }
            Screened::Failure(failure) if self.failures.len() < FAILURES_NAMED => {
                self.failures.push(failure.clone())
            }
            Screened::Failure(_) => {}
        }
        Ok(())
    }

    fn finish(&mut self, summary: &BatchSummary) -> Result<()> {
        let mut scores = Vec::new();
        let mut ranked = Vec::new();
        for (rank, entry) in self.ranking.ranked() {
            scores.extend(entry.score.map(|score| score.value()));
            ranked.push((rank, entry.value));
        }
        let shown = ranked.len().min(ROWS_SHOWN);
        let environment = environment()?;
        let page = {
            let parts = Parts {
                screener: &self.screener,
                failures: &self.failures,
                scores: &scores,
                folder: self.folder.as_deref().unwrap_or_default(),
                shown,
                rows: ranked.len(),
            };
            let context = minijinja::context! {
                view => Value::from(Serde(View::new(&parts, summary))),
                style => STYLE,
                style_hash => hash(STYLE),
                script => SCRIPT,
                script_hash => hash(SCRIPT),
            };
            environment
                .get_template("page.html")
                .and_then(|template| template.render(context))
                .map_err(template_error)?
        };
        // The page is small; what grows with the pool is put in at these marks. No text can hold one: `<` is escaped.
        for part in page.split_inclusive("-->") {
            let (text, mark) = part
                .strip_suffix("-->")
                .and_then(|part| part.rsplit_once("<!--"))
                .unwrap_or((part, ""));
            self.put(text)?;
            match mark {
                "rows" => self.rows(&environment, &ranked[..shown])?,
                "more" => self.rows(&environment, &ranked[shown..])?,
                "data" => self.data(&ranked)?,
                _ => {}
            }
        }
        self.writer.flush().map_err(cannot_write)
    }
}

/// The folder of a source, with the slash that ends it; empty when it is in none.
fn folder_of(source: &str) -> &str {
    let end = source.trim_end_matches('/').rfind('/');
    &source[..end.map_or(0, |at| at + 1)]
}

/// How many bytes of whole folders two of them begin with alike.
fn in_common(a: &str, b: &str) -> usize {
    let parts = a.split_inclusive('/').zip(b.split_inclusive('/'));
    parts
        .take_while(|(a, b)| a == b)
        .map(|(part, _)| part.len())
        .sum()
}

fn environment() -> Result<Environment<'static>> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
            .map_err(template_error)?,
    );
    environment
        .add_template("page.html", PAGE)
        .map_err(template_error)?;
    environment
        .add_template("row.html", ROW)
        .map_err(template_error)?;
    Ok(environment)
}

fn template_error(error: minijinja::Error) -> Error {
    Error::new(ErrorKind::Output, format!("the page's template: {error}")).caused_by(error)
}

/// The hash that a content security policy names a block by: `sha256-…`.
fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three
            .iter()
            .fold(0u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for n in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * n) & 63) as usize];
            text.push(if n <= three.len() {
                char::from(digit)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_shared_whole() {
        for (a, b, common) in [
            ("pool/ada.txt", "pool/bo.txt", "pool/"),
            ("pool/a/ada.txt", "pool/ab/bo.txt", "pool/"),
            ("/pool/ada.txt", "/tank/bo.txt", "/"),
            ("pool/ada.txt", "ada.txt", ""),
            ("ada", "bo", ""),
            ("é/a", "è/b", ""),
        ] {
            let (a, b) = (folder_of(a), folder_of(b));
            assert_eq!(&a[..in_common(a, b)], common);
        }
    }

    #[test]
    fn base64_is_rfc_4648() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn the_blocks_hold_nothing_that_ends_them_and_the_script_makes_no_markup() {
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
        assert!(
            !SCRIPT.contains('\r') && !STYLE.contains('\r'),
            "a parser would change the line ends and break the hash"
        );
        for sink in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "Function(",
            "setAttribute('on",
        ] {
            assert!(!SCRIPT.contains(sink), "{sink}");
        }
    }
}
