//! Cuts a page into tags and text in one pass.

/// A piece of the page.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Character data, references not yet replaced.
    Text(&'a str),
    Start(Tag<'a>),
    /// An end tag, by its name in lower case.
    End(String),
    /// The content of a style element.
    Style(&'a str),
}

/// A start tag.
#[derive(Debug, PartialEq)]
pub(super) struct Tag<'a> {
    pub(super) name: String,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// The value of an attribute; empty when it has none.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| *value)
    }
}

/// 64 attributes are kept: the ones that matter come well before; a tag with 300,000 stays cheap.
const MAX_ATTRIBUTES: usize = 64;

pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// An element whose content is not markup, and its end is to be found first.
    raw: Option<&'static str>,
    /// No end tag of this name follows; remembered, so that it is searched for only once.
    missing: Vec<&'static str>,
}

const RAW: &[&str] = &[
    "script", "style", "title", "textarea", "noembed", "noframes", "iframe", "xmp",
];

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            raw: None,
            missing: Vec::new(),
        }
    }

    /// The content of a raw element up to its end tag.
    fn raw_text(&mut self, name: &'static str) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        if self.missing.contains(&name) {
            return None;
        }
        let Some(end) = find_end_tag(rest, name) else {
            self.missing.push(name);
            // Without an end the rest would vanish; better to read it as markup.
            return None;
        };
        let content = &rest[..end];
        self.at += end;
        match name {
            "style" => Some(Token::Style(content)),
            "textarea" | "xmp" => Some(Token::Text(content)),
            _ => None,
        }
    }

    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        match bytes.get(1) {
            Some(b'!') | Some(b'?') => {
                let (skip, end) = if rest.starts_with("<!--") {
                    (4, "-->")
                } else {
                    (2, ">")
                };
                // An open comment takes the rest of the page, as browsers have it.
                self.at += rest[skip..]
                    .find(end)
                    .map_or(rest.len(), |at| skip + at + end.len());
                None
            }
            Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let name_end = name_end(rest, 2);
                let name = rest[2..name_end].to_ascii_lowercase();
                self.at += rest[name_end..]
                    .find('>')
                    .map_or(rest.len(), |at| name_end + at + 1);
                Some(Token::End(name))
            }
            Some(byte) if byte.is_ascii_alphabetic() => {
                let name_end = name_end(rest, 1);
                let name = rest[1..name_end].to_ascii_lowercase();
                let mut attributes = Vec::new();
                self.at += name_end;
                self.attributes(&mut attributes);
                self.raw = RAW.iter().find(|raw| **raw == name).copied();
                Some(Token::Start(Tag { name, attributes }))
            }
            _ => {
                // A lone "<" is text.
                let end = rest[1..].find('<').map_or(rest.len(), |at| at + 1);
                self.at += end;
                Some(Token::Text(&rest[..end]))
            }
        }
    }

    /// Reads attributes up to and with the closing `>`.
    fn attributes(&mut self, attributes: &mut Vec<(&'a str, &'a str)>) {
        let bytes = self.text.as_bytes();
        loop {
            while bytes
                .get(self.at)
                .is_some_and(|b| b.is_ascii_whitespace() || *b == b'/')
            {
                self.at += 1;
            }
            match bytes.get(self.at) {
                None => return,
                Some(b'>') => {
                    self.at += 1;
                    return;
                }
                Some(_) => {}
            }
            let start = self.at;
            self.at += 1;
            while bytes
                .get(self.at)
                .is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/'))
            {
                self.at += 1;
            }
            let key = self.text.get(start..self.at).unwrap_or("");
            while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
                self.at += 1;
            }
            let mut value = "";
            if bytes.get(self.at) == Some(&b'=') {
                self.at += 1;
                while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
                    self.at += 1;
                }
                let start = self.at;
                value = match bytes.get(self.at) {
                    Some(&quote @ (b'"' | b'\'')) => {
                        let end = bytes[start + 1..].iter().position(|&b| b == quote);
                        let end = end.map_or(bytes.len(), |at| start + 1 + at);
                        self.at = (end + 1).min(bytes.len());
                        self.text.get(start + 1..end).unwrap_or("")
                    }
                    _ => {
                        while bytes
                            .get(self.at)
                            .is_some_and(|b| !b.is_ascii_whitespace() && *b != b'>')
                        {
                            self.at += 1;
                        }
                        self.text.get(start..self.at).unwrap_or("")
                    }
                };
            }
            if attributes.len() < MAX_ATTRIBUTES {
                attributes.push((key, value));
            }
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while self.at < self.text.len() {
            if let Some(name) = self.raw.take() {
                match self.raw_text(name) {
                    Some(token) => return Some(token),
                    None => continue,
                }
            }
            let rest = &self.text[self.at..];
            if rest.starts_with('<') {
                match self.markup() {
                    Some(token) => return Some(token),
                    None => continue,
                }
            }
            let end = rest.find('<').unwrap_or(rest.len());
            self.at += end;
            return Some(Token::Text(&rest[..end]));
        }
        None
    }
}

fn name_end(rest: &str, from: usize) -> usize {
    rest.as_bytes()[from..]
        .iter()
        .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
        .map_or(rest.len(), |at| from + at)
}

/// Place of `</name` in any case.
fn find_end_tag(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = text.get(at..)?.find("</") {
        at += found;
        let candidate = bytes.get(at + 2..at + 2 + name.len())?;
        if candidate.eq_ignore_ascii_case(name.as_bytes()) {
            return Some(at);
        }
        at += 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_attributes() {
        let tokens: Vec<_> = Tokens::new("<A HREF = 'x>y' b=c d/>t</a >").collect();
        let Token::Start(tag) = &tokens[0] else {
            panic!("no tag")
        };
        assert_eq!(
            (
                tag.name.as_str(),
                tag.get("href"),
                tag.get("b"),
                tag.get("d")
            ),
            ("a", Some("x>y"), Some("c"), Some(""))
        );
        assert_eq!(tokens[1..], [Token::Text("t"), Token::End("a".into())]);
    }

    #[test]
    fn odd_ends_lose_nothing_and_loop_nowhere() {
        for html in [
            "<",
            "<a",
            "<a b",
            "<a b=",
            "<a b='",
            "</",
            "</a",
            "<!",
            "<!--",
            "<script>",
            "<é>",
            "<a é='ü>",
        ] {
            let _ = Tokens::new(html).count();
        }
        let open_comments = "<!--".repeat(2_000);
        let _ = Tokens::new(&open_comments).count();
    }
}
