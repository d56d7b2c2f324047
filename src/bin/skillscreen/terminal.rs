//! Errors, colours, and what may be printed on a terminal.

use std::error::Error;
use std::fmt;
use std::io;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A failure of the program itself, with its message.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Failure {}

/// Whether the reader of our output went away, as `head` does: no error, and nothing to say.
pub(crate) fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error
            .downcast_ref::<io::Error>()
            .is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
        {
            return true;
        }
        next = error.source();
    }
    false
}

pub(crate) fn print_error(error: &(dyn Error + 'static)) {
    let style = anstyle::Style::new()
        .bold()
        .fg_color(Some(anstyle::AnsiColor::Red.into()));
    let mut message = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let cause_text = cause.to_string();
        // Causes often repeat what the error says already.
        if !message.contains(&cause_text) {
            message.push_str(": ");
            message.push_str(&cause_text);
        }
        next = cause.source();
    }
    anstream::eprintln!(
        "{style}error:{style:#} {}",
        skillscreen::output::sanitize_for_terminal(&message)
    );
}
