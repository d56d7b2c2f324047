//! Temporary.
#![allow(missing_docs)]
use crate::*;
pub struct Dev { tax: taxonomy::Taxonomy, finder: evidence::EvidenceFinder, matcher: matcher::Matcher, sections: section::SectionFinder }
impl Dev {
    pub fn new(parts: &[(&str, &str)]) -> Result<Self> {
        let tax = taxonomy::Taxonomy::from_toml_parts(parts)?;
        let (finder, matcher) = evidence::EvidenceFinder::compile(&tax)?;
        Ok(Self { tax, finder, matcher, sections: section::SectionFinder::builtin() })
    }
    pub fn size(&self) -> (usize, usize, usize) { self.matcher.size() }
    pub fn run(&self, source: &str, text: &str) -> serde_json::Value {
        let n = text::NormalizedText::new(text);
        let sections = self.sections.find(text, &n);
        let (mut ids, mut matches, mut mentions) = (vec![], vec![], vec![]);
        self.matcher.find(&n, &mut ids, &mut matches);
        let reading = evidence::Reading { text: &n, ids: &ids, sections: &sections, matcher: &self.matcher };
        self.finder.gather(reading, &matches, &mut Default::default(), &mut mentions);
        let mut skills: Vec<serde_json::Value> = vec![];
        let mut suppressed = vec![];
        for m in &mentions {
            let id = self.tax.skills()[m.skill as usize].id();
            let span = m.span(&n);
            let e = serde_json::json!({"start": span.start, "end": span.end, "quote": &text[span.range()], "section": m.section, "kind": m.kind});
            if let Some(r) = m.suppressed { suppressed.push(serde_json::json!({"id": id, "quote": &text[span.range()], "reason": r})); continue; }
            match skills.last_mut() {
                Some(s) if s["id"] == id => s["evidence"].as_array_mut().unwrap().push(e),
                _ => skills.push(serde_json::json!({"id": id, "percent": 50, "evidence": [e]})),
            }
        }
        serde_json::json!({"source": source, "score": skills.len(), "skills": skills, "suppressed": suppressed})
    }
}
