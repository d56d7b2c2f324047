//! The parts of a resume: experience, education, skills and so on.
//!
//! [`SectionFinder`] looks at the beginning of each line for a heading, and inside lines that are far too long to be lines (the ends
//! were lost on the way) for headings in title case. Headings are data: `data/sections.toml`. One look-up in a hash map a line,
//! nothing else, so the stage costs next to nothing.
//!
//! What it does not do: it does not guess a section from what is said in it. A text without headings is one section.

pub(crate) mod words;

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::span::Span;
use crate::text::{Joint, NormalizedText, Shape, Token};
use words::{WordMap, WordSet};

/// A first line of so many words is prose: the summary has begun. 12: longer than names, titles and addresses are on one line.
const WORDS_OF_PROSE: usize = 12;

/// What a part of a resume is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SectionKind {
    /// Name, address and title at the top.
    Header,
    /// Who the person is, in prose.
    Summary,
    /// What the person is looking for.
    Objective,
    /// Jobs, military service and volunteer work.
    Experience,
    /// Skills, strengths, tools.
    Skills,
    /// Schools, degrees, courses.
    Education,
    /// Certificates and licenses.
    Certifications,
    /// Languages spoken.
    Languages,
    /// Awards and accomplishments.
    Awards,
    /// Hobbies, memberships, activities.
    Interests,
    /// People to ask.
    References,
    /// Publications, talks, patents.
    Publications,
    /// Anything else.
    Other,
}

impl SectionKind {
    const ALL: [SectionKind; 13] = [
        SectionKind::Header,
        SectionKind::Summary,
        SectionKind::Objective,
        SectionKind::Experience,
        SectionKind::Skills,
        SectionKind::Education,
        SectionKind::Certifications,
        SectionKind::Languages,
        SectionKind::Awards,
        SectionKind::Interests,
        SectionKind::References,
        SectionKind::Publications,
        SectionKind::Other,
    ];

    /// Its name in files and reports: `experience`.
    pub fn as_str(self) -> &'static str {
        match self {
            SectionKind::Header => "header",
            SectionKind::Summary => "summary",
            SectionKind::Objective => "objective",
            SectionKind::Experience => "experience",
            SectionKind::Skills => "skills",
            SectionKind::Education => "education",
            SectionKind::Certifications => "certifications",
            SectionKind::Languages => "languages",
            SectionKind::Awards => "awards",
            SectionKind::Interests => "interests",
            SectionKind::References => "references",
            SectionKind::Publications => "publications",
            SectionKind::Other => "other",
        }
    }
}

impl fmt::Display for SectionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for SectionKind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == name)
            .ok_or_else(|| {
                let known = Self::ALL.map(Self::as_str).join(", ");
                Error::new(
                    ErrorKind::Option,
                    format!("unknown section {name:?}; expected one of {known}"),
                )
            })
    }
}

/// One part of a text. The sections of a text cover it from its first byte to its last, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    kind: SectionKind,
    span: Span,
    heading: Option<Span>,
    first: u32,
    end: u32,
}

impl Section {
    /// What it is about.
    pub fn kind(&self) -> SectionKind {
        self.kind
    }

    /// Where it stands, its heading included, up to where the next one begins.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Its heading, when it has one.
    pub fn heading(&self) -> Option<Span> {
        self.heading
    }

    /// Its first word, by number in the [`NormalizedText`].
    pub fn first(&self) -> u32 {
        self.first
    }

    /// One past its last word.
    pub fn end(&self) -> u32 {
        self.end
    }

    pub(crate) fn tokens(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// The rules as they stand in `sections.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    headings: HashMap<SectionKind, Vec<String>>,
    endings: Endings,
    labels: Labels,
    inline: InlineRules,
}

#[derive(Deserialize)]
struct Endings {
    words: usize,
    openers: Vec<String>,
    #[serde(flatten)]
    kinds: HashMap<SectionKind, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    within: Vec<SectionKind>,
    spoken: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InlineRules {
    words: usize,
    long: usize,
    not_after: Vec<String>,
    heading: Vec<InlineRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InlineRule {
    kind: SectionKind,
    phrases: Vec<String>,
    #[serde(default)]
    sure: bool,
    #[serde(default)]
    within: usize,
    #[serde(default)]
    follow: Vec<String>,
    #[serde(default)]
    list: bool,
    #[serde(default)]
    address: bool,
    #[serde(default)]
    number: bool,
    #[serde(default)]
    after: Vec<SectionKind>,
}

/// What must stand around an inline heading.
#[derive(Clone, Debug)]
struct Inline {
    kind: SectionKind,
    sure: bool,
    within: usize,
    follow: WordSet,
    list: bool,
    address: bool,
    number: bool,
    after: Vec<SectionKind>,
}

/// Finds the sections of texts. Built once, shared by all threads.
#[derive(Clone, Debug)]
pub struct SectionFinder {
    headings: WordMap<SectionKind>,
    most_words: usize,
    endings: WordMap<SectionKind>,
    ending_words: usize,
    ending_openers: WordSet,
    labels_within: Vec<SectionKind>,
    spoken: WordSet,
    inline_line: usize,
    inline_long: usize,
    inline_first: WordMap<usize>,
    inline: WordMap<usize>,
    inline_rules: Vec<Inline>,
    not_after: WordSet,
}

impl Default for SectionFinder {
    fn default() -> Self {
        Self::builtin()
    }
}

/// Where a section begins, and what it is about.
#[derive(Clone, Copy)]
struct Heading {
    first: usize,
    /// The last word of the heading; `None` where a section goes on without one.
    last: Option<usize>,
    kind: SectionKind,
    form: Form,
}

/// How a heading is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As a line of its own.
    Alone,
    /// "Languages: Spanish, French": as the first words of a line, close below another.
    Label,
    /// Any other way.
    Other,
}

impl SectionFinder {
    /// The finder with the headings of `data/sections.toml`.
    ///
    /// # Panics
    ///
    /// Never: the file is part of the crate, and a test reads it.
    pub fn builtin() -> Self {
        let rules: Rules = toml::from_str(include_str!("../data/sections.toml"))
            .expect("the built-in sections.toml is well formed");
        Self::new(rules)
    }

    fn new(rules: Rules) -> Self {
        let mut headings = WordMap::default();
        let mut most_words = 1;
        for (kind, phrases) in &rules.headings {
            for phrase in phrases {
                most_words = most_words.max(phrase.split(' ').count());
                headings.insert(phrase, *kind);
            }
        }
        let mut endings = WordMap::default();
        for (kind, words) in &rules.endings.kinds {
            for word in words {
                endings.insert(word, *kind);
            }
        }
        let mut inline = WordMap::default();
        let mut inline_first: WordMap<usize> = WordMap::default();
        let mut inline_rules = Vec::new();
        for (n, rule) in rules.inline.heading.into_iter().enumerate() {
            for phrase in &rule.phrases {
                inline.insert(phrase, n);
                let first = phrase.split(' ').next().unwrap_or_default();
                let words = phrase.split(' ').count();
                let longest = inline_first.get(first).copied().unwrap_or(0).max(words);
                inline_first.insert(first, longest);
            }
            inline_rules.push(Inline {
                kind: rule.kind,
                sure: rule.sure,
                within: rule.within,
                follow: rule.follow.iter().collect(),
                list: rule.list,
                address: rule.address,
                number: rule.number,
                after: rule.after,
            });
        }
        Self {
            headings,
            most_words,
            endings,
            ending_words: rules.endings.words,
            ending_openers: rules.endings.openers.iter().collect(),
            labels_within: rules.labels.within,
            spoken: words::languages()
                .map(str::to_owned)
                .chain(rules.labels.spoken)
                .collect(),
            inline_line: rules.inline.words,
            inline_long: rules.inline.long,
            inline_first,
            inline,
            inline_rules,
            not_after: rules.inline.not_after.iter().collect(),
        }
    }

    /// The sections of a text. An empty text has none; any other is covered from end to end.
    ///
    /// ```
    /// use skillscreen::section::{SectionFinder, SectionKind};
    /// use skillscreen::text::NormalizedText;
    ///
    /// let text = "Ada Example\nWORK EXPERIENCE\nTeller, 2015 to 2018\nEducation: GED";
    /// let sections = SectionFinder::builtin().find(text, &NormalizedText::new(text));
    /// let kinds: Vec<_> = sections.iter().map(|section| section.kind()).collect();
    /// assert_eq!(kinds, [SectionKind::Header, SectionKind::Experience, SectionKind::Education]);
    /// assert_eq!(&text[sections[2].span().range()], "Education: GED");
    /// ```
    pub fn find(&self, text: &str, normalized: &NormalizedText) -> Vec<Section> {
        let mut sections = Vec::new();
        self.find_into(text, normalized, &mut sections);
        sections
    }

    /// The same into a buffer, which is emptied first.
    pub fn find_into(&self, text: &str, normalized: &NormalizedText, out: &mut Vec<Section>) {
        out.clear();
        if text.is_empty() {
            return;
        }
        let scan = Scan {
            finder: self,
            normalized,
        };
        let mut headings = Vec::new();
        scan.headings(&mut headings);

        let count = normalized.word_count();
        let before = headings.first().map_or(count, |heading| heading.first);
        scan.top(before, out);
        for (n, heading) in headings.iter().enumerate() {
            let end = headings.get(n + 1).map_or(count, |next| next.first);
            out.push(Section {
                kind: heading.kind,
                span: Span::default(),
                heading: heading
                    .last
                    .map(|last| normalized.span(heading.first, last)),
                first: heading.first as u32,
                end: end as u32,
            });
        }
        if out.is_empty() {
            out.push(Section {
                kind: SectionKind::Other,
                span: Span::default(),
                heading: None,
                first: 0,
                end: 0,
            });
        }
        // Each section reaches to where the next one's first word begins.
        let mut end = text.len();
        for n in (0..out.len()).rev() {
            let start = if n == 0 {
                0
            } else {
                normalized.tokens()[out[n].first as usize].start as usize
            };
            out[n].span = Span::new(start, end);
            end = start;
        }
    }
}

struct Scan<'a> {
    finder: &'a SectionFinder,
    normalized: &'a NormalizedText,
}

impl Scan<'_> {
    /// Parts what stands before the first heading: name and address, then prose.
    fn top(&self, end: usize, out: &mut Vec<Section>) {
        if end == 0 {
            return;
        }
        let lines = self.normalized.lines();
        let mut prose = end;
        for (n, &line) in lines.iter().enumerate() {
            let first = line as usize;
            if first >= end {
                break;
            }
            let line_end = lines
                .get(n + 1)
                .map_or(end, |&next| (next as usize).min(end));
            if line_end - first >= WORDS_OF_PROSE
                && !self.is_contact_line(first, line_end.min(first + 2 * WORDS_OF_PROSE))
            {
                prose = first;
                break;
            }
        }
        let section = |kind, first: usize, end: usize| Section {
            kind,
            span: Span::default(),
            heading: None,
            first: first as u32,
            end: end as u32,
        };
        if prose > 0 {
            out.push(section(SectionKind::Header, 0, prose));
        }
        if prose < end {
            out.push(section(SectionKind::Summary, prose, end));
        }
    }

    fn is_contact_line(&self, first: usize, end: usize) -> bool {
        self.normalized.tokens()[first..end]
            .iter()
            .any(|token| token.shape.has(Shape::ADDRESS))
    }

    fn headings(&self, out: &mut Vec<Heading>) {
        let lines = self.normalized.lines();
        let count = self.normalized.word_count();
        // Whether the line is below a heading of skills that stands alone: labels there part the list.
        let mut in_list = false;
        for (n, &line) in lines.iter().enumerate() {
            let first = line as usize;
            let end = lines.get(n + 1).map_or(count, |&next| next as usize);
            let before = out.last().map(|heading| heading.kind);
            let found = self.line_heading(first, end);
            let opened = found.and_then(|heading| {
                let kind = match heading.form {
                    Form::Label => self.label(heading, end, before, in_list)?,
                    Form::Alone | Form::Other => heading.kind,
                };
                Some(Heading { kind, ..heading })
            });
            if let Some(heading) = opened {
                if heading.form != Form::Label {
                    in_list = heading.kind == SectionKind::Skills && heading.form == Form::Alone;
                }
                out.push(heading);
            } else if in_list
                && before != Some(SectionKind::Skills)
                && (found.is_some() || self.has_label(first, end))
            {
                // What the label before it opened was that line only.
                out.push(Heading {
                    first,
                    last: None,
                    kind: SectionKind::Skills,
                    form: Form::Label,
                });
            }
            if end - first >= self.finder.inline_line {
                self.inline_headings(first, end, out);
            }
        }
    }

    /// What a label opens: "Languages: Python, Java" no section of languages, and "Other: Excel" nothing inside a list of skills.
    fn label(
        &self,
        heading: Heading,
        end: usize,
        before: Option<SectionKind>,
        in_list: bool,
    ) -> Option<SectionKind> {
        let kind = heading.kind;
        let behind = heading.last.map_or(heading.first, |last| last + 1);
        let spoken = |n: usize| self.finder.spoken.has(self.normalized.word(n));
        if kind == SectionKind::Languages && !(behind..end).any(spoken) {
            let part = in_list || before == Some(SectionKind::Experience);
            return (!part).then_some(SectionKind::Skills);
        }
        let part = in_list && self.finder.labels_within.contains(&kind);
        (!part).then_some(kind)
    }

    /// Whether the line of words `first..end` begins with a label that no heading is: "Frameworks: Django".
    fn has_label(&self, first: usize, end: usize) -> bool {
        let tokens = self.normalized.tokens();
        let most = end.min(first + self.finder.ending_words + 1);
        tokens[first].shape.has(Shape::CAPITAL)
            && tokens[first + 1..most]
                .iter()
                .find(|token| token.joint.parts_items())
                .is_some_and(|token| token.joint.has(Joint::COLON))
    }

    /// The heading at the start of the line of words `first..end`.
    fn line_heading(&self, first: usize, end: usize) -> Option<Heading> {
        let tokens = self.normalized.tokens();
        let limit = end.min(first + self.finder.most_words + 1);
        let mut stop = limit;
        let mut edge = Joint::NONE;
        for (n, token) in tokens.iter().enumerate().take(limit).skip(first + 1) {
            let joint = token.joint;
            if joint.has(Joint::COLON)
                || joint.has(Joint::DASH)
                || joint.ends_clause()
                || joint.has(Joint::OPEN)
            {
                stop = n;
                edge = joint;
                break;
            }
        }
        let whole = stop == end;
        // "…(metrics, system⏎Availability)": the rest of what was put in parentheses on the line above.
        let closes = |token: &Token| token.joint.has(Joint::CLOSE);
        let opens = |token: &Token| token.joint.has(Joint::OPEN);
        if whole && tokens.get(stop).is_some_and(closes) && !tokens[first..stop].iter().any(opens) {
            return None;
        }
        let words = stop - first;
        let capital = tokens[first].shape.has(Shape::CAPITAL);
        let upper = tokens[first..stop]
            .iter()
            .all(|token| token.shape.has(Shape::UPPER) || token.shape.has(Shape::SYMBOL));
        let apart = tokens[first].joint.has(Joint::BLANK)
            || tokens[first].joint.has(Joint::STOP)
            || first == 0;
        let form = if whole {
            Form::Alone
        } else if edge.has(Joint::COLON) && !upper && !tokens[first].joint.has(Joint::BLANK) {
            Form::Label
        } else {
            Form::Other
        };
        let heading = |last: usize, kind| {
            Some(Heading {
                first,
                last: Some(last),
                kind,
                form,
            })
        };

        if words <= self.finder.most_words && (whole || edge != Joint::NONE) {
            let last = stop - 1;
            if let Some(&kind) = self
                .finder
                .headings
                .get(self.normalized.folded_between(first, last))
            {
                let colon = edge.has(Joint::COLON)
                    || (whole
                        && tokens
                            .get(stop)
                            .is_some_and(|next| next.joint.has(Joint::COLON)));
                // In small letters it may be the end of a wrapped sentence.
                let plain = capital || colon || (whole && apart);
                // "Training, coaching ...", "Experience in ...": only a mark that closes a heading counts, and "Volunteer - Cook" is a job.
                let dash = edge.has(Joint::DASH) && kind != SectionKind::Experience;
                let closed = whole
                    || colon
                    || upper
                    || dash
                    || edge.has(Joint::CELL)
                    || edge.has(Joint::BULLET);
                let wraps = whole
                    && !apart
                    && tokens.get(stop).is_some_and(|next| {
                        next.joint.has(Joint::WRAP) && !upper && !next.shape.has(Shape::CAPITAL)
                    });
                if plain && closed && !wraps {
                    return heading(last, kind);
                }
            }
            if let Some(kind) = self.ending(first, stop, whole, edge, upper) {
                return heading(stop - 1, kind);
            }
        }
        // "EDUCATION Bachelor of Arts": capitals, then a line that goes on in other letters.
        let mut capitals = first;
        while capitals < stop
            && (tokens[capitals].shape.has(Shape::UPPER)
                || tokens[capitals].shape.has(Shape::SYMBOL))
        {
            capitals += 1;
        }
        if capitals > first
            && capitals < end
            && capitals - first <= self.finder.most_words
            && let Some(&kind) = self
                .finder
                .headings
                .get(self.normalized.folded_between(first, capitals - 1))
        {
            return heading(capitals - 1, kind);
        }
        None
    }

    /// Whether the line of words `first..end` is long enough to have been wrapped: at least half as long as the line before or behind it,
    /// whichever is longer.
    fn fills_its_line(&self, first: usize, end: usize) -> bool {
        let lines = self.normalized.lines();
        let tokens = self.normalized.tokens();
        let length = |n: usize| {
            let first = lines[n] as usize;
            let last = lines.get(n + 1).map_or(tokens.len(), |&next| next as usize) - 1;
            self.normalized.span(first, last).len()
        };
        let n = lines.partition_point(|&line| (line as usize) < first);
        let before = n.checked_sub(1).map_or(0, length);
        let behind = if n + 1 < lines.len() {
            length(n + 1)
        } else {
            0
        };
        2 * self.normalized.span(first, end - 1).len() >= before.max(behind)
    }

    /// "Call Center Experience" as a line of its own.
    fn ending(
        &self,
        first: usize,
        stop: usize,
        whole: bool,
        edge: Joint,
        upper: bool,
    ) -> Option<SectionKind> {
        let tokens = self.normalized.tokens();
        if stop - first < 2 || stop - first > self.finder.ending_words {
            return None;
        }
        let kind = *self.finder.endings.get(self.normalized.word(stop - 1))?;
        let joint = tokens[first].joint;
        let colon = edge.has(Joint::COLON)
            || (whole
                && tokens
                    .get(stop)
                    .is_some_and(|next| next.joint.has(Joint::COLON)));
        let capitals = tokens[first..stop].iter().enumerate().all(|(n, token)| {
            token.shape.has(Shape::CAPITAL)
                || token.shape.has(Shape::SYMBOL)
                || (n > 0 && matches!(self.normalized.word(first + n), "and" | "of" | "in" | "or"))
        });
        let numbers = tokens[first..stop]
            .iter()
            .any(|token| token.shape.has(Shape::NUMBER));
        let commas = tokens[first + 1..stop]
            .iter()
            .any(|token| token.joint.has(Joint::COMMA));
        // "Selected Honors" needs no empty line above it, as what may be a job's title or an item of a list does.
        let opens = whole
            && !(joint.has(Joint::WRAP) && self.fills_its_line(first, stop))
            && self.finder.ending_openers.has(self.normalized.word(first));
        let apart = joint.has(Joint::BLANK) || upper || colon || first == 0 || opens;
        (capitals && apart && !numbers && !commas && !joint.has(Joint::BULLET) && (whole || colon))
            .then_some(kind)
    }

    /// Headings inside a line that has lost its ends.
    fn inline_headings(&self, first: usize, end: usize, out: &mut Vec<Heading>) {
        let tokens = self.normalized.tokens();
        let mut at = first + 1;
        let mut only_sure = end - first < self.finder.inline_long;
        while at < end {
            let token = &tokens[at];
            if token.shape.has(Shape::CAPITAL)
                && let Some(&most) = self.finder.inline_first.get(self.normalized.word(at))
                && let Some(heading) =
                    self.inline_heading(at, end, most, out.last().map(|last| last.kind), only_sure)
            {
                out.push(heading);
                at = heading.last.unwrap_or(at);
                only_sure = false;
            }
            at += 1;
        }
    }

    /// Whether word `n` is the state of a place: "Example City, IN".
    fn is_state(&self, n: usize) -> bool {
        let token = self.normalized.tokens()[n];
        token.joint.has(Joint::COMMA)
            && token.shape.has(Shape::UPPER)
            && self.normalized.word(n).len() == 2
    }

    fn inline_heading(
        &self,
        at: usize,
        end: usize,
        most: usize,
        before: Option<SectionKind>,
        only_sure: bool,
    ) -> Option<Heading> {
        let tokens = self.normalized.tokens();
        let (last, rule) = (1..=most.min(end - at)).rev().find_map(|words| {
            let last = at + words - 1;
            let rule = *self
                .finder
                .inline
                .get(self.normalized.folded_between(at, last))?;
            let capitals = tokens[at..=last]
                .iter()
                .all(|token| token.shape.has(Shape::CAPITAL) || token.shape.has(Shape::SYMBOL));
            capitals.then(|| (last, &self.finder.inline_rules[rule]))
        })?;
        let joint = tokens[at].joint;
        let marks = Joint::HYPHEN | Joint::SLASH | Joint::COMMA | Joint::OPEN | Joint::COLON;
        // A dot without space is part of a name; with space it is that of "etc.".
        let in_name = |joint: Joint| joint.has(Joint::DOT) && !joint.has(Joint::SPACE);
        if joint.has(marks)
            || in_name(joint)
            || (!joint.ends_clause()
                && !joint.has(Joint::CLOSE)
                && self.finder.not_after.has(self.normalized.word(at - 1))
                && !self.is_state(at - 1))
        {
            return None;
        }
        let next = tokens.get(last + 1).filter(|_| last + 1 < end);
        if next.is_some_and(|next| {
            next.joint
                .has(Joint::HYPHEN | Joint::SLASH | Joint::COMMA | Joint::CLOSE)
                || in_name(next.joint)
        }) {
            return None;
        }
        // A heading is followed by what it heads, which begins with a capital, a number or a bullet.
        let small = next.is_some_and(|next| {
            next.shape == Shape::default()
                && !next.joint.ends_clause()
                && !next.joint.has(Joint::COLON)
        });
        if small && !rule.follow.has(self.normalized.word(last + 1)) {
            return None;
        }
        if !rule.after.is_empty() && !before.is_some_and(|before| rule.after.contains(&before)) {
            return None;
        }
        let heading = Heading {
            first: at,
            last: Some(last),
            kind: rule.kind,
            form: Form::Other,
        };
        if rule.sure {
            return Some(heading);
        }
        if only_sure {
            return None;
        }
        let window = last + 1..end.min(last + 1 + rule.within);
        if rule.list {
            // A comma or a bracket within seven words: "Skills Customer service (10+ years), Sales".
            let list = tokens[(last + 2).min(end)..end.min(last + 9)]
                .iter()
                .any(|token| token.joint.has(Joint::COMMA | Joint::OPEN));
            // "Communication Skills: ..." belongs to what it stands in.
            let colon = next.is_some_and(|next| next.joint.has(Joint::COLON));
            let alone =
                tokens[at - 1].shape != Shape::CAPITAL || before == Some(SectionKind::Education);
            return (list && !colon && alone).then_some(heading);
        }
        if rule.address
            && tokens[window.clone()]
                .iter()
                .any(|token| token.shape.has(Shape::ADDRESS))
        {
            return Some(heading);
        }
        if rule.number
            && tokens[window.clone()]
                .iter()
                .any(|token| token.shape.has(Shape::NUMBER))
        {
            return Some(heading);
        }
        // Between the end of a sentence and a capital, after a work history, it needs no other proof.
        if rule.kind == SectionKind::Education
            && before == Some(SectionKind::Experience)
            && joint.has(Joint::STOP)
        {
            return Some(heading);
        }
        window
            .into_iter()
            .any(|n| rule.follow.has(self.normalized.word(n)))
            .then_some(heading)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    fn kinds(text: &str) -> String {
        let sections = SectionFinder::builtin().find(text, &NormalizedText::new(text));
        sections
            .iter()
            .map(|section| section.kind().as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn headings_in_all_their_forms() {
        for (text, expected) in [
            ("Skills\nTyping", "skills"),
            ("SKILLS: typing, filing", "skills"),
            ("S K I L L S\nTyping", "skills"),
            ("Skills & Abilities\nTyping", "skills"),
            ("EDUCATION Bachelor of Arts, 2010", "education"),
            ("Education | 2010 Somewhere College", "education"),
            ("Work History:\nCook 2010 to 2011", "experience"),
            (
                "\n\nCall Center Experience\nAgent, 2010 to 2011",
                "experience",
            ),
            ("• Certifications/Licenses\nCPR", "certifications"),
            ("work experience\ncook", "experience"),
            (
                "A. Person\n\nSUMMARY\nKind.\n\nEMPLOYMENT\nCook\n\nREFERENCES\non request",
                "header summary experience references",
            ),
            // Not headings.
            ("Skills that help people work well", "header"),
            ("Experience in retail and in sales", "header"),
            (
                "I have a wide range of office\nskills and like people",
                "header",
            ),
            (
                "Watched several measures (response,\nAvailability)\nand more",
                "header",
            ),
            ("Education Specialist\nTaught.", "header"),
        ] {
            assert_eq!(kinds(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_label_inside_a_list_of_skills_leaves_it_only_where_it_says_so() {
        for (text, expected) in [
            (
                "Skills\nLanguages: Python, Java\nFrameworks: Django\nOther: Excel",
                "skills",
            ),
            // Its own line only.
            (
                "Skills\nLanguages: English, Spanish\nFrameworks: Django\nEducation\nGED",
                "skills languages skills education",
            ),
            (
                "Skills\nTyping\nCertifications: CPR\nInterests: Chess",
                "skills certifications interests",
            ),
            (
                "Skills\nLanguage: Fluent in Spanish\nOther: Excel",
                "skills languages skills",
            ),
            // A heading that stands alone, or labels that are not below one.
            ("Skills\nTyping\nLanguages\nPython", "skills languages"),
            (
                "Skills: Typing\nLanguages: Fluent in Spanish\nOther: Chess",
                "skills languages other",
            ),
            (
                "Experience\nCook, 2010 to 2012\nLanguages: Python, Java\nMade soup.",
                "experience",
            ),
            (
                "Education\nGED\nLanguages: Python, Java",
                "education skills",
            ),
        ] {
            assert_eq!(kinds(text), expected, "{text:?}");
        }
    }

    #[test]
    fn headings_close_below_other_lines() {
        let duties = "• Filed all papers of the house and answered the calls of its many customers from near and far away\n";
        for (lines, expected) in [
            ("Technologies\nExcel, Word", "experience skills"),
            ("Selected Honors\n• Clerk of the year", "experience awards"),
            ("Additional Training\n• First aid", "experience education"),
            ("Honors & Awards\n• Clerk of the year", "experience awards"),
            // A duty, or a title.
            ("Staff Training\nExample Inn, 2010 to 2012", "experience"),
        ] {
            let text = format!("Experience\nClerk, 2010 to 2012\n{duties}{duties}{lines}");
            assert_eq!(kinds(&text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_top_is_name_then_prose() {
        let prose = "A patient and careful agent who has answered the calls of many customers over ten good years.";
        assert_eq!(
            kinds(&format!(
                "A. Person\n12 Some Street\n{prose}\nSkills\nTyping"
            )),
            "header summary skills"
        );
        assert_eq!(kinds(prose), "summary");
        assert_eq!(kinds(""), "");
        assert_eq!(kinds(" \n "), "other");
    }

    #[test]
    fn headings_inside_a_line_without_ends() {
        let duties = "Answered calls from customers and kept notes of each of them in the system used there every day. ".repeat(6);
        let text = format!(
            "Desk Agent Desk Agent Ogden, UT Authorized to work in the US Work Experience Desk Agent Hotel Example - Ogden, UT \
             May 2015 to Present {duties}Improved Education for new agents and taught Communication Skills: Listening Education Bachelor's in \
             History Example College 2012 Skills Typing, Filing, Phones (5 years) Certifications/Licenses CPR May 2015 Additional \
             Information Likes dogs and long walks"
        );
        assert_eq!(
            kinds(&text),
            "summary experience education skills certifications other"
        );
        // A state's letters are no small word.
        let text = text.replace(
            "Ogden, UT Authorized to work in the US Work",
            "Gary, IN Work",
        );
        assert!(kinds(&text).contains("experience education"), "{text}");
    }

    #[test]
    fn names_read_back() {
        for kind in SectionKind::ALL {
            assert_eq!(kind.as_str().parse::<SectionKind>().unwrap(), kind);
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
        }
        let error = "jobs".parse::<SectionKind>().unwrap_err().to_string();
        assert!(
            error.starts_with("unknown section \"jobs\"; expected one of header, "),
            "{error}"
        );
    }

    proptest! {
        #[test]
        fn sections_cover_any_text(text in "(\\PC|\n|Skills|Education|Work Experience|:| ){0,60}") {
            static FINDER: LazyLock<SectionFinder> = LazyLock::new(SectionFinder::builtin);
            let normalized = NormalizedText::new(&text);
            let sections = FINDER.find(&text, &normalized);
            let mut at = 0;
            let mut token = 0;
            for section in &sections {
                prop_assert_eq!(section.span().start, at);
                prop_assert_eq!(section.first(), token);
                prop_assert!(text.get(section.span().range()).is_some());
                at = section.span().end;
                token = section.end();
            }
            prop_assert_eq!(at, text.len());
            prop_assert_eq!(token as usize, normalized.word_count());
        }
    }
}
