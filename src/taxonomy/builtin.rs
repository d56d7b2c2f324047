//! The embedded taxonomy: data files, read by the code that reads a user's own.

use crate::error::Result;

use super::Taxonomy;
use super::builder::TaxonomyBuilder;

/// The parts, by name; the header stands in the first.
pub(crate) const PARTS: [(&str, &str); 12] = [
    ("main.toml", include_str!("../data/taxonomy/main.toml")),
    ("sets.toml", include_str!("../data/taxonomy/sets.toml")),
    (
        "service.toml",
        include_str!("../data/taxonomy/service.toml"),
    ),
    (
        "management.toml",
        include_str!("../data/taxonomy/management.toml"),
    ),
    (
        "metrics.toml",
        include_str!("../data/taxonomy/metrics.toml"),
    ),
    (
        "finance.toml",
        include_str!("../data/taxonomy/finance.toml"),
    ),
    ("retail.toml", include_str!("../data/taxonomy/retail.toml")),
    (
        "technology.toml",
        include_str!("../data/taxonomy/technology.toml"),
    ),
    (
        "compliance.toml",
        include_str!("../data/taxonomy/compliance.toml"),
    ),
    ("soft.toml", include_str!("../data/taxonomy/soft.toml")),
    (
        "neighbouring.toml",
        include_str!("../data/taxonomy/neighbouring.toml"),
    ),
    ("other.toml", include_str!("../data/taxonomy/other.toml")),
];

pub(super) fn taxonomy() -> Result<Taxonomy> {
    builder()?.build()
}

/// All parts, read but not compiled: an overlay lies over them.
pub(super) fn builder() -> Result<TaxonomyBuilder> {
    let mut builder = TaxonomyBuilder::new("");
    builder.tomls(&PARTS)?;
    Ok(builder)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_embedded_taxonomy_is_read() {
        if let Err(error) = super::taxonomy() {
            panic!("{error}");
        }
    }
}
