//! Whole columns: cut where the engine cut them, scored by as many threads as wanted.

use arrow_array::{Array, ArrayRef, StructArray};
use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Result};
use crate::screener::{Scratch, Screener};

use super::score_array;

/// Rows scored as one when there is one thread: no engine's batch is cut, and 20 kB of results a row still fit one column.
const PIECE: usize = 65_536;

/// Rows scored as one when there are more threads: small enough that none of them waits long for the last.
const SHARED_PIECE: usize = 1024;

/// Scores a column that lies in chunks; `ids` may be cut in other places. The results are in the order of the rows, in chunks of their own.
///
/// `threads` is 1 where the engine runs the function in parallel itself; 0 means one a core.
///
/// # Errors
///
/// As [`score_array`], and when the threads cannot be started.
pub fn score_chunks(
    screener: &Screener,
    texts: &[ArrayRef],
    ids: Option<&[ArrayRef]>,
    threads: usize,
) -> Result<Vec<StructArray>> {
    let most = if threads == 1 { PIECE } else { SHARED_PIECE };
    let pieces = pieces(texts, ids, most)?;
    let score = |scratch: &mut Scratch, (texts, ids): &Piece| {
        score_array(screener, scratch, texts, ids.as_deref())
    };
    if threads == 1 {
        let mut scratch = Scratch::default();
        return pieces
            .iter()
            .map(|piece| score(&mut scratch, piece))
            .collect();
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| Error::new(ErrorKind::Io, "cannot start the threads").caused_by(error))?;
    pool.install(|| {
        pieces
            .par_iter()
            .map_init(Scratch::default, score)
            .collect()
    })
}

type Piece = (ArrayRef, Option<ArrayRef>);

/// Slices of at most `most` rows that end where either column's chunks end.
fn pieces(texts: &[ArrayRef], ids: Option<&[ArrayRef]>, most: usize) -> Result<Vec<Piece>> {
    let rows = |chunks: &[ArrayRef]| chunks.iter().map(|chunk| chunk.len()).sum::<usize>();
    if let Some(ids) = ids
        && rows(ids) != rows(texts)
    {
        let message = format!("{} texts, but {} ids", rows(texts), rows(ids));
        return Err(Error::new(ErrorKind::Input, message));
    }
    let mut pieces = Vec::new();
    let mut rest = ids.map(|ids| Cut { chunks: ids, at: 0 });
    for chunk in texts {
        let mut at = 0;
        while at < chunk.len() {
            let wanted = most.min(chunk.len() - at);
            let ids = rest.as_mut().and_then(|rest| rest.next(wanted));
            let length = ids.as_ref().map_or(wanted, |ids| ids.len());
            pieces.push((chunk.slice(at, length), ids));
            at += length;
        }
    }
    Ok(pieces)
}

/// Chunks that are cut off from the front.
struct Cut<'a> {
    chunks: &'a [ArrayRef],
    at: usize,
}

impl Cut<'_> {
    /// The next rows of one chunk, at most `most`; `None` when there are no more.
    fn next(&mut self, most: usize) -> Option<ArrayRef> {
        while self.chunks.first()?.len() == self.at {
            self.chunks = &self.chunks[1..];
            self.at = 0;
        }
        let chunk = self.chunks.first()?;
        let length = most.min(chunk.len() - self.at);
        let piece = chunk.slice(self.at, length);
        self.at += length;
        Some(piece)
    }
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;
    use std::sync::Arc;

    use arrow_array::cast::AsArray;
    use arrow_array::{Int32Array, StringArray};

    use super::*;
    use crate::arrow::tests::screener;

    fn sources(results: &[StructArray]) -> Vec<String> {
        results
            .iter()
            .flat_map(|chunk| {
                chunk
                    .column(0)
                    .as_string::<i32>()
                    .iter()
                    .flatten()
                    .map(str::to_owned)
            })
            .collect()
    }

    #[test]
    fn chunks_of_texts_and_ids_need_not_match() {
        let texts = ["payroll", "budgets", "hiring", "training", "coaching"];
        let column = |lengths: &[usize]| -> Vec<ArrayRef> {
            let all = StringArray::from_iter_values(texts);
            let mut at = 0;
            lengths
                .iter()
                .map(|length| {
                    at += length;
                    Arc::new(all.slice(at - length, *length)) as ArrayRef
                })
                .collect()
        };
        let screener = screener();
        for lengths in [&[5][..], &[0, 2, 0, 3], &[1, 1, 1, 2, 0]] {
            for id_lengths in [&[5][..], &[3, 2], &[0, 1, 0, 4]] {
                for threads in [1, 2] {
                    let ids = column(id_lengths);
                    let results =
                        score_chunks(&screener, &column(lengths), Some(&ids), threads).unwrap();
                    assert_eq!(sources(&results), texts);
                }
            }
        }
        assert!(score_chunks(&screener, &[], None, 1).unwrap().is_empty());
        let short = column(&[4]);
        let error = score_chunks(&screener, &column(&[5]), Some(&short), 1).unwrap_err();
        assert_eq!(error.to_string(), "5 texts, but 4 ids");
    }

    #[test]
    fn threads_change_nothing() {
        let rows = 2 * SHARED_PIECE + 1;
        let texts: ArrayRef = Arc::new(StringArray::from_iter_values(
            (0..rows).map(|n| format!("processed payroll {n}")),
        ));
        let ids: ArrayRef = Arc::new(Int32Array::from_iter_values(0..rows as i32));
        let screener = screener();
        let run = |threads| {
            score_chunks(&screener, from_ref(&texts), Some(from_ref(&ids)), threads).unwrap()
        };
        let (one, two) = (run(1), run(2));
        assert_eq!((one.len(), two.len()), (1, 3));
        assert_eq!(sources(&one), sources(&two));
        assert_eq!(one[0].slice(SHARED_PIECE, SHARED_PIECE), two[1]);
    }
}
