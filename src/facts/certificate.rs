//! Certificates, licenses and languages.

use std::collections::HashSet;

use super::source::Source;
use super::{Certificate, Language};
use crate::section::SectionKind;
use crate::text::{Joint, Shape};

/// A name has no more words.
const NAME_WORDS: usize = 8;

pub(super) fn certificates(source: Source<'_>, hits: &[usize]) -> Vec<Certificate> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for section in source
        .sections
        .iter()
        .filter(|section| section.kind() == SectionKind::Certifications)
    {
        items(
            source,
            section.tokens(),
            section.heading().map(|heading| heading.end),
            &mut found,
        );
    }
    for &n in hits {
        if source.kind(n) == SectionKind::Certifications {
            continue;
        }
        if let Some(name) = named(source, n) {
            found.push(name);
        }
    }
    found.sort_unstable();
    let mut reached = 0;
    let mut seen = HashSet::new();
    let mut certificates: Vec<Certificate> = Vec::new();
    for (first, last) in found {
        if first < reached {
            continue;
        }
        reached = last + 1;
        let mut span = source.normalized.span(first, last);
        // "Security+": the plus belongs to the name.
        if source.text[span.end..].starts_with('+') {
            span.end += 1;
        }
        let name = source.text[span.range()]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if seen.insert(name.to_lowercase()) {
            certificates.push(Certificate { name, span });
        }
    }
    certificates
}

/// Each item of a section of certificates, up to a date or a mark.
fn items(
    source: Source<'_>,
    tokens: std::ops::Range<usize>,
    heading_end: Option<usize>,
    found: &mut Vec<(usize, usize)>,
) {
    let all = source.normalized.tokens();
    let mut at = tokens.start;
    while at < tokens.end && heading_end.is_some_and(|end| (all[at].end as usize) <= end) {
        at += 1;
    }
    let mut first = at;
    let mut open = true;
    while at < tokens.end {
        let token = &all[at];
        let parts = token.joint.ends_clause()
            || token
                .joint
                .has(Joint::COMMA | Joint::DASH | Joint::OPEN | Joint::COLON);
        if at > first && parts {
            if open {
                found.push((first, at - 1));
            }
            first = at;
            // Behind a comma, a colon or a bracket come the issuer and the date, but a list goes on.
            open = token.joint.ends_clause()
                || !token.joint.has(Joint::DASH | Joint::OPEN | Joint::COLON);
        }
        let date = token.shape.has(Shape::NUMBER)
            && source.word(at).len() == 4
            && source.word(at).starts_with(['1', '2']);
        if date || at - first >= NAME_WORDS {
            if open && at > first {
                let last = if date && is_month(source, at - 1) {
                    at - 2
                } else {
                    at - 1
                };
                if last >= first && last < at {
                    found.push((first, last));
                }
            }
            open = false;
        }
        at += 1;
    }
    if open && at > first {
        found.push((first, at - 1));
    }
}

fn is_month(source: Source<'_>, n: usize) -> bool {
    source.rules.dates.is_month(source.word(n))
}

/// The certificate that word `n` names or is part of, outside a section of certificates.
fn named(source: Source<'_>, n: usize) -> Option<(usize, usize)> {
    let rules = source.rules;
    let tokens = source.normalized.tokens();
    let count = tokens.len();
    let known = (n..count.min(n + 4)).rev().find(|&last| {
        rules
            .certificates
            .has(source.normalized.folded_between(n, last))
    });
    if let Some(last) = known {
        let capital = tokens[n].shape.has(Shape::CAPITAL);
        return capital.then_some((n, last));
    }
    if !rules.certificate_heads.has(source.word(n)) || !tokens[n].shape.has(Shape::CAPITAL) {
        return None;
    }
    let capital =
        |n: usize| tokens[n].shape.has(Shape::CAPITAL) || tokens[n].shape.has(Shape::SYMBOL);
    let joined = |n: usize| tokens[n].joint.joins_name() && !tokens[n].joint.has(Joint::NEWLINE);
    // "Food Handler Certificate": capitals before it.
    let mut first = n;
    let floor = n.saturating_sub(NAME_WORDS).max(
        source
            .section(n)
            .map_or(0, |section| source.behind_heading(section)),
    );
    while first > floor && joined(first) && capital(first - 1) {
        first -= 1;
    }
    while first < n && matches!(source.word(first), "a" | "an" | "the" | "my") {
        first += 1;
    }
    // "Certified Executive Chef", "Certificate in Nutrition": capitals behind it.
    let mut last = n;
    while last + 1 < count.min(n + NAME_WORDS) && joined(last + 1) {
        let word = source.word(last + 1);
        let link = matches!(word, "in" | "of" | "and" | "for")
            && last + 2 < count
            && capital(last + 2)
            && joined(last + 2);
        if !capital(last + 1) && !link {
            break;
        }
        last += 1;
    }
    (last > first).then_some((first, last))
}

/// Languages, each once: under a heading of their own, or near a word such as "fluent".
pub(super) fn languages(source: Source<'_>, hits: &[usize]) -> Vec<Language> {
    let mut languages: Vec<Language> = Vec::new();
    let mut before: Option<usize> = None;
    let tokens = source.normalized.tokens();
    for &n in hits {
        if !source.rules.language_names.has(source.word(n)) {
            continue;
        }
        let kind = source.kind(n);
        let cue = || {
            let near = n.saturating_sub(4)..tokens.len().min(n + 4);
            near.into_iter().any(|at| {
                source.rules.language_cues.has(source.word(at))
                    && !tokens[n.min(at) + 1..=n.max(at)].iter().any(|token| {
                        token
                            .joint
                            .has(Joint::STOP | Joint::SEMICOLON | Joint::BLANK)
                    })
            })
        };
        // "fluent in Spanish, French and Polish": a list goes on.
        let listed = before.is_some_and(|before| n - before <= 3);
        let studied = kind == SectionKind::Education
            || (kind == SectionKind::Experience && matches!(source.word(n), "english" | "latin"));
        if kind == SectionKind::Languages || (!studied && (listed || cue())) {
            before = Some(n);
            let name = source.word(n);
            if !languages.iter().any(|language| language.name == name) {
                languages.push(Language {
                    name: name.to_owned(),
                    span: source.normalized.word_span(n),
                });
            }
        }
    }
    languages
}

#[cfg(test)]
mod tests {
    use crate::facts::tests::facts;

    #[test]
    fn certificates_by_heading_and_by_name() {
        for (text, expected) in [
            (
                "Certifications\nPMP\nFood Handler, 2015\nFirst Aid and CPR",
                "PMP; Food Handler; First Aid and CPR",
            ),
            (
                "Certifications: CompTIA Security+, ITIL v3",
                "CompTIA Security+; ITIL v3",
            ),
            (
                "Licenses\nNotary Public May 2015 to May 2019",
                "Notary Public",
            ),
            (
                "Summary\nA Certified Executive Chef with a Certificate in Nutrition.",
                "Certified Executive Chef; Certificate in Nutrition",
            ),
            (
                "Education\nOffice Assistant Certificate, 2001",
                "Office Assistant Certificate",
            ),
            (
                "Summary\nHeld cpr classes; certified many people. A CERTIFIED professional",
                "",
            ),
        ] {
            let facts = facts(text);
            let names: Vec<&str> = facts
                .certifications()
                .iter()
                .map(|certificate| certificate.name())
                .collect();
            assert_eq!(names.join("; "), expected, "{text:?}");
        }
    }

    #[test]
    fn languages_need_a_heading_or_a_cue() {
        for (text, expected) in [
            ("Languages\nSpanish (native), English", "spanish english"),
            (
                "Summary\nFluent in Spanish, French and Polish.",
                "spanish french polish",
            ),
            ("Summary\nBilingual English/Spanish", "english spanish"),
            ("Experience\nServed Italian food. Ordered French wine.", ""),
            ("Education\nB.A. in English Language, 2001", ""),
        ] {
            let facts = facts(text);
            let names: Vec<&str> = facts
                .languages()
                .iter()
                .map(|language| language.name())
                .collect();
            assert_eq!(names.join(" "), expected, "{text:?}");
        }
    }
}
