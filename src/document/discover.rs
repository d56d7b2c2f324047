//! Finds the files of a run: every name is either a candidate or skipped with a reason.

use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is.
    pub path: PathBuf,
    /// Whether the caller named it, rather than a folder that holds it.
    pub named: bool,
}

/// A name in a folder that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Where it is.
    pub path: PathBuf,
    /// Why it is not read.
    pub reason: SkipReason,
}

/// Why a name in a folder is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SkipReason {
    /// Its name begins with a dot, or with `~$` as Office's lock files do.
    HiddenFile,
    /// Its extension is that of another kind of file: an image, a spreadsheet, a program.
    OtherKind,
    /// A symbolic link.
    Link,
    /// A pipe, socket or device.
    Special,
    /// A folder that cannot be listed, or that is nested too deeply.
    Unreadable,
}

impl SkipReason {
    /// The name as reports write it: `hidden_file`.
    pub fn as_str(self) -> &'static str {
        match self {
            SkipReason::HiddenFile => "hidden_file",
            SkipReason::OtherKind => "other_kind",
            SkipReason::Link => "link",
            SkipReason::Special => "special",
            SkipReason::Unreadable => "unreadable",
        }
    }
}

impl std::fmt::Display for SkipReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What [`discover`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discovery {
    /// Files to read, in the order of the arguments and sorted by name within a folder, each path once.
    pub candidates: Vec<Candidate>,
    /// Names that are not read, in the same order.
    pub skipped: Vec<Skipped>,
}

impl Discovery {
    /// All names found: `candidates` and `skipped`.
    pub fn discovered(&self) -> usize {
        self.candidates.len() + self.skipped.len()
    }
}

/// Extensions that resumes do not have. A list of what to leave rather than of what to take, because a
/// resume without extension, or with a made-up one, must not be lost in silence.
const OTHER_KINDS: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "svg", "ico", "heic", "mp3", "mp4",
    "avi", "mov", "wav", "xls", "xlsx", "xlsm", "ods", "csv", "tsv", "ppt", "pptx", "odp", "zip",
    "gz", "tgz", "bz2", "xz", "7z", "rar", "tar", "exe", "dll", "so", "bin", "js", "css", "py",
    "rs", "json", "jsonl", "toml", "yaml", "yml", "xml", "sql", "db", "sqlite", "parquet", "log",
    "ini", "eml", "msg", "ttf", "otf", "woff", "woff2", "tmp", "bak", "lnk",
];

/// 64 folders inside each other: more is a loop of bind mounts or an accident.
const MAX_DEPTH: usize = 64;

/// Lists the files under `paths`, folders recursively and sorted by name, links not followed.
///
/// A path that the caller names itself is always a candidate, whatever its name or kind: reading it then
/// tells what is wrong with it. Paths need not be UTF-8.
pub fn discover(paths: &[PathBuf]) -> Discovery {
    let mut found = Discovery::default();
    for path in paths {
        // A link to a folder that the caller names is followed: naming it is asking for it.
        if path.is_dir() {
            walk(path, 0, &mut found);
        } else {
            found.candidates.push(Candidate {
                path: path.clone(),
                named: true,
            });
        }
    }
    let mut seen = std::collections::HashSet::new();
    found
        .candidates
        .retain(|candidate| seen.insert(candidate.path.clone()));
    let mut seen = std::collections::HashSet::new();
    found
        .skipped
        .retain(|skipped| seen.insert(skipped.path.clone()));
    found
}

fn walk(dir: &Path, depth: usize, found: &mut Discovery) {
    let skip =
        |reason, path: PathBuf, found: &mut Discovery| found.skipped.push(Skipped { path, reason });
    let Some(entries) = (depth < MAX_DEPTH)
        .then(|| fs::read_dir(dir).ok())
        .flatten()
    else {
        return skip(SkipReason::Unreadable, dir.to_owned(), found);
    };
    let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else {
            skip(SkipReason::Unreadable, path, found);
            continue;
        };
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        if name.starts_with(b".") || name.starts_with(b"~$") {
            skip(SkipReason::HiddenFile, path, found);
        } else if kind.is_symlink() {
            skip(SkipReason::Link, path, found);
        } else if kind.is_dir() {
            walk(&path, depth + 1, found);
        } else if !kind.is_file() {
            skip(SkipReason::Special, path, found);
        } else if is_other_kind(&path) {
            skip(SkipReason::OtherKind, path, found);
        } else {
            found.candidates.push(Candidate { path, named: false });
        }
    }
}

fn is_other_kind(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| OTHER_KINDS.contains(&extension.to_ascii_lowercase().as_str()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_accounted_for() {
        let dir = std::env::temp_dir().join(format!("skillscreen-discover-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(dir.join("b")).unwrap();
        for name in [
            "z.pdf",
            "a.docx",
            "photo.JPG",
            ".hidden",
            "~$a.docx",
            "b/noext",
            "b/c.txt",
        ] {
            fs::write(dir.join(name), b"x").unwrap();
        }
        std::os::unix::fs::symlink(dir.join("z.pdf"), dir.join("link.pdf")).unwrap();
        let found = discover(&[
            dir.clone(),
            dir.join("photo.JPG"),
            dir.join("z.pdf"),
            dir.join("missing"),
        ]);
        let names: Vec<_> = found
            .candidates
            .iter()
            .map(|c| {
                c.path
                    .strip_prefix(&dir)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned()
            })
            .collect();
        assert_eq!(
            names,
            [
                "a.docx",
                "b/c.txt",
                "b/noext",
                "z.pdf",
                "photo.JPG",
                "missing"
            ]
        );
        let reasons: Vec<_> = found.skipped.iter().map(|s| s.reason).collect();
        assert_eq!(
            reasons,
            [
                SkipReason::HiddenFile,
                SkipReason::Link,
                SkipReason::OtherKind,
                SkipReason::HiddenFile
            ]
        );
        fs::remove_dir_all(&dir).unwrap();
    }
}
