//! `skillscreen taxonomy`: check, import, export, diff, schema.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use skillscreen::batch::{Batch, Input, Screened};
use skillscreen::diff::{Impact, TaxonomyDiff};
use skillscreen::document::discover;
use skillscreen::exchange::{Form, ImportOptions, Imported, export, import};
use skillscreen::facts::YearMonth;
use skillscreen::lint::{Code, Finding, LintReport, Linter, Severity, guard};
use skillscreen::output::{AtomicFile, sanitize_for_terminal};
use skillscreen::report::Report;
use skillscreen::{JobProfile, Screener, Taxonomy};

use crate::args::Reading;
use crate::progress::Progress;
use crate::terminal::{Failure, Result};
use crate::{exit, load};

/// Findings of one code that are shown without --all: enough to see the pattern.
const FOREMOST: usize = 10;

#[derive(Subcommand)]
pub(crate) enum TaxonomyCommand {
    /// Check a taxonomy and profiles: what is wrong or most likely not meant, why, and what to do
    ///
    /// Exit code 1 when there is a finding of --fail-on or worse.
    Check(CheckArgs),
    /// Make a taxonomy of ESCO's CSV, O*NET's technology skills, a JSON Resume, a plain list, CSV or JSON
    Import(ImportArgs),
    /// Write a taxonomy as TOML, JSON or CSV; several files become one
    Export(ExportArgs),
    /// Tell what differs between two taxonomies, and what that does to resumes
    Diff(DiffArgs),
    /// Print the JSON Schema of a taxonomy's or profile's file, for editors
    Schema(SchemaArgs),
}

#[derive(clap::Args)]
pub(crate) struct CheckArgs {
    /// TOML files, read as one taxonomy [default: the built-in taxonomy with its profiles]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Check this profile against the taxonomy, too: the id of a built-in one, or a TOML file
    #[arg(long = "profile", value_name = "ID|FILE")]
    profiles: Vec<String>,

    /// File of waivers: findings that are as they should be, each with the reason
    #[arg(long, value_name = "FILE")]
    waivers: Vec<PathBuf>,

    /// The mildest finding that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    fail_on: FailOn,

    /// Show every finding, not the foremost of each kind, and what is waived
    #[arg(long)]
    all: bool,

    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Note,
    Warning,
    Error,
}

#[derive(clap::Args)]
pub(crate) struct ImportArgs {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// What it is: toml, json, csv, esco, onet, json-resume, list [default: told by its content]
    #[arg(long, value_name = "FORM", value_parser = form)]
    from: Option<Form>,

    /// ESCO's second file, broaderRelationsSkillPillar_en.csv
    #[arg(long, value_name = "FILE")]
    relations: Option<PathBuf>,

    /// Id of the new taxonomy
    #[arg(long)]
    id: Option<String>,

    /// Version of the new taxonomy
    #[arg(long, value_name = "VERSION")]
    set_version: Option<String>,

    /// Let the first word of each longer label take its inflections: "manage staff" is then "managed staff", too
    #[arg(long)]
    inflect: bool,

    /// Keep only what O*NET lists for occupations whose code starts like this, such as 43-4051
    #[arg(long, value_name = "CODE")]
    occupation: Option<String>,

    /// Give skills the ids they have in this earlier import
    #[arg(long, value_name = "FILE")]
    keep_ids: Option<PathBuf>,

    /// Let labels that are everyday words or names count only as whole items of a list
    #[arg(long)]
    guard: bool,

    /// Write here instead of to standard output; the suffix tells the form: .toml .json .csv
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Replace the output if it exists
    #[arg(long)]
    force: bool,
}

#[derive(clap::Args)]
pub(crate) struct ExportArgs {
    /// TOML files, read as one taxonomy [default: the built-in taxonomy]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// toml, json or csv [default: told by the output's suffix, or toml]
    #[arg(long, value_name = "FORM", value_parser = form)]
    to: Option<Form>,

    /// Write here instead of to standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Replace the output if it exists
    #[arg(long)]
    force: bool,
}

#[derive(clap::Args)]
pub(crate) struct DiffArgs {
    /// A TOML file, an overlay, or "builtin"
    #[arg(value_name = "FROM")]
    from: PathBuf,

    /// A TOML file, an overlay, or "builtin"
    #[arg(value_name = "TO")]
    to: PathBuf,

    /// Screen these resumes with both, and tell whose skills and scores change
    #[arg(long, value_name = "PATH", num_args = 1..)]
    on: Vec<PathBuf>,

    /// Profile to score with
    #[arg(long, value_name = "ID|FILE", default_value = "csm")]
    profile: String,

    /// The date that "present" means
    #[arg(long, value_name = "DATE")]
    as_of: Option<YearMonth>,

    #[command(flatten)]
    reading: Reading,

    /// Resumes shown, those that change most first
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,

    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
pub(crate) struct SchemaArgs {
    /// Of which file
    #[arg(value_enum, default_value_t = SchemaOf::Taxonomy)]
    of: SchemaOf,
}

#[derive(Clone, Copy, ValueEnum)]
enum SchemaOf {
    Taxonomy,
    Profile,
}

fn form(text: &str) -> std::result::Result<Form, String> {
    text.parse()
        .map_err(|error: skillscreen::Error| error.to_string())
}

pub(crate) fn run(command: &TaxonomyCommand) -> Result<u8> {
    match command {
        TaxonomyCommand::Check(args) => check(args),
        TaxonomyCommand::Import(args) => run_import(args),
        TaxonomyCommand::Export(args) => run_export(args),
        TaxonomyCommand::Diff(args) => diff(args),
        TaxonomyCommand::Schema(args) => {
            let schema = match args.of {
                SchemaOf::Taxonomy => skillscreen::taxonomy::FILE_SCHEMA,
                SchemaOf::Profile => skillscreen::profile::FILE_SCHEMA,
            };
            io::stdout().lock().write_all(schema.as_bytes())?;
            Ok(exit::ALL)
        }
    }
}

fn check(args: &CheckArgs) -> Result<u8> {
    let mut linter = Linter::new();
    for path in &args.waivers {
        linter.waivers_toml(&path.display().to_string(), &load::read(path)?)?;
    }
    let mut profiles = args.profiles.clone();
    let taxonomy = if args.files.is_empty() {
        let taxonomy = Taxonomy::builtin();
        linter.builtin_waivers().taxonomy(&taxonomy);
        profiles.extend(JobProfile::builtin_ids().map(str::to_owned));
        Some(taxonomy)
    } else {
        let texts = load::texts(&args.files)?;
        linter.taxonomy_toml(&load::parts(&texts))
    };
    if let Some(taxonomy) = &taxonomy {
        for name in &profiles {
            match JobProfile::builtin_text(name) {
                Some(text) => linter.profile_toml(&format!("{name}.toml"), text, taxonomy),
                None => linter.profile_toml(name, &load::read(Path::new(name))?, taxonomy),
            };
        }
    }
    let report = linter.finish();
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        print_findings(&mut out, &report, args.all)?;
    }
    out.flush()?;
    let least = match args.fail_on {
        FailOn::Note => Severity::Note,
        FailOn::Warning => Severity::Warning,
        FailOn::Error => Severity::Error,
    };
    Ok(if report.worst().is_some_and(|worst| worst >= least) {
        exit::FOUND
    } else {
        exit::ALL
    })
}

fn print_findings(out: &mut impl Write, report: &LintReport, all: bool) -> Result<()> {
    let mut by_code: BTreeMap<Code, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        by_code.entry(finding.code).or_default().push(finding);
    }
    let mut codes: Vec<_> = by_code.into_iter().collect();
    codes.sort_by_key(|(code, _)| (std::cmp::Reverse(code.severity()), *code));
    for (code, findings) in &codes {
        writeln!(
            out,
            "{} ({}, {}): {}",
            code,
            code.severity(),
            findings.len(),
            code.describe()
        )?;
        writeln!(out, "  what to do: {}", code.help())?;
        let shown = if all {
            findings.len()
        } else {
            findings.len().min(FOREMOST)
        };
        for finding in &findings[..shown] {
            writeln!(out, "  {}", sanitize_for_terminal(&finding.to_string()))?;
        }
        if shown < findings.len() {
            writeln!(
                out,
                "  … and {} more (--all shows them)",
                findings.len() - shown
            )?;
        }
        writeln!(out)?;
    }
    if all {
        for finding in &report.waived {
            let why = finding.waived.as_deref().unwrap_or_default();
            writeln!(out, "waived: {finding}\n  because {why}")?;
        }
    }
    writeln!(
        out,
        "{} errors, {} warnings, {} notes, {} waived",
        report.count(Severity::Error),
        report.count(Severity::Warning),
        report.count(Severity::Note),
        report.waived.len()
    )?;
    Ok(())
}

fn run_import(args: &ImportArgs) -> Result<u8> {
    let name = args.file.display().to_string();
    let text = load::read(&args.file)?;
    let form = args.from.unwrap_or_else(|| Form::guess(&name, &text));
    let mut options = ImportOptions::default();
    options.inflect(args.inflect);
    if let Some(id) = &args.id {
        options.id(id);
    }
    if let Some(version) = &args.set_version {
        options.version(version);
    }
    if let Some(code) = &args.occupation {
        options.occupation(code);
    }
    if let Some(earlier) = &args.keep_ids {
        options.keep_ids(&load::taxonomy(std::slice::from_ref(earlier))?);
    }
    if let Some(path) = &args.relations {
        options.relations(&path.display().to_string(), &load::read(path)?)?;
    }
    let mut imported = import(&name, &text, form, &options)?;
    let mut guarded = 0;
    if args.guard {
        (imported.taxonomy, guarded) = guard(&imported.taxonomy)?;
    }
    write(&imported.taxonomy, None, args.output.as_deref(), args.force)?;
    tell(&imported, form, guarded);
    Ok(exit::ALL)
}

/// What became of the file, on standard error: standard output may be the taxonomy.
fn tell(imported: &Imported, form: Form, guarded: usize) {
    let line = |line: String| eprintln!("{}", sanitize_for_terminal(&line));
    line(format!(
        "{form}: {} skills, {} labels; {} rows left out",
        imported.skills, imported.labels, imported.rows_left_out
    ));
    for (change, changed) in &imported.changes {
        line(format!(
            "  {:>6} {change}, such as {:?}",
            changed.count, changed.examples[0]
        ));
    }
    if guarded > 0 {
        line(format!(
            "  {guarded:>6} labels of everyday words or names count as whole items of a list only"
        ));
    }
}

fn run_export(args: &ExportArgs) -> Result<u8> {
    let taxonomy = load::taxonomy(&args.files)?;
    write(&taxonomy, args.to, args.output.as_deref(), args.force)?;
    Ok(exit::ALL)
}

fn write(taxonomy: &Taxonomy, to: Option<Form>, output: Option<&Path>, force: bool) -> Result<()> {
    let suffix = output
        .and_then(Path::extension)
        .map(|suffix| suffix.to_string_lossy());
    let form = match (to, suffix.as_deref()) {
        (Some(form), _) => form,
        (None, None) => Form::Toml,
        (None, Some(suffix)) => form(suffix).map_err(Failure::new)?,
    };
    save(output, force, &export(taxonomy, form)?)
}

/// To the file, or to standard output.
pub(crate) fn save(output: Option<&Path>, force: bool, text: &str) -> Result<()> {
    match output {
        None => io::stdout().lock().write_all(text.as_bytes())?,
        Some(path) => {
            let file = AtomicFile::create(path, force)?;
            file.writer().write_all(text.as_bytes())?;
            file.commit()?;
        }
    }
    Ok(())
}

fn diff(args: &DiffArgs) -> Result<u8> {
    let side = |path: &Path| match path.to_str() {
        Some("builtin") => Ok(Taxonomy::builtin()),
        _ => load::taxonomy(&[path.to_owned()]),
    };
    let (from, to) = (side(&args.from)?, side(&args.to)?);
    let diff = TaxonomyDiff::new(&from, &to);
    let impact = if args.on.is_empty() {
        None
    } else {
        Some(impact(args, &from, &to)?)
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.json {
        let both = serde_json::json!({ "diff": diff, "impact": impact });
        serde_json::to_writer_pretty(&mut out, &both)?;
        writeln!(out)?;
    } else {
        for line in diff.to_string().lines() {
            writeln!(out, "{}", sanitize_for_terminal(line))?;
        }
        if let Some(impact) = &impact {
            print_impact(&mut out, impact, args.top)?;
        }
    }
    out.flush()?;
    Ok(exit::ALL)
}

fn impact(args: &DiffArgs, from: &Taxonomy, to: &Taxonomy) -> Result<Impact> {
    let profile = load::profile(&args.profile)?;
    let reports = |taxonomy: &Taxonomy| -> Result<BTreeMap<String, Report>> {
        let mut builder = Screener::builder();
        if let Some(as_of) = args.as_of {
            builder.as_of(as_of);
        }
        let screener = builder.build(taxonomy, &profile.restricted_to(taxonomy)?)?;
        let pool = load::pool(&args.reading, 0);
        let inputs: Vec<Input> = discover(&args.on)
            .candidates
            .into_iter()
            .map(|candidate| Input::file(candidate.path))
            .collect();
        let mut progress = Progress::new(Some(inputs.len() as u64), false, true);
        let mut reports = BTreeMap::new();
        let mut batch = Batch::new(&screener);
        batch
            .limits(load::limits(&args.reading))
            .extract_with(move |bytes| pool.extract_bytes(bytes));
        batch.run(inputs, |screened| {
            progress.seen(&screened);
            if let Screened::Report(report) = screened {
                reports.insert(report.source.clone(), report);
            }
            Ok(())
        })?;
        Ok(reports)
    };
    let (before, after) = (reports(from)?, reports(to)?);
    let mut impact = Impact::default();
    for (source, before) in &before {
        if let Some(after) = after.get(source) {
            impact.add(before, after);
        }
    }
    Ok(impact)
}

fn print_impact(out: &mut impl Write, impact: &Impact, top: usize) -> Result<()> {
    writeln!(
        out,
        "\n{} of {} resumes change, by {:.2} points on average over all",
        impact.changed.len(),
        impact.resumes,
        impact.mean_points()
    )?;
    for resume in impact.changed.iter().take(top) {
        let score =
            |score: Option<f64>| score.map_or_else(|| "-".to_owned(), |s| format!("{s:.2}"));
        let mut changes: Vec<String> = Vec::new();
        changes.extend(resume.gained.iter().map(|id| format!("+{id}")));
        changes.extend(resume.lost.iter().map(|id| format!("-{id}")));
        let shifts = resume.shifted.iter();
        changes.extend(shifts.map(|(id, (from, to))| format!("{id} {from:.0}->{to:.0}")));
        let line = format!(
            "  {:+7.2}  {:>6} -> {:>6}  {}  {}",
            resume.points(),
            score(resume.from),
            score(resume.to),
            resume.source,
            changes.join(" ")
        );
        writeln!(out, "{}", sanitize_for_terminal(&line))?;
    }
    if impact.changed.len() > top {
        writeln!(out, "  … and {} more", impact.changed.len() - top)?;
    }
    if !impact.skills.is_empty() {
        writeln!(out, "\nResumes that gain or lose a skill")?;
    }
    for (id, skill) in &impact.skills {
        writeln!(out, "  {id:<32} +{} -{}", skill.gained, skill.lost)?;
    }
    Ok(())
}
