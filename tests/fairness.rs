//! Nothing about the person moves a score: names, pronouns, addresses, birth dates, schools, photos.
//!
//! Each resume of `fixtures/resumes` that is text is screened as it is and with every swap below; score, skills, percentages and
//! requirements must be the same to the last digit.

use std::path::Path;

use skillscreen::{JobProfile, Report, Screener, Taxonomy};

fn screener() -> Screener {
    Screener::builder()
        .as_of("2020-01".parse().unwrap())
        .build(&Taxonomy::builtin(), &JobProfile::builtin("csm").unwrap())
        .unwrap()
}

fn resumes() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/resumes");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let texts: Vec<(String, String)> = files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .filter_map(|path| {
            let text = std::fs::read_to_string(&path).ok()?;
            (!text.trim().is_empty()).then(|| {
                (
                    path.file_stem().unwrap().to_string_lossy().into_owned(),
                    text,
                )
            })
        })
        .collect();
    assert!(texts.len() >= 12, "only {} texts", texts.len());
    texts
}

/// All of a report that ranks or explains, without places in the text.
fn essence(report: &Report) -> String {
    let skills: Vec<String> = report
        .skills
        .iter()
        .map(|skill| {
            format!(
                "{} {} {} {}",
                skill.id,
                skill.percent,
                skill.points.units(),
                skill.occurrences
            )
        })
        .collect();
    let requirements: Vec<String> = report
        .requirements
        .iter()
        .map(|requirement| {
            format!(
                "{} {:?} {}",
                requirement.id,
                requirement.status,
                requirement.points.units()
            )
        })
        .collect();
    format!(
        "{:?}\n{}\n{}",
        report.score.map(|score| score.units()),
        skills.join("\n"),
        requirements.join("\n")
    )
}

/// The first line, where the name stands, replaced.
fn with_name(text: &str, name: &str) -> String {
    match text.split_once('\n') {
        Some((_, rest)) => format!("{name}\n{rest}"),
        None => text.to_owned(),
    }
}

/// Names of many origins, and names that are also words for skills, languages or trades.
const NAMES: [&str; 20] = [
    "Emily Walsh",
    "Lakisha Washington",
    "Jamal Robinson",
    "Greg Baker",
    "María José García",
    "Wei Zhang",
    "Nguyễn Thị Lan",
    "Aisha al-Rashid",
    "Олена Коваленко",
    "王小明",
    "محمد علي",
    "Priya Raghunathan",
    "Ruby Sales",
    "Julia French",
    "Sage Jenkins",
    "Grant Case",
    "Crystal Page",
    "Chase Banks",
    "Penny Price",
    "O",
];

#[test]
fn names_move_nothing() {
    let screener = screener();
    for (id, text) in resumes() {
        let plain = essence(&screener.screen(&with_name(&text, "Pat Doe")));
        for name in NAMES {
            assert_eq!(
                essence(&screener.screen(&with_name(&text, name))),
                plain,
                "{id} as {name}"
            );
        }
    }
}

#[test]
fn lines_about_the_person_move_nothing() {
    let screener = screener();
    let lines = [
        "12 Service Road, Tulsa, OK 74101",
        "1800 Call Center Drive, Apt 4, Plano TX 75001",
        "Flat 3, 9 Excel Street, London E16",
        "Lagos, Nigeria",
        "Born 14 March 1958",
        "Date of birth: 02/11/1999",
        "Age: 61",
        "Gender: female",
        "Pronouns: they/them",
        "Nationality: Mexican",
        "Marital status: married, two children",
        "Religion: Hindu",
        "Photo: attached",
        "Phone: +44 20 7946 0958",
        "payroll.manager@example.com",
        "https://www.example.com/customer-service/crm",
    ];
    for (id, text) in resumes() {
        let plain = essence(&screener.screen(&with_name(&text, "Pat Doe\nTulsa")));
        for line in lines {
            let changed = with_name(&text, &format!("Pat Doe\n{line}"));
            assert_eq!(
                essence(&screener.screen(&changed)),
                plain,
                "{id} with {line:?}"
            );
        }
    }
}

#[test]
fn pronouns_move_nothing() {
    let screener = screener();
    let letter = |he: &str, his: &str, him: &str| {
        format!(
            "Recommendation\n{he} supervised 12 agents and improved {his} team's response time; customers thanked {him}."
        )
    };
    let plain = essence(&screener.screen(&letter("He", "his", "him")));
    for (he, his, him) in [
        ("She", "her", "her"),
        ("They", "their", "them"),
        ("Xe", "xyr", "xem"),
    ] {
        assert_eq!(
            essence(&screener.screen(&letter(he, his, him))),
            plain,
            "{he}"
        );
    }
}

#[test]
fn schools_move_nothing() {
    let screener = screener();
    let resume = |school: &str| {
        format!(
            "Pat Doe\nExperience\nCustomer Service Supervisor, Acme, 2010 - 2015\nSupervised 12 agents and handled payroll.\n\
             Education\n{school}\nBachelor of Science in Business Administration, 2009"
        )
    };
    let plain = essence(&screener.screen(&resume("Ohio State University")));
    for school in [
        "Howard University",
        "Harvard University",
        "Wellesley College",
        "Universidad de Guadalajara",
        "University of Management and Technology, Lahore",
        "Communication Arts College",
        "Excel Leadership Academy",
        "Customer Service Institute",
    ] {
        assert_eq!(
            essence(&screener.screen(&resume(school))),
            plain,
            "{school}"
        );
    }
}

#[test]
fn the_year_of_graduation_moves_nothing() {
    let screener = screener();
    let resume = |year: u32| {
        format!(
            "Experience\nCustomer Service Supervisor, Acme, 2010 - 2015\nSupervised 12 agents.\n\
             Education\nBachelor of Arts in Marketing, {year}"
        )
    };
    let plain = essence(&screener.screen(&resume(2009)));
    for year in [1965, 1979, 1989, 1999, 2018] {
        assert_eq!(essence(&screener.screen(&resume(year))), plain, "{year}");
    }
}
