//! Arguments become inputs: files, folders, standard input, records.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use skillscreen::batch::Input;
use skillscreen::document::{Limits, Skipped, Status, discover, extract};

use crate::args::From;
use crate::terminal::{Failure, Result};

/// A line of records longer than this is refused: 20 MiB is far more text than any resume has.
const LONGEST_LINE: u64 = 20 * 1024 * 1024;

/// The inputs of a run.
pub(crate) struct Inputs {
    pub(crate) iter: Box<dyn Iterator<Item = Input> + Send>,
    /// How many there are, when that is known beforehand.
    pub(crate) count: Option<u64>,
    pub(crate) skipped: Vec<Skipped>,
}

/// One `{"id": …, "text": …}` line; other fields are left alone.
#[derive(Deserialize)]
#[serde(expecting = "an object with id and text")]
struct Record {
    id: serde_json::Value,
    text: Option<String>,
}

/// The files that this run writes. In a folder that is scored they are neither resumes nor found at all: a run that is resumed, or done
/// again with --force, finds what the first one found.
pub(crate) struct Own {
    /// Folder and name of each.
    files: Vec<(PathBuf, OsString)>,
}

impl Own {
    pub(crate) fn new(outputs: &[PathBuf], journal: Option<&Path>) -> Self {
        let files = outputs
            .iter()
            .map(PathBuf::as_path)
            .chain(journal)
            .filter_map(|path| Some((folder_of(path)?, path.file_name()?.to_owned())))
            .collect();
        Self { files }
    }

    fn has(&self, path: &Path) -> bool {
        let Some(found) = path.file_name() else {
            return false;
        };
        // Names first: asking the system for a folder's true name for every resume would take a while.
        self.files.iter().any(|(folder, name)| {
            (found == name || is_temporary(found, name)) && folder_of(path).as_ref() == Some(folder)
        })
    }
}

/// The name of an output in the making.
fn is_temporary(found: &OsStr, name: &OsStr) -> bool {
    let start = format!(".{}.skillscreen-", name.to_string_lossy());
    let found = found.to_string_lossy();
    found.starts_with(&start) && found.ends_with(".tmp")
}

fn folder_of(path: &Path) -> Option<PathBuf> {
    let folder = path.parent()?;
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    fs::canonicalize(folder).ok()
}

pub(crate) fn collect(paths: &[PathBuf], from: From, own: &Own) -> Result<Inputs> {
    if let Some(path) = paths.iter().find(|path| own.has(path)) {
        let path = path.display();
        return Err(
            Failure::new(format!("{path}: is read and to be written in the same run")).into(),
        );
    }
    let mut iter: Box<dyn Iterator<Item = Input> + Send> = Box::new(std::iter::empty());
    let mut count = Some(0);
    let mut skipped = Vec::new();
    let mut documents: Vec<PathBuf> = Vec::new();
    for path in paths {
        let stdin = path.as_os_str() == "-";
        let records = from == From::Jsonl
            || (from == From::Auto && !stdin && has_suffix(path, "jsonl") && !path.is_dir());
        if !records && !stdin {
            documents.push(path.clone());
            continue;
        }
        flush(&mut documents, own, &mut iter, &mut count, &mut skipped);
        if records {
            count = None;
            iter = Box::new(iter.chain(records_of(path.clone())));
        } else {
            count = count.map(|count| count + 1);
            iter = Box::new(iter.chain(std::iter::once_with(text_on_stdin)));
        }
    }
    flush(&mut documents, own, &mut iter, &mut count, &mut skipped);
    Ok(Inputs {
        iter,
        count,
        skipped,
    })
}

/// Documents that stand together are discovered together, so that a file named twice is scored once.
fn flush(
    documents: &mut Vec<PathBuf>,
    own: &Own,
    iter: &mut Box<dyn Iterator<Item = Input> + Send>,
    count: &mut Option<u64>,
    skipped: &mut Vec<Skipped>,
) {
    let mut found = discover(&std::mem::take(documents));
    found
        .candidates
        .retain(|candidate| !own.has(&candidate.path));
    found.skipped.retain(|skipped| !own.has(&skipped.path));
    *count = count.map(|count| count + found.candidates.len() as u64);
    skipped.extend(found.skipped);
    let before = std::mem::replace(iter, Box::new(std::iter::empty()));
    *iter = Box::new(
        before.chain(
            found
                .candidates
                .into_iter()
                .map(|candidate| Input::file(candidate.path)),
        ),
    );
}

fn has_suffix(path: &Path, suffix: &str) -> bool {
    path.extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(suffix))
}

fn text_on_stdin() -> Input {
    let mut bytes = Vec::new();
    match io::stdin()
        .lock()
        .take(LONGEST_LINE + 1)
        .read_to_end(&mut bytes)
    {
        Err(error) => Input::unreadable("-", Status::Io, error.to_string()),
        Ok(_) => match extract(&bytes, &Limits::default()) {
            Ok(document) => Input::document("-", document),
            Err(error) => Input::unreadable("-", error.status(), error.message()),
        },
    }
}

fn records_of(path: PathBuf) -> Box<dyn Iterator<Item = Input> + Send> {
    let name = path.display().to_string();
    let reader: Box<dyn Read + Send> = if name == "-" {
        Box::new(io::stdin())
    } else {
        match File::open(&path) {
            Ok(file) => Box::new(file),
            Err(error) => {
                return Box::new(std::iter::once(Input::unreadable(
                    name,
                    Status::Io,
                    error.to_string(),
                )));
            }
        }
    };
    Box::new(Records {
        reader: BufReader::new(reader),
        name,
        line: 0,
        ended: false,
    })
}

/// What is wrong with a line. To the JSON reader each is a line 1 of its own, which would only confuse.
fn not_a_record(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message
        .rsplit_once(" at line ")
        .map_or(&*message, |(what, _)| what);
    format!(
        "column {}: {what}; expected {{\"id\": …, \"text\": …}}",
        error.column()
    )
}

struct Records {
    reader: BufReader<Box<dyn Read + Send>>,
    name: String,
    line: u64,
    ended: bool,
}

impl Iterator for Records {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        while !self.ended {
            let mut bytes = Vec::new();
            self.line += 1;
            match (&mut self.reader)
                .take(LONGEST_LINE)
                .read_until(b'\n', &mut bytes)
            {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    self.ended = true;
                    return Some(self.bad(Status::Io, &error.to_string()));
                }
            }
            if bytes.len() as u64 == LONGEST_LINE && !bytes.ends_with(b"\n") {
                // The rest of the line is skipped without being kept.
                self.ended = !self.skip_line();
                return Some(self.bad(Status::Limit, "longer than 20 MiB"));
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            return Some(self.record(&bytes));
        }
        None
    }
}

impl Records {
    fn skip_line(&mut self) -> bool {
        loop {
            let (used, found) = match self.reader.fill_buf() {
                Ok([]) | Err(_) => return false,
                Ok(buffer) => match buffer.iter().position(|&b| b == b'\n') {
                    Some(at) => (at + 1, true),
                    None => (buffer.len(), false),
                },
            };
            self.reader.consume(used);
            if found {
                return true;
            }
        }
    }

    fn record(&self, bytes: &[u8]) -> Input {
        match serde_json::from_slice::<Record>(bytes) {
            Err(error) => self.bad(Status::Corrupt, &not_a_record(&error)),
            Ok(Record { id, text }) => {
                let id = match id {
                    serde_json::Value::String(id) => id,
                    other => other.to_string(),
                };
                match text {
                    Some(text) => Input::text(id, text),
                    None => Input::unreadable(
                        id,
                        Status::Corrupt,
                        format!("line {}: the record has no text", self.line),
                    ),
                }
            }
        }
    }

    fn bad(&self, status: Status, message: &str) -> Input {
        Input::unreadable(
            format!("{}:{}", self.name, self.line),
            status,
            format!("line {}: {message}", self.line),
        )
    }
}
