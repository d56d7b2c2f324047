//! A small pool that nobody is in: three skills, four resumes, one file that cannot be read.

use skillscreen::batch::{Batch, BatchSummary, Input, Screened};
use skillscreen::document::Status;
use skillscreen::facts::Degree;
use skillscreen::output::Output;
use skillscreen::profile::{Area, Importance, Requirement};
use skillscreen::taxonomy::Skill;
use skillscreen::{JobProfile, Screener, Taxonomy};

/// Screens for a clerk.
pub fn screener() -> Screener {
    screener_named("Clerk", "Payroll")
}

/// The same with other words for the profile and a skill.
pub fn screener_named(profile: &str, skill: &str) -> Screener {
    let mut taxonomy = Taxonomy::builder("office");
    taxonomy
        .category("money", skill)
        .category("people", "People");
    taxonomy.skill(Skill::new("payroll", "payroll").in_category("money"));
    taxonomy.skill(Skill::new("data-entry", "data entry").in_category("money"));
    taxonomy.skill(
        Skill::new("mentoring", "mentoring")
            .alternative("coached")
            .in_category("people"),
    );
    let taxonomy = taxonomy.build().unwrap();
    let mut job = JobProfile::builder("clerk");
    job.label(profile)
        .skill_with("payroll", 3, Importance::Essential)
        .skill("mentoring", 1)
        .requirement(Requirement::degree("degree", Degree::Associate).points(20))
        .requirement(Requirement::years("years", Area::Overall, 2, 4).points(10))
        .benchmark("payroll", 6.0, skill);
    Screener::new(&taxonomy, &job.build().unwrap()).unwrap()
}

/// The resumes and the file.
pub fn inputs() -> Vec<Input> {
    let ada = "Ada Example\n\nExperience\nClerk, Acme Ltd, January 2015 to March 2019\nRan payroll for 40 people. Coached two juniors.\n\n\
               Education\nAssociate degree in Accounting\n\nSkills\nPayroll, data entry";
    let bo = "Bo Example\n\nExperience\nClerk, January 2016 to June 2018\nPayroll and data entry.";
    let di = "Di Example\n\nSummary\nNo experience with payroll. Eager to learn mentoring.";
    vec![
        Input::text("people/bo.txt", bo),
        Input::text("people/ada.txt", ada),
        Input::unreadable(
            "people/cy.pdf",
            Status::Corrupt,
            "the cross-reference table is damaged",
        ),
        Input::text("people/bo2.txt", bo),
        Input::text("people/di, \"the\" one.txt", di),
    ]
}

/// Screens on one thread into an output.
pub fn run(screener: &Screener, inputs: Vec<Input>, output: &mut dyn Output) -> BatchSummary {
    let mut batch = Batch::new(screener);
    let summary = batch
        .jobs(1)
        .run(inputs, |screened| output.write(&screened))
        .unwrap();
    output.finish(&summary).unwrap();
    summary
}

/// The pool in a format.
pub fn written<O: Output>(mut output: O, into_inner: fn(O) -> Vec<u8>) -> String {
    run(&screener(), inputs(), &mut output);
    String::from_utf8(into_inner(output)).unwrap()
}

/// The pool's results.
pub fn screened(screener: &Screener) -> Vec<Screened> {
    let mut all = Vec::new();
    Batch::new(screener)
        .jobs(1)
        .run(inputs(), |screened| {
            all.push(screened);
            Ok(())
        })
        .unwrap();
    all
}
