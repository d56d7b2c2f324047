//! `skillscreen skills` and `skillscreen profiles`.

use std::io::{self, Write};

use skillscreen::profile::Importance;
use skillscreen::{JobProfile, Taxonomy};

use crate::args::{ProfilesArgs, SkillsArgs};
use crate::terminal::Result;
use crate::{exit, load};

pub(crate) fn skills(args: &SkillsArgs) -> Result<u8> {
    let taxonomy = load::taxonomy(&args.taxonomy)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let wanted = args.word.as_ref().map(|word| word.to_lowercase());
    let fits = |text: &str| {
        wanted
            .as_ref()
            .is_none_or(|word| text.to_lowercase().contains(word))
    };
    let mut shown = 0;
    for (category, label) in taxonomy.categories() {
        let skills: Vec<_> = taxonomy
            .skills()
            .iter()
            .filter(|skill| skill.category() == category)
            .filter(|skill| fits(skill.id()) || fits(skill.label()) || fits(category))
            .collect();
        if skills.is_empty() {
            continue;
        }
        writeln!(out, "{label}")?;
        for skill in skills {
            shown += 1;
            let benchmark = skill
                .benchmark()
                .map_or_else(String::new, |b| format!("  {} % ({})", b.percent, b.source));
            writeln!(
                out,
                "  {:<32} {:<40} {}{benchmark}",
                skill.id(),
                skill.label(),
                skill.sources().join(", ")
            )?;
            if args.long {
                writeln!(out, "      {}", skill.definition())?;
                for label in skill.labels() {
                    writeln!(
                        out,
                        "      {:<12} {}",
                        format!("{:?}", label.kind()).to_lowercase(),
                        label.pattern()
                    )?;
                }
            }
        }
    }
    if shown == 0 {
        writeln!(
            out,
            "No skill has \"{}\" in its id, label or category.",
            args.word.as_deref().unwrap_or_default()
        )?;
    } else {
        writeln!(
            out,
            "\n{shown} skills. Taxonomy {} {}; sources:",
            taxonomy.id(),
            taxonomy.version()
        )?;
        for (key, source) in taxonomy.sources() {
            let published = if source.published.is_empty() {
                String::new()
            } else {
                format!(", {}", source.published)
            };
            writeln!(
                out,
                "  {key:<14} {} ({}{published})",
                source.title, source.publisher
            )?;
        }
    }
    out.flush()?;
    Ok(exit::ALL)
}

pub(crate) fn profiles(args: &ProfilesArgs) -> Result<u8> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match &args.profile {
        None => {
            for id in JobProfile::builtin_ids() {
                let profile = JobProfile::builtin(id)?;
                let requirements = profile.requirements().len();
                writeln!(
                    out,
                    "{id:<38} {} ({} skills, {requirements} requirements)",
                    profile.label(),
                    profile.skills().len()
                )?;
            }
            writeln!(
                out,
                "\nShow one with its weights and sources: skillscreen profiles csm"
            )?;
        }
        Some(name) => show(&mut out, &load::profile(name)?, &Taxonomy::builtin())?,
    }
    out.flush()?;
    Ok(exit::ALL)
}

fn show(out: &mut impl Write, profile: &JobProfile, taxonomy: &Taxonomy) -> Result<()> {
    writeln!(
        out,
        "{} ({} {})",
        profile.label(),
        profile.id(),
        profile.version()
    )?;
    writeln!(out, "{}\n", profile.definition())?;
    writeln!(
        out,
        "Skills share {} of 100 points by weight:",
        profile.skills_points()
    )?;
    let mut skills: Vec<_> = profile.skills().iter().collect();
    skills.sort_by_key(|skill| (std::cmp::Reverse(skill.weight()), skill.id()));
    for skill in skills {
        let label = taxonomy
            .skill(skill.id())
            .map_or(skill.id(), |known| known.label());
        let importance = match skill.importance() {
            Importance::Essential => "essential",
            Importance::Preferred => "preferred",
            _ => "optional",
        };
        writeln!(
            out,
            "  {:>4}  {label:<40} {importance:<10} {}",
            skill.weight(),
            skill.documents().join(", ")
        )?;
        if let Some(quote) = skill.quote() {
            writeln!(out, "        \"{}\" ({})", quote.text, quote.source)?;
        }
    }
    if !profile.requirements().is_empty() {
        writeln!(out, "\nRequirements:")?;
        for requirement in profile.requirements() {
            let need = format!("{:?}", requirement.importance()).to_lowercase();
            writeln!(
                out,
                "  {:>4}  {:<28} {need:<10} {} ({})",
                requirement.weight(),
                requirement.id(),
                requirement.wanted().describe(),
                requirement.sources().join(", ")
            )?;
        }
    }
    if !profile.benchmarks().is_empty() {
        writeln!(out, "\nBenchmarks, percent of the occupation's resumes:")?;
        for benchmark in profile.benchmarks() {
            writeln!(
                out,
                "  {:>4} % {} ({})",
                benchmark.percent, benchmark.skill, benchmark.source
            )?;
        }
    }
    if !profile.salaries().is_empty() {
        writeln!(out, "\nPay that the documents state, never scored:")?;
        for salary in profile.salaries() {
            writeln!(
                out,
                "  {:>10.2} USD  {} ({})",
                salary.usd, salary.what, salary.source
            )?;
        }
    }
    Ok(())
}
