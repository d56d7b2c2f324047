//! Damaged files: whatever is changed in a sound one, reading it ends, with a document or with a status.

use crate::samples;
use skillscreen::document::{Limits, Status, extract};
use std::time::{Duration, Instant};

/// A linear congruential generator (Knuth's MMIX numbers): the same damage in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

/// Changes of a byte, cuts, repeats and swaps: what transfers and hands do to files.
fn damage(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + dice.roll(6) {
        if bytes.is_empty() {
            break;
        }
        let at = dice.roll(bytes.len());
        let end = (at + 1 + dice.roll(32)).min(bytes.len());
        match dice.roll(6) {
            0 => bytes[at] = dice.roll(256) as u8,
            1 => bytes[at] ^= 1 << dice.roll(8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            4 => bytes[at..end].fill(*[0, 0xff, b'9', b'<', b'{', b'('].get(dice.roll(6)).unwrap()),
            _ => bytes.truncate(at.max(bytes.len() / 2)),
        }
    }
    bytes
}

// 300 a format: some seconds without optimization; the fuzz targets go further.
const ROUNDS: usize = 300;

/// Reads damaged versions of `sound` and gives how many had text.
fn read_damaged(name: &str, sound: &[u8], wrap: impl Fn(Vec<u8>) -> Vec<u8>) -> usize {
    let limits = Limits::default();
    let mut dice = Dice(20_260_101);
    let mut read = 0;
    for round in 0..ROUNDS {
        let damaged = wrap(damage(sound, &mut dice));
        let start = Instant::now();
        match extract(&damaged, &limits) {
            Ok(_) => read += 1,
            Err(error) => assert_ne!(
                error.status(),
                Status::Crashed,
                "{name}, round {round}: {error}"
            ),
        }
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "{name}, round {round}"
        );
    }
    read
}

#[test]
fn damaged_files_end_with_a_status() {
    for (format, sound) in samples::all() {
        let read = read_damaged(format.as_str(), &sound, |bytes| bytes);
        // Were all refused, the damage would have tested nothing but the first look. Archives have checksums
        // and seldom survive; their XML is damaged below.
        assert!(read > 0, "{format}");
    }
}

#[test]
fn damaged_xml_ends_with_a_status() {
    for (name, sound) in samples::document_parts() {
        let read = read_damaged(name, &sound, |xml| samples::zip_of(&[(name, &xml)]));
        assert!(read * 20 > ROUNDS, "{name}: {read} of {ROUNDS} read");
    }
}
