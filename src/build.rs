//! Compiles the built-in taxonomy, so that a program that starts need not read and expand its files. It does so by the library's own code:
//! the modules are those of `src/lib.rs`, as many as that takes.

#![allow(dead_code, unused_imports, reason = "the library needs the rest")]

use std::fs;
use std::path::Path;

use error::{Error, ErrorKind, Result};
use taxonomy::Taxonomy;
use taxonomy::builtin::FILES;

mod error;
mod fingerprint;
mod reading;
mod span;
mod taxonomy;
mod text;

/// Nothing yet: it is made here.
const BUILTIN_TAXONOMY: &[u8] = &[];

const FOLDER: &str = "src/data/taxonomy";

fn main() {
    println!("cargo::rerun-if-changed={FOLDER}");
    if let Err(error) = compile() {
        // Cargo takes one line at a time.
        for line in format!("{FOLDER}: {error}").lines() {
            println!("cargo::error={line}");
        }
    }
}

fn compile() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let mut texts = Vec::new();
    for file in FILES {
        texts.push((file, fs::read_to_string(Path::new(FOLDER).join(file))?));
    }
    let parts: Vec<(&str, &str)> = texts.iter().map(|(file, text)| (*file, &**text)).collect();
    let mut compiled = Vec::new();
    Taxonomy::from_toml_parts(&parts)?.compile_to(&mut compiled)?;
    let folder = std::env::var_os("OUT_DIR").ok_or("cargo gives no OUT_DIR")?;
    fs::write(Path::new(&folder).join("taxonomy"), compiled)?;
    Ok(())
}
