//! `skillscreen profile draft`: a first profile out of job adverts.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use skillscreen::document::discover;
use skillscreen::draft::{Draft, Drafter};
use skillscreen::output::sanitize_for_terminal;

use crate::args::Reading;
use crate::taxonomy::save;
use crate::terminal::{Failure, Result};
use crate::{exit, load};

/// Candidates named on the terminal; the file has them all.
const FOREMOST: usize = 10;

#[derive(Subcommand)]
pub(crate) enum ProfileCommand {
    /// Draft a profile from job adverts or descriptions, with a quote for each line, for a person to edit
    Draft(DraftArgs),
}

#[derive(clap::Args)]
pub(crate) struct DraftArgs {
    /// Job adverts or descriptions: files of any format that resumes may have, or folders
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Taxonomy of your own instead of the built-in one: a TOML file; given several times, the files are read as one
    #[arg(long, value_name = "FILE")]
    taxonomy: Vec<PathBuf>,

    /// Id of the profile [default: the output's or first document's name]
    #[arg(long)]
    id: Option<String>,

    /// Name of the job for people [default: the id]
    #[arg(long)]
    label: Option<String>,

    /// Write the profile here instead of to standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write phrases that no skill covers here, as an overlay of the taxonomy
    #[arg(long, value_name = "FILE")]
    candidates: Option<PathBuf>,

    /// Replace output files that exist
    #[arg(long)]
    force: bool,

    /// Print the draft with all its evidence as JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    reading: Reading,
}

pub(crate) fn run(command: &ProfileCommand) -> Result<u8> {
    let ProfileCommand::Draft(args) = command;
    let taxonomy = load::taxonomy(&args.taxonomy)?;
    let mut drafter = Drafter::new(&taxonomy)?;
    let pool = load::pool(&args.reading, 1);
    let candidates = discover(&args.files).candidates;
    let mut failed = 0;
    for candidate in &candidates {
        match pool.extract(&candidate.path) {
            Ok(document) => {
                drafter.read_document(&id_of(&candidate.path), &document);
            }
            Err(error) => {
                failed += 1;
                let message = format!(
                    "{}: {}: {}",
                    candidate.path.display(),
                    error.status().as_str(),
                    error.message()
                );
                eprintln!("{}", sanitize_for_terminal(&message));
            }
        }
    }
    if candidates.len() == failed {
        return Err(Failure::new("no document could be read").into());
    }
    let first = args
        .output
        .as_deref()
        .or(candidates.first().map(|c| c.path.as_path()));
    let id = args
        .id
        .clone()
        .unwrap_or_else(|| first.map(id_of).unwrap_or_default());
    let label = args.label.clone().unwrap_or_else(|| id.replace('-', " "));
    let draft = drafter.finish(&id, &label);
    if let Some(path) = &args.candidates {
        save(Some(path), args.force, &draft.candidates_toml())?;
    }
    if args.json {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &draft)?;
        writeln!(out)?;
    } else {
        // A draft that asks for nothing is no profile: say so instead of writing it.
        draft.profile()?;
        save(args.output.as_deref(), args.force, &draft.to_toml())?;
        tell(&draft);
    }
    Ok(if failed == 0 {
        exit::ALL
    } else {
        exit::SOME_FAILED
    })
}

fn tell(draft: &Draft) {
    let line = |line: String| eprintln!("{}", sanitize_for_terminal(&line));
    line(format!(
        "{}: {}, {}, {} that no skill covers",
        counted(draft.documents.len(), "document"),
        counted(draft.skills.len(), "skill"),
        counted(draft.requirements.len(), "requirement"),
        counted(draft.candidates.len(), "phrase")
    ));
    for candidate in draft.candidates.iter().take(FOREMOST) {
        let example = candidate.examples.first().map_or("", |(text, _)| text);
        line(format!(
            "  {:>3} ×  {:<32} {example}",
            candidate.count, candidate.phrase
        ));
    }
}

/// `1 document`, `2 documents`.
fn counted(n: usize, noun: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{s}")
}

/// An id out of a file's name: `warehouse-supervisor` of `Warehouse Supervisor.txt`.
fn id_of(path: &Path) -> String {
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().to_lowercase());
    let words: Vec<String> = stem
        .unwrap_or_default()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.join("-")
}
