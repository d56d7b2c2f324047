//! Markdown: a summary that can be pasted into a ticket.

use std::io::Write;

use crate::batch::{BatchSummary, Failure, Screened};
use crate::error::Result;
use crate::screener::Screener;

use super::rank::Ranking;
use super::{Output, cannot_write, sanitize_for_terminal, words};

/// A summary in Markdown (CommonMark with tables): totals, the best resumes, the pool's skills, failures, fingerprints.
///
/// Names and messages of strangers stand in code spans, where nothing is a link, a mention or markup; labels are escaped. Default: the best 20
/// resumes, 20 skills and 20 failures.
#[derive(Debug)]
pub struct Markdown<W> {
    writer: W,
    title: String,
    top: usize,
    ranking: Ranking<Line>,
    failures: Vec<Failure>,
}

#[derive(Debug)]
struct Line {
    coverage: String,
    skills: String,
    knock_outs: String,
    duplicate: bool,
}

impl<W: Write> Markdown<W> {
    /// Writes to `writer`, headed by the screener's profile.
    pub fn new(writer: W, screener: &Screener) -> Self {
        let title = escape(screener.profile().label());
        Self {
            writer,
            title,
            top: 20,
            ranking: Ranking::best(20),
            failures: Vec::new(),
        }
    }

    /// How many resumes, skills and failures are listed at most; to be set before the first is written. Default 20.
    pub fn top(mut self, top: usize) -> Self {
        self.top = top;
        self.ranking = Ranking::best(top);
        self
    }

    /// What it wrote to.
    pub fn into_inner(self) -> W {
        self.writer
    }

    fn resumes(&mut self, text: &mut String) {
        text.push_str("\n## Resumes\n\n| rank | score | coverage | strongest skills | required, not met | resume |\n");
        text.push_str("|---:|---:|---:|---|---|---|\n");
        for (rank, entry) in self.ranking.ranked() {
            let rank = rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
            let score = entry
                .score
                .map_or_else(|| "–".to_owned(), |score| score.to_string());
            let Line {
                coverage,
                skills,
                knock_outs,
                duplicate,
            } = &entry.value;
            let mut source = code(&entry.source);
            if *duplicate {
                source.push_str(" (duplicate)");
            }
            text.push_str(&format!(
                "| {rank} | {score} | {coverage} | {skills} | {knock_outs} | {source} |\n"
            ));
        }
    }

    fn skills(&self, summary: &BatchSummary, text: &mut String) {
        text.push_str("\n## Skills of the pool\n\n| skill | resumes | share | 95 % interval | benchmark |\n|---|---:|---:|---:|---:|\n");
        for skill in summary.skills().iter().take(self.top) {
            let percent = skill
                .percent
                .map_or_else(String::new, |percent| format!("{percent} %"));
            let interval = skill
                .interval
                .map_or_else(String::new, |(low, high)| format!("{low:.1}–{high:.1} %"));
            let benchmark = skill
                .benchmark
                .map_or_else(String::new, |benchmark| format!("{benchmark} %"));
            let label = escape(&skill.label);
            text.push_str(&format!(
                "| {label} | {} of {} | {percent} | {interval} | {benchmark} |\n",
                skill.resumes, skill.of
            ));
        }
    }

    fn failures(&self, summary: &BatchSummary, text: &mut String) {
        text.push_str("\n## Not read\n\n");
        for failure in &self.failures {
            let status = words::status(failure.status);
            text.push_str(&format!(
                "- {} {status}: {}\n",
                code(&failure.source),
                code(&failure.error)
            ));
        }
        let more = summary.failed.saturating_sub(self.failures.len() as u64);
        if more > 0 {
            text.push_str(&format!("- and {more} more\n"));
        }
    }
}

impl<W: Write> Output for Markdown<W> {
    fn write(&mut self, screened: &Screened) -> Result<()> {
        match screened {
            Screened::Report(report) => {
                let asked = report
                    .skills
                    .iter()
                    .filter(|skill| skill.importance.is_some());
                let skills: Vec<String> = asked.take(3).map(|skill| escape(&skill.label)).collect();
                let knock_outs: Vec<String> =
                    report.knock_outs.iter().map(|id| escape(id)).collect();
                let coverage = report
                    .coverage
                    .map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"));
                self.ranking.push(
                    report,
                    Line {
                        coverage,
                        skills: skills.join(", "),
                        knock_outs: knock_outs.join(", "),
                        duplicate: report.duplicate_of.is_some(),
                    },
                );
            }
            Screened::Failure(failure) if self.failures.len() < self.top => {
                self.failures.push(failure.clone())
            }
            Screened::Failure(_) => {}
        }
        Ok(())
    }

    fn finish(&mut self, summary: &BatchSummary) -> Result<()> {
        let mut text = format!("# {}\n\n{}.\n", self.title, words::totals(summary));
        if summary.scored > 0 {
            self.resumes(&mut text);
            let more = summary.scored.saturating_sub(self.top as u64);
            if more > 0 {
                text.push_str(&format!("\nand {more} more.\n"));
            }
            self.skills(summary, &mut text);
        }
        if summary.failed > 0 {
            self.failures(summary, &mut text);
        }
        let print = &summary.fingerprint;
        text.push_str(&format!(
            "\nskillscreen {}, taxonomy {}, profile {}, options {}\n",
            code(&print.engine),
            code(&print.taxonomy),
            code(&print.profile),
            code(&print.options)
        ));
        self.writer
            .write_all(text.as_bytes())
            .and_then(|()| self.writer.flush())
            .map_err(cannot_write)
    }
}

/// Text as a code span: nothing in it is markup, a link or a mention. A bar is escaped for tables.
fn code(text: &str) -> String {
    let text = sanitize_for_terminal(text);
    let text = text.trim();
    if text.is_empty() {
        return "–".to_owned();
    }
    // The fence must be longer than any run of backticks inside.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{blank}{}{blank}{fence}", text.replace('|', "\\|"))
}

/// Text with a backslash before every character that Markdown may act on.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in sanitize_for_terminal(text).chars() {
        if "\\`*_{}[]<>()#|~&!@:$^=+".contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_is_markup() {
        assert_eq!(code("a|b.pdf"), "`a\\|b.pdf`");
        assert_eq!(code("``x`"), "``` ``x` ```");
        assert_eq!(code("a\n# b"), "`a # b`");
        assert_eq!(code(""), "–");
        assert_eq!(
            escape("<b> [C++](x) R&D"),
            "\\<b\\> \\[C\\+\\+\\]\\(x\\) R\\&D"
        );
    }
}
