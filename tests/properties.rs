//! What must hold for any text whatever, and for any labels.

use proptest::prelude::*;
use skillscreen::section::SectionFinder;
use skillscreen::taxonomy::Skill;
use skillscreen::text::NormalizedText;
use skillscreen::{JobProfile, Report, Screener, Taxonomy};

fn screener() -> &'static Screener {
    static SCREENER: std::sync::OnceLock<Screener> = std::sync::OnceLock::new();
    SCREENER.get_or_init(|| {
        Screener::new(
            &Taxonomy::builtin(),
            &JobProfile::builtin("csm").expect("csm is built in"),
        )
        .expect("it compiles")
    })
}

/// Texts of all kinds: arbitrary Unicode, and lines of what resumes are made of, glued with what glues them.
fn resume_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Supervised 12 agents",
        "resolved customers' complaints",
        "customers\u{e2}\u{20ac}\u{2122} needs",
        "processed payroll",
        "no experience with payroll",
        "Experience\n",
        "\nSkills\n",
        "Education\nB.A. Communication, 2009",
        "Jan 2010 to Current",
        "06/2012 – 08/2014",
        "Customer Service Manager",
        "reten-\ntion of customers",
        "cus\u{ad}tom\u{ad}er re\u{ad}ten\u{ad}tion",
        "Microsoft O\u{fb03}ce",
        "S K I L L S",
        "& ",
        "&amp;",
        "<li>ISO 9001</li>",
        "ï¼\u{200b}",
        "İstanbul",
        "\u{301}",
        "𝗟𝗲𝗮𝗱𝗲𝗿𝘀𝗵𝗶𝗽",
        "客服经理 ",
        "خدمة العملاء",
        "\r\n",
        "\u{c}",
        "• ",
        ", ",
        ". ",
        "'s ",
        "#CustomerService",
        "a.b.c. ",
        "C++",
        "1,900.5 ",
        "\u{fffd}",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(pieces, 0..30).prop_map(|pieces| pieces.concat()),
        (any::<String>(), prop::collection::vec(any::<char>(), 0..40))
            .prop_map(|(a, b)| a + "customer service " + &b.into_iter().collect::<String>()),
    ]
}

/// Slices every span of a report; panics when one is off a character boundary.
fn slice_all(text: &str, report: &Report) {
    for skill in &report.skills {
        for evidence in &skill.evidence {
            assert_eq!(&text[evidence.start..evidence.end], evidence.quote);
        }
    }
    for suppressed in &report.suppressed {
        assert_eq!(&text[suppressed.start..suppressed.end], suppressed.quote);
    }
    for quoted in report
        .requirements
        .iter()
        .flat_map(|requirement| &requirement.evidence)
    {
        assert_eq!(&text[quoted.start..quoted.end], quoted.quote);
    }
    for job in report.facts.jobs() {
        let _ = (&text[job.header().range()], &text[job.body().range()]);
    }
}

proptest! {

    #[test]
    fn every_span_slices_the_original_text(text in resume_text()) {
        let normalized = NormalizedText::new(&text);
        for n in 0..normalized.word_count() {
            prop_assert!(!text[normalized.word_span(n).range()].is_empty());
        }
        slice_all(&text, &screener().screen(&text));
    }

    #[test]
    fn normalization_is_idempotent(text in resume_text()) {
        let once = NormalizedText::new(&text);
        let twice = NormalizedText::new(once.folded());
        prop_assert_eq!(once.folded(), twice.folded());
    }

    #[test]
    fn parts_sum_exactly_to_the_score(text in resume_text()) {
        let report = screener().screen(&text);
        let skills: u32 = report.skills.iter().map(|skill| skill.points.units()).sum();
        let requirements: u32 = report.requirements.iter().map(|requirement| requirement.points.units()).sum();
        let categories: u32 = report.categories.iter().map(|category| category.points.units()).sum();
        prop_assert_eq!(report.score.map_or(0, |score| score.units()), skills + requirements);
        prop_assert_eq!(categories, skills);
        let weight: f64 = report.categories.iter().map(|category| category.weight).sum::<f64>()
            + report.requirements.iter().map(|requirement| requirement.weight).sum::<f64>();
        // A text that says nothing is not judged.
        let whole = if text.trim().is_empty() { 0.0 } else { 1.0 };
        prop_assert!((weight - whole).abs() < 1e-9);
        prop_assert_eq!(report.score.is_none(), text.trim().is_empty());
    }

    #[test]
    fn sections_cover_the_text(text in resume_text()) {
        let sections = SectionFinder::builtin().find(&text, &NormalizedText::new(&text));
        let mut end = 0;
        for section in &sections {
            prop_assert_eq!(section.span().start, end);
            prop_assert!(text.is_char_boundary(section.span().end));
            end = section.span().end;
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn repeating_a_line_never_raises_a_percent(
        lines in prop::collection::vec(prop::sample::select(vec![
            "Skills", "Experience", "Team Lead, Acme, 2010 - 2014", "Supervised 12 agents.", "Processed payroll weekly.",
            "Payroll, ISO 9001, Excel", "Resolved complaints of customers.", "Education", "B.A. in Marketing, 2009",
        ]), 1..12),
        which in any::<prop::sample::Index>(),
        times in 1usize..6,
    ) {
        let at = which.index(lines.len());
        // A heading or a job's header opens something new; what is repeated is a line of text.
        prop_assume!(lines[at].ends_with('.') || lines[at].contains("ISO"));
        let once = screener().screen(&lines.join("\n"));
        let mut repeated = lines.clone();
        for _ in 0..times {
            repeated.insert(at, lines[at]);
        }
        let many = screener().screen(&repeated.join("\n"));
        for skill in &many.skills {
            let before = once.skill(&skill.id).map_or(0.0, |skill| skill.percent);
            prop_assert!(skill.percent <= before, "{}: {} after {}", skill.id, skill.percent, before);
        }
    }

    #[test]
    fn adding_evidence_never_lowers_a_score(
        lines in prop::collection::vec(prop::sample::select(vec![
            "Supervised 12 agents.", "Processed payroll weekly.", "Resolved complaints of customers.", "Trained new hires.",
            "Prepared the department's budget.",
        ]), 0..5),
        more in prop::sample::select(vec!["Negotiated with vendors.", "Used Salesforce daily.", "Tracked stock levels.", "Hired 20 agents."]),
    ) {
        let base = format!("Experience\nTeam Lead, Acme, 2010 - 2014\n{}", lines.join("\n"));
        let score = |text: &str| screener().screen(text).score.map_or(0, |score| score.units());
        let longer = format!("{base}\n{more}");
        prop_assert!(score(&longer) >= score(&base));
    }

    /// The matcher against a search that a person can check by eye: every word of every label at every place.
    #[test]
    fn the_automaton_agrees_with_a_naive_search(
        labels in prop::collection::btree_set(prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..4), 1..6),
        text in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..40),
    ) {
        let mut taxonomy = Taxonomy::builder("t");
        let mut profile = JobProfile::builder("p");
        for (n, label) in labels.iter().enumerate() {
            taxonomy.skill(Skill::new(format!("s{n}"), label.join(" ")));
            profile.skill(format!("s{n}"), 1);
        }
        let screener = Screener::new(&taxonomy.build().unwrap(), &profile.build().unwrap()).unwrap();
        let report = screener.screen(&text.join(" "));
        for (n, label) in labels.iter().enumerate() {
            let found = report.skill(&format!("s{n}")).is_some();
            prop_assert_eq!(found, text.windows(label.len()).any(|words| words == &label[..]), "{:?} in {:?}", label, text);
        }
    }
}

/// Words with shared prefixes and suffixes, so that a match could start or end inside another.
const WORDS: [&str; 9] = ["a", "aa", "ab", "ba", "aba", "bab", "abab", "c++", "über"];
