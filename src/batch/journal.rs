//! What a run has done so far, in a file that outlives it.
//!
//! The file begins with [`MAGIC`]; then come records, each with a head of 12 bytes: the length of its content, the content's checksum and
//! the checksum of these 8 bytes, little-endian, CRC-32. The first record is the stamp: fingerprints and options. Every other one is a
//! result: the 16 bytes of the digest of what was read, then JSON.
//!
//! Records are only ever added. A run that is killed leaves at most the last one unfinished, which is dropped; damage anywhere else is an
//! error, because a result would be missing without anybody having been told.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};
use crate::report::Fingerprint;
use crate::screener::Screener;

const MAGIC: &[u8] = b"skillscreen journal 1\n";

const HEAD: usize = 12;

/// Results that a power cut may cost at most, in number and in time: each wait for the disk takes milliseconds.
const UNSYNCED: usize = 64;
const UNSYNCED_FOR: Duration = Duration::from_secs(1);

/// Digest of what was read.
pub(super) type Key = [u8; 16];

/// A file that remembers finished results, so that a stopped [`Batch`](super::Batch) can be resumed without redoing them.
///
/// A result is found again by a digest of its file's or text's content. The journal as a whole is good for one engine, taxonomy,
/// profile and set of options: opened with others, it starts anew. Handed the same inputs, a resumed batch gives the same results in the
/// same order as one that was never stopped. What may end otherwise another time (a timeout, a file that could not be opened) is tried again.
///
/// The journal holds what resumes say: only its owner may read it. One run at a time can use it.
///
/// ```
/// use std::sync::Arc;
/// use skillscreen::batch::{Batch, Input, Journal};
/// use skillscreen::{JobProfile, Screener, Taxonomy};
///
/// # let path = std::env::temp_dir().join(format!("skillscreen-{}.journal", std::process::id()));
/// let screener = Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm")?)?;
/// let journal = Journal::create(&path, &screener, "")?;
/// Batch::new(&screener).journal_with(Arc::new(journal)).run([Input::text("ada", "Processed payroll")], |_| Ok(()))?;
///
/// // Had the run ended here, the next one would find what it has done.
/// let journal = Journal::resume(&path, &screener, "")?;
/// assert_eq!(journal.len(), 1);
/// journal.remove()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    name: String,
    state: Mutex<State>,
    found: HashMap<Key, Place>,
    restarted: bool,
}

/// What becomes of results that are there already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Old {
    Refused,
    Used,
    Dropped,
}

#[derive(Debug)]
struct State {
    file: File,
    unsynced: usize,
    synced: Instant,
}

impl Drop for State {
    /// Gives the lock back at once: a process that is just being started holds a copy of every open file for a moment,
    /// and with it the lock.
    fn drop(&mut self) {
        #[cfg(unix)]
        {
            use rustix::fs::{FlockOperation, flock};
            // Without it the lock goes with the last copy of the file.
            let _ = flock(&self.file, FlockOperation::Unlock);
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Place {
    offset: u64,
    length: u32,
}

#[derive(Serialize)]
struct Stamp<'a> {
    fingerprint: &'a Fingerprint,
    options: &'a str,
}

impl Journal {
    /// Begins a journal. `options` stands for everything beside the screener that can change a result, such as limits on documents.
    ///
    /// # Errors
    ///
    /// When there is a journal with results already, when another run uses it, or when it cannot be written.
    pub fn create(path: impl Into<PathBuf>, screener: &Screener, options: &str) -> Result<Self> {
        let journal = Self::open(path.into(), screener, options, Old::Refused)?;
        if journal.is_empty() {
            return Ok(journal);
        }
        let message = format!(
            "a stopped run has left {} results; resume it or remove the file",
            journal.len()
        );
        Err(Error::new(ErrorKind::Output, message).in_file(&journal.name))
    }

    /// Continues a journal, or begins one where there is none. One of another engine, taxonomy, profile or other options is begun anew.
    ///
    /// # Errors
    ///
    /// When it is damaged or no journal, when another run uses it, or when it cannot be read or written.
    pub fn resume(path: impl Into<PathBuf>, screener: &Screener, options: &str) -> Result<Self> {
        Self::open(path.into(), screener, options, Old::Used)
    }

    /// Begins a journal; one that is there already loses its results.
    ///
    /// # Errors
    ///
    /// When what is there is no journal, when another run uses it, or when it cannot be written.
    pub fn replace(path: impl Into<PathBuf>, screener: &Screener, options: &str) -> Result<Self> {
        Self::open(path.into(), screener, options, Old::Dropped)
    }

    fn open(path: PathBuf, screener: &Screener, options: &str, old: Old) -> Result<Self> {
        let name = path.to_string_lossy().into_owned();
        let stamp = Stamp {
            fingerprint: screener.fingerprint(),
            options,
        };
        let stamp = serde_json::to_vec(&stamp)
            .map_err(|error| failed(&name, "cannot write", error.into()))?;
        let file = open_locked(&path).map_err(|error| failed(&name, "cannot open", error))?;
        let read = Contents::read(&file, &name)?;
        let mut journal = Self {
            path,
            state: Mutex::new(State {
                file,
                unsynced: 0,
                synced: Instant::now(),
            }),
            found: read.found,
            restarted: false,
            name,
        };
        let same = read.stamp.as_deref() == Some(&stamp[..]);
        if old == Old::Refused && !journal.is_empty() {
            return Ok(journal);
        }
        if old == Old::Used && same {
            journal.cut(read.end)?;
        } else {
            journal.restarted = old == Old::Used && !journal.is_empty();
            journal.found.clear();
            journal.cut(0)?;
            let mut start = MAGIC.to_vec();
            push_record(&mut start, &stamp);
            journal.append(&start)?;
        }
        Ok(journal)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Results that it had when it was opened.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether it had none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether it had results of another engine, taxonomy, profile or other options, which are gone.
    pub fn restarted(&self) -> bool {
        self.restarted
    }

    /// Removes the file: the run is done.
    ///
    /// # Errors
    ///
    /// When it cannot be removed.
    pub fn remove(&self) -> Result<()> {
        std::fs::remove_file(&self.path).map_err(|error| failed(&self.name, "cannot remove", error))
    }

    /// The JSON kept under this key when the journal was opened. What cannot be read back any more is as good as not kept.
    pub(super) fn find(&self, key: &Key) -> Option<Vec<u8>> {
        let place = self.found.get(key)?;
        let mut json = vec![0; place.length as usize];
        let file = &mut self.lock().file;
        file.seek(SeekFrom::Start(place.offset)).ok()?;
        file.read_exact(&mut json).ok()?;
        Some(json)
    }

    /// Adds records made by [`record`].
    pub(super) fn append(&self, records: &[u8]) -> Result<()> {
        let mut state = self.lock();
        let now = Instant::now();
        let mut write = || {
            // One call for a record: a kill between two calls cannot tear it, and the file is in append mode, wherever reading has left off.
            state.file.write_all(records)?;
            state.unsynced += 1;
            if state.unsynced >= UNSYNCED || now.duration_since(state.synced) >= UNSYNCED_FOR {
                state.file.sync_data()?;
                state.unsynced = 0;
                state.synced = now;
            }
            Ok(())
        };
        write().map_err(|error| failed(&self.name, "cannot write", error))
    }

    fn cut(&self, end: u64) -> Result<()> {
        self.lock()
            .file
            .set_len(end)
            .map_err(|error| failed(&self.name, "cannot write", error))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Every read seeks first and every write appends, so a panic in between leaves nothing half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A record as it is written.
pub(super) fn record(key: &Key, json: &[u8]) -> Vec<u8> {
    let mut record = Vec::with_capacity(HEAD + key.len() + json.len());
    push_record(&mut record, &[key, json].concat());
    record
}

fn push_record(bytes: &mut Vec<u8>, content: &[u8]) {
    let mut head = [0; HEAD];
    // A result of 4 GiB would have failed the limits on documents long before.
    head[..4].copy_from_slice(&(content.len() as u32).to_le_bytes());
    head[4..8].copy_from_slice(&crc32fast::hash(content).to_le_bytes());
    let check = crc32fast::hash(&head[..8]);
    head[8..].copy_from_slice(&check.to_le_bytes());
    bytes.extend_from_slice(&head);
    bytes.extend_from_slice(content);
}

#[derive(Default)]
struct Contents {
    stamp: Option<Vec<u8>>,
    found: HashMap<Key, Place>,
    /// Where the last sound record ends.
    end: u64,
}

impl Contents {
    fn read(file: &File, name: &str) -> Result<Self> {
        let io = |error| failed(name, "cannot read", error);
        let length = file.metadata().map_err(io)?.len();
        let mut reader = BufReader::new(file);
        let mut contents = Self::default();
        let mut magic = [0; MAGIC.len()];
        let start = length.min(MAGIC.len() as u64) as usize;
        reader.read_exact(&mut magic[..start]).map_err(io)?;
        if magic[..start] != MAGIC[..start] {
            return Err(Error::new(ErrorKind::Input, "is no journal").in_file(name));
        }
        if start < MAGIC.len() {
            return Ok(contents);
        }
        contents.end = length.min(MAGIC.len() as u64);
        let mut content = Vec::new();
        for number in 1.. {
            let left = length - contents.end;
            let mut head = [0; HEAD];
            if left < HEAD as u64 {
                break;
            }
            reader.read_exact(&mut head).map_err(io)?;
            let damaged = || {
                let message = format!("record {number} is damaged; remove the file and begin anew");
                Err(Error::new(ErrorKind::Input, message).in_file(name))
            };
            let word = |at: usize| {
                u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]])
            };
            let (size, check) = (word(0), word(4));
            if word(8) != crc32fast::hash(&head[..8]) {
                // After a power cut a file may have grown before its content came: zeros up to the end.
                if head == [0; HEAD] && is_zero(&mut reader).map_err(io)? {
                    break;
                }
                return damaged();
            }
            let end = contents.end + HEAD as u64 + u64::from(size);
            if end > length {
                break;
            }
            content.resize(size as usize, 0);
            reader.read_exact(&mut content).map_err(io)?;
            if crc32fast::hash(&content) != check {
                if end == length {
                    break;
                }
                return damaged();
            }
            match (&contents.stamp, content.first_chunk::<16>()) {
                (None, _) => contents.stamp = Some(content.clone()),
                (Some(_), Some(key)) => {
                    let place = Place {
                        offset: end - u64::from(size) + 16,
                        length: size - 16,
                    };
                    contents.found.insert(*key, place);
                }
                (Some(_), None) => return damaged(),
            }
            contents.end = end;
        }
        Ok(contents)
    }
}

fn is_zero(reader: &mut impl Read) -> io::Result<bool> {
    let mut block = [0; 4096];
    loop {
        match reader.read(&mut block)? {
            0 => return Ok(true),
            read if block[..read].iter().any(|&byte| byte != 0) => return Ok(false),
            _ => {}
        }
    }
}

fn open_locked(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "is no file"));
    }
    #[cfg(unix)]
    {
        use rustix::fs::{FlockOperation, flock};
        flock(&file, FlockOperation::NonBlockingLockExclusive)
            .map_err(|_| io::Error::new(io::ErrorKind::ResourceBusy, "another run uses it"))?;
    }
    Ok(file)
}

fn failed(name: &str, what: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Output, format!("{what}: {error}"))
        .in_file(name)
        .caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{JobProfile, Taxonomy};

    fn screener() -> Screener {
        Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm").unwrap()).unwrap()
    }

    fn scratch(name: &str) -> PathBuf {
        let path =
            std::env::temp_dir().join(format!("skillscreen-journal-{}-{name}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        path
    }

    fn key(n: u8) -> Key {
        [n; 16]
    }

    #[test]
    fn cut_anywhere_it_keeps_all_whole_records_and_goes_on() {
        let (path, screener) = (scratch("cut"), screener());
        let journal = Journal::create(&path, &screener, "").unwrap();
        let mut ends = vec![std::fs::metadata(&path).unwrap().len()];
        for n in 0..5 {
            let json = vec![b'x'; usize::from(n) * 3];
            journal.append(&record(&key(n), &json)).unwrap();
            ends.push(std::fs::metadata(&path).unwrap().len());
        }
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        for cut in 0..=whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let journal = Journal::resume(&path, &screener, "").unwrap();
            let expected = ends
                .iter()
                .filter(|end| **end <= cut as u64)
                .count()
                .saturating_sub(1);
            assert_eq!(journal.len(), expected, "cut at {cut}");
            journal.append(&record(&key(9), b"{}")).unwrap();
            drop(journal);
            let journal = Journal::resume(&path, &screener, "").unwrap();
            assert_eq!(journal.len(), expected + 1);
            assert_eq!(journal.find(&key(9)).unwrap(), b"{}");
        }
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn damage_inside_is_an_error_and_at_the_end_is_not() {
        let (path, screener) = (scratch("damage"), screener());
        let journal = Journal::create(&path, &screener, "").unwrap();
        for n in 0..3 {
            journal.append(&record(&key(n), b"{\"a\":1}")).unwrap();
        }
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        let last = whole.len() - (HEAD + 16 + 7);
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            std::fs::write(&path, &bytes).unwrap();
            match Journal::resume(&path, &screener, "") {
                // A last record whose content is not what it says may be one that a power cut left half written.
                Ok(journal) => assert!(at >= last + HEAD && journal.len() == 2, "{at}"),
                Err(error) => assert!(
                    error.to_string().contains("is damaged") || at < MAGIC.len(),
                    "{at}: {error}"
                ),
            }
        }
        std::fs::write(&path, [&whole[..], &[0; 9000]].concat()).unwrap();
        assert_eq!(Journal::resume(&path, &screener, "").unwrap().len(), 3);
        std::fs::write(&path, "source,score\n").unwrap();
        let error = Journal::resume(&path, &screener, "").unwrap_err();
        assert!(error.to_string().ends_with("is no journal"));
        assert_eq!(std::fs::read(&path).unwrap(), b"source,score\n");
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn it_is_good_for_one_set_of_options_and_one_run() {
        let (path, screener) = (scratch("stamp"), screener());
        let journal = Journal::create(&path, &screener, "a").unwrap();
        journal.append(&record(&key(1), b"{}")).unwrap();
        let error = Journal::resume(&path, &screener, "a").unwrap_err();
        assert!(
            error.to_string().ends_with("another run uses it"),
            "{error}"
        );
        drop(journal);
        let error = Journal::create(&path, &screener, "b").unwrap_err();
        assert!(error.to_string().contains("has left 1 results"), "{error}");
        let journal = Journal::resume(&path, &screener, "a").unwrap();
        assert!(journal.len() == 1 && !journal.restarted());
        drop(journal);
        let journal = Journal::resume(&path, &screener, "b").unwrap();
        assert!(journal.is_empty() && journal.restarted());
        journal.remove().unwrap();
        assert!(!path.exists());
    }
}
