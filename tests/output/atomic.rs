//! Files that are there in full or not at all.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;

use skillscreen::ErrorKind;
use skillscreen::output::{AtomicFile, JsonLines};

use super::pool;

#[test]
fn an_existing_file_is_refused_without_force_and_replaced_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    fs::write(&path, "old").unwrap();
    let error = AtomicFile::create(&path, false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Output);
    assert_eq!(
        error.to_string(),
        format!(
            "{}: is there already; use force to replace it",
            path.display()
        )
    );
    let file = AtomicFile::create(&path, true).unwrap();
    file.writer().write_all(b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"old");
    file.commit().unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_unfinished_file_leaves_the_old_one_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    fs::write(&path, "old").unwrap();
    let file = AtomicFile::create(&path, true).unwrap();
    let mut writer = file.writer();
    writer.write_all(&vec![b'x'; 100_000]).unwrap();
    drop(file);
    assert!(
        writer
            .write_all(b"x")
            .unwrap_err()
            .to_string()
            .ends_with("out.csv: the file is finished")
    );
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_file_that_came_meanwhile_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.md");
    let file = AtomicFile::create(&path, false).unwrap();
    fs::write(&path, "theirs").unwrap();
    assert!(
        file.commit()
            .unwrap_err()
            .to_string()
            .contains("out.md: cannot write: ")
    );
    assert_eq!(fs::read(&path).unwrap(), b"theirs");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_full_disk_is_told_with_the_files_name() {
    let file = AtomicFile::create("/dev/full", false).unwrap();
    let mut lines = JsonLines::new(file.writer());
    let screened = &pool::screened(&pool::screener())[0];
    let error = skillscreen::output::Output::write(&mut lines, screened).unwrap_err();
    assert_eq!(error.file(), Some("/dev/full"));
    assert!(
        error
            .to_string()
            .starts_with("/dev/full: cannot write: No space left on device"),
        "{error}"
    );
}

#[test]
fn folders_and_missing_folders_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let error = AtomicFile::create(folder.path(), true).unwrap_err();
    assert!(error.to_string().ends_with(": is a folder"), "{error}");
    let error = AtomicFile::create(folder.path().join("no/out.json"), false).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("no/out.json: cannot write: No such file or directory"),
        "{error}"
    );
}

#[test]
fn a_link_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (
        folder.path().join("real.json"),
        folder.path().join("link.json"),
    );
    fs::write(&path, "old").unwrap();
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert!(AtomicFile::create(&link, false).is_err());
    let file = AtomicFile::create(&link, true).unwrap();
    file.writer().write_all(b"new").unwrap();
    file.commit().unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&path).unwrap(), b"new");
}
