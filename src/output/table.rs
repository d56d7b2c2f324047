//! A terminal's view of a batch.

use std::io::Write;

use unicode_normalization::char::is_combining_mark;

use crate::batch::{BatchSummary, Failure, Screened};
use crate::error::Result;
use crate::report::Report;
use crate::screener::Screener;

use super::rank::Ranking;
use super::{Output, cannot_write, sanitize_for_terminal, words};

/// So many names of skills are kept for a resume; what fits is shown.
const TOP_SKILLS: usize = 6;

const BOLD: &str = "1";
const DIM: &str = "2";
const CYAN: &str = "36";

/// The ranked resumes, the pool's skills and the failures, for a terminal.
///
/// Text is passed through [`sanitize_for_terminal`]. Default: the best 20 of each, 80 columns, no colours.
#[derive(Debug)]
pub struct Table<W> {
    writer: W,
    title: String,
    top: usize,
    width: usize,
    colour: bool,
    ranking: Ranking<Line>,
    failures: Vec<Failure>,
}

/// What is shown of a resume, fit for a terminal.
#[derive(Debug)]
struct Line {
    source: String,
    coverage: Option<f64>,
    skills: Vec<String>,
}

impl<W: Write> Table<W> {
    /// Writes to `writer`, headed by the screener's profile.
    pub fn new(writer: W, screener: &Screener) -> Self {
        Self {
            writer,
            title: sanitize_for_terminal(screener.profile().label()).into_owned(),
            top: 20,
            width: 80,
            colour: false,
            ranking: Ranking::best(20),
            failures: Vec::new(),
        }
    }

    /// How many resumes, skills and failures are shown at most; to be set before the first is written. Default 20.
    pub fn top(mut self, top: usize) -> Self {
        self.top = top;
        self.ranking = Ranking::best(top);
        self
    }

    /// Columns to fit into, at least 40. Default 80.
    pub fn width(mut self, width: usize) -> Self {
        self.width = width.max(40);
        self
    }

    /// Whether to use colours. Default no.
    pub fn colour(mut self, colour: bool) -> Self {
        self.colour = colour;
        self
    }

    /// What it wrote to.
    pub fn into_inner(self) -> W {
        self.writer
    }

    fn resumes(&mut self) -> String {
        let ranked = self.ranking.ranked();
        let longest = ranked
            .iter()
            .map(|(_, entry)| width_of(&entry.value.source))
            .max()
            .unwrap_or(0);
        let Columns { bar, names, source } = Columns::fit(self.width, longest);
        let gap = " ".repeat(if bar > 0 { bar + 1 } else { 0 });
        let strongest = if names > 0 {
            pad("strongest skills", names) + "  "
        } else {
            String::new()
        };
        let head = format!(
            "{:>4}  {:>5}{gap}  {:>8}   {strongest}{}",
            "rank", "score", "coverage", "resume"
        );
        let mut text = style(self.colour, DIM, &head);
        text.push('\n');
        for (rank, entry) in ranked {
            let line = &entry.value;
            let score = entry.score.map(|score| score.value());
            text.push_str(&format!(
                "{:>4}  ",
                rank.map_or_else(none, |rank| rank.to_string())
            ));
            let figure = entry.score.map_or_else(none, |score| score.to_string());
            let figure = format!("{figure:>5}");
            text.push_str(&style(self.colour, BOLD, &figure));
            if bar > 0 {
                text.push(' ');
                text.push_str(&style(
                    self.colour,
                    CYAN,
                    &blocks(score.unwrap_or(0.0), bar),
                ));
            }
            let coverage = line
                .coverage
                .map_or_else(none, |coverage| format!("{coverage:.1}"));
            text.push_str(&format!("  {coverage:>6} %   "));
            if names > 0 {
                text.push_str(&pad(&fitting(&line.skills, names), names));
                text.push_str("  ");
            }
            text.push_str(&keep_end(&line.source, source));
            text.push('\n');
        }
        text
    }

    fn skills(&self, summary: &BatchSummary) -> String {
        let skills = summary.skills();
        let most = skills
            .iter()
            .take(self.top)
            .map(|skill| width_of(&skill.label))
            .max()
            .unwrap_or(0);
        // Share, interval and benchmark take 40 columns with their gaps; where it is narrow, the share alone 10.
        let wide = self.width >= 60;
        let label = most.clamp(
            5,
            if wide {
                (self.width - 40).min(34)
            } else {
                self.width - 10
            },
        );
        let bar = if wide {
            self.width.saturating_sub(label + 41).min(30)
        } else {
            0
        };
        let gap = " ".repeat(if bar > 0 { bar + 1 } else { 0 });
        let mut head = format!("{}  {gap}{:>8}", pad("skill", label), "share");
        if wide {
            head.push_str(&format!("  {:>13}  {:>9}", "95 % interval", "benchmark"));
        }
        let mut text = style(self.colour, DIM, &head);
        text.push('\n');
        for skill in skills.iter().take(self.top) {
            let percent = skill.percent.map_or(0.0, |percent| percent.value());
            let name = keep_start(&sanitize_for_terminal(&skill.label), label);
            text.push_str(&pad(&name, label));
            text.push_str("  ");
            if bar > 0 {
                text.push_str(&style(self.colour, CYAN, &blocks(percent, bar)));
                text.push(' ');
            }
            text.push_str(&format!("{percent:>6.1} %"));
            if wide {
                let (low, high) = skill.interval.unwrap_or_default();
                text.push_str(&format!("  {:>13}", format!("{low:.1}–{high:.1}")));
                if let Some(benchmark) = skill.benchmark {
                    text.push_str(&format!("  {benchmark:>7} %"));
                }
            }
            text.push('\n');
        }
        text
    }

    fn failures(&self, summary: &BatchSummary) -> String {
        let mut text = String::new();
        for failure in &self.failures {
            let line = format!(
                "{}: {}",
                sanitize_for_terminal(&failure.source),
                sanitize_for_terminal(&failure.error)
            );
            text.push_str(&format!("  {}\n", keep_start(&line, self.width - 2)));
        }
        let more = summary.failed.saturating_sub(self.failures.len() as u64);
        if more > 0 {
            text.push_str(&format!("  and {more} more\n"));
        }
        text
    }
}

impl<W: Write> Output for Table<W> {
    fn write(&mut self, screened: &Screened) -> Result<()> {
        match screened {
            Screened::Report(report) => self.ranking.push(report, Line::of(report)),
            Screened::Failure(failure) if self.failures.len() < self.top => {
                self.failures.push(failure.clone())
            }
            Screened::Failure(_) => {}
        }
        Ok(())
    }

    fn finish(&mut self, summary: &BatchSummary) -> Result<()> {
        let mut text = format!(
            "{}\n{}\n",
            style(self.colour, BOLD, &self.title),
            wrapped(&words::totals(summary), self.width)
        );
        if summary.scored > 0 {
            text.push_str(&format!("\n{}", self.resumes()));
            let more = summary.scored.saturating_sub(self.top as u64);
            if more > 0 {
                text.push_str(&format!("      and {more} more\n"));
            }
            text.push_str(&format!("\n{}", self.skills(summary)));
        }
        if summary.failed > 0 {
            text.push_str(&format!(
                "\n{}\n{}",
                style(self.colour, DIM, "failed"),
                self.failures(summary)
            ));
        }
        self.writer
            .write_all(text.as_bytes())
            .and_then(|()| self.writer.flush())
            .map_err(cannot_write)
    }
}

impl Line {
    fn of(report: &Report) -> Self {
        let skills = report
            .skills
            .iter()
            .filter(|skill| skill.importance.is_some())
            .take(TOP_SKILLS);
        let mut source = sanitize_for_terminal(&report.source).into_owned();
        if report.duplicate_of.is_some() {
            source.push_str(" (dup.)");
        }
        Self {
            source,
            coverage: report.coverage.map(|percent| percent.value()),
            skills: skills
                .map(|skill| sanitize_for_terminal(&skill.label).into_owned())
                .collect(),
        }
    }
}

/// Widths of the columns of the ranked table that are not fixed; 0 where there is no room for one.
struct Columns {
    bar: usize,
    names: usize,
    source: usize,
}

impl Columns {
    /// Rank, score and coverage take 24 columns with their gaps; the bar shows from 72 columns on, skills from 56.
    fn fit(width: usize, longest: usize) -> Self {
        let bar = if width >= 72 { 12 } else { 0 };
        let rest = width - 24 - if bar > 0 { bar + 1 } else { 0 };
        if width < 56 {
            return Self {
                bar,
                names: 0,
                source: rest,
            };
        }
        let source = longest.clamp(6, rest * 3 / 5);
        Self {
            bar,
            names: rest - source - 2,
            source,
        }
    }
}

/// The text in lines of at most this width, broken at blanks.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width_of(line) + 1 + width_of(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

fn none() -> String {
    "–".to_owned()
}

fn style(colour: bool, code: &str, text: &str) -> String {
    if colour {
        format!("\x1b[{code}m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

/// As many of the names as fit, with commas.
fn fitting(names: &[String], width: usize) -> String {
    let mut text = String::new();
    for name in names {
        let next = if text.is_empty() {
            name.clone()
        } else {
            format!("{text}, {name}")
        };
        if width_of(&next) > width {
            break;
        }
        text = next;
    }
    if text.is_empty() {
        names
            .first()
            .map_or_else(String::new, |name| keep_start(name, width))
    } else {
        text
    }
}

/// A bar of eighths.
fn blocks(percent: f64, width: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = ((percent / 100.0 * (width * 8) as f64).round() as usize).min(width * 8);
    let bar = format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8]);
    pad(&bar, width)
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(width_of(text))))
}

fn keep_start(text: &str, width: usize) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let kept = cut(text.chars(), width);
    format!("{}…", kept.into_iter().collect::<String>())
}

/// The end of a path tells more than its start.
fn keep_end(text: &str, width: usize) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let kept = cut(text.chars().rev(), width);
    format!("…{}", kept.into_iter().rev().collect::<String>())
}

fn cut(chars: impl Iterator<Item = char>, width: usize) -> Vec<char> {
    let mut left = width.saturating_sub(1);
    chars
        .take_while(|&c| {
            let fits = columns(c) <= left;
            left = left.saturating_sub(columns(c));
            fits
        })
        .collect()
}

fn width_of(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Columns that a character takes: none for combining marks, two for the wide scripts of East Asia and for pictures.
fn columns(c: char) -> usize {
    match c {
        _ if is_combining_mark(c) => 0,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_to_the_columns_they_take() {
        assert_eq!(keep_end("/long/way/to/a.pdf", 8), "…o/a.pdf");
        assert_eq!(keep_start("简历简历", 5), "简历…");
        assert_eq!(width_of("e\u{301}"), 1);
        assert_eq!(pad("简", 4), "简  ");
    }

    #[test]
    fn bars_are_as_long_as_they_say() {
        assert_eq!(blocks(50.0, 4), "██  ");
        assert_eq!(blocks(100.0, 2), "██");
        assert_eq!(blocks(55.0, 10), "█████▌    ");
        assert_eq!(blocks(0.0, 2), "  ");
    }
}
