//! The program `skillscreen`: the library's public API behind a command line.

mod args;
mod compare;
mod compile;
mod draft;
mod eval;
mod explain;
mod inputs;
mod list;
mod load;
mod progress;
mod score;
mod signals;
mod taxonomy;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// Exit codes, as `--help` tells them.
mod exit {
    /// Everything was scored.
    pub(crate) const ALL: u8 = 0;
    /// A check found something.
    pub(crate) const FOUND: u8 = 1;
    /// Finished, but some inputs could not be read.
    pub(crate) const SOME_FAILED: u8 = 3;
    /// Nothing could be done: wrong arguments, a wrong file, an output that cannot be written.
    pub(crate) const FATAL: u8 = 2;
}

fn main() -> ExitCode {
    if let Some(code) = skillscreen::document::pool::run_worker_if_asked() {
        std::process::exit(code);
    }
    let args = Args::parse();
    let result = match args.command {
        Command::Score(args) => score::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Skills(args) => list::skills(&args),
        Command::Profiles(args) => list::profiles(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Compile(args) => compile::run(&args),
        Command::Taxonomy(command) => taxonomy::run(&command),
        Command::Profile(command) => draft::run(&command),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) if terminal::is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::print_error(&*error);
            ExitCode::from(exit::FATAL)
        }
    }
}
