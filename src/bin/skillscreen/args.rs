//! What can be typed after `skillscreen`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use skillscreen::facts::YearMonth;
use skillscreen::output::Format;

const SCORE_EXAMPLES: &str = "\
Examples:
  skillscreen score resumes/                                       a ranked table
  skillscreen score resumes/ -o pool.html -o pool.csv              a page to read, and a row a resume
  skillscreen score resumes/ -o pool.html -o pool.csv --resume     goes on with that run if it was stopped
  skillscreen score --from jsonl - --format jsonl                  records in, reports out, a line at a time";

const EXAMPLES_AND_EXIT_CODES: &str = "\
Examples:
  skillscreen score resumes/ -o pool.html     rank a folder, and write a page to read
  skillscreen explain resumes/ada.pdf         see why one resume stands where it stands
  skillscreen profiles                        see which jobs are built in
  skillscreen COMMAND --help                  see what else a command can do

Exit codes:
  0  everything was scored
     (also when the reader of standard output goes away, as head does)
  1  `taxonomy check` found something
  2  nothing could be done: wrong arguments, a wrong file, an output that cannot be written
  3  finished, but some inputs could not be read; each is named in the output
  130, 143  stopped by Ctrl-C or SIGTERM: what was in work is finished, outputs are written and
     marked incomplete (in CSV and JSON Lines by a last row of the status incomplete), --resume goes on from there; a second signal stops at once";

/// Screens resumes: which skills they show, how strongly, and how well they fit a job.
///
/// Every point of a score is explained by a quote. Nothing is sent anywhere, and nobody is rejected: the program ranks and explains,
/// people decide.
#[derive(Parser)]
#[command(name = "skillscreen", version, after_help = EXAMPLES_AND_EXIT_CODES, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Score resumes: files, folders, or records, ranked against a job's profile
    Score(ScoreArgs),
    /// Explain one resume: score, percentages, quotes, what is missing, what did not count and why
    Explain(ExplainArgs),
    /// List the skills that are known, with their sources
    Skills(SkillsArgs),
    /// List the built-in profiles, or show one with its weights and sources
    Profiles(ProfilesArgs),
    /// Measure recognition against labelled resumes: precision, recall, F1, errors with quotes
    Eval(EvalArgs),
    /// Compile a taxonomy into one file that loads at once
    Compile(crate::compile::CompileArgs),
    /// Check, import, export and compare taxonomies
    #[command(subcommand)]
    Taxonomy(crate::taxonomy::TaxonomyCommand),
    /// Make profiles of your own
    #[command(subcommand)]
    Profile(crate::draft::ProfileCommand),
}

/// What is screened with, and against.
#[derive(clap::Args, Clone)]
pub(crate) struct With {
    /// Profile to screen against: the id of a built-in one, or a TOML file. Given several times, the first one ranks and the others
    /// are compared with it
    #[arg(long = "profile", value_name = "ID|FILE", default_value = "csm")]
    pub(crate) profiles: Vec<String>,

    /// Compare with all built-in roles and name the nearest
    #[arg(long)]
    pub(crate) compare: bool,

    #[command(flatten)]
    pub(crate) by: By,

    /// Characters of the text that each quote is given on either side [default: 60 for `explain` and an HTML output, else 0]
    #[arg(long, value_name = "CHARS")]
    pub(crate) context: Option<usize>,
}

/// What is screened with, whatever it is screened against.
#[derive(clap::Args, Clone)]
pub(crate) struct By {
    /// Taxonomy of your own instead of the built-in one: a TOML file; given several times, the files are read as one; an
    /// overlay alone lies over the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) taxonomy: Vec<PathBuf>,

    /// The date that "present" means, YYYY-MM or YYYY-MM-DD [default: the latest date in each resume]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<YearMonth>,
}

/// How documents are read.
#[derive(clap::Args, Clone)]
pub(crate) struct Reading {
    /// Seconds that one document may take
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = seconds)]
    pub(crate) timeout: Duration,

    /// CPU seconds that one document may take
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = seconds)]
    pub(crate) cpu: Duration,

    /// Memory that reading one document may take, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub(crate) memory: u64,

    /// Largest file that is read, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 20)]
    pub(crate) max_size: u64,
}

#[derive(clap::Args)]
#[command(after_help = SCORE_EXAMPLES)]
pub(crate) struct ScoreArgs {
    /// Files, folders (searched recursively), "-" for one text on standard input, or a .jsonl file of {"id", "text"} records
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) with: With,

    #[command(flatten)]
    pub(crate) reading: Reading,

    /// What the inputs are; auto tells records by the suffix .jsonl
    #[arg(long, value_enum, default_value_t = From::Auto)]
    pub(crate) from: From,

    /// What is written to standard output: table, json, jsonl, csv, csv-skills, markdown, html or
    /// parquet [default: table, or nothing when there is an
    /// --output]
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub(crate) format: Option<Format>,

    /// Write to this file; its suffix tells the format: .jsonl (a report a line), .json (the whole batch), .csv (a row a resume),
    /// .skills.csv (a row a resume and skill), .md, .html (a page to read), .parquet (in builds with everything). May be given several
    /// times
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Vec<PathBuf>,

    /// Replace output files that exist, and drop the journal of a stopped run
    #[arg(long)]
    pub(crate) force: bool,

    /// Go on with a stopped or killed run: type the same command again with --resume. What is in its journal is not done again (told by
    /// content, so renamed files count, too), unless program, taxonomy, profile or options are others now. The outputs come out as if the
    /// run had never been stopped
    #[arg(long, conflicts_with = "no_journal")]
    pub(crate) resume: bool,

    /// Where results are kept until the run is complete, for --resume; removed then [default: the first --output with .journal after its
    /// name, none without --output]
    #[arg(long, value_name = "FILE", conflicts_with = "no_journal")]
    pub(crate) journal: Option<PathBuf>,

    /// Keep no journal: a stopped run has to begin anew
    #[arg(long)]
    pub(crate) no_journal: bool,

    /// Count resumes that are there more than once only once in prevalence; they are marked in any case
    #[arg(long)]
    pub(crate) count_duplicates_once: bool,

    /// Threads and worker processes [default: one a core]
    #[arg(
        long,
        short,
        value_name = "N",
        default_value_t = 0,
        hide_default_value = true
    )]
    pub(crate) jobs: usize,

    /// Rows of the table
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) top: usize,

    /// Leave resumes below this score, or without one, out of the table; other outputs keep all
    #[arg(long, value_name = "SCORE")]
    pub(crate) min_score: Option<f64>,

    /// No progress bar and no closing lines
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// Name every failed and skipped file on standard error as it comes
    #[arg(long, short, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

#[derive(clap::Args)]
pub(crate) struct ExplainArgs {
    /// The resume: a file, or "-" for a text on standard input
    #[arg(value_name = "FILE")]
    pub(crate) path: PathBuf,

    #[command(flatten)]
    pub(crate) with: With,

    #[command(flatten)]
    pub(crate) reading: Reading,

    /// Show every quote and every skill, not the foremost only
    #[arg(long)]
    pub(crate) all: bool,

    /// Print the report as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(clap::Args)]
pub(crate) struct SkillsArgs {
    /// Only skills with this in id, label or category
    #[arg(value_name = "WORD")]
    pub(crate) word: Option<String>,

    /// Taxonomy of your own instead of the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) taxonomy: Vec<PathBuf>,

    /// With definition and all labels
    #[arg(long, short)]
    pub(crate) long: bool,
}

#[derive(clap::Args)]
pub(crate) struct ProfilesArgs {
    /// Show this one: its skills with weights and sources, its requirements
    #[arg(value_name = "ID|FILE")]
    pub(crate) profile: Option<String>,
}

#[derive(clap::Args)]
pub(crate) struct EvalArgs {
    /// Labels, one JSON object a line: {"id", "labels": [{"c": skill, "v": "yes"|"weak"}], ...}
    #[arg(value_name = "GOLD.jsonl")]
    pub(crate) gold: PathBuf,

    /// Folder with a document for each id
    #[arg(value_name = "DIR")]
    pub(crate) texts: PathBuf,

    /// Profile whose scores are held against the readers' judgement of fit: the id of a built-in one, or a TOML file
    #[arg(long, value_name = "ID|FILE", default_value = "csm")]
    pub(crate) profile: String,

    #[command(flatten)]
    pub(crate) by: By,

    #[command(flatten)]
    pub(crate) reading: Reading,

    /// Show misses and false alarms of this skill with their quotes; "all" for every skill
    #[arg(long, value_name = "SKILL")]
    pub(crate) errors: Option<String>,

    /// Rows of the table of weakest skills
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) worst: usize,

    /// Print the figures as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum From {
    Auto,
    /// Each input is a document
    Text,
    /// Each input is a file of records
    Jsonl,
}

fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<u64>() {
        Ok(seconds @ 1..) => Ok(Duration::from_secs(seconds)),
        _ => Err("expected whole seconds, 1 or more".to_owned()),
    }
}

fn format(text: &str) -> Result<Format, String> {
    text.parse()
        .map_err(|error: skillscreen::Error| error.to_string())
}
