#![allow(dead_code)]
pub mod span;

pub mod error;

pub mod taxonomy;

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

pub mod output;

pub mod eval;

mod fingerprint;

pub use error::{Error, ErrorKind, Result};
pub use profile::JobProfile;
pub use report::Report;
pub use screener::{Scratch, Screener, ScreenerBuilder};
pub use span::Span;
pub use taxonomy::Taxonomy;
