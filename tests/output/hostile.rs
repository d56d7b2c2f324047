//! No text becomes markup, and all of it is there to be read.

use std::collections::BTreeSet;

use serde_json::Value;

use super::payloads::{page, page_of, payloads};

/// Each kind of tag with the names of its attributes, as a parser meets them; what stands in script and style is passed over.
fn tags(page: &str) -> BTreeSet<(String, Vec<String>)> {
    let mut tags = BTreeSet::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with('/') {
            continue;
        }
        let (name, after) = rest.split_at(rest.find([' ', '>', '\n', '/']).unwrap_or(rest.len()));
        let (mut names, mut left) = (Vec::new(), after);
        while !left.starts_with('>') {
            left = left.trim_start_matches([' ', '\n', '/']);
            let end = left.find(['=', ' ', '>', '\n']).expect("a tag ends");
            if end > 0 {
                names.push(left[..end].to_owned());
            }
            left = &left[end..];
            if let Some(value) = left.strip_prefix('=') {
                let value = value.strip_prefix('"').expect("every value is quoted");
                left = &value[value.find('"').expect("a quote ends") + 1..];
            }
        }
        tags.insert((name.to_owned(), names));
        rest = left;
        if name == "script" || name == "style" {
            rest = &rest[rest.find(&format!("</{name}>")).expect("a block ends")..];
        }
    }
    tags
}

#[test]
fn there_are_a_hundred() {
    assert_eq!(payloads().iter().collect::<BTreeSet<_>>().len(), 100);
}

#[test]
fn no_text_becomes_a_tag_or_an_attribute() {
    // The same pool with harmless words, one of them with a folder, has every tag that there may be.
    let harmless: Vec<String> = (0..100).map(|n| format!("folder/harmless {n}")).collect();
    let allowed = tags(&page_of(&harmless));
    let found = tags(&page());
    let new: Vec<_> = found.difference(&allowed).collect();
    assert!(new.is_empty(), "{new:?}");
    let runs = |name: &String| name.starts_with("on") || ["style", "src"].contains(&name.as_str());
    let running: Vec<_> = found
        .iter()
        .filter(|(_, names)| names.iter().any(runs))
        .collect();
    assert!(running.is_empty(), "{running:?}");
}

#[test]
fn the_data_comes_back_as_it_was() {
    let page = page();
    let block = |id: &str| {
        let start = format!("<script type=\"application/json\" id=\"{id}\">");
        let from = page.find(&start).unwrap() + start.len();
        let to = from + page[from..].find("</script>").unwrap();
        serde_json::from_str::<Value>(&page[from..to]).unwrap()
    };
    let rows = block("rows");
    let sources: BTreeSet<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row[1].as_str().unwrap())
        .collect();
    let payloads = payloads();
    assert_eq!(sources, payloads.iter().map(String::as_str).collect());
    let quote = &block("details-0")[0]["skills"][0][8][0][0];
    assert!(quote.is_string());
}
