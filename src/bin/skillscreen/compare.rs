//! The roles that a resume was compared with.

use std::io::Write;

use skillscreen::Screener;
use skillscreen::report::Report;

use crate::terminal::Result;

pub(crate) fn print(out: &mut impl Write, report: &Report, screener: &Screener) -> Result<()> {
    writeln!(out, "\nNearest roles")?;
    for role in &report.roles {
        let nearness = role
            .nearness
            .map_or_else(|| "-".to_owned(), |nearness| format!("{nearness} %"));
        let score = role
            .score
            .map_or_else(|| "-".to_owned(), |score| format!("{score:.1}"));
        writeln!(
            out,
            "  {:<44} nearness {nearness:>7}   score {score:>5}",
            role.label
        )?;
        let labels: Vec<&str> = role
            .telling
            .iter()
            .map(|id| {
                screener
                    .taxonomy()
                    .skill(id)
                    .map_or(id.as_str(), |skill| skill.label())
            })
            .collect();
        if !labels.is_empty() {
            writeln!(out, "      told by: {}", labels.join(", "))?;
        }
    }
    Ok(())
}
