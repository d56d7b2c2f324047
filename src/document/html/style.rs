//! As much of CSS as it takes to tell that text is not seen: `style` attributes and rules of simple selectors.

use super::super::colour::Rgb;
use super::token::Tag;
use super::value::{colour_of, fraction, is_transparent, pixels};
use std::borrow::Cow;
use std::collections::HashMap;

/// How the text of an element looks, with what it inherits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Look {
    pub(super) removed: bool,
    pub(super) invisible: bool,
    pub(super) tiny: bool,
    /// Scaled down to nothing, whatever the font size.
    pub(super) shrunk: bool,
    pub(super) off_page: bool,
    pub(super) colour: Option<Rgb>,
    /// Painted without ink. Over a gradient that is how letters are filled with it.
    pub(super) transparent: bool,
    pub(super) ground: Option<Rgb>,
    /// A picture, a gradient, a variable or a rule that was not understood lies behind the text.
    pub(super) ground_unknown: bool,
    /// What follows holds for the element alone; it takes two of them to hide a text.
    positioned: bool,
    shifted: bool,
    clipped: bool,
    boxed: bool,
    cut: bool,
}

/// Rules for a tag, its classes and its id; those that look at other elements are left alone, and so are rules for print or small screens.
#[derive(Debug, Default)]
pub(super) struct StyleSheet {
    /// By tag, class or id.
    rules: HashMap<String, String>,
    /// By one class or id: what else the element must have, and the declarations.
    joint: HashMap<String, Vec<(Vec<String>, String)>>,
    /// Bytes of declarations applied so far.
    work: usize,
    /// Some rule sets a background by a selector that is not followed.
    grounds_unknown: bool,
}

/// 5,000 rules: large style frameworks have about as many.
const MAX_RULES: usize = 5_000;

/// 16 MiB of declarations: some tenths of a second, and a hundred times what a styled resume takes. A page beyond it is made to
/// be slow, or to hide text behind the limit.
const MAX_WORK: usize = 16 << 20;

/// 32 rules that share a class and ask for more: each is tried at every element of the class.
const MAX_JOINT: usize = 32;

impl StyleSheet {
    pub(super) fn add(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_ref();
        while let Some(open) = rest.find('{') {
            let selectors = rest[..open].rsplit([';', '}']).next().unwrap_or("").trim();
            let body_start = open + 1;
            if holds_on_screens(selectors) {
                // Its rules are read as if they stood outside; the brace that ends it ends no rule.
                rest = &rest[body_start..];
                continue;
            }
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
        let Some(mut parts) = parts_of(selector) else {
            self.grounds_unknown |= declarations.contains("background");
            return;
        };
        if parts.len() > 1 {
            // The last part is a class or an id.
            let key = parts.pop().unwrap_or_default();
            if self.joint.len() < MAX_RULES {
                let rules = self.joint.entry(key).or_default();
                if rules.len() < MAX_JOINT && declarations.len() < 4096 {
                    rules.push((parts, declarations.to_owned()));
                }
            }
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

    /// Whether more rules were applied than a page may ask for.
    pub(super) fn is_spent(&self) -> bool {
        self.work > MAX_WORK
    }

    /// Changes the inherited look to that of the element.
    pub(super) fn apply(&mut self, look: &mut Look, tag: &Tag<'_>) {
        look.positioned = false;
        look.shifted = false;
        look.clipped = false;
        look.boxed = false;
        look.cut = false;
        look.ground_unknown |= self.grounds_unknown;
        if !(self.rules.is_empty() && self.joint.is_empty()) {
            let names = names_of(tag);
            for declarations in names.iter().filter_map(|name| self.rules.get(name)) {
                self.work += declarations.len();
                declare(look, declarations);
            }
            let joint = names.iter().filter_map(|name| self.joint.get(name));
            for (others, declarations) in joint.flatten() {
                self.work += 16 * others.len();
                if others.iter().all(|other| names.contains(other)) {
                    self.work += declarations.len();
                    declare(look, declarations);
                }
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
            declare(look, &without_comments(&htmlize::unescape_attribute(style)));
        }
        if tag.name == "dialog" && tag.get("open").is_none() {
            look.removed = true;
        }
        look.off_page |= look.positioned && (look.shifted || look.clipped);
        look.off_page |= look.boxed && look.cut;
    }
}

/// The tag, classes and id of an element, as the rules have them.
fn names_of(tag: &Tag<'_>) -> Vec<String> {
    let mut names = vec![tag.name.clone()];
    // 32 classes: more than frameworks put on one element.
    let classes = tag.get("class").unwrap_or("").split_ascii_whitespace();
    names.extend(
        classes
            .take(32)
            .map(|class| format!(".{}", class.to_ascii_lowercase())),
    );
    names.extend(
        tag.get("id")
            .map(|id| format!("#{}", id.to_ascii_lowercase())),
    );
    names
}

/// `p.small.grey` as `p`, `.small`, `.grey`; nothing for a selector that looks at other elements or at states.
fn parts_of(selector: &str) -> Option<Vec<String>> {
    let selector = selector.to_ascii_lowercase();
    let mut parts: Vec<String> = Vec::new();
    for c in selector.chars() {
        match c {
            '.' | '#' => parts.push(c.to_string()),
            c if c.is_alphanumeric() || matches!(c, '-' | '_') => match parts.last_mut() {
                Some(part) => part.push(c),
                None => parts.push(c.to_string()),
            },
            _ => return None,
        }
    }
    // 8 parts: more than anybody writes by hand.
    let sound = (1..=8).contains(&parts.len())
        && parts.iter().all(|part| !matches!(part.as_str(), "." | "#"));
    sound.then_some(parts)
}

/// Whether a block is one of rules that hold for every screen.
fn holds_on_screens(prelude: &str) -> bool {
    let mut words = prelude.split_ascii_whitespace();
    words
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("@media"))
        && words.all(|word| {
            ["screen", "all", "only"]
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known))
        })
}

fn matters(declarations: &str) -> bool {
    [
        "display",
        "visibility",
        "opacity",
        "color",
        "background",
        "left",
        "top",
        "indent",
        "position",
        "font",
        "clip",
        "transform",
        "overflow",
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

fn without_comments(css: &str) -> Cow<'_, str> {
    if !css.contains("/*") {
        return Cow::Borrowed(css);
    }
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start + 2..]
            .find("*/")
            .map_or("", |end| &rest[start + 2 + end + 2..]);
    }
    out.push_str(rest);
    Cow::Owned(out)
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
            "content-visibility" => look.removed |= value == "hidden",
            "visibility" => look.invisible = matches!(value, "hidden" | "collapse"),
            "opacity" => {
                look.invisible |= fraction(value).is_some_and(|opacity| opacity < 0.05);
            }
            "font-size" => {
                if let Some(pixels) = pixels(value) {
                    // 2 px is 1.5 points; see the same limit for DOCX.
                    look.tiny = pixels <= 2.0;
                }
            }
            // `font: 0/0 a`, with which texts were once replaced by pictures.
            "font" => {
                let size = value.split([' ', '/']).find_map(pixels);
                look.tiny = size.is_some_and(|pixels| pixels <= 2.0);
            }
            "color" => {
                look.colour = colour_of(value);
                look.transparent = is_transparent(value);
            }
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
            "clip" => {
                let mut edges = value
                    .trim_start_matches("rect(")
                    .trim_end_matches(')')
                    .split([',', ' '])
                    .filter(|edge| !edge.is_empty())
                    .map(pixels);
                if let (Some(Some(top)), Some(Some(right)), Some(Some(bottom)), Some(Some(left))) =
                    (edges.next(), edges.next(), edges.next(), edges.next())
                {
                    look.clipped = right - left <= 1.0 || bottom - top <= 1.0;
                }
            }
            "clip-path" => {
                let inset = value
                    .strip_prefix("inset(")
                    .and_then(|rest| rest.split([' ', ')']).next());
                look.off_page |= inset.is_some_and(|inset| {
                    inset.ends_with('%') && fraction(inset).is_some_and(|inset| inset >= 0.5)
                }) || value.starts_with("circle(0");
            }
            "height" | "width" | "max-height" | "max-width" => {
                // Shares are of the window or of a bar that shows a level: only none of it is nothing.
                let least = if value.ends_with('%') { 0.0 } else { 1.0 };
                look.boxed |= pixels(value).is_some_and(|pixels| pixels <= least);
            }
            "overflow" => look.cut = matches!(value, "hidden" | "clip"),
            "transform" => {
                let scale = value
                    .strip_prefix("scale(")
                    .and_then(|rest| rest.split([',', ')']).next());
                look.shrunk |= scale.and_then(fraction).is_some_and(|scale| scale < 0.05);
                let shift = value
                    .strip_prefix("translate")
                    .and_then(|rest| rest.split(['(', ',', ')']).nth(1));
                look.off_page |= shift
                    .and_then(pixels)
                    .is_some_and(|pixels| pixels <= -500.0);
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_for_print_are_passed_over() {
        let mut sheet = StyleSheet::default();
        sheet.add("/* .a{display:none} */ @import url(x); .b, #c { display:none } @media print { .d { display:none } } .e{color:red}");
        let mut names: Vec<_> = sheet.rules.keys().cloned().collect();
        names.sort();
        assert_eq!(names, ["#c", ".b", ".e"]);
        sheet.add("@media only screen { .f { color: red } p.g.h { color: red } } i { color: red }");
        assert!(sheet.rules.contains_key(".f") && sheet.rules.contains_key("i"));
        assert_eq!(sheet.joint[".h"][0].0, ["p", ".g"]);
    }
}
