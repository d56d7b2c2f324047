//! `skillscreen explain`: one resume, for people.

use std::io::{self, Read, Write};

use skillscreen::document::{Document, Limits, extract};
use skillscreen::evidence::Reason;
use skillscreen::output::sanitize_for_terminal;
use skillscreen::report::{Report, SkillReport, SuppressedMatch};
use skillscreen::score::RequirementStatus;
use skillscreen::{Scratch, Screener};

use crate::args::ExplainArgs;
use crate::terminal::{Failure, Result};
use crate::{compare, exit, load};

/// What is shown without --all: enough for a page, and the JSON has everything.
const FOREMOST_SKILLS: usize = 15;
const FOREMOST_QUOTES: usize = 2;
const FOREMOST_MISSING: usize = 8;
const FOREMOST_SUPPRESSED: usize = 8;
/// Longer quotes are cut in the middle of a line otherwise.
const LONGEST_QUOTE: usize = 90;

pub(crate) fn run(args: &ExplainArgs) -> Result<u8> {
    let screener = load::screener(&args.with, true)?;
    let source = args.path.display().to_string();
    let document = read(args)?;
    let report = screener.screen_document(&mut Scratch::default(), &source, &document);
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    if args.json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        Page {
            out: &mut out,
            report: &report,
            all: args.all,
        }
        .print(&screener, &document)?;
    }
    out.flush()?;
    Ok(exit::ALL)
}

fn read(args: &ExplainArgs) -> Result<Document> {
    if args.path.as_os_str() != "-" {
        let pool = load::pool(&args.reading, 1);
        return pool.extract(&args.path).map_err(|error| {
            let message = format!(
                "{}: {}: {}",
                args.path.display(),
                error.status().as_str(),
                error.message()
            );
            Failure::new(message).into()
        });
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    extract(&bytes, &Limits::default())
        .map_err(|error| Failure::new(format!("-: {}", error.message())).into())
}

struct Page<'a, W> {
    out: &'a mut W,
    report: &'a Report,
    all: bool,
}

const BOLD: anstyle::Style = anstyle::Style::new().bold();
const DIM: anstyle::Style = anstyle::Style::new().dimmed();

impl<W: Write> Page<'_, W> {
    fn print(&mut self, screener: &Screener, document: &Document) -> Result<()> {
        self.head(screener, document)?;
        self.categories()?;
        self.skills()?;
        self.requirements()?;
        self.missing()?;
        self.suppressed()?;
        self.facts()?;
        if !self.report.roles.is_empty() {
            compare::print(self.out, self.report, screener)?;
        }
        self.foot()
    }

    fn title(&mut self, title: &str) -> Result<()> {
        Ok(writeln!(self.out, "\n{BOLD}{title}{BOLD:#}")?)
    }

    /// How many of `count` are shown, given that `foremost` are without --all.
    fn shown(&self, count: usize, foremost: usize) -> usize {
        if self.all { count } else { count.min(foremost) }
    }

    fn rest(&mut self, count: usize, shown: usize) -> Result<()> {
        if count > shown {
            writeln!(
                self.out,
                "  {DIM}… and {} more; --all shows them{DIM:#}",
                count - shown
            )?;
        }
        Ok(())
    }

    fn head(&mut self, screener: &Screener, document: &Document) -> Result<()> {
        let report = self.report;
        let score = report.score.map_or_else(
            || "no score".to_owned(),
            |score| format!("{score:.1} of 100"),
        );
        let format = document.format().as_str();
        let encoding = document
            .encoding()
            .map_or_else(String::new, |encoding| format!(", {encoding}"));
        writeln!(
            self.out,
            "{BOLD}{}{BOLD:#} ({format}{encoding})",
            sanitize_for_terminal(&report.source)
        )?;
        writeln!(
            self.out,
            "{BOLD}{score}{BOLD:#} for {}",
            screener.profile().label()
        )?;
        if let Some(coverage) = report.coverage {
            writeln!(
                self.out,
                "covers {coverage} % of the profile's skills by weight"
            )?;
        }
        if let Some(coverage) = report.reverse_coverage {
            writeln!(self.out, "{coverage} % of the skills shown are asked for")?;
        }
        for flag in &report.flags {
            let code = serde_json::to_value(flag.code)?;
            writeln!(
                self.out,
                "note: {} ({})",
                code.as_str().unwrap_or_default().replace('_', " "),
                flag.count
            )?;
        }
        if !report.knock_outs.is_empty() {
            let which = report.knock_outs.join(", ");
            writeln!(
                self.out,
                "required and not met (changes no number): {which}"
            )?;
        }
        Ok(())
    }

    fn categories(&mut self) -> Result<()> {
        self.title("Categories")?;
        for category in &self.report.categories {
            let (label, percent, points) = (&category.label, category.percent, category.points);
            let most = category.weight * 100.0;
            writeln!(
                self.out,
                "  {label:<24} {:<20} {percent:>5} %   {points:>5.2} of {most:.2} points",
                bar(percent.value())
            )?;
        }
        Ok(())
    }

    fn skills(&mut self) -> Result<()> {
        let (asked, others): (Vec<&SkillReport>, Vec<&SkillReport>) = self
            .report
            .skills
            .iter()
            .partition(|skill| skill.importance.is_some());
        self.title(&format!("Skills shown ({} of the profile)", asked.len()))?;
        let shown = self.shown(asked.len(), FOREMOST_SKILLS);
        for skill in &asked[..shown] {
            self.skill(skill)?;
        }
        self.rest(asked.len(), shown)?;
        if !others.is_empty() {
            let names: Vec<&str> = others.iter().map(|skill| skill.label.as_str()).collect();
            writeln!(
                self.out,
                "  {DIM}not asked for: {}{DIM:#}",
                names.join(", ")
            )?;
        }
        Ok(())
    }

    fn skill(&mut self, skill: &SkillReport) -> Result<()> {
        let SkillReport {
            label,
            percent,
            points,
            ..
        } = skill;
        let months = skill.months.map_or_else(String::new, |months| {
            format!(", {months} month{}", if months == 1 { "" } else { "s" })
        });
        let last = skill
            .last_used
            .map_or_else(String::new, |last| format!(", last {last}"));
        writeln!(
            self.out,
            "  {label:<38} {percent:>3.0} %  {points:>6.2} points{DIM}{months}{last}{DIM:#}"
        )?;
        let shown = self.shown(skill.evidence.len(), FOREMOST_QUOTES);
        for evidence in &skill.evidence[..shown] {
            // The words around a quote come without the white space between.
            let closes = evidence.after.starts_with(|c| ".,;:!?)'’%".contains(c));
            writeln!(
                self.out,
                "      {DIM}{:<10} {}{DIM:#} {}{DIM}{}{}{DIM:#}",
                evidence.section.as_str(),
                quote(&evidence.before),
                quote(&evidence.quote),
                if closes { "" } else { " " },
                quote(&evidence.after)
            )?;
        }
        Ok(())
    }

    fn requirements(&mut self) -> Result<()> {
        if self.report.requirements.is_empty() {
            return Ok(());
        }
        self.title("Requirements")?;
        for requirement in &self.report.requirements {
            let status = match requirement.status {
                RequirementStatus::Met => "met",
                RequirementStatus::NotMet => "not met",
                RequirementStatus::Unknown => "unknown",
                _ => "n/a",
            };
            let found = requirement.found.as_deref().unwrap_or("nothing found");
            writeln!(
                self.out,
                "  {status:<8} {:<26} {:>5.2} of {:>5.2} points  {}",
                requirement.id,
                requirement.points,
                requirement.weight * 100.0,
                quote(found)
            )?;
            writeln!(
                self.out,
                "  {:<8} {DIM}wants {}{DIM:#}",
                "",
                cut(&requirement.wants)
            )?;
        }
        Ok(())
    }

    fn missing(&mut self) -> Result<()> {
        let missing = &self.report.missing;
        self.title(&format!(
            "Not shown, and what each could add ({})",
            missing.len()
        ))?;
        let shown = self.shown(missing.len(), FOREMOST_MISSING);
        for skill in &missing[..shown] {
            writeln!(
                self.out,
                "  {:<38} up to {:.2} points",
                skill.label, skill.points
            )?;
        }
        self.rest(missing.len(), shown)
    }

    fn suppressed(&mut self) -> Result<()> {
        // Where too little is said in one place and the skill is shown in another, there is nothing to explain.
        let telling: Vec<&SuppressedMatch> = self
            .report
            .suppressed
            .iter()
            .filter(|entry| {
                entry.reason != Reason::TooLittle || self.report.skill(&entry.id).is_none()
            })
            .collect();
        if telling.is_empty() {
            return Ok(());
        }
        self.title(&format!("Seen, but not counted ({})", telling.len()))?;
        let shown = self.shown(telling.len(), FOREMOST_SUPPRESSED);
        for entry in &telling[..shown] {
            let reason = serde_json::to_value(entry.reason)?;
            let reason = reason.as_str().unwrap_or_default().replace('_', " ");
            writeln!(
                self.out,
                "  {:<28} {reason:<18} \"{}\"",
                entry.id,
                quote(&entry.quote)
            )?;
        }
        self.rest(telling.len(), shown)
    }

    fn facts(&mut self) -> Result<()> {
        let facts = &self.report.facts;
        self.title("Work and education")?;
        if let Some(as_of) = facts.as_of() {
            let source = serde_json::to_value(as_of.source())?;
            let source = source.as_str().unwrap_or_default().replace('_', " ");
            writeln!(self.out, "  as of {} ({source})", as_of.date())?;
        }
        let years = |value: Option<f64>| {
            value.map_or_else(|| "unknown".to_owned(), |years| format!("{years:.1}"))
        };
        writeln!(
            self.out,
            "  years: {} in all, {} in customer service, {} in management",
            years(facts.years_experience()),
            years(facts.years_customer_service()),
            years(facts.years_management())
        )?;
        let field = facts
            .degree_field()
            .map_or_else(String::new, |field| format!(" in {}", quote(field)));
        writeln!(self.out, "  degree: {}{field}", facts.degree())?;
        for job in facts.jobs() {
            let end = if job.current() {
                "present".to_owned()
            } else {
                job.end().to_string()
            };
            let title = job.title().unwrap_or("(no title found)");
            writeln!(self.out, "  {} – {end:<8} {}", job.start(), quote(title))?;
        }
        Ok(())
    }

    fn foot(&mut self) -> Result<()> {
        let fingerprint = &self.report.fingerprint;
        writeln!(
            self.out,
            "\n{DIM}skillscreen {} · taxonomy {} · profile {}{DIM:#}",
            fingerprint.engine, fingerprint.taxonomy, fingerprint.profile
        )?;
        Ok(())
    }
}

/// A quote on one line, cut where it gets long.
fn quote(text: &str) -> String {
    cut(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn cut(line: &str) -> String {
    let line = sanitize_for_terminal(line).into_owned();
    if line.chars().count() <= LONGEST_QUOTE {
        return line;
    }
    line.chars().take(LONGEST_QUOTE - 1).chain(['…']).collect()
}

fn bar(percent: f64) -> String {
    let full = (percent / 5.0).round() as usize;
    "█".repeat(full) + &"░".repeat(20usize.saturating_sub(full))
}
