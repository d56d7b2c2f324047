//! A file that is there in full or not at all.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

use crate::error::{Error, ErrorKind, Result};

use super::{cannot_write, in_file};

/// What the temporary files are named by, after the name of the file they are for.
const MARK: &str = ".skillscreen-";

/// A file in the making: written beside its place under another name, put into its place by [`commit`](Self::commit).
///
/// Readers see the old file or the new one, never a part, whatever happens in between. The new file can be read by its owner only (0600):
/// it holds what resumes say. Dropped without a commit, or killed, it leaves the old file as it was; the temporary file is removed by the drop or,
/// after a kill, when the same file is written again.
///
/// A device or pipe (`/dev/stdout`) cannot be replaced; it is written to directly.
///
/// ```
/// use std::io::Write;
/// use skillscreen::output::AtomicFile;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("out.csv");
/// let file = AtomicFile::create(&path, false)?;
/// file.writer().write_all(b"source,score\n")?;
/// assert!(!path.exists());
/// file.commit()?;
/// assert_eq!(std::fs::read_to_string(&path)?, "source,score\n");
/// assert!(AtomicFile::create(&path, false).unwrap_err().to_string().ends_with("out.csv: is there already; use force to replace it"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct AtomicFile {
    path: PathBuf,
    force: bool,
    shared: AtomicWriter,
}

/// Writes to an [`AtomicFile`]; made by [`AtomicFile::writer`]. Buffered; its errors name the file.
#[derive(Clone, Debug)]
pub struct AtomicWriter {
    name: Arc<str>,
    target: Arc<Mutex<Option<Target>>>,
}

#[derive(Debug)]
enum Target {
    /// The temporary file, and whether it may replace another.
    Beside(BufWriter<NamedTempFile>),
    /// A device or pipe.
    Direct(BufWriter<File>),
}

impl AtomicFile {
    /// Begins a file; with `force` it may replace another.
    ///
    /// # Errors
    ///
    /// When there is a file already and not `force`, when it is a folder, or when no file can be made beside it. Each names the file.
    pub fn create(path: impl Into<PathBuf>, force: bool) -> Result<Self> {
        let path = path.into();
        let name: Arc<str> = path.to_string_lossy().into();
        let refuse = |message: &str| Err(Error::new(ErrorKind::Output, message).in_file(&name));
        let target = match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => return refuse("is a folder"),
            Ok(metadata) if metadata.is_file() && !force => {
                return refuse("is there already; use force to replace it");
            }
            Ok(metadata) if !metadata.is_file() => File::options()
                .write(true)
                .open(&path)
                .map(BufWriter::new)
                .map(Target::Direct),
            // A link that leads nowhere is something, too.
            Err(_) if !force && fs::symlink_metadata(&path).is_ok() => {
                return refuse("is there already; use force to replace it");
            }
            _ => begin(&path).map(BufWriter::new).map(Target::Beside),
        };
        let target = target.map_err(|error| cannot_write(in_file(&name, error)))?;
        // A link stays a link: what it leads to is replaced.
        let path = fs::canonicalize(&path).unwrap_or(path);
        Ok(Self {
            path,
            force,
            shared: AtomicWriter {
                name,
                target: Arc::new(Mutex::new(Some(target))),
            },
        })
    }

    /// The file's name, as given.
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// Something to write through. All of them write to the same place, one after the other.
    pub fn writer(&self) -> AtomicWriter {
        self.shared.clone()
    }

    /// Writes out what is buffered, makes it last (fsync), and puts the file into its place. Writers that are left give errors from then on.
    ///
    /// # Errors
    ///
    /// When any of that fails, or, without force, when the file has come to be there meanwhile. The old file is then as it was.
    pub fn commit(self) -> Result<()> {
        Self::commit_all([self])
    }

    /// Commits files that belong together: first all of them are written out and made to last, then they are put into their places one
    /// right after the other. A failure to write any of them leaves all old files as they were.
    ///
    /// Several names cannot be changed in one step. A kill in the microseconds between two of them leaves new files beside old ones; whoever
    /// has to know keeps a mark of their own until this has returned, as the program does with its journal.
    ///
    /// # Errors
    ///
    /// As [`commit`](Self::commit).
    pub fn commit_all(files: impl IntoIterator<Item = AtomicFile>) -> Result<()> {
        let mut ready = Vec::new();
        for file in files {
            let target = file.shared.lock().take();
            let written = match target {
                Some(Target::Beside(temporary)) => write_out(temporary).map(Some),
                Some(Target::Direct(mut target)) => target.flush().map(|()| None),
                None => Err(closed()),
            };
            let written = written.map_err(|error| cannot_write(in_file(file.name(), error)))?;
            ready.push((file, written));
        }
        let mut folders = BTreeMap::new();
        for (file, written) in ready {
            let Some(temporary) = written else { continue };
            let put = if file.force {
                temporary.persist(&file.path)
            } else {
                temporary.persist_noclobber(&file.path)
            };
            put.map_err(|error| cannot_write(in_file(file.name(), error.error)))?;
            folders.insert(folder(&file.path).to_owned(), file.shared.name.clone());
        }
        // The names are in the folders, so the folders have to last, too.
        for (folder, name) in folders {
            File::open(folder)
                .and_then(|folder| folder.sync_all())
                .map_err(|error| cannot_write(in_file(&name, error)))?;
        }
        Ok(())
    }
}

fn write_out(file: BufWriter<NamedTempFile>) -> io::Result<NamedTempFile> {
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    Ok(file)
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        // Writers may live on; the temporary file must not.
        self.shared.lock().take();
    }
}

impl AtomicWriter {
    fn lock(&self) -> MutexGuard<'_, Option<Target>> {
        self.target.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, work: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
        let done = match &mut *self.lock() {
            Some(Target::Beside(file)) => work(file),
            Some(Target::Direct(file)) => work(file),
            None => Err(closed()),
        };
        done.map_err(|error| in_file(&self.name, error))
    }
}

impl Write for AtomicWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(|file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.with(|file| file.flush())
    }
}

fn closed() -> io::Error {
    io::Error::other("the file is finished")
}

fn folder(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Makes the temporary file beside the file that `path` leads to, and removes those that a killed run has left there.
fn begin(path: &Path) -> io::Result<NamedTempFile> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "is no name of a file"))?;
    let prefix = format!(".{}{MARK}", name.to_string_lossy());
    sweep(folder(&path), &prefix);
    let file = tempfile::Builder::new()
        .prefix(&prefix)
        .suffix(".tmp")
        .tempfile_in(folder(&path))?;
    hold(file.as_file())?;
    Ok(file)
}

/// Locks the file, which tells other runs that it is in use; the system lets go of it when this program ends, however it ends. Gives
/// whether the lock is held.
#[cfg(unix)]
fn hold(file: &File) -> io::Result<bool> {
    use rustix::fs::{FlockOperation, flock};
    flock(file, FlockOperation::NonBlockingLockExclusive)?;
    Ok(true)
}

/// No locks here, so no temporary file is ever known to be left over.
#[cfg(not(unix))]
fn hold(_: &File) -> io::Result<bool> {
    Ok(false)
}

/// Removes temporary files that no running program holds. What cannot be removed stays: it is in nobody's way.
fn sweep(folder: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let ours = name
            .to_str()
            .is_some_and(|name| name.starts_with(prefix) && name.ends_with(".tmp"));
        if ours
            && let Ok(file) = File::open(entry.path())
            && hold(&file).is_ok_and(|held| held)
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary_files_of_killed_runs_are_swept_and_those_in_use_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let left = folder.path().join(".a.json.skillscreen-x1.tmp");
        let other = folder.path().join(".b.json.skillscreen-x1.tmp");
        fs::write(&left, "half").unwrap();
        fs::write(&other, "half").unwrap();
        let first = AtomicFile::create(&path, false).unwrap();
        let second = AtomicFile::create(&path, false).unwrap();
        assert!(!left.exists() && other.exists());
        first.commit().unwrap();
        let error = second.commit().unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with(&format!("{}: cannot write: ", path.display())),
            "{error}"
        );
        drop(other);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
