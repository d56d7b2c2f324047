//! As much of CSS as it takes to tell that text is not seen: `style` attributes and rules of simple selectors.

use super::super::colour::Rgb;
use super::token::Tag;
use std::collections::HashMap;

/// How the text of an element looks, with what it inherits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Look {
    pub(super) removed: bool,
    pub(super) invisible: bool,
    pub(super) tiny: bool,
    pub(super) off_page: bool,
    pub(super) colour: Option<Rgb>,
    pub(super) ground: Option<Rgb>,
    /// A picture, a gradient, a variable or a rule that was not understood lies behind the text.
    pub(super) ground_unknown: bool,
    positioned: bool,
    shifted: bool,
}

/// Rules for one tag, class or id; anything more selective is left alone, and so are rules inside `@media`.
#[derive(Debug, Default)]
pub(super) struct StyleSheet {
    rules: HashMap<String, String>,
    /// Some rule sets a background by a selector that is not followed.
    grounds_unknown: bool,
}

/// 5,000 rules: large style frameworks have about as many.
const MAX_RULES: usize = 5_000;

impl StyleSheet {
    pub(super) fn add(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_str();
        while let Some(open) = rest.find('{') {
            let selectors = rest[..open].rsplit([';', '}']).next().unwrap_or("").trim();
            let body_start = open + 1;
            if selectors.starts_with('@') {
                // Skip the whole block: what holds for print or small screens says nothing here.
                rest = &rest[block_end(rest, open)..];
                continue;
            }
            let end = rest[body_start..]
                .find('}')
                .map_or(rest.len(), |at| body_start + at);
            let declarations = &rest[body_start..end];
            if matters(declarations) {
                for selector in selectors.split(',') {
                    self.rule(selector.trim(), declarations);
                }
            }
            rest = rest.get(end + 1..).unwrap_or("");
        }
    }

    fn rule(&mut self, selector: &str, declarations: &str) {
        let name = selector.strip_prefix(['.', '#']).unwrap_or(selector);
        let simple = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !simple {
            self.grounds_unknown |= declarations.contains("background");
            return;
        }
        if self.rules.len() < MAX_RULES {
            let rule = self.rules.entry(selector.to_ascii_lowercase()).or_default();
            // 4 KiB a selector, however often it is repeated.
            if rule.len() + declarations.len() < 4096 {
                rule.push_str(declarations);
                rule.push(';');
            }
        }
    }

    /// Changes the inherited look to that of the element.
    pub(super) fn apply(&self, look: &mut Look, tag: &Tag<'_>) {
        look.positioned = false;
        look.shifted = false;
        look.ground_unknown |= self.grounds_unknown;
        if !self.rules.is_empty() {
            self.apply_rule(look, &tag.name);
            // 32 classes: more than frameworks put on one element.
            for class in tag
                .get("class")
                .unwrap_or("")
                .split_ascii_whitespace()
                .take(32)
            {
                self.apply_rule(look, &format!(".{}", class.to_ascii_lowercase()));
            }
            if let Some(id) = tag.get("id") {
                self.apply_rule(look, &format!("#{}", id.to_ascii_lowercase()));
            }
        }
        if tag.get("hidden").is_some() {
            look.removed = true;
        }
        if let Some(ground) = tag.get("bgcolor") {
            set_ground(look, ground);
        }
        if tag.get("background").is_some() {
            look.ground_unknown = true;
        }
        if tag.name == "font"
            && let Some(colour) = tag.get("color")
        {
            look.colour = colour_of(colour);
        }
        if let Some(style) = tag.get("style") {
            declare(look, style);
        }
        look.off_page |= look.positioned && look.shifted;
    }

    fn apply_rule(&self, look: &mut Look, selector: &str) {
        if let Some(declarations) = self.rules.get(selector) {
            declare(look, declarations);
        }
    }
}

fn matters(declarations: &str) -> bool {
    [
        "display",
        "visibility",
        "opacity",
        "font-size",
        "color",
        "background",
        "left",
        "top",
        "indent",
        "position",
    ]
    .iter()
    .any(|property| declarations.contains(property))
}

/// Where the block that opens at `open` ends, blocks inside it counted.
fn block_end(css: &str, open: usize) -> usize {
    let mut depth = 0usize;
    for (at, byte) in css.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    css.len()
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start + 2..]
            .find("*/")
            .map_or("", |end| &rest[start + 2 + end + 2..]);
    }
    out.push_str(rest);
    out
}

/// Applies declarations of a rule or a `style` attribute, the last of a name winning.
fn declare(look: &mut Look, declarations: &str) {
    for declaration in declarations.split(';') {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let property = property.trim().to_ascii_lowercase();
        let value = value.trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim();
        match property.as_str() {
            // Children of what is removed cannot come back; a later rule for the same element may undo it, which
            // is taken for rare.
            "display" => look.removed |= value == "none",
            "visibility" => look.invisible = matches!(value, "hidden" | "collapse"),
            "opacity" => {
                let opacity = value.trim_end_matches('%').parse::<f64>();
                look.invisible |= opacity.is_ok_and(|opacity| opacity < 0.05);
            }
            "font-size" => {
                if let Some(pixels) = pixels(value) {
                    // 2 px is 1.5 points; see the same limit for DOCX.
                    look.tiny = pixels <= 2.0;
                }
            }
            "color" => look.colour = colour_of(value),
            "background" | "background-color" => set_ground(look, value),
            "background-image" => look.ground_unknown |= value != "none",
            "position" => look.positioned = matches!(value, "absolute" | "fixed"),
            "left" | "top" | "right" | "margin-left" | "margin-top" => {
                // -500: no design moves text that it wants to be read by half a page.
                look.shifted |= pixels(value).is_some_and(|pixels| pixels <= -500.0);
                if property.starts_with("margin") {
                    look.positioned |= look.shifted;
                }
            }
            // Screen readers' text over icons is moved away with it.
            "text-indent" => look.off_page |= pixels(value).is_some_and(|pixels| pixels <= -500.0),
            _ => {}
        }
    }
}

fn set_ground(look: &mut Look, value: &str) {
    match colour_of(value) {
        Some(colour) => {
            look.ground = Some(colour);
            look.ground_unknown = false;
        }
        None if matches!(value, "none" | "transparent" | "inherit" | "initial") => {}
        None => look.ground_unknown = true,
    }
}

/// Pixels of an absolute length; relative ones depend on what is not known here.
fn pixels(value: &str) -> Option<f64> {
    let number_end = value
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
        .unwrap_or(value.len());
    let number: f64 = value[..number_end].parse().ok()?;
    match &value[number_end..] {
        "px" => Some(number),
        "" if number == 0.0 => Some(0.0),
        "pt" => Some(number * 4.0 / 3.0),
        "em" | "rem" | "ex" => Some(number * 16.0),
        "cm" => Some(number * 37.8),
        "mm" => Some(number * 3.78),
        "in" => Some(number * 96.0),
        _ => None,
    }
}

fn colour_of(value: &str) -> Option<Rgb> {
    let value = value.trim();
    if value.starts_with('#') {
        return Rgb::from_hex(value);
    }
    if let Some(inner) = value
        .strip_prefix("rgb(")
        .and_then(|rest| rest.strip_suffix(')'))
    {
        let mut channels = inner
            .split([',', ' '])
            .filter(|part| !part.is_empty())
            .map(|part| part.parse::<u8>().ok());
        return Some(Rgb([
            channels.next()??,
            channels.next()??,
            channels.next()??,
        ]));
    }
    Some(Rgb(match value {
        "white" => [255, 255, 255],
        "black" => [0, 0, 0],
        "snow" => [255, 250, 250],
        "ivory" => [255, 255, 240],
        "whitesmoke" => [245, 245, 245],
        "ghostwhite" => [248, 248, 255],
        "floralwhite" => [255, 250, 240],
        "gray" | "grey" => [128, 128, 128],
        "silver" => [192, 192, 192],
        "red" => [255, 0, 0],
        "blue" => [0, 0, 255],
        "navy" => [0, 0, 128],
        "green" => [0, 128, 0],
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_colours() {
        for (value, expected) in [
            ("1px", Some(1.0)),
            ("0", Some(0.0)),
            ("12", None),
            ("-9999px", Some(-9999.0)),
            ("3vw", None),
        ] {
            assert_eq!(pixels(value), expected, "{value}");
        }
        assert_eq!(colour_of("rgb(1, 2, 3)"), Some(Rgb([1, 2, 3])));
        assert_eq!(colour_of("#FFF"), Some(Rgb([255; 3])));
        assert_eq!(colour_of("var(--x)"), None);
    }

    #[test]
    fn rules_inside_media_blocks_are_passed_over() {
        let mut sheet = StyleSheet::default();
        sheet.add("/* .a{display:none} */ @import url(x); .b, #c { display:none } @media print { .d { display:none } } .e{color:red}");
        let mut names: Vec<_> = sheet.rules.keys().cloned().collect();
        names.sort();
        assert_eq!(names, ["#c", ".b", ".e"]);
    }
}
