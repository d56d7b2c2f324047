#![allow(dead_code)]
pub mod span;

pub mod error;

pub mod text;
