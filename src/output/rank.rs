//! Who stands where: by score, best first; no score last; ties by source, then by the order of the inputs.

use std::cmp::Ordering;

use crate::report::Report;
use crate::score::Points;

/// What a rank is told by, with whatever is ranked.
#[derive(Clone, Debug)]
pub(super) struct Entry<T> {
    pub(super) score: Option<Points>,
    pub(super) source: String,
    /// Position among the inputs.
    at: u64,
    pub(super) value: T,
}

impl<T> Entry<T> {
    /// The entry's place beside another.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        // None is less than any score, so the reversed order puts it last.
        other
            .score
            .cmp(&self.score)
            .then_with(|| self.source.cmp(&other.source))
            .then(self.at.cmp(&other.at))
    }
}

/// A ranking in the making: all of it, or the best few.
#[derive(Debug)]
pub(super) struct Ranking<T> {
    entries: Vec<Entry<T>>,
    keep: usize,
    seen: u64,
}

impl<T> Ranking<T> {
    /// One that keeps everybody.
    #[cfg(feature = "files")]
    pub(super) fn all() -> Self {
        Self::best(usize::MAX)
    }

    /// One that keeps the best `keep`.
    pub(super) fn best(keep: usize) -> Self {
        Self {
            entries: Vec::new(),
            keep,
            seen: 0,
        }
    }

    pub(super) fn push(&mut self, report: &Report, value: T) {
        self.entries.push(Entry {
            score: report.score,
            source: report.source.clone(),
            at: self.seen,
            value,
        });
        self.seen += 1;
        // Twice as many before a cut: sorting then costs a logarithm an entry, not a search each.
        if self.entries.len() >= self.keep.saturating_mul(2).max(64) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        self.entries.sort_by(Entry::order);
        self.entries.truncate(self.keep);
    }

    /// The entries with their ranks, best first. Equal scores share a rank and the next rank counts them all: 1, 2, 2, 4. No score, no rank.
    pub(super) fn ranked(&mut self) -> Vec<(Option<u64>, &Entry<T>)> {
        self.cut();
        let mut ranked: Vec<(Option<u64>, &Entry<T>)> = Vec::with_capacity(self.entries.len());
        for (n, entry) in self.entries.iter().enumerate() {
            let rank = match ranked.last() {
                _ if entry.score.is_none() => None,
                Some((rank, before)) if before.score == entry.score => *rank,
                _ => Some(n as u64 + 1),
            };
            ranked.push((rank, entry));
        }
        ranked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(score: Option<u32>, source: &str, at: u64) -> Entry<()> {
        Entry {
            score: score.map(|score| Points::new(100, score)),
            source: source.to_owned(),
            at,
            value: (),
        }
    }

    #[test]
    fn ties_share_a_rank_and_no_score_has_none() {
        let entries = vec![
            entry(None, "a", 0),
            entry(Some(50), "d", 1),
            entry(Some(50), "c", 2),
            entry(Some(80), "z", 3),
            entry(Some(10), "b", 4),
        ];
        let mut ranking = Ranking {
            entries,
            keep: usize::MAX,
            seen: 5,
        };
        let told: Vec<(Option<u64>, &str)> = ranking
            .ranked()
            .iter()
            .map(|(rank, entry)| (*rank, entry.source.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (Some(1), "z"),
                (Some(2), "c"),
                (Some(2), "d"),
                (Some(4), "b"),
                (None, "a")
            ]
        );
    }
}
