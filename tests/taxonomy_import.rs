//! The samples of other taxonomies are imported with nothing lost in silence, and three adverts of other jobs become profiles.
#![cfg(feature = "exchange")]

use skillscreen::draft::Drafter;
use skillscreen::exchange::{Form, ImportOptions, Imported, import};
use skillscreen::lint::{Linter, Severity};
use skillscreen::{Screener, Taxonomy};

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn sample(name: &str) -> Imported {
    let text = read(&format!("taxonomies/{name}"));
    import(
        name,
        &text,
        Form::guess(name, &text),
        &ImportOptions::default(),
    )
    .unwrap()
}

#[test]
fn samples_of_other_taxonomies_are_imported() {
    for (name, skills, id) in [
        ("esco-sample.csv", 32, "ruby-computer-programming"),
        ("onet-sample.txt", 10, "salesforce-software"),
        ("warehouse.txt", 14, "cycle-counting"),
        ("nursing.txt", 15, "wound-care"),
        ("front-end.json", 26, "typescript"),
    ] {
        let imported = sample(name);
        assert_eq!(imported.skills, skills, "{name}");
        assert!(imported.taxonomy.skill(id).is_some(), "{name}: {id}");
    }
}

#[test]
fn what_escos_labels_needed_is_counted() {
    let told: Vec<String> = sample("esco-sample.csv")
        .changes
        .iter()
        .map(|(change, changed)| format!("{change}: {}", changed.count))
        .collect();
    assert!(
        told.iter()
            .any(|line| line.starts_with("written with gaps for parentheses")),
        "{told:?}"
    );
}

#[test]
fn adverts_of_other_jobs_become_profiles() {
    for (advert, taxonomy, essential, requirement) in [
        (
            "warehouse-supervisor",
            "warehouse.txt",
            "forklift-operation",
            "years-management",
        ),
        (
            "registered-nurse",
            "nursing.txt",
            "medication-administration",
            "degree",
        ),
        (
            "front-end-developer",
            "front-end.json",
            "typescript",
            "years",
        ),
    ] {
        let taxonomy = sample(taxonomy).taxonomy;
        let text = read(&format!("adverts/{advert}.txt"));
        let mut drafter = Drafter::new(&taxonomy).unwrap();
        drafter.read(advert, &text);
        let draft = drafter.finish(advert, advert);
        let toml = draft.to_toml();
        let profile = draft.profile().unwrap();
        assert!(profile.skill(essential).is_some(), "{advert}: {essential}");
        let asked: Vec<&str> = profile.requirements().iter().map(|r| r.id()).collect();
        assert!(asked.contains(&requirement), "{advert}: {asked:?}");
        // Every quote stands in the advert.
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        for skill in &draft.skills {
            assert!(
                words(&text).contains(&skill.quote.text),
                "{advert}: {:?}",
                skill.quote.text
            );
        }
        let mut linter = Linter::new();
        linter.profile_toml("job.toml", &toml, &taxonomy);
        let report = linter.finish();
        assert!(
            report.count(Severity::Error) == 0,
            "{advert}: {:?}",
            report.findings
        );
        assert!(Screener::new(&taxonomy, &profile).is_ok());
    }
}

#[test]
fn candidates_lie_over_the_taxonomy_they_were_mined_with() {
    let taxonomy = sample("nursing.txt").taxonomy;
    let mut drafter = Drafter::new(&taxonomy).unwrap();
    drafter.read("advert", &read("adverts/registered-nurse.txt"));
    let overlay = drafter.finish("nurse", "Nurse").candidates_toml();
    let base = skillscreen::exchange::export(&taxonomy, Form::Toml).unwrap();
    let both = [
        ("base.toml", base.as_str()),
        ("candidates.toml", overlay.as_str()),
    ];
    let grown = Taxonomy::from_toml_parts(&both).unwrap();
    assert!(grown.skills().len() > taxonomy.skills().len());
}
