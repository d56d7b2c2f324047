//! Labels of list items, which Word computes and does not write into the text.

use super::super::writer::BULLET;
use super::super::xml::{Attributes, Handler};
use std::collections::HashMap;

#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    text: String,
    start: u32,
}

/// Word has nine levels.
const LEVELS: usize = 9;

#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<u32, Vec<Level>>,
    /// Which list a paragraph's number means.
    numbers: HashMap<u32, u32>,
    counters: HashMap<u32, [u32; LEVELS]>,
    list: Option<u32>,
    level: usize,
    number: Option<u32>,
}

impl Numbering {
    /// What stands before the next item of the list: `• `, `3. `; none when the list shows nothing.
    pub(super) fn label(&mut self, number: u32, level: usize) -> Option<String> {
        if number == 0 {
            return None;
        }
        let level = level.min(LEVELS - 1);
        let list = self.numbers.get(&number).copied();
        let Some(levels) = list.and_then(|list| self.lists.get(&list)) else {
            // A list that is not described is shown as a list all the same.
            return Some(BULLET.to_owned());
        };
        let counters = self.counters.entry(list.unwrap_or_default()).or_default();
        counters[level] += 1;
        counters[level + 1..].fill(0);
        let own = levels.get(level).cloned().unwrap_or_default();
        match own.format.as_str() {
            "bullet" | "" => return Some(BULLET.to_owned()),
            "none" => return None,
            _ => {}
        }
        let mut label = String::new();
        let mut chars = own.text.chars();
        while let Some(c) = chars.next() {
            let at = (c == '%')
                .then(|| chars.next())
                .flatten()
                .and_then(|c| c.to_digit(10));
            match at {
                Some(at) if (1..=LEVELS as u32).contains(&at) => {
                    let at = at as usize - 1;
                    let described = levels.get(at).cloned().unwrap_or_default();
                    let count = counters[at].max(1) - 1 + described.start;
                    label.push_str(&numeral(&described.format, count));
                }
                _ => label.push(c),
            }
        }
        if label.trim().is_empty() {
            return None;
        }
        label.push(' ');
        Some(label)
    }
}

fn numeral(format: &str, count: u32) -> String {
    match format {
        "lowerLetter" | "upperLetter" => {
            let letter = char::from(b'a' + (count.saturating_sub(1) % 26) as u8);
            let letter = if format == "upperLetter" {
                letter.to_ascii_uppercase()
            } else {
                letter
            };
            letter
                .to_string()
                .repeat((count.saturating_sub(1) / 26 + 1).min(4) as usize)
        }
        "lowerRoman" => roman(count).to_lowercase(),
        "upperRoman" => roman(count),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}

fn roman(mut count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if count > 3999 {
        return count.to_string();
    }
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while count >= value {
            out.push_str(sign);
            count -= value;
        }
    }
    out
}

impl Handler for Numbering {
    fn start(&mut self, name: &str, attributes: &Attributes) {
        let number = |key: &str| {
            attributes
                .get(key)
                .and_then(|value| value.parse::<u32>().ok())
        };
        match name {
            "abstractNum" => self.list = number("abstractNumId"),
            "num" => self.number = number("numId"),
            "abstractNumId" => {
                if let (Some(own), Some(list)) = (self.number, number("val")) {
                    self.numbers.insert(own, list);
                }
            }
            "lvl" => {
                self.level = (number("ilvl").unwrap_or(0) as usize).min(LEVELS - 1);
                if let (Some(list), None) = (self.list, self.number) {
                    let levels = self.lists.entry(list).or_default();
                    levels.resize(
                        levels.len().max(self.level + 1),
                        Level {
                            start: 1,
                            ..Level::default()
                        },
                    );
                }
            }
            "numFmt" | "lvlText" | "start" => {
                if let (Some(list), None) = (self.list, self.number)
                    && let Some(level) = self
                        .lists
                        .get_mut(&list)
                        .and_then(|levels| levels.get_mut(self.level))
                {
                    let value = attributes.get("val").unwrap_or_default();
                    match name {
                        "numFmt" => level.format = value.to_owned(),
                        "lvlText" => level.text = value.to_owned(),
                        _ => level.start = value.parse().unwrap_or(1).min(1_000_000),
                    }
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}

    fn end(&mut self, name: &str) {
        match name {
            "abstractNum" => self.list = None,
            "num" => self.number = None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::super::xml::parse;
    use super::*;

    #[test]
    fn labels_count_up() {
        let xml = r#"<w:numbering>
            <w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>
              <w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/>
              <w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
            <w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num></w:numbering>"#;
        let mut numbering = Numbering::default();
        parse(
            "numbering",
            xml.as_bytes(),
            &Limits::default(),
            &mut numbering,
        )
        .unwrap();
        for (number, level, label) in [
            (1, 0, Some("3. ")),
            (1, 0, Some("4. ")),
            (1, 1, Some("4.i) ")),
            (2, 0, Some("• ")),
            (1, 0, Some("5. ")),
            (0, 0, None),
            (9, 0, Some("• ")),
        ] {
            assert_eq!(numbering.label(number, level).as_deref(), label);
        }
    }
}
