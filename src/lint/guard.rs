//! Rules for labels that mean something else in most resumes.

use std::collections::BTreeSet;

use crate::error::Result;
use crate::taxonomy::{Rule, Taxonomy, TaxonomyBuilder};

use super::{Code, Linter};

/// Gives every label that is an everyday word, a name or very short the rule that it counts as a whole item of a list only; tells how
/// many there were. For taxonomies that were made to be looked up, not to be matched.
///
/// # Errors
///
/// When the taxonomy cannot be built again, which only a damaged one cannot.
pub fn guard(taxonomy: &Taxonomy) -> Result<(Taxonomy, usize)> {
    let mut linter = Linter::new();
    super::labels::check(&mut linter, taxonomy);
    let risky: BTreeSet<(String, String)> = linter
        .findings
        .into_iter()
        .filter(|finding| {
            matches!(
                finding.code,
                Code::EverydayWord | Code::NameCollision | Code::ShortLabel
            )
        })
        .filter_map(|finding| Some((finding.subject, finding.label?)))
        .collect();
    let mut builder = TaxonomyBuilder::of(taxonomy);
    builder.each_label(|skill, label| {
        if label.rule.is_none() && risky.contains(&(skill.to_owned(), label.pattern.clone())) {
            label.rule = Some(Box::new(Rule {
                list_item: true,
                why: "an everyday word or a name: it counts as a whole item of a list only"
                    .to_owned(),
                ..Rule::default()
            }));
        }
    });
    Ok((builder.build()?, risky.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn risky_labels_get_a_rule() {
        let text = "[taxonomy]\nid = \"t\"\nversion = \"1\"\n[[skill]]\nid = \"plan\"\nlabel = \"Plan\"\nalternative = [\"drawing up plans\"]\n";
        let taxonomy = Taxonomy::from_toml("t.toml", text).unwrap();
        let (guarded, count) = guard(&taxonomy).unwrap();
        let labels = guarded.skills()[0].labels();
        assert_eq!(count, 1);
        assert!(
            labels.iter().any(|l| l.rule().is_some()) && labels.iter().any(|l| l.rule().is_none())
        );
    }
}
