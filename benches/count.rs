//! A driver for instruction counts: runs a fixed corpus through all stages once, each stage a function of its own.
//!
//! ```text
//! valgrind --tool=callgrind --toggle-collect='skillscreen::stages::Stages::*' <this bench> --bench
//! callgrind_annotate --inclusive=yes callgrind.out.* | grep stages::Stages
//! ```

mod corpus;

use skillscreen::stages::Stages;
use skillscreen::{JobProfile, Screener, Taxonomy};

fn main() {
    let profile = JobProfile::builtin("csm").expect("it is built in");
    let screener = Screener::new(&Taxonomy::builtin(), &profile).expect("what is built in fits");
    let texts = corpus::resumes(50);
    let mut stages = Stages::new(&screener);
    let mut shown = 0;
    for text in &texts {
        stages.normalize(text);
        stages.sections(text);
        stages.matches();
        stages.evidence();
        stages.facts(text);
        stages.score();
        shown += stages.report(text).map_or(0, |report| report.skills.len());
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} texts, {bytes} bytes, {shown} skills shown", texts.len());
    assert!(shown > texts.len());
}
