//! Word documents since 2007: which parts are read, and in which order.

mod body;
mod numbering;
mod styles;

use super::archive::Archive;
use super::format::Format;
use super::limits::Limits;
use super::status::{ExtractError, Status};
use super::writer::Writer;
use super::xml::{self, Attributes, Handler};
use super::{Document, Note};
use body::Body;
use numbering::Numbering;
use styles::Styles;

/// Headers, then the body, then notes and footers: the order of a page from top to bottom.
pub(super) fn read(archive: &mut Archive<'_>, limits: &Limits) -> Result<Document, ExtractError> {
    let main = main_part(archive, limits)?;
    let relations = relations_of(archive, &main, limits)?;
    let mut parts = Parts {
        archive,
        limits,
        relations,
        notes: Vec::new(),
    };

    let mut styles = Styles::default();
    parts.each("styles", |part, xml, limits| {
        xml::parse(part, xml, limits, &mut styles)
    })?;
    styles.resolve();
    let mut numbering = Numbering::default();
    parts.each("numbering", |part, xml, limits| {
        xml::parse(part, xml, limits, &mut numbering)
    })?;

    let mut writer = Writer::new(limits.chars);
    parts.asides(&["header"], &mut writer, &styles, &mut numbering)?;
    let Some(xml) = parts.archive.part(&main)? else {
        return Err(ExtractError::new(
            Status::Corrupt,
            format!("docx: no part {main}"),
        ));
    };
    let mut body = Body::new(&mut writer, &styles, &mut numbering, &xml);
    xml::parse(&main, &xml, limits, &mut body)?;
    parts.asides(
        &["footnotes", "endnotes", "footer"],
        &mut writer,
        &styles,
        &mut numbering,
    )?;
    Document::written(Format::Docx, writer.finish(), parts.notes)
}

/// The parts that the main part points at.
struct Parts<'a, 'b> {
    archive: &'a mut Archive<'b>,
    limits: &'a Limits,
    relations: Relations,
    notes: Vec<Note>,
}

impl Parts<'_, '_> {
    /// Reads all parts of a kind. A damaged part that is not the body costs a note; a bomb in one costs the
    /// document.
    fn each(
        &mut self,
        kind: &str,
        mut read: impl FnMut(&str, &[u8], &Limits) -> Result<(), ExtractError>,
    ) -> Result<(), ExtractError> {
        for part in self.relations.targets(kind) {
            let outcome = match self.archive.part(&part) {
                Ok(Some(xml)) => read(&part, &xml, self.limits),
                Ok(None) => Ok(()),
                Err(error) => Err(error),
            };
            match outcome {
                Err(error) if error.status() == Status::Corrupt => {
                    self.notes.push(Note::PartSkipped { part });
                }
                outcome => outcome?,
            }
        }
        Ok(())
    }

    fn asides(
        &mut self,
        kinds: &[&str],
        writer: &mut Writer,
        styles: &Styles,
        numbering: &mut Numbering,
    ) -> Result<(), ExtractError> {
        for kind in kinds {
            self.each(kind, |part, xml, limits| {
                writer.begin_aside();
                let outcome = xml::parse(
                    part,
                    xml,
                    limits,
                    &mut Body::new(writer, styles, numbering, xml),
                );
                writer.end_aside();
                outcome
            })?;
        }
        writer.release_asides();
        Ok(())
    }
}

/// The main part is named by the package, usually `word/document.xml`.
fn main_part(archive: &mut Archive<'_>, limits: &Limits) -> Result<String, ExtractError> {
    let usual = "word/document.xml";
    let mut relations = Relations::default();
    if let Some(xml) = archive.part("_rels/.rels")? {
        // A damaged list of parts is no reason to give up a document that stands where it always does.
        let _ = xml::parse("_rels/.rels", &xml, limits, &mut relations);
    }
    let named = relations
        .targets("officeDocument")
        .into_iter()
        .find(|target| archive.has(target));
    Ok(named.unwrap_or_else(|| usual.to_owned()))
}

fn relations_of(
    archive: &mut Archive<'_>,
    part: &str,
    limits: &Limits,
) -> Result<Relations, ExtractError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    let mut relations = Relations {
        folder: folder.to_owned(),
        ..Relations::default()
    };
    if let Some(xml) = archive.part(&name)? {
        let _ = xml::parse(&name, &xml, limits, &mut relations);
    }
    Ok(relations)
}

/// Which part has which role: pairs of the last word of the relation's type and the target.
#[derive(Debug, Default)]
struct Relations {
    folder: String,
    pairs: Vec<(String, String)>,
}

impl Relations {
    fn targets(&self, kind: &str) -> Vec<String> {
        let mut targets: Vec<String> = self
            .pairs
            .iter()
            .filter(|(k, _)| k == kind)
            .map(|(_, target)| target.clone())
            .collect();
        // Relations stand in no order; parts are numbered in theirs.
        targets.sort();
        targets.dedup();
        targets
    }
}

impl Handler for Relations {
    fn start(&mut self, name: &str, attributes: &Attributes) {
        if name != "Relationship" || attributes.get("TargetMode") == Some("External") {
            return;
        }
        if let (Some(kind), Some(target)) = (attributes.get("Type"), attributes.get("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or(kind);
            let target = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None if self.folder.is_empty() => target.to_owned(),
                None => format!("{}/{target}", self.folder),
            };
            self.pairs.push((kind.to_owned(), target));
        }
    }

    fn text(&mut self, _: &str) {}

    fn end(&mut self, _: &str) {}
}
