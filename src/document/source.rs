//! Reads a file's bytes without being caught by a pipe, a device or an endless file.

use super::limits::Limits;
use super::status::{ExtractError, Status};
use std::fs::{File, Metadata, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Reads the bytes of a regular file.
///
/// Opens without following a link and without waiting for the other end of a pipe, and looks at the opened
/// file, not at its name, so nothing can be swapped in between. A file that somebody writes to meanwhile is read
/// once more, so that no text is half of one version and half of another.
///
/// # Errors
/// [`NotRegular`](Status::NotRegular) for folders, links, pipes, sockets and devices,
/// [`Limit`](Status::Limit) for files over [`Limits::bytes`], [`Io`](Status::Io) when the system refuses and
/// for files that change each time they are read.
pub fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, ExtractError> {
    // Twice: a file that is being saved is whole a moment later.
    for _ in 0..2 {
        if let Some(bytes) = read_once(path, limits)? {
            return Ok(bytes);
        }
    }
    Err(ExtractError::new(Status::Io, "changed while it was read"))
}

/// Nothing when the file changed meanwhile.
fn read_once(path: &Path, limits: &Limits) -> Result<Option<Vec<u8>>, ExtractError> {
    let file = open(path)?;
    let before = file.metadata().map_err(|error| io(&error))?;
    if !before.is_file() {
        let kind = if before.is_dir() {
            "a folder"
        } else {
            "a pipe, socket or device"
        };
        return Err(ExtractError::new(Status::NotRegular, kind));
    }
    if before.len() > limits.bytes {
        return Err(too_large(limits));
    }
    // The size is only a hint: files under /proc say 0, and a file may grow while it is read.
    let mut bytes = Vec::with_capacity(before.len() as usize);
    (&file)
        .take(limits.bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| io(&error))?;
    if bytes.len() as u64 > limits.bytes {
        return Err(too_large(limits));
    }
    let after = file.metadata().map_err(|error| io(&error))?;
    Ok((!has_changed(&before, &after, bytes.len())).then_some(bytes))
}

/// Whether the file was written to between two looks at it. The handle is the same, so a file that was replaced
/// by another of its name is not meant: it was read in full.
fn has_changed(before: &Metadata, after: &Metadata, read: usize) -> bool {
    let is_as_long = before.len() == read as u64 || before.len() == 0;
    !is_as_long || before.len() != after.len() || before.modified().ok() != after.modified().ok()
}

#[cfg(unix)]
fn open(path: &Path) -> Result<File, ExtractError> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC;
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits() as i32)
        .open(path)
        .map_err(|error| {
            match error
                .raw_os_error()
                .map(rustix::io::Errno::from_raw_os_error)
            {
                Some(rustix::io::Errno::LOOP) => {
                    ExtractError::new(Status::NotRegular, "a symbolic link")
                }
                Some(rustix::io::Errno::NXIO | rustix::io::Errno::OPNOTSUPP) => {
                    ExtractError::new(Status::NotRegular, "a pipe, socket or device")
                }
                _ => io(&error),
            }
        })
}

#[cfg(not(unix))]
fn open(path: &Path) -> Result<File, ExtractError> {
    let metadata = std::fs::symlink_metadata(path).map_err(|error| io(&error))?;
    if metadata.file_type().is_symlink() {
        return Err(ExtractError::new(Status::NotRegular, "a symbolic link"));
    }
    if !metadata.is_file() {
        return Err(ExtractError::new(Status::NotRegular, "not a file"));
    }
    OpenOptions::new()
        .read(true)
        .open(path)
        .map_err(|error| io(&error))
}

fn too_large(limits: &Limits) -> ExtractError {
    ExtractError::new(Status::Limit, format!("more than {} bytes", limits.bytes))
}

fn io(error: &std::io::Error) -> ExtractError {
    let message = match error.kind() {
        ErrorKind::NotFound => "no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string().to_lowercase(),
    };
    ExtractError::new(Status::Io, message)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_regular_files_within_the_limit() {
        let dir = std::env::temp_dir().join(format!("skillscreen-source-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        let file = dir.join("a.txt");
        std::fs::write(&file, b"twelve bytes").unwrap();
        let link = dir.join("link.txt");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let mut limits = Limits::default();
        let status =
            |path: &Path, limits: &Limits| read_file(path, limits).map_err(|error| error.status());
        assert_eq!(status(&file, &limits), Ok(b"twelve bytes".to_vec()));
        assert_eq!(status(&link, &limits), Err(Status::NotRegular));
        assert_eq!(status(&dir, &limits), Err(Status::NotRegular));
        assert_eq!(
            status(Path::new("/dev/zero"), &limits),
            Err(Status::NotRegular)
        );
        assert_eq!(status(&dir.join("none"), &limits), Err(Status::Io));
        // A pipe that nobody writes to, a socket, a link to itself: none of them may be waited for.
        let pipe = dir.join("pipe.pdf");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|made| made.success()), "mkfifo");
        let socket = dir.join("socket.txt");
        let listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let circle = dir.join("circle.txt");
        std::os::unix::fs::symlink(&circle, &circle).unwrap();
        for special in [&pipe, &socket, &circle] {
            assert_eq!(
                status(special, &limits),
                Err(Status::NotRegular),
                "{}",
                special.display()
            );
        }
        drop(listener);
        // A file of holes: its size is no promise of bytes, yet it is over the limit.
        let sparse = dir.join("sparse.txt");
        File::create(&sparse).unwrap().set_len(1 << 32).unwrap();
        assert_eq!(status(&sparse, &limits), Err(Status::Limit));
        limits.bytes(11);
        assert_eq!(status(&file, &limits), Err(Status::Limit));
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn a_file_that_is_written_to_is_seen_to_change() {
        use std::io::{Seek, Write};
        let path = std::env::temp_dir().join(format!("skillscreen-change-{}", std::process::id()));
        let mut file = File::create(&path).unwrap();
        file.write_all(b"one version").unwrap();
        let before = file.metadata().unwrap();
        assert!(!has_changed(&before, &file.metadata().unwrap(), 11));
        assert!(has_changed(&before, &file.metadata().unwrap(), 10));
        file.write_all(b", longer").unwrap();
        assert!(has_changed(&before, &file.metadata().unwrap(), 19));
        // As long as before: only its time tells. Set, since the clock of the file system may stand still.
        file.rewind().unwrap();
        file.set_len(11).unwrap();
        file.write_all(b"two version").unwrap();
        file.set_modified(before.modified().unwrap() + std::time::Duration::from_millis(1))
            .unwrap();
        assert!(has_changed(&before, &file.metadata().unwrap(), 11));
        std::fs::remove_file(&path).unwrap();
    }
}
