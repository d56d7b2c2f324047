//! Resumes that are there more than once.
//!
//! Two texts are the same resume when their words are, or nearly: case, punctuation, layout and file format do not matter, and a few
//! other words (a telephone number, a date, the employer's name in the summary) neither. What is compared is a simhash of the set of
//! pairs of neighbouring words (Charikar 2002, "Similarity estimation techniques from rounding algorithms", STOC), 128 bits a resume:
//! two sets differ in a share of the bits that grows with the angle between them. Pairs, because people of one profession share most of
//! their words, and few of their pairs. The first in the order of the inputs is the original; a resume is compared
//! with originals only, and belongs to the first of them that it is near.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Bits that may differ. 7 of 128 is the angle between sets of which about 98.5 % is common: five other words in a resume of 800.
/// Different people's resumes differ in 40 and more.
const NEAR: u32 = 7;

/// One more than [`NEAR`]: of so many blocks at least one is the same in both, so looking through those is enough.
const BLOCKS: usize = 8;
const BLOCK_BITS: usize = 128 / BLOCKS;

/// With fewer different pairs a single word moves too many bits; such texts have to have the same words in the same order.
const LEAST_PAIRS: usize = 50;

/// What a text is recognised by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TextPrint {
    /// A digest of its words in their order.
    Short(u64),
    /// The simhash of the set of its pairs of words.
    Long([u64; 2]),
}

impl TextPrint {
    /// `pairs` is a buffer.
    pub(super) fn of(text: &str, pairs: &mut Vec<u64>) -> Self {
        pairs.clear();
        let mut word = FNV_START;
        let mut before = FNV_START;
        let mut sequence = FNV_START;
        let mut end = |word: &mut u64| {
            if *word != FNV_START {
                sequence = (sequence ^ *word).wrapping_mul(FNV_PRIME);
                pairs.push(mix(before).wrapping_add(*word));
                before = std::mem::replace(word, FNV_START);
            }
        };
        for letter in text.chars() {
            if letter.is_ascii_alphanumeric() {
                word = fnv(word, letter.to_ascii_lowercase());
            } else if letter.is_alphanumeric() {
                word = letter.to_lowercase().fold(word, fnv);
            } else {
                end(&mut word);
            }
        }
        end(&mut word);
        pairs.sort_unstable();
        pairs.dedup();
        if pairs.len() < LEAST_PAIRS {
            TextPrint::Short(sequence)
        } else {
            TextPrint::Long(simhash(pairs))
        }
    }
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// Fowler–Noll–Vo, 1a: unlike the standard library's hashes it is the same in every release, which journals need.
fn fnv(hash: u64, letter: char) -> u64 {
    (hash ^ u64::from(letter)).wrapping_mul(FNV_PRIME)
}

/// The finalizer of splitmix64: every bit of the input moves half of the bits of the output, which FNV alone does not.
fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

fn simhash(pairs: &[u64]) -> [u64; 2] {
    let mut ones = [0u32; 128];
    for &pair in pairs {
        for (half, ones) in ones.chunks_exact_mut(64).enumerate() {
            let bits = mix(pair.wrapping_add(half as u64 + 1));
            for (bit, count) in ones.iter_mut().enumerate() {
                *count += (bits >> bit & 1) as u32;
            }
        }
    }
    let mut hash = [0; 2];
    for (bit, count) in ones.into_iter().enumerate() {
        if 2 * count as usize > pairs.len() {
            hash[bit / 64] |= 1 << (bit % 64);
        }
    }
    hash
}

/// The originals so far. Some 60 bytes and the name for each.
#[derive(Debug)]
pub(super) struct DuplicateFinder {
    /// Names, one after the other, and where each ends.
    names: String,
    ends: Vec<usize>,
    short: HashMap<u64, u32>,
    long: Vec<Long>,
    /// For each block and value the last of `long` that has it, counted from 1; 0 is none.
    last: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Long {
    simhash: [u64; 2],
    original: u32,
    /// For each block the one before in `long` with the same value, as in `last`.
    before: [u32; BLOCKS],
}

impl DuplicateFinder {
    pub(super) fn new() -> Self {
        Self {
            names: String::new(),
            ends: Vec::new(),
            short: HashMap::new(),
            long: Vec::new(),
            last: Vec::new(),
        }
    }

    /// The original that this text is a duplicate of; when there is none it becomes one itself.
    pub(super) fn original(&mut self, source: &str, print: TextPrint) -> Option<&str> {
        let found = match print {
            TextPrint::Short(words) => self.short.get(&words).copied(),
            TextPrint::Long(simhash) => self.nearest(simhash),
        };
        if let Some(found) = found {
            return Some(self.name(found));
        }
        // Past four thousand million originals nothing is remembered any more, and so nothing found.
        let original = u32::try_from(self.ends.len()).ok()?;
        self.names.push_str(source);
        self.ends.push(self.names.len());
        match print {
            TextPrint::Short(words) => {
                self.short.insert(words, original);
            }
            TextPrint::Long(simhash) => self.remember(simhash, original),
        }
        None
    }

    fn name(&self, original: u32) -> &str {
        let original = original as usize;
        let start = original
            .checked_sub(1)
            .map_or(0, |before| self.ends[before]);
        &self.names[start..self.ends[original]]
    }

    fn nearest(&self, simhash: [u64; 2]) -> Option<u32> {
        let mut first: Option<u32> = None;
        for block in 0..BLOCKS {
            let mut at = self.last.get(slot(simhash, block)).copied().unwrap_or(0);
            while let Some(long) = at.checked_sub(1).and_then(|at| self.long.get(at as usize)) {
                let apart: u32 = (0..2)
                    .map(|half| (long.simhash[half] ^ simhash[half]).count_ones())
                    .sum();
                if apart <= NEAR && first.is_none_or(|first| long.original < first) {
                    first = Some(long.original);
                }
                at = long.before[block];
            }
        }
        first
    }

    fn remember(&mut self, simhash: [u64; 2], original: u32) {
        self.last.resize(BLOCKS << BLOCK_BITS, 0);
        let number = self.long.len() as u32 + 1;
        let before = std::array::from_fn(|block| {
            std::mem::replace(&mut self.last[slot(simhash, block)], number)
        });
        self.long.push(Long {
            simhash,
            original,
            before,
        });
    }
}

/// Where in `last` a block's value stands.
fn slot(simhash: [u64; 2], block: usize) -> usize {
    let per_half = 64 / BLOCK_BITS;
    let value = simhash[block / per_half] >> (block % per_half * BLOCK_BITS);
    (block << BLOCK_BITS) | (value as usize & ((1 << BLOCK_BITS) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A resume of `words` different words of its own, beginning at `from`.
    fn text(from: usize, words: usize) -> String {
        (from..from + words).map(|n| format!("word{n} ")).collect()
    }

    /// The same words in another order.
    fn shuffled(words: usize) -> String {
        (0..words)
            .map(|n| format!("word{} ", n * 101 % words))
            .collect()
    }

    fn print(text: &str) -> TextPrint {
        TextPrint::of(text, &mut Vec::new())
    }

    #[test]
    fn layout_case_and_a_few_words_do_not_make_another_resume() {
        let original = text(0, 350);
        let shouted = original.to_uppercase().replace(' ', " •\n");
        let edited = original.replace("word17 ", "17 March ") + "updated";
        let table: [(&str, &str, Option<&str>); 10] = [
            ("original", &original, None),
            ("shouted", &shouted, Some("original")),
            ("edited", &edited, Some("original")),
            ("the same vocabulary", &shuffled(350), None),
            ("half another", &text(175, 350), None),
            ("another", &text(900, 350), None),
            ("short", "Processed payroll.", None),
            ("short again", "processed\tPAYROLL", Some("short")),
            ("short, other order", "payroll processed", None),
            ("short, another", "Processed invoices", None),
        ];
        let mut finder = DuplicateFinder::new();
        for (name, text, expected) in table {
            assert_eq!(finder.original(name, print(text)), expected, "{name}");
        }
    }

    #[test]
    fn looking_through_blocks_finds_what_looking_through_all_would() {
        let mut finder = DuplicateFinder::new();
        let mut all: Vec<[u64; 2]> = Vec::new();
        for n in 0..3000u64 {
            // Every third is near an earlier one, by up to 9 bits.
            let simhash = if n % 3 == 2 {
                let mut near = all[(mix(n) % all.len() as u64) as usize];
                for flip in 0..mix(n + 7) % 10 {
                    let bit = mix(n * 11 + flip) % 128;
                    near[(bit / 64) as usize] ^= 1 << (bit % 64);
                }
                near
            } else {
                [mix(2 * n + 1), mix(2 * n + 2)]
            };
            let apart =
                |a: &[u64; 2]| (a[0] ^ simhash[0]).count_ones() + (a[1] ^ simhash[1]).count_ones();
            let expected = all.iter().position(|a| apart(a) <= NEAR);
            let found = finder
                .original(&all.len().to_string(), TextPrint::Long(simhash))
                .map(str::to_owned);
            assert_eq!(found, expected.map(|at| at.to_string()));
            if expected.is_none() {
                all.push(simhash);
            }
        }
        assert!(all.len() < 2800, "{}", all.len());
    }
}
