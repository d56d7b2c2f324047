//! Reads a file's bytes without being caught by a pipe, a device or an endless file.

use super::limits::Limits;
use super::status::{ExtractError, Status};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Reads the bytes of a regular file.
///
/// Opens without following a link and without waiting for the other end of a pipe, and looks at the opened
/// file, not at its name, so nothing can be swapped in between.
///
/// # Errors
/// [`NotRegular`](Status::NotRegular) for folders, links, pipes, sockets and devices,
/// [`Limit`](Status::Limit) for files over [`Limits::bytes`], [`Io`](Status::Io) when the system refuses.
pub fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, ExtractError> {
    let file = open(path)?;
    let metadata = file.metadata().map_err(|error| io(&error))?;
    if !metadata.is_file() {
        let kind = if metadata.is_dir() {
            "a folder"
        } else {
            "a pipe, socket or device"
        };
        return Err(ExtractError::new(Status::NotRegular, kind));
    }
    if metadata.len() > limits.bytes {
        return Err(too_large(limits));
    }
    // The size is only a hint: files under /proc say 0, and a file may grow while it is read.
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    file.take(limits.bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| io(&error))?;
    if bytes.len() as u64 > limits.bytes {
        return Err(too_large(limits));
    }
    Ok(bytes)
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
                Some(rustix::io::Errno::NXIO) => {
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
        std::fs::create_dir_all(&dir).unwrap();
        let file = dir.join("a.txt");
        std::fs::write(&file, b"twelve bytes").unwrap();
        let link = dir.join("link.txt");
        let _ = std::fs::remove_file(&link);
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
        limits.bytes(11);
        assert_eq!(status(&file, &limits), Err(Status::Limit));
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
