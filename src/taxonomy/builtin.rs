//! The embedded taxonomy: data files, compiled by `src/build.rs` with the code that reads a user's own.

use crate::error::Result;

use super::Taxonomy;
use super::builder::TaxonomyBuilder;

/// The data files under `src/data/taxonomy`; the header stands in the first.
pub(crate) const FILES: [&str; 12] = [
    "main.toml",
    "sets.toml",
    "service.toml",
    "management.toml",
    "metrics.toml",
    "finance.toml",
    "retail.toml",
    "technology.toml",
    "compliance.toml",
    "soft.toml",
    "neighbouring.toml",
    "other.toml",
];

pub(super) fn taxonomy() -> Result<Taxonomy> {
    Taxonomy::from_compiled(crate::BUILTIN_TAXONOMY)
}

/// All that it has, for an overlay to lie over.
pub(super) fn builder() -> Result<TaxonomyBuilder> {
    Ok(TaxonomyBuilder::of(&taxonomy()?).headed_in(FILES[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_taxonomy_is_what_its_files_give() {
        let texts = FILES.map(|name| {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/data/taxonomy");
            std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
        });
        let parts: Vec<(&str, &str)> = FILES.into_iter().zip(texts.iter().map(|t| &**t)).collect();
        let taxonomy = Taxonomy::from_toml_parts(&parts).unwrap_or_else(|error| panic!("{error}"));
        let mut compiled = Vec::new();
        taxonomy.compile_to(&mut compiled).unwrap();
        assert!(compiled == crate::BUILTIN_TAXONOMY);
        assert_eq!(Taxonomy::builtin().skills(), taxonomy.skills());
    }
}
