//! The gate before any XML: a ZIP archive is looked at as a whole before a part of it is inflated.

use super::Document;
use super::limits::{Limits, RATIO_GRACE};
use super::status::{ExtractError, Status};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ExtractError> {
    let mut archive = Archive::open(bytes, limits)?;
    if archive.has("word/document.xml") || archive.has_under("word/") {
        #[cfg(feature = "docx")]
        return super::docx::read(&mut archive, limits);
        #[cfg(not(feature = "docx"))]
        return Err(super::feature_off("docx", "docx"));
    }
    if archive.has("content.xml") {
        let kind = archive.part("mimetype")?.unwrap_or_default();
        // A missing type is taken for a text: repaired files lose it.
        if kind.is_empty() || super::format::find(&kind, b"opendocument.text").is_some() {
            #[cfg(feature = "odt")]
            return super::odt::read(&mut archive, limits);
            #[cfg(not(feature = "odt"))]
            return Err(super::feature_off("odt", "odt"));
        }
    }
    let what = if archive.has_under("xl/") || archive.has_under("xl\\") {
        "a spreadsheet"
    } else if archive.has_under("ppt/") {
        "a presentation"
    } else {
        "a zip archive that is neither DOCX nor ODT"
    };
    Err(ExtractError::new(Status::Unsupported, what))
}

/// An archive whose directory is sound, with budgets for what may still be inflated.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Place of each entry, by its name with `/` for `\`.
    names: HashMap<String, usize>,
    limits: Limits,
    left: u64,
}

impl<'a> Archive<'a> {
    fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ExtractError> {
        let corrupt = |error| ExtractError::new(Status::Corrupt, format!("zip: {error}"));
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(corrupt)?;
        if zip.len() > limits.zip_entries {
            return Err(ExtractError::new(
                Status::Limit,
                format!(
                    "zip: {} entries, at most {} allowed",
                    zip.len(),
                    limits.zip_entries
                ),
            ));
        }
        // A thousand entries over one payload open fine and inflate to a thousand times its size.
        if zip.has_overlapping_files().map_err(corrupt)? {
            return Err(ExtractError::new(Status::Corrupt, "zip: entries overlap"));
        }
        let mut names = HashMap::with_capacity(zip.len());
        for (at, name) in zip.file_names_raw().enumerate() {
            let name = String::from_utf8_lossy(name).replace('\\', "/");
            if names
                .insert(name.trim_start_matches('/').to_owned(), at)
                .is_some()
            {
                return Err(ExtractError::new(
                    Status::Corrupt,
                    "zip: two entries of one name",
                ));
            }
        }
        Ok(Self {
            zip,
            names,
            limits: limits.clone(),
            left: limits.total_bytes,
        })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    fn has_under(&self, folder: &str) -> bool {
        self.names.keys().any(|name| name.starts_with(folder))
    }

    /// Inflates one part; none when there is no such entry. Every bound is on bytes that come out of the
    /// decoder, so it does not matter what the directory says about sizes.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ExtractError> {
        let Some(&at) = self.names.get(name) else {
            return Ok(None);
        };
        let corrupt = |error: &dyn std::fmt::Display| {
            ExtractError::new(Status::Corrupt, format!("zip, {name}: {error}"))
        };
        let entry = self.zip.by_index_raw(at).map_err(|error| corrupt(&error))?;
        if entry.encrypted() {
            return Err(ExtractError::new(
                Status::Encrypted,
                "zip: entries are encrypted",
            ));
        }
        let packed = entry.compressed_size();
        drop(entry);
        let entry = self.zip.by_index(at).map_err(|error| corrupt(&error))?;
        let by_ratio = RATIO_GRACE.max(packed.saturating_mul(self.limits.ratio));
        let cap = self.limits.part_bytes.min(self.left).min(by_ratio);
        let mut bytes = Vec::new();
        let read = entry.take(cap + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > cap {
            return Err(ExtractError::new(
                Status::Limit,
                format!("zip, {name}: more than {cap} bytes from {packed}"),
            ));
        }
        read.map_err(|error| corrupt(&error))?;
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn status(bytes: &[u8], limits: &Limits) -> Status {
        read(bytes, limits).unwrap_err().status()
    }

    #[test]
    fn archives_that_are_no_documents() {
        let limits = Limits::default();
        for (parts, expected) in [
            (&[("a.txt", &b"x"[..])][..], Status::Unsupported),
            (&[("xl/workbook.xml", b"x")], Status::Unsupported),
            (
                &[
                    ("content.xml", b"x"),
                    (
                        "mimetype",
                        b"application/vnd.oasis.opendocument.spreadsheet",
                    ),
                ],
                Status::Unsupported,
            ),
        ] {
            assert_eq!(status(&zip_of(parts), &limits), expected);
        }
        assert_eq!(status(b"PK\x03\x04 and no more", &limits), Status::Corrupt);
        let many: Vec<_> = (0..1001).map(|i| format!("{i}")).collect();
        let many: Vec<_> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(status(&zip_of(&many), &limits), Status::Limit);
    }

    #[test]
    fn bombs_stop_at_the_ratio() {
        let zeros = vec![b' '; 20 * 1024 * 1024];
        let bytes = zip_of(&[("word/document.xml", &zeros)]);
        assert!(bytes.len() < 100_000);
        let mut archive = Archive::open(&bytes, &Limits::default()).unwrap();
        assert_eq!(
            archive.part("word/document.xml").unwrap_err().status(),
            Status::Limit
        );
    }
}
