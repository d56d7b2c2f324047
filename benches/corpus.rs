//! Texts and taxonomies to measure on: made up from a seed, so that every machine measures the same, and real texts where there are some.

#![allow(dead_code, reason = "each bench uses a part of it")]

use std::path::Path;

use skillscreen::Taxonomy;
use skillscreen::taxonomy::Skill;

/// Where real texts are looked for: a folder of `.txt` files.
pub const REAL_TEXTS: &str = "SKILLSCREEN_CORPUS";

/// SplitMix64: small, and the same numbers on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }

    /// Small numbers far more often than large ones, as words are used.
    fn rank(&mut self, end: usize) -> usize {
        let one = self.below(end) + 1;
        let two = self.below(one) + 1;
        self.below(two)
    }
}

const VERBS: [&str; 24] = [
    "Resolved",
    "Handled",
    "Managed",
    "Trained",
    "Processed",
    "Supervised",
    "Prepared",
    "Maintained",
    "Answered",
    "Improved",
    "Coordinated",
    "Reviewed",
    "Scheduled",
    "Greeted",
    "Led",
    "Documented",
    "Balanced",
    "Ordered",
    "Reported",
    "Monitored",
    "Helped",
    "Planned",
    "Met",
    "Wrote",
];
const OBJECTS: [&str; 30] = [
    "customer complaints",
    "a team of 12 agents",
    "inbound and outbound calls",
    "the weekly schedule",
    "payroll for the shop",
    "new hires",
    "billing questions",
    "cash drawers",
    "returns and refunds",
    "monthly reports",
    "the front desk",
    "email and chat",
    "sales targets",
    "the stock room",
    "service levels",
    "escalated issues",
    "vendor invoices",
    "accounts payable",
    "training material",
    "customer accounts in the CRM",
    "quality audits",
    "orders over the phone",
    "staff meetings",
    "safety rules",
    "daily deposits",
    "product displays",
    "spreadsheets in Excel",
    "the budget of the branch",
    "employee reviews",
    "data entry",
];
const TAILS: [&str; 16] = [
    "with care",
    "every day",
    "for three stores",
    "in a busy call center",
    "while keeping costs low",
    "and kept notes of each",
    "as part of a small team",
    "under tight deadlines",
    "for walk-in clients",
    "to raise satisfaction by 8%",
    "across two shifts",
    "without being asked",
    "in line with policy",
    "on time",
    "together with the manager",
    "from start to end",
];
const TITLES: [&str; 8] = [
    "Customer Service Manager",
    "Call Center Agent",
    "Shift Supervisor",
    "Office Clerk",
    "Store Manager",
    "Front Desk Agent",
    "Sales Associate",
    "Team Lead",
];
const SKILLS: [&str; 16] = [
    "Customer service",
    "Microsoft Excel",
    "Conflict resolution",
    "Payroll",
    "Time management",
    "Word",
    "CRM",
    "Typing",
    "Leadership",
    "Problem solving",
    "Cash handling",
    "Scheduling",
    "Inventory",
    "Communication",
    "Multi-tasking",
    "Filing",
];
const PLACES: [&str; 5] = [
    "Elm Ferry, OH",
    "Port Harlow, ME",
    "Dunmore Falls, OR",
    "Wexley, TX",
    "Saint Orrin, MN",
];

/// One resume of an invented person, some 4,000 bytes of it.
pub fn resume(random: &mut Random) -> String {
    let mut text = format!(
        "Person {}\n{}\nperson@example.com\n\nSummary\nDedicated {} with {} years of experience in customer service. ",
        random.below(10_000),
        random.of(&PLACES),
        random.of(&TITLES),
        2 + random.below(15),
    );
    for _ in 0..3 {
        sentence(random, &mut text);
        text.push(' ');
    }
    text.push_str("\n\nWork Experience\n");
    let mut year = 2019;
    for _ in 0..4 {
        let length = 1 + random.below(4);
        let (from, to) = (1 + random.below(12), 1 + random.below(12));
        let start = year - length;
        text += &format!(
            "{}, Example & Sons, {}\n{from:02}/{start} to {to:02}/{year}\n",
            random.of(&TITLES),
            random.of(&PLACES)
        );
        for _ in 0..9 {
            text.push_str("- ");
            sentence(random, &mut text);
            text.push('\n');
        }
        year = start;
    }
    text += &format!(
        "\nEducation\nB.A. in History, Example College, {}\n\nSkills\n",
        year - 1
    );
    for _ in 0..10 {
        text += &format!("{}, ", random.of(&SKILLS));
    }
    text.push_str("Spanish\n");
    text
}

fn sentence(random: &mut Random, text: &mut String) {
    *text += &format!(
        "{} {} {}.",
        random.of(&VERBS),
        random.of(&OBJECTS),
        random.of(&TAILS)
    );
}

/// So many resumes.
pub fn resumes(count: usize) -> Vec<String> {
    let mut random = Random::new(7);
    (0..count).map(|_| resume(&mut random)).collect()
}

/// The real texts, in the order of their names; `None`, said plainly, when there are none to measure on.
pub fn real_texts(most: usize) -> Option<Vec<String>> {
    let Some(folder) = std::env::var_os(REAL_TEXTS) else {
        eprintln!("{REAL_TEXTS} names no folder of texts: real texts are skipped");
        return None;
    };
    let mut paths: Vec<_> = std::fs::read_dir(Path::new(&folder))
        .expect("the folder of real texts can be read")
        .map(|entry| entry.expect("an entry of the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    paths.sort();
    // From all of the folder, not its beginning.
    let step = paths.len().div_ceil(most).max(1);
    let texts = paths.iter().step_by(step).map(|path| {
        let bytes = std::fs::read(path).expect("a text can be read");
        String::from_utf8_lossy(&bytes).into_owned()
    });
    Some(texts.collect())
}

/// A word of two to four syllables, always the same for the same number.
fn word(n: usize) -> String {
    const STARTS: [&str; 16] = [
        "b", "br", "c", "d", "f", "g", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "v",
    ];
    const MIDDLES: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
    const ENDS: [&str; 6] = ["", "n", "r", "l", "s", "m"];
    let mut random = Random::new(n as u64);
    let mut word = String::new();
    for _ in 0..2 + random.below(3) {
        word += random.of(&STARTS);
        word += random.of(&MIDDLES);
        word += random.of(&ENDS);
    }
    word
}

/// A taxonomy of so many labels, seven a skill as in ESCO: two to four words, some of them words of the resumes above.
pub fn taxonomy(labels: usize) -> Taxonomy {
    let mut random = Random::new(11);
    let vocabulary = 400 + labels / 4;
    let known: Vec<String> = VERBS
        .iter()
        .chain(&OBJECTS)
        .chain(&TAILS)
        .flat_map(|phrase| phrase.split(' '))
        .map(|word| word.to_lowercase().replace(['%', '-'], ""))
        .filter(|word| word.chars().all(|c| c.is_ascii_lowercase()))
        .collect();
    let mut builder = Taxonomy::builder("generated");
    let label = |random: &mut Random| {
        let words: Vec<String> = (0..2 + random.below(3))
            .map(|_| match random.below(3) {
                0 => known[random.below(known.len())].clone(),
                _ => word(random.rank(vocabulary)),
            })
            .collect();
        words.join(" ")
    };
    for n in 0..labels.div_ceil(7) {
        let mut skill = Skill::new(format!("skill-{n}"), label(&mut random));
        for _ in 1..7.min(labels - n * 7) {
            skill = skill.alternative(label(&mut random));
        }
        builder.skill(skill);
    }
    builder
        .build()
        .expect("a generated taxonomy holds together")
}
