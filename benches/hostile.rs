//! Texts made to be slow: twice the text must not take more than 2.3 times as long. Prints a table and fails when one does.

mod corpus;

use std::time::{Duration, Instant};

use skillscreen::taxonomy::Skill;
use skillscreen::{JobProfile, Scratch, Screener, Taxonomy};

/// 2 is linear; the rest is for caches that the longer text no longer fits.
const MOST: f64 = 2.3;

/// Times are the best of so many.
const ROUNDS: usize = 4;

/// Shorter times are those of caches and of memory fetched for the first time, not of the work done.
const SHORTEST: Duration = Duration::from_millis(50);

fn builtin() -> Screener {
    let profile = JobProfile::builtin("csm").expect("it is built in");
    Screener::new(&Taxonomy::builtin(), &profile).expect("what is built in fits")
}

/// Labels a, aa, aaa … and "a a", "a a a" …: every one ends wherever another does.
fn many_a() -> Screener {
    let mut taxonomy = Taxonomy::builder("a");
    for n in 1..=64 {
        taxonomy.skill(Skill::new(format!("run-{n}"), "a".repeat(n)));
    }
    for n in 2..=16 {
        taxonomy.skill(Skill::new(format!("words-{n}"), vec!["a"; n].join(" ")));
    }
    let mut profile = JobProfile::builder("a");
    profile.skill("run-1", 1);
    let taxonomy = taxonomy.build().expect("it holds together");
    Screener::new(&taxonomy, &profile.build().expect("one skill")).expect("it fits")
}

fn main() {
    // Under `cargo test --benches` once is enough, with short texts: times say nothing in an unoptimized build.
    let timed = std::env::args().any(|argument| argument == "--bench");
    let mebibyte = if timed { 1 << 20 } else { 1 << 12 };
    let (builtin, many_a) = (builtin(), many_a());
    // The repeated text and its length in MiB at the larger size: 10 where the issue says so, less where there is much to report.
    let cases: Vec<(&str, &Screener, &str, usize)> = vec![
        ("labels a, aa, …: one word of a's", &many_a, "a", 10),
        ("labels a, aa, …: a a a …", &many_a, "a ", 1),
        ("labels a, aa, …: spaced capitals", &many_a, "A ", 2),
        ("one word", &builtin, "customer", 10),
        ("one known word", &builtin, "customer ", 10),
        ("a million candidates", &builtin, "customer service ", 16),
        ("one skill again and again", &builtin, "Payroll. ", 10),
        ("one skill in one clause", &builtin, "payroll ", 4),
        (
            "negations",
            &builtin,
            "no experience with payroll without ",
            4,
        ),
        (
            "negations, each a sentence",
            &builtin,
            "No experience with payroll. ",
            4,
        ),
        (
            "wishes and uses",
            &builtin,
            "looking for a job where I can use payroll skills ",
            4,
        ),
        ("names that swallow", &builtin, "stress management, ", 4),
        ("names of firms", &builtin, "Teamwork Drayage LLC ", 4),
        (
            "rules with neighbours",
            &builtin,
            "I excel in Excel, lead, ",
            2,
        ),
        ("dates", &builtin, "01/2010 to 02/2011 ", 10),
        ("years", &builtin, "2010 - 2012\n", 4),
        (
            "jobs",
            &builtin,
            "Shop Manager, 01/2010 to 02/2011\n- Processed payroll.\n",
            4,
        ),
        ("headings", &builtin, "Skills\n", 4),
        (
            "headings of jobs",
            &builtin,
            "Experience\nManager 2010 to 2012\n",
            4,
        ),
        (
            "headings in one line",
            &builtin,
            "Skills: Typing Education Work Experience Manager ",
            4,
        ),
        ("degrees", &builtin, "Education\nB.A. in History\n", 4),
        (
            "certificates",
            &builtin,
            "Certifications\nCertified Cook, CPR\n",
            4,
        ),
        ("languages", &builtin, "fluent in Spanish and French, ", 4),
        (
            "claims",
            &builtin,
            "10 years of customer service experience, ",
            4,
        ),
        ("teams", &builtin, "led a team of 12 agents, ", 4),
        ("addresses", &builtin, "a@b.example/c", 8),
        ("hyphens at line ends", &builtin, "cus-\ntomer ", 8),
        ("hyphens and spaces", &builtin, "a-          ", 8),
        ("open tags", &builtin, "<", 8),
        ("ampersands", &builtin, "&", 8),
        ("accents", &builtin, "a\u{301}", 8),
        (
            "script without spaces",
            &builtin,
            "\u{5ba2}\u{6237}\u{670d}",
            4,
        ),
        ("mojibake", &builtin, "â€™", 4),
        ("white space", &builtin, " \n\t", 10),
    ];
    let only = std::env::args()
        .nth(1)
        .filter(|argument| !argument.starts_with('-'));
    let mut slow = Vec::new();
    println!("{:<36} {:>9} {:>9} {:>6}", "text", "n", "2n", "ratio");
    for (name, screener, unit, size) in cases {
        if only
            .as_ref()
            .is_some_and(|only| !name.contains(only.as_str()))
        {
            continue;
        }
        let long = unit.repeat((size * mebibyte / unit.len()).max(2));
        let half = &long[..long.len() / unit.len() / 2 * unit.len()];
        let mut scratch = Scratch::default();
        let mut best = [Duration::MAX; 2];
        for _ in 0..if timed { ROUNDS } else { 1 } {
            for (text, best) in [half, &long].into_iter().zip(&mut best) {
                let start = Instant::now();
                let report = screener.screen_with(&mut scratch, name, text);
                *best = start.elapsed().min(*best);
                assert!(
                    report
                        .sections
                        .iter()
                        .all(|section| section.end <= text.len())
                );
            }
        }
        let ratio = best[1].as_secs_f64() / best[0].as_secs_f64();
        println!(
            "{name:<36} {:>6} ms {:>6} ms {ratio:>6.2}",
            best[0].as_millis(),
            best[1].as_millis()
        );
        if timed && ratio > MOST && best[1] > SHORTEST {
            slow.push(name);
        }
    }
    assert!(slow.is_empty(), "more than linear: {slow:?}");
}
