//! A streaming XML reader that refuses what documents do not need: DTDs, own entities, endless nesting.

use super::limits::Limits;
use super::status::{ExtractError, Status};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// 1,024 attributes at most on one element; Word writes up to some 40 namespaces on the root.
const MAX_ATTRIBUTES: usize = 1024;

/// What a format reader hears. Names are without their prefix (`w:p` is `p`), because writers choose
/// prefixes freely in principle and in practice never use one local name for two things that matter here.
pub(super) trait Handler {
    fn start(&mut self, name: &str, attributes: &Attributes);
    fn text(&mut self, text: &str);
    fn end(&mut self, name: &str);
    /// Whether to stop early, because the text is full.
    fn is_done(&self) -> bool {
        false
    }
}

/// The attributes of one element, by local name.
#[derive(Debug, Default)]
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

pub(super) fn parse(
    part: &str,
    xml: &[u8],
    limits: &Limits,
    handler: &mut impl Handler,
) -> Result<(), ExtractError> {
    let corrupt = |message: &dyn std::fmt::Display| {
        ExtractError::new(Status::Corrupt, format!("{part}: {message}"))
    };
    let decoded = super::encoding::decode(xml, None)?;
    let mut reader = Reader::from_str(&decoded.text);
    reader.config_mut().check_end_names = false;
    let mut depth = 0usize;
    let mut attributes = Attributes::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > limits.nesting {
                    return Err(ExtractError::new(
                        Status::Limit,
                        format!(
                            "{part}: more than {} elements inside each other",
                            limits.nesting
                        ),
                    ));
                }
                read_attributes(part, &tag, &mut attributes)?;
                handler.start(tag.local_name().as_ref(), &attributes);
            }
            Ok(Event::Empty(tag)) => {
                read_attributes(part, &tag, &mut attributes)?;
                let name = tag.local_name();
                handler.start(name.as_ref(), &attributes);
                handler.end(name.as_ref());
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                handler.end(tag.local_name().as_ref());
            }
            Ok(Event::Text(text)) => handler.text(&text),
            Ok(Event::CData(text)) => handler.text(&text),
            Ok(Event::GeneralRef(entity)) => {
                let mut buffer = [0; 4];
                // An entity that only a DTD could define stands for nothing here.
                if let Some(c) = resolve(&entity) {
                    handler.text(c.encode_utf8(&mut buffer));
                }
            }
            Ok(Event::DocType(_)) => {
                return Err(corrupt(&"has a document type definition, which is refused"));
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
            Err(error) => return Err(corrupt(&error)),
        }
        if handler.is_done() {
            return Ok(());
        }
    }
}

fn read_attributes(
    part: &str,
    tag: &BytesStart<'_>,
    attributes: &mut Attributes,
) -> Result<(), ExtractError> {
    attributes.0.clear();
    // The check for duplicates is quadratic in the number of attributes.
    for attribute in tag.attributes().with_checks(false) {
        let Ok(attribute) = attribute else { continue };
        if attributes.0.len() == MAX_ATTRIBUTES {
            return Err(ExtractError::new(
                Status::Limit,
                format!("{part}: more than {MAX_ATTRIBUTES} attributes on one element"),
            ));
        }
        let value = unescape(&attribute.value);
        attributes
            .0
            .push((attribute.key.local_name().as_ref().to_owned(), value));
    }
    Ok(())
}

/// Attribute values with their predefined and numeric references replaced.
fn unescape(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(end) = rest.bytes().take(12).position(|b| b == b';')
            && let Some(c) = resolve(&rest[..end])
        {
            out.push(c);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
        }
    }
    out.push_str(rest);
    out
}

fn resolve(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Log(String);

    impl Handler for Log {
        fn start(&mut self, name: &str, attributes: &Attributes) {
            self.0 += &format!("<{name}{}>", attributes.get("val").unwrap_or(""));
        }
        fn text(&mut self, text: &str) {
            self.0 += text;
        }
        fn end(&mut self, name: &str) {
            self.0 += &format!("</{name}>");
        }
    }

    fn log(xml: &str) -> Result<String, Status> {
        let mut log = Log::default();
        parse("part", xml.as_bytes(), &Limits::default(), &mut log)
            .map(|()| log.0)
            .map_err(|error| error.status())
    }

    #[test]
    fn names_values_and_references() {
        assert_eq!(
            log("<w:a w:val='1&amp;2'>x&lt;&#65;&#x42;&nope;<![CDATA[<]]></w:a>"),
            Ok("<a1&2>x<AB<</a>".to_owned())
        );
    }

    #[test]
    fn what_is_refused() {
        let deep = "<a>".repeat(300);
        let wide = format!(
            "<a {}/>",
            (0..2000).map(|i| format!("b{i}='1' ")).collect::<String>()
        );
        for (xml, status) in [
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", Status::Corrupt),
            (deep.as_str(), Status::Limit),
            (wide.as_str(), Status::Limit),
            ("<a><b", Status::Corrupt),
        ] {
            assert_eq!(log(xml), Err(status));
        }
    }
}
