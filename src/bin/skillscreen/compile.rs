//! `skillscreen compile`: a taxonomy in the form that loads without expanding a pattern.

use std::path::PathBuf;

use skillscreen::output::AtomicFile;

use crate::exit;
use crate::load;
use crate::terminal::Result;

#[derive(clap::Args)]
pub(crate) struct CompileArgs {
    /// TOML files, read as one taxonomy; none for the built-in one
    #[arg(value_name = "FILE")]
    taxonomy: Vec<PathBuf>,

    /// Write to this file, for use as --taxonomy by this very version of the program
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,

    /// Replace the output file if it exists
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: &CompileArgs) -> Result<u8> {
    let taxonomy = load::taxonomy(&args.taxonomy)?;
    let file = AtomicFile::create(&args.output, args.force)?;
    taxonomy.compile_to(&mut file.writer())?;
    file.commit()?;
    Ok(exit::ALL)
}
