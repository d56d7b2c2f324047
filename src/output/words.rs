//! Codes in plain words, the same in every output for people.

use crate::batch::Failure;
use crate::document::Status;

/// What became of an input.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Scored => "scored",
        Status::Partial => "scored, but not all of it could be read",
        Status::Empty => "without a word",
        Status::ImageOnly => "pictures of pages only",
        Status::Encrypted => "protected by a password",
        Status::Unsupported => "a format that cannot be read",
        Status::Corrupt => "damaged",
        Status::Limit => "too large",
        Status::Timeout => "took too long to read",
        Status::Memory => "wanted too much memory",
        Status::Crashed => "its reader crashed",
        Status::NotRegular => "not a file",
        Status::Io => "could not be opened",
        Status::Incomplete => "not tried before the stop",
    }
}

/// The last record of a stopped run in formats that have no place of their own to say so.
pub(super) fn stopped() -> Failure {
    Failure {
        source: String::new(),
        status: Status::Incomplete,
        error: "the run was stopped before its end".to_owned(),
    }
}

/// `1 resume`, `2 resumes`.
pub(super) fn count(n: u64, noun: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{s}")
}

/// `24 resumes seen, 22 scored, 2 failed (1 without a word, 1 damaged)`.
pub(super) fn totals(summary: &crate::batch::BatchSummary) -> String {
    let mut text = format!(
        "{} seen, {} scored, {} failed",
        count(summary.discovered - summary.skipped, "resume"),
        summary.scored,
        summary.failed
    );
    let failed: Vec<String> = summary
        .statuses
        .iter()
        .filter(|(status, _)| status.is_failure())
        .map(|(name, n)| format!("{n} {}", status(*name)))
        .collect();
    if !failed.is_empty() {
        text.push_str(&format!(" ({})", failed.join(", ")));
    }
    if summary.duplicates > 0 {
        text.push_str(&format!(", {}", count(summary.duplicates, "duplicate")));
        if summary.counted_once {
            text.push_str(" (shares count each resume once)");
        }
    }
    if summary.skipped > 0 {
        text.push_str(&format!(
            ", {} left alone",
            count(summary.skipped, "other file")
        ));
    }
    if !summary.complete {
        text.push_str("; stopped before the end");
    }
    text
}

/// With one decimal, rounded half up as people do; as `page.js` does it.
#[cfg(feature = "page")]
pub(super) fn one_decimal(value: f64) -> String {
    // 82.85 is a little less in binary.
    format!("{:.1}", (value * 10.0 + 1e-6).round() / 10.0)
}
