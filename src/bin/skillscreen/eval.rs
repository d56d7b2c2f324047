//! `skillscreen eval`.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::Path;

use skillscreen::batch::{Batch, Input, Screened};
use skillscreen::document::discover;
use skillscreen::eval::{Confusion, Evaluation, Gold};

use crate::args::EvalArgs;
use crate::progress::Progress;
use crate::terminal::{Failure, Result};
use crate::{exit, load};

pub(crate) fn run(args: &EvalArgs) -> Result<u8> {
    let name = args.gold.display().to_string();
    let text = std::fs::read_to_string(&args.gold)
        .map_err(|error| Failure::new(format!("{name}: {error}")))?;
    let gold = Gold::from_json_lines(&name, &text)?;
    let wanted: HashSet<&str> = gold.iter().map(|resume| resume.id.as_str()).collect();
    let screener = load::plain_screener(&args.by, &args.profile)?;
    let pool = load::pool(&args.reading, 0);
    let inputs: Vec<Input> = discover(std::slice::from_ref(&args.texts))
        .candidates
        .into_iter()
        .filter(|candidate| wanted.contains(stem(&candidate.path).as_str()))
        .map(|candidate| Input::file(candidate.path))
        .collect();
    let mut progress = Progress::new(Some(inputs.len() as u64), false, true);
    let mut reports = BTreeMap::new();
    let mut batch = Batch::new(&screener);
    let summary = batch
        .limits(load::limits(&args.reading))
        .extract_with(move |bytes| pool.extract_bytes(bytes))
        .run(inputs, |screened| {
            progress.seen(&screened);
            if let Screened::Report(report) = screened {
                reports.insert(stem(Path::new(&report.source)), report);
            }
            Ok(())
        })?;
    progress.finish(&summary, false);
    let evaluation = Evaluation::new(&gold, &reports);
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.json {
        serde_json::to_writer_pretty(&mut out, &evaluation)?;
        writeln!(out)?;
    } else {
        print(&mut out, &evaluation, args)?;
    }
    out.flush()?;
    Ok(if evaluation.missing.is_empty() {
        exit::ALL
    } else {
        exit::SOME_FAILED
    })
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

fn print(out: &mut impl Write, evaluation: &Evaluation, args: &EvalArgs) -> Result<()> {
    let figure =
        |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.4}"));
    let micro = &evaluation.micro;
    let (avoided, traps) = evaluation.traps;
    let rows = [
        ("resumes", evaluation.resumes.to_string()),
        ("without a report", evaluation.missing.len().to_string()),
        ("precision", figure(micro.precision())),
        ("recall", figure(micro.recall())),
        ("F1, micro", figure(micro.f1())),
        ("F1, macro", figure(evaluation.macro_f1)),
        ("traps avoided", format!("{avoided} of {traps}")),
        ("fit: Spearman", figure(evaluation.fit_spearman)),
        ("fit: AUC", figure(evaluation.fit_auc)),
        ("degree", figure(evaluation.degree_accuracy)),
        (
            "years, mean error",
            figure(evaluation.years_experience_error),
        ),
        (
            "in service",
            figure(evaluation.years_customer_service_error),
        ),
        ("in management", figure(evaluation.years_management_error)),
    ];
    for (name, value) in rows {
        writeln!(out, "{name:<20} {value}")?;
    }
    if args.worst > 0 {
        writeln!(
            out,
            "\n{:<32} {:>5} {:>6} {:>7} {:>6}",
            "weakest skills", "hits", "false", "missed", "F1"
        )?;
        for (
            skill,
            Confusion {
                hits,
                false_alarms,
                misses,
                ..
            },
        ) in evaluation.weakest(args.worst)
        {
            let f1 = figure(evaluation.skills[skill].f1());
            writeln!(
                out,
                "{skill:<32} {hits:>5} {false_alarms:>6} {misses:>7} {f1:>6}"
            )?;
        }
    }
    if let Some(skill) = &args.errors {
        writeln!(out)?;
        for mistake in evaluation
            .mistakes
            .iter()
            .filter(|mistake| skill == "all" || mistake.skill == *skill)
        {
            let kind = if mistake.false_alarm {
                "false"
            } else {
                "missed"
            };
            writeln!(out, "{kind:<7} {:<28} {}", mistake.skill, mistake.resume)?;
            for quote in &mistake.quotes {
                writeln!(
                    out,
                    "        \"{}\"",
                    skillscreen::output::sanitize_for_terminal(quote)
                )?;
            }
        }
    }
    Ok(())
}
