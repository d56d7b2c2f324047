//! The progress bar, and the closing line.

use std::fmt;
use std::io::{self, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use skillscreen::batch::{BatchSummary, Screened};
use skillscreen::document::Skipped;
use skillscreen::output::sanitize_for_terminal;

/// Shows how far a run is. Only on a terminal: indicatif draws nothing elsewhere.
pub(crate) struct Progress {
    bar: ProgressBar,
    failed: u64,
    verbose: bool,
    quiet: bool,
}

impl Progress {
    pub(crate) fn new(count: Option<u64>, quiet: bool, verbose: bool) -> Self {
        let bar = match count {
            Some(count) => ProgressBar::new(count),
            None => ProgressBar::no_length(),
        };
        bar.set_draw_target(if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        });
        let template = match count {
            Some(_) => "{bar:30} {pos}/{len} resumes  {rate}  {eta} left  {msg}",
            None => "{spinner} {pos} resumes  {rate}  {msg}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.with_key("rate", rate));
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self {
            bar,
            failed: 0,
            verbose,
            quiet,
        }
    }

    pub(crate) fn skipped(&self, skipped: &[Skipped]) {
        for skipped in skipped.iter().filter(|_| self.verbose) {
            let path = skipped.path.to_string_lossy();
            self.line(&format!("skipped  {path}: {}", skipped.reason));
        }
    }

    pub(crate) fn seen(&mut self, screened: &Screened) {
        if let Screened::Failure(failure) = screened {
            self.failed += 1;
            self.bar.set_message(format!("{} failed", self.failed));
            if self.verbose {
                self.line(&format!(
                    "failed   {}: {}: {}",
                    failure.source,
                    failure.status.as_str(),
                    failure.error
                ));
            }
        }
        self.bar.inc(1);
    }

    /// Something to say besides, unless it is to be quiet.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            self.line(text);
        }
    }

    /// A way to say something from another thread.
    pub(crate) fn noter(&self) -> impl Fn(&str) + Send + 'static {
        let (bar, quiet) = (self.bar.clone(), self.quiet);
        move |text| {
            if !quiet {
                line(&bar, text);
            }
        }
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }

    pub(crate) fn finish(self, summary: &BatchSummary, quiet: bool) {
        self.end();
        if quiet {
            return;
        }
        let mut parts = vec![format!("{} scored", summary.scored)];
        if summary.duplicates > 0 {
            parts.push(format!("{} of them duplicates", summary.duplicates));
        }
        if summary.failed > 0 {
            parts.push(format!("{} failed", summary.failed));
        }
        if summary.skipped > 0 {
            parts.push(format!("{} skipped", summary.skipped));
        }
        let state = if summary.complete {
            ""
        } else {
            "; stopped before the end"
        };
        self.line(&format!(
            "{} found: {}{state}",
            summary.discovered,
            parts.join(", ")
        ));
    }

    fn line(&self, text: &str) {
        line(&self.bar, text);
    }
}

/// indicatif's own rate has four decimals.
fn rate(state: &ProgressState, writer: &mut dyn fmt::Write) {
    // A bar that cannot be drawn is drawn again in a moment.
    let _ = write!(writer, "{:.1} a second", state.per_sec());
}

fn line(bar: &ProgressBar, text: &str) {
    // Standard error may be closed or full; that is no reason to stop, and there is nobody to tell.
    bar.suspend(|| {
        let _ = writeln!(io::stderr(), "{}", sanitize_for_terminal(text));
    });
}
