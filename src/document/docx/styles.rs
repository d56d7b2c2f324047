//! Paragraph and character styles: what they say about hidden text and lists.

use super::super::colour::Rgb;
use super::super::xml::{Attributes, Handler};
use std::collections::HashMap;

/// Properties of a run that decide whether it is seen. `None` leaves it to the next style.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RunProperties {
    pub(super) vanish: Option<bool>,
    /// `Some(None)` is Word's "auto", which is always readable.
    pub(super) colour: Option<Option<Rgb>>,
    pub(super) shading: Option<Option<Rgb>>,
    /// In half-points.
    pub(super) size: Option<u32>,
}

impl RunProperties {
    /// These properties where they say something, `below` elsewhere.
    pub(super) fn over(&self, below: &RunProperties) -> RunProperties {
        RunProperties {
            vanish: self.vanish.or(below.vanish),
            colour: self.colour.or(below.colour),
            shading: self.shading.or(below.shading),
            size: self.size.or(below.size),
        }
    }

    /// Takes one element from inside `w:rPr`.
    pub(super) fn set(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "vanish" | "specVanish" | "webHidden" => {
                let off = matches!(attributes.get("val"), Some("0" | "false" | "off"));
                // Web-hidden text is hidden in web view only; page numbers of a contents list have it.
                if name != "webHidden" {
                    self.vanish = Some(!off);
                }
            }
            "color" => self.colour = Some(attributes.get("val").and_then(Rgb::from_hex)),
            "shd" => self.shading = Some(attributes.get("fill").and_then(Rgb::from_hex)),
            "highlight" => self.shading = Some(attributes.get("val").and_then(highlight)),
            "sz" => self.size = attributes.get("val").and_then(|value| value.parse().ok()),
            _ => {}
        }
    }
}

fn highlight(name: &str) -> Option<Rgb> {
    Some(Rgb(match name {
        "black" => [0, 0, 0],
        "white" => [255, 255, 255],
        "yellow" => [255, 255, 0],
        "darkBlue" => [0, 0, 128],
        "blue" => [0, 0, 255],
        "red" => [255, 0, 0],
        "green" => [0, 255, 0],
        "darkGray" => [128, 128, 128],
        "lightGray" => [192, 192, 192],
        _ => return None,
    }))
}

#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) run: RunProperties,
    pub(super) shading: Option<Option<Rgb>>,
    pub(super) numbering: Option<u32>,
    pub(super) level: Option<usize>,
    based_on: Option<String>,
}

/// The style sheet; after [`Styles::resolve`] each style holds what it inherits.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default_run: RunProperties,
    default_paragraph: Option<String>,
    current: Option<(String, Style)>,
    in_run: bool,
    in_defaults: bool,
    skip: usize,
}

/// 32 styles based on each other: Word itself allows 11.
const MAX_CHAIN: usize = 32;

impl Styles {
    pub(super) fn resolve(&mut self) {
        let resolved = self
            .styles
            .keys()
            .map(|id| (id.clone(), self.chain(id)))
            .collect();
        self.styles = resolved;
    }

    fn chain(&self, id: &str) -> Style {
        let mut style = self.styles.get(id).cloned().unwrap_or_default();
        let mut next = style.based_on.clone();
        for _ in 0..MAX_CHAIN {
            let Some(below) = next.as_ref().and_then(|id| self.styles.get(id)) else {
                break;
            };
            style.run = style.run.over(&below.run);
            style.shading = style.shading.or(below.shading);
            style.numbering = style.numbering.or(below.numbering);
            style.level = style.level.or(below.level);
            next = below.based_on.clone();
        }
        style
    }

    /// The style of that name, or for paragraphs without one the default.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Option<&Style> {
        self.styles.get(id.or(self.default_paragraph.as_deref())?)
    }

    pub(super) fn character(&self, id: &str) -> Option<&Style> {
        self.styles.get(id)
    }

    pub(super) fn defaults(&self) -> &RunProperties {
        &self.default_run
    }
}

impl Handler for Styles {
    fn start(&mut self, name: &str, attributes: &Attributes) {
        if self.skip > 0 || matches!(name, "tblStylePr" | "rPrChange" | "pPrChange") {
            self.skip += 1;
            return;
        }
        match name {
            "style" => {
                let id = attributes.get("styleId").unwrap_or_default().to_owned();
                if attributes.get("type") == Some("paragraph")
                    && matches!(attributes.get("default"), Some("1" | "true"))
                {
                    self.default_paragraph = Some(id.clone());
                }
                self.current = Some((id, Style::default()));
            }
            "rPrDefault" => self.in_defaults = true,
            "rPr" => self.in_run = true,
            _ if self.in_run => match &mut self.current {
                Some((_, style)) => style.run.set(name, attributes),
                None if self.in_defaults => self.default_run.set(name, attributes),
                None => {}
            },
            _ => {
                let Some((_, style)) = &mut self.current else {
                    return;
                };
                let value = attributes.get("val");
                match name {
                    "basedOn" => style.based_on = value.map(str::to_owned),
                    "numId" => style.numbering = value.and_then(|v| v.parse().ok()),
                    "ilvl" => style.level = value.and_then(|v| v.parse().ok()),
                    "shd" => style.shading = Some(attributes.get("fill").and_then(Rgb::from_hex)),
                    _ => {}
                }
            }
        }
    }

    fn text(&mut self, _: &str) {}

    fn end(&mut self, name: &str) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match name {
            "style" => {
                if let Some((id, style)) = self.current.take() {
                    self.styles.insert(id, style);
                }
            }
            "rPrDefault" => self.in_defaults = false,
            "rPr" => self.in_run = false,
            _ => {}
        }
    }
}
