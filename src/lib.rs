#![allow(dead_code)]
pub mod span;

pub mod error;

pub mod text;

pub mod taxonomy;

pub mod section;

mod matcher;

pub mod evidence;

mod fingerprint;

#[doc(hidden)]
pub mod dev;

pub use error::{Error, Result};
