//! Screens resumes: which skills they show, how strongly, and how well they fit a job. Every point of a score is explained by a quote
//! with its exact place in the text, and the same bytes in give the same bytes out.
//!
//! ```
//! use skillscreen::taxonomy::Skill;
//! use skillscreen::{JobProfile, Screener, Taxonomy};
//!
//! let mut taxonomy = Taxonomy::builder("office");
//! taxonomy
//!     .skill(Skill::new("payroll", "Payroll").described("process~ {0,2} timesheet~"))
//!     .skill(Skill::new("training", "Staff training").described("train~ {0,3} staff|agent~"))
//!     .skill(Skill::new("excel", "Excel"));
//! let mut profile = JobProfile::builder("clerk");
//! profile.skill("payroll", 3).skill("training", 2).skill("excel", 1);
//! let screener = Screener::new(&taxonomy.build()?, &profile.build()?)?;
//! let report = screener.screen("Trained 12 new agents. No experience with payroll.");
//! assert_eq!(report.skill("training").unwrap().evidence[0].quote, "Trained 12 new agents");
//! assert!(report.skill("payroll").is_none());
//! # Ok::<(), skillscreen::Error>(())
//! ```
//!
//! A taxonomy and profiles for the customer service manager's job are built in: [`Taxonomy::builtin`], [`JobProfile::builtin`].
//!
//! # How a resume becomes a report
//!
//! Each stage uses only those before it; [`Screener::screen_with`] is the same list as code.
//!
//! 1. [`taxonomy`]: what skills exist, under which names; [`profile`]: what one job asks for. Built once, shared by all threads.
//! 2. [`document`]: plain text out of a file, hidden text apart.
//! 3. [`text`]: equal things made equal, each word with its place in the original.
//! 4. [`section`]: experience, education, skills and so on, covering the text end to end.
//! 5. matcher: one Aho-Corasick pass over the words of all patterns, then each pattern verified around its rarest word.
//! 6. [`evidence`]: what the resume claims of each skill; what does not count is kept with its reason.
//! 7. [`facts`]: dated jobs, degree, certificates, years.
//! 8. [`score`]: parts that sum exactly to the whole, in integers.
//! 9. [`report`]: an owned record of one screening, with fingerprints of all that it was made with.
//! 10. [`batch`]: many resumes in parallel, in a stable order; [`output`]: JSON, CSV, HTML and other forms; [`eval`]: figures
//!     against labels.
//!
//! # What it does not do
//!
//! It does not learn, guess or call anything: no model, no network, no clock. It rejects nobody: it ranks and explains, people decide.
//! Names, gender, age, addresses and photos move no score; tests prove it. It reads English; other languages as far as they name
//! products. A scanned page has no text to read.
//!
//! # Crate features
//!
//! None is on by default; each only adds.
//!
//! - `cli`: the program `skillscreen`, with every document format and worker processes.
//! - `pdf`, `docx`, `doc`, `odt`, `rtf`, `html`: these document formats in [`document::extract`]; plain text is always read.
//! - `encodings`: text in other encodings than UTF-8, detected.
//! - `isolate`: worker processes that read documents of strangers, [`document`]'s `pool`.
//! - `files`: output files that are there in full or not at all, and JSON of whole batches.
//! - `page`: the report as one HTML page.
//! - `arrow`: columns of texts in, columns of results out, for data frames and query engines; Parquet.
//! - `python`: the Python package `skillscreen`, built by maturin: the library with every document format, and Arrow columns without a
//!   copy.
//! - `full`: the program with everything.

#![warn(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod span;

pub mod error;

pub mod taxonomy;

#[cfg(feature = "exchange")]
pub mod exchange;

pub mod profile;

pub mod document;

pub mod text;

pub mod section;

mod matcher;

pub mod evidence;

pub mod facts;

pub mod score;

pub mod report;

mod screener;

pub mod batch;

#[cfg(feature = "arrow")]
pub mod arrow;

pub mod output;

pub mod eval;

pub mod lint;

pub mod diff;

pub mod draft;

mod reading;

mod word_list;

mod fingerprint;

#[cfg(feature = "python")]
mod python;

#[doc(hidden)]
pub mod stages;

/// `data/taxonomy`, compiled by `src/build.rs`.
const BUILTIN_TAXONOMY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/taxonomy"));

pub use error::{Error, ErrorKind, Result};
pub use profile::JobProfile;
pub use report::Report;
pub use screener::{Scratch, Screener, ScreenerBuilder};
pub use span::Span;
pub use taxonomy::Taxonomy;
