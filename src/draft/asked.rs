//! Years, degrees, certificates and languages that adverts ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::facts::Degree;
use crate::profile::{Area, Need, Quote, Requirement, Stated, Wanted};
use crate::report::Report;

use super::advert::{Part, Sentence};

/// Points of 100 for what is required and what is preferred. Years and degree as the built-in profiles have them, where a degree is
/// preferred and a certificate an asset; required, they count as much more as years do.
const YEARS: (u32, u32) = (10, 5);
const DEGREE: (u32, u32) = (8, 4);
const CERTIFICATE: (u32, u32) = (4, 1);
const LANGUAGE: (u32, u32) = (4, 1);
/// Years in two areas at once: what tells a manager of the field from a manager and from a member of it.
const BOTH: u32 = 15;

/// "experience", not the age of a company.
static YEARS_ASKED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let number =
        "(\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)";
    Regex::new(&format!(
        " {number} (?:plus )?(?:(?:to |or |and )?{number} )?(?:more )?(?:or more )?(?:plus )?(?:full )?years?(?: of)? |minimum (?:of )?{number} (?:to )?{number} "
    ))
    .ok()
});

static FIELDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:degree|degrees|diploma|bachelor['’]?s?|master['’]?s?|bs|ba|b\.s\.|b\.a\.|science|arts)\s+in\s+(?:either\s+)?([^.;:()\n]{3,120})").ok()
});

static CERTIFIED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"((?:[A-Z][A-Za-z0-9&/+-]*\s+){1,5})(?i:certification|certificate|license|licence)|(?i:certified|licensed)\s+(?i:as\s+an?\s+|in\s+)?((?:[A-Z][A-Za-z0-9&/+-]*\s*){1,4})").ok()
});

#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    years: BTreeMap<Area, Years>,
    levels: BTreeMap<Degree, BTreeSet<String>>,
    fields: Vec<String>,
    degree: Evidence,
    certificates: Vec<String>,
    any_certificate: bool,
    certificate: Evidence,
    languages: Vec<String>,
    language: Evidence,
}

#[derive(Clone, Debug)]
struct Years {
    least: u32,
    most: u32,
    /// Whether a document gives a number.
    numbered: bool,
    evidence: Evidence,
}

/// Who asks, how much, in which words.
#[derive(Clone, Debug, Default)]
struct Evidence {
    required: bool,
    sources: BTreeSet<String>,
    quote: Option<Quote>,
}

impl Evidence {
    fn add(&mut self, key: &str, stated: Stated, quote: String) {
        let required = stated == Stated::Required;
        if self.quote.is_none() || (required && !self.required) {
            self.quote = Some(Quote {
                text: quote,
                source: key.to_owned(),
            });
        }
        self.required |= required;
        self.sources.insert(key.to_owned());
    }

    fn put(self, mut requirement: Requirement, points: (u32, u32)) -> Requirement {
        requirement.sources = self.sources.into_iter().collect();
        requirement.quote = self.quote;
        let (need, points) = if self.required {
            (Need::Required, points.0)
        } else {
            (Need::Preferred, points.1)
        };
        requirement.need(need).points(points)
    }
}

impl Asked {
    /// Reads one sentence; `quote` gives its words around a place in it.
    pub(super) fn read(&mut self, key: &str, text: &str, sentence: &Sentence) {
        if sentence.part == Part::Aside || sentence.heading {
            return;
        }
        let written = &text[sentence.span.range()];
        let stated = sentence.stated(false);
        let quote = || shorten(written);
        self.read_years(key, sentence, stated, quote());
        self.read_degree(key, written, sentence, stated, quote());
        if [
            " certification ",
            " certifications ",
            " certificate ",
            " certified ",
            " license ",
            " licensed ",
            " licence ",
        ]
        .iter()
        .any(|word| sentence.folded.contains(word))
        {
            self.any_certificate = true;
            self.certificate.add(key, stated, quote());
            for found in CERTIFIED
                .iter()
                .flat_map(|pattern| pattern.captures_iter(written))
            {
                let name = found
                    .get(1)
                    .or_else(|| found.get(2))
                    .map_or("", |name| name.as_str());
                self.add_certificate(name);
            }
        }
    }

    /// Takes over what the reader of resumes' facts knows by name.
    pub(super) fn read_facts(
        &mut self,
        key: &str,
        text: &str,
        report: &Report,
        sentences: &[Sentence],
    ) {
        let at = |start: usize| {
            let found = sentences.iter().find(|s| s.span.range().contains(&start));
            found.filter(|sentence| sentence.part != Part::Aside && !sentence.heading)
        };
        for certificate in report.facts.certifications() {
            let Some(sentence) = at(certificate.span().start) else {
                continue;
            };
            if certificate.name().split_whitespace().count() <= 5 {
                self.add_certificate(certificate.name());
                self.certificate.add(
                    key,
                    sentence.stated(false),
                    shorten(&text[sentence.span.range()]),
                );
            }
        }
        for language in report.facts.languages() {
            let Some(sentence) = at(language.span().start) else {
                continue;
            };
            // The language of the advert shows itself.
            let name = language.name().to_owned();
            if !name.eq_ignore_ascii_case("english") && !self.languages.contains(&name) {
                self.languages.push(name);
                self.language.add(
                    key,
                    sentence.stated(false),
                    shorten(&text[sentence.span.range()]),
                );
            }
        }
    }

    fn add_certificate(&mut self, name: &str) {
        let name = name.trim().trim_end_matches([',', '-']);
        let generic = [
            "A",
            "An",
            "The",
            "Current",
            "Valid",
            "Relevant",
            "Additional",
            "Active",
            "Any",
        ];
        let words: Vec<&str> = name
            .split_whitespace()
            .skip_while(|word| generic.contains(word))
            .collect();
        let name = words.join(" ");
        if name.len() >= 2
            && !self
                .certificates
                .iter()
                .any(|known| known.eq_ignore_ascii_case(&name))
        {
            self.certificates.push(name);
        }
    }

    fn read_years(&mut self, key: &str, sentence: &Sentence, stated: Stated, quote: String) {
        let folded = &sentence.folded;
        if !folded.contains(" experience ")
            && !folded.contains(" background ")
            && !folded.contains(" years as ")
        {
            return;
        }
        let mut ranges: Vec<(u32, u32, usize)> = Vec::new();
        for found in YEARS_ASKED
            .iter()
            .flat_map(|pattern| pattern.captures_iter(folded))
        {
            let number = |n: usize| found.get(n).and_then(|number| read_number(number.as_str()));
            let Some(least) = number(1).or_else(|| number(3)) else {
                continue;
            };
            let most = number(2).or_else(|| number(4)).unwrap_or(least);
            ranges.push((least, most, found.get(0).map_or(0, |all| all.start())));
        }
        let numbered = !ranges.is_empty();
        if !numbered {
            // Experience without a number: a year of it, better two.
            let asked = [
                " previous ",
                " prior ",
                " proven ",
                " relevant ",
                " related ",
            ]
            .iter()
            .find_map(|word| folded.find(word));
            if let Some(at) = asked.filter(|_| folded.contains(" experience ")) {
                ranges.push((1, 2, at));
            }
        }
        for (n, &(least, most, at)) in ranges.iter().enumerate() {
            let end = ranges.get(n + 1).map_or(folded.len(), |next| next.2);
            // One number is about its whole sentence, several are each about the words that follow them.
            let from = if ranges.len() == 1 { 0 } else { at };
            let areas = areas(&folded[from..end.max(at)]);
            for area in areas {
                let years = self.years.entry(area).or_insert(Years {
                    least,
                    most,
                    numbered,
                    evidence: Evidence::default(),
                });
                // A number outweighs a sentence that names none.
                if numbered && !years.numbered {
                    (years.least, years.most, years.numbered) = (least, most, true);
                } else if numbered == years.numbered {
                    years.least = years.least.min(least);
                    years.most = years.most.max(most);
                }
                years.evidence.add(key, stated, quote.clone());
            }
        }
    }

    fn read_degree(
        &mut self,
        key: &str,
        written: &str,
        sentence: &Sentence,
        stated: Stated,
        quote: String,
    ) {
        let folded = &sentence.folded;
        let any = |words: &[&str]| {
            words
                .iter()
                .any(|word| folded.contains(&format!(" {word} ")))
        };
        if !any(&[
            "degree",
            "degrees",
            "diploma",
            "bachelor",
            "bachelors",
            "bsn",
            "ged",
            "education",
        ]) {
            return;
        }
        let levels = [
            (
                Degree::HighSchool,
                &["high school", "ged", "secondary school"][..],
            ),
            (
                Degree::Associate,
                &[
                    "associate",
                    "associates",
                    "associate degree",
                    "adn",
                    "two year degree",
                ],
            ),
            (
                Degree::Bachelor,
                &[
                    "bachelor",
                    "bachelors",
                    "bs",
                    "ba",
                    "bsc",
                    "bsn",
                    "university degree",
                    "college degree",
                    "undergraduate degree",
                    "four year degree",
                ],
            ),
            (Degree::Master, &["master", "masters", "mba", "msc", "msn"]),
            (Degree::Doctorate, &["doctorate", "phd", "doctoral"]),
        ];
        let mut found = false;
        for (level, words) in levels {
            if any(words) {
                found = true;
                self.levels.entry(level).or_default().insert(key.to_owned());
            }
        }
        if !found {
            return;
        }
        self.degree.add(key, stated, quote);
        for found in FIELDS
            .iter()
            .flat_map(|pattern| pattern.captures_iter(written))
        {
            let list = found.get(1).map_or("", |list| list.as_str());
            for field in fields(list) {
                if !self.fields.contains(&field) {
                    self.fields.push(field);
                }
            }
        }
    }

    /// Everything asked for, with its points.
    pub(super) fn requirements(self) -> Vec<Requirement> {
        let mut requirements = Vec::new();
        let area = |area| self.years.get(&area);
        if let (Some(service), Some(management)) =
            (area(Area::CustomerService), area(Area::Management))
        {
            let years = |area, years: &Years| Wanted::Years {
                area,
                at_least: years.least.min(2),
                full_at: Some(years.most.clamp(2, 5)),
            };
            let of = vec![
                years(Area::CustomerService, service),
                years(Area::Management, management),
            ];
            let mut evidence = service.evidence.clone();
            evidence.required = true;
            evidence.sources.extend(management.evidence.sources.clone());
            let both = Requirement::new("years-in-both", Wanted::AllOf { of });
            requirements.push(evidence.put(both, (BOTH, BOTH)));
        }
        for (area, years) in self.years {
            let id = match area {
                Area::CustomerService => "years-customer-service",
                Area::Management => "years-management",
                _ => "years",
            };
            let requirement = Requirement::years(id, area, years.least, years.most);
            requirements.push(years.evidence.put(requirement, YEARS));
        }
        if !self.levels.is_empty() {
            // What most documents name; the higher one among equals.
            let level = self
                .levels
                .iter()
                .max_by_key(|(level, keys)| (keys.len(), **level))
                .map_or(Degree::Bachelor, |(level, _)| *level);
            let accepts = self.levels.keys().copied().find(|&lower| lower < level);
            let wanted = Wanted::Degree {
                level,
                accepts,
                fields: self.fields,
            };
            requirements.push(self.degree.put(Requirement::new("degree", wanted), DEGREE));
        }
        if self.any_certificate || !self.certificates.is_empty() {
            let wanted = Wanted::Certificate {
                any: self.certificates.is_empty(),
                names: self.certificates,
            };
            requirements.push(
                self.certificate
                    .put(Requirement::new("certificate", wanted), CERTIFICATE),
            );
        }
        if !self.languages.is_empty() {
            let wanted = Wanted::Language {
                names: self.languages,
            };
            requirements.push(
                self.language
                    .put(Requirement::new("language", wanted), LANGUAGE),
            );
        }
        requirements
    }
}

/// What the years are asked in: the words right after them.
fn areas(folded: &str) -> Vec<Area> {
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let mut areas = Vec::new();
    if has(&[
        " customer",
        " client",
        " cs ",
        " call center",
        " contact center",
        " service desk",
        " help desk",
    ]) {
        areas.push(Area::CustomerService);
    }
    if has(&[
        " manag",
        " supervis",
        " leadership",
        " lead ",
        " leading",
        " team lead",
    ]) {
        areas.push(Area::Management);
    }
    if areas.is_empty() {
        areas.push(Area::Overall);
    }
    areas
}

/// Fields of study out of "business administration, marketing, or a related field".
fn fields(list: &str) -> Vec<String> {
    let lower = list.to_lowercase();
    let end = [
        "related",
        "similar",
        "equivalent",
        "another",
        "other ",
        " and at least",
        " with ",
        " is ",
        " required",
        " preferred",
        " plus",
    ]
    .iter()
    .filter_map(|word| lower.find(word))
    .min()
    .unwrap_or(lower.len());
    let list = lower[..end]
        .replace(" or ", ",")
        .replace(" and ", ",")
        .replace('/', ",");
    list.split(',')
        .map(|field| {
            let field = field.trim();
            let field = field.strip_prefix("a ").unwrap_or(field);
            field.strip_suffix(" or").unwrap_or(field).trim().to_owned()
        })
        .filter(|field| {
            field.len() > 2 && field != "a field such as" && field.split(' ').count() <= 3
        })
        .map(|field| field.trim_start_matches("field such as ").to_owned())
        .collect()
}

fn read_number(word: &str) -> Option<u32> {
    const WORDS: [(&str, u32); 13] = [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("twelve", 12),
        ("fifteen", 15),
        ("twenty", 20),
    ];
    let named = WORDS.iter().find(|(name, _)| *name == word);
    named
        .map(|(_, number)| *number)
        .or_else(|| word.parse().ok())
        .filter(|years| (1..=40).contains(years))
}

/// The sentence on one line, without its bullet, cut after so many words.
pub(super) fn shorten(sentence: &str) -> String {
    /// Enough to find the place again; the built-in profiles quote at most twelve words.
    const WORDS: usize = 16;
    let plain = sentence
        .trim()
        .trim_start_matches(['-', '*', '•', '·', '–', ' ']);
    let words: Vec<&str> = plain.split_whitespace().collect();
    if words.len() <= WORDS {
        return words.join(" ");
    }
    format!("{} …", words[..WORDS].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::advert::sentences;

    fn asked(text: &str) -> Vec<String> {
        let text = format!("Requirements:\n{text}\n");
        let mut asked = Asked::default();
        for sentence in sentences(&text) {
            asked.read("a", &text, &sentence);
        }
        asked
            .requirements()
            .iter()
            .map(|r| format!("{} {} {}", r.id(), r.weight(), r.wanted().describe()))
            .collect()
    }

    #[test]
    fn what_is_asked_is_read() {
        for (text, found) in [
            (
                "- 3+ years of experience in a warehouse",
                vec!["years 10 3 years of work"],
            ),
            (
                "- Two to five years of customer service experience",
                vec!["years-customer-service 10 2 years in customer service, better 5"],
            ),
            (
                "- 5 years of supervisory experience is a plus",
                vec!["years-management 5 5 years in management"],
            ),
            ("- founded 20 years ago", vec![]),
            (
                "- Bachelor's degree in nursing, public health or a related field",
                vec!["degree 8 bachelor in nursing, public health"],
            ),
            ("- High school diploma or GED", vec!["degree 8 highschool"]),
            (
                "- Associate or bachelor's degree preferred",
                vec!["degree 4 bachelor (associate accepted)"],
            ),
            (
                "- Forklift Operator certification",
                vec!["certificate 4 certificate: Forklift Operator"],
            ),
            (
                "- certifications are an asset",
                vec!["certificate 1 a certificate"],
            ),
        ] {
            assert_eq!(asked(text), found, "{text}");
        }
    }
}
