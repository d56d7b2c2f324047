//! Dates and ranges of dates, read from words.
//!
//! Only words that can end a date are looked at (a year, `'09`, `06.2012`, `June2013`); what stands before and behind them settles
//! the rest. Nothing is read twice, so a text of nothing but dates costs no more than any other.

use serde::Deserialize;

use super::month::YearMonth;
use crate::section::words::{WordMap, WordSet};
use crate::text::{Joint, NormalizedText, Shape};

/// Years outside these are no dates of a working life.
const YEARS: std::ops::RangeInclusive<i32> = 1940..=2049;

/// How much of a date was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Precision {
    Month,
    Season,
    Year,
    /// A year of two digits without an apostrophe: a date only as half of a range.
    Short,
}

/// A date and its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Date {
    pub(super) first: usize,
    pub(super) last: usize,
    /// The first month that it may mean, and the last.
    pub(super) from: YearMonth,
    pub(super) to: YearMonth,
    pub(super) precision: Precision,
}

/// What ends a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    At(YearMonth),
    Present,
}

/// Two dates, or a date and "present", and the words from one to the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct DateRange {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) start: YearMonth,
    pub(super) end: End,
    /// Neither end says more than a year.
    pub(super) years_only: bool,
    /// "Since 2015", "2015 –": nothing says "present" but the lack of an end.
    pub(super) open: bool,
}

/// All dates of a text, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Dates {
    pub(super) singles: Vec<Date>,
    pub(super) ranges: Vec<DateRange>,
    /// Words of dates that cannot be: month 13, an end before its start.
    pub(super) corrupted: Vec<(usize, usize)>,
}

/// The words of dates, as they stand in `facts.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DateWords {
    months: Vec<Vec<String>>,
    seasons: Vec<Season>,
    present: Vec<String>,
    until: Vec<String>,
    since: Vec<String>,
    not_after: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Season {
    words: Vec<String>,
    first: u32,
    last: u32,
}

#[derive(Clone, Debug)]
pub(super) struct DateReader {
    months: WordMap<u32>,
    seasons: WordMap<(u32, u32)>,
    present: WordSet,
    until: WordSet,
    since: WordSet,
    not_after: WordSet,
}

impl DateReader {
    pub(super) fn new(words: &DateWords) -> Self {
        let mut months = WordMap::default();
        for (n, names) in words.months.iter().enumerate() {
            for name in names {
                months.insert(name, n as u32 + 1);
            }
        }
        let mut seasons = WordMap::default();
        for season in &words.seasons {
            for word in &season.words {
                seasons.insert(word, (season.first, season.last));
            }
        }
        Self {
            months,
            seasons,
            present: words.present.iter().collect(),
            until: words.until.iter().collect(),
            since: words.since.iter().collect(),
            not_after: words.not_after.iter().collect(),
        }
    }

    /// Whether a year behind this word is that of a product.
    pub(super) fn is_product(&self, word: &str) -> bool {
        self.not_after.has(word)
    }

    pub(super) fn is_month(&self, word: &str) -> bool {
        self.months.has(word)
    }

    /// Starts reading the dates of a text.
    pub(super) fn scan<'a>(&'a self, normalized: &'a NormalizedText) -> DateScan<'a> {
        DateScan {
            words: self,
            normalized,
            dates: Dates::default(),
            pending: None,
            used: 0,
        }
    }
}

/// One pass over the words of a text, which the caller drives: [`DateScan::see`] for each word that may end a date, in order.
pub(super) struct DateScan<'a> {
    words: &'a DateReader,
    normalized: &'a NormalizedText,
    dates: Dates,
    /// The last date, as long as a range may still begin with it.
    pending: Option<Date>,
    /// Words before this one belong to dates already read.
    used: usize,
}

/// What a word turned out to be.
enum Seen {
    Date(Date),
    Corrupted(usize, usize),
    Nothing,
}

/// A number of one or two digits, or three or four when `word` has them; nothing but digits.
fn number(word: &str) -> Option<i32> {
    (word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| word.parse().ok())?
}

/// A slash or a hyphen and nothing else.
fn is_glue(joint: Joint) -> bool {
    joint == Joint::SLASH || joint == Joint::HYPHEN
}

fn century(year: i32) -> i32 {
    if year < 50 { 2000 + year } else { 1900 + year }
}

impl DateScan<'_> {
    /// Whether a word may end a date, judged by nothing but its shape: a digit at its end or its start.
    pub(super) fn may_end_date(word: &[u8], shape: Shape) -> bool {
        shape.has(Shape::NUMBER) || (word.len() >= 6 && word[word.len() - 1].is_ascii_digit())
    }

    fn word(&self, n: usize) -> &str {
        self.normalized.word(n)
    }

    fn joint(&self, n: usize) -> Joint {
        self.normalized.tokens()[n].joint
    }

    fn small(&self, n: usize, most: i32) -> Option<i32> {
        let word = self.word(n);
        if word.len() > 2 {
            return None;
        }
        number(word).filter(|&value| value <= most)
    }

    fn whole_year(&self, first: usize, last: usize, year: i32, precision: Precision) -> Seen {
        match (YearMonth::new(year, 1), YearMonth::new(year, 12)) {
            (Some(from), Some(to)) => Seen::Date(Date {
                first,
                last,
                from,
                to,
                precision,
            }),
            _ => Seen::Nothing,
        }
    }

    fn month(&self, first: usize, last: usize, year: i32, month: i32) -> Seen {
        if !(1..=12).contains(&month) || !YEARS.contains(&year) {
            return Seen::Corrupted(first, last);
        }
        match YearMonth::new(year, month as u32) {
            Some(date) => Seen::Date(Date {
                first,
                last,
                from: date,
                to: date,
                precision: Precision::Month,
            }),
            None => Seen::Corrupted(first, last),
        }
    }

    /// Looks at word `n`, which may end a date.
    pub(super) fn see(&mut self, n: usize) {
        if n < self.used {
            return;
        }
        match self.read(n) {
            Seen::Date(date) => self.push(date),
            Seen::Corrupted(first, last) => {
                self.pending = None;
                self.used = last + 1;
                self.dates.corrupted.push((first, last));
            }
            Seen::Nothing => {}
        }
    }

    fn read(&self, n: usize) -> Seen {
        let token = self.normalized.tokens()[n];
        if token.shape.has(Shape::ADDRESS) {
            return Seen::Nothing;
        }
        let word = self.word(n);
        let bytes = word.as_bytes();
        if !bytes[0].is_ascii_digit() {
            // "june2013"
            let digits = bytes.iter().position(u8::is_ascii_digit).unwrap_or(0);
            return match (
                self.words.months.get(&word[..digits]),
                number(&word[digits..]),
            ) {
                (Some(&month), Some(year)) if word.len() == digits + 4 => {
                    self.month(n, n, year, month as i32)
                }
                _ => Seen::Nothing,
            };
        }
        if word.contains('.') {
            return self.dotted(n, word);
        }
        let Some(value) = number(word) else {
            return Seen::Nothing;
        };
        match word.len() {
            4 => self.year(n, value),
            2 => self.short_year(n, value),
            _ => Seen::Nothing,
        }
    }

    /// "06.2012", "01.06.2012", "2012.06".
    fn dotted(&self, n: usize, word: &str) -> Seen {
        let mut parts = [0; 3];
        let mut lengths = [0; 3];
        for (count, part) in word.split('.').enumerate() {
            match number(part) {
                Some(value) if count < 3 => (parts[count], lengths[count]) = (value, part.len()),
                _ => return Seen::Nothing,
            }
        }
        let slip = |month: i32| (1..=31).contains(&month);
        match (lengths, parts) {
            ([1 | 2, 4, 0], [month, year, _]) if YEARS.contains(&year) && slip(month) => {
                self.month(n, n, year, month)
            }
            ([4, 2, 0], [year, month, _]) if YEARS.contains(&year) && (1..=12).contains(&month) => {
                self.month(n, n, year, month)
            }
            ([1 | 2, 1 | 2, 4], [day, month, year])
                if YEARS.contains(&year) && slip(day) && slip(month) =>
            {
                if month > 12 && day <= 12 {
                    self.month(n, n, year, day)
                } else {
                    self.month(n, n, year, month)
                }
            }
            ([4, 2, 2], [year, month, day])
                if YEARS.contains(&year) && slip(day) && slip(month) =>
            {
                self.month(n, n, year, month)
            }
            _ => Seen::Nothing,
        }
    }

    /// A number of four digits: what stands before it makes it a date.
    fn year(&self, n: usize, year: i32) -> Seen {
        let likely = YEARS.contains(&year);
        let floor = self.used;
        if n > floor {
            let joint = self.joint(n);
            let glued = is_glue(joint);
            if glued && let Some(value) = self.small(n - 1, 99) {
                if n >= floor + 2
                    && is_glue(self.joint(n - 1))
                    && let Some(before) = self.small(n - 2, 99)
                {
                    // 06/30/2012 is American, 30/06/2012 is not; 01-06-2012 is read as American, too.
                    let month = if before > 12 { value } else { before };
                    let day = if before > 12 { before } else { value };
                    if !likely || day > 31 || month > 12 {
                        return if likely && before <= 31 && value <= 31 {
                            Seen::Corrupted(n - 2, n)
                        } else {
                            Seen::Nothing
                        };
                    }
                    return self.month(n - 2, n, year, month);
                }
                // "95/98/2000" and "36-3802" are versions and numbers, "14/2012" and "05/1013" are dates gone wrong.
                let slip = if likely {
                    value <= 31
                } else {
                    joint == Joint::SLASH && (1..=12).contains(&value)
                };
                if !slip {
                    return Seen::Nothing;
                }
                return self.month(n - 1, n, year, value);
            }
            if let Some(seen) = self.after_month_word(n, year) {
                return seen;
            }
            // "555-2010": part of a longer number.
            if glued && self.normalized.tokens()[n - 1].shape.has(Shape::NUMBER) {
                return Seen::Nothing;
            }
        }
        if !likely {
            return Seen::Nothing;
        }
        if let Some(next) = self.normalized.tokens().get(n + 1) {
            let iso = next.joint == Joint::HYPHEN || next.joint == Joint::SLASH;
            if iso && let Some(month) = self.small(n + 1, 99) {
                let word = self.word(n + 1);
                let range = word.len() == 2 && century(month) > year && month > 12;
                if word.len() == 2 && !range {
                    let doubtful =
                        next.joint == Joint::HYPHEN && month >= 10 && century(month) > year;
                    let day = self
                        .normalized
                        .tokens()
                        .get(n + 2)
                        .is_some_and(|after| after.joint == next.joint)
                        && self.small(n + 2, 31).is_some();
                    if (1..=12).contains(&month) && (!doubtful || day) {
                        let last = if day { n + 2 } else { n + 1 };
                        return self.month(n, last, year, month);
                    }
                }
            }
            if next.joint == Joint::SPACE
                && let Some(&month) = self.words.months.get(self.word(n + 1))
                && next.shape.has(Shape::CAPITAL)
                && !self.year_follows(n + 1)
                && self.followed_by_range(n + 2)
            {
                return self.month(n, n + 1, year, month as i32);
            }
        }
        if n > 0 && self.words.not_after.has(self.word(n - 1)) && !self.joint(n).ends_clause() {
            return Seen::Nothing;
        }
        self.whole_year(n, n, year, Precision::Year)
    }

    /// Whether a number stands right behind the month word `n`: "2012 May 5", "2012 June 2013".
    fn year_follows(&self, n: usize) -> bool {
        n + 1 < self.normalized.word_count()
            && number(self.word(n + 1)).is_some()
            && !self.joint(n + 1).has(Joint::DASH | Joint::HYPHEN)
    }

    fn followed_by_range(&self, n: usize) -> bool {
        n >= self.normalized.word_count()
            || self.joint(n).has(Joint::DASH | Joint::HYPHEN)
            || self.words.until.has(self.word(n))
            || self.joint(n).ends_clause()
    }

    /// "June 2012", "June of 2012", "June 5, 2012", "5 June 2012", "Summer 2012".
    fn after_month_word(&self, n: usize, year: i32) -> Option<Seen> {
        let apart = Joint::SEMICOLON | Joint::BULLET | Joint::OPEN | Joint::CLOSE;
        let floor = self.used;
        let mut at = n;
        for step in 0..3 {
            if at == floor || self.joint(at).has(apart) {
                return None;
            }
            at -= 1;
            let word = self.word(at);
            if let Some(&month) = self.words.months.get(word) {
                // "may" and "march" in small letters are words.
                let token = self.normalized.tokens()[at];
                if !token.shape.has(Shape::CAPITAL)
                    && matches!(word, "may" | "march" | "mar")
                    && step > 0
                {
                    return None;
                }
                let day = at > floor
                    && self.joint(at) == Joint::SPACE
                    && step == 0
                    && self.small(at - 1, 31).is_some_and(|day| day > 0);
                let first = if day { at - 1 } else { at };
                return Some(self.month(first, n, year, month as i32));
            }
            if step == 0
                && let Some(&(first, last)) = self.words.seasons.get(word)
            {
                if !YEARS.contains(&year) {
                    return None;
                }
                let from = YearMonth::new(year, first)?;
                let to = YearMonth::new(year, last)?;
                return Some(Seen::Date(Date {
                    first: at,
                    last: n,
                    from,
                    to,
                    precision: Precision::Season,
                }));
            }
            let passes = step == 0 && (word == "of" || self.is_day(word));
            if !passes {
                return None;
            }
        }
        None
    }

    fn is_day(&self, word: &str) -> bool {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        digits.len() <= 2
            && number(digits).is_some_and(|day| (1..=31).contains(&day))
            && matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th")
    }

    /// "'09", "Jan '10", "6/'10", and, as half of a range, "06/12" and "Jan 12".
    fn short_year(&self, n: usize, value: i32) -> Seen {
        let joint = self.joint(n);
        let year = century(value);
        let floor = self.used;
        let month = (n > floor)
            .then(|| self.words.months.get(self.word(n - 1)).copied())
            .flatten();
        if joint.has(Joint::QUOTE) {
            if let Some(month) = month {
                return self.month(n - 1, n, year, month as i32);
            }
            if n > floor
                && joint.has(Joint::SLASH)
                && let Some(month) = self.small(n - 1, 12)
            {
                return self.month(n - 1, n, year, month);
            }
            return self.whole_year(n, n, year, Precision::Year);
        }
        let short = |seen: Seen| match seen {
            Seen::Date(date) => Seen::Date(Date {
                precision: Precision::Short,
                ..date
            }),
            _ => Seen::Nothing,
        };
        if let Some(month) = month
            && (joint == Joint::SPACE
                || joint == Joint::HYPHEN
                || joint.has(Joint::STOP | Joint::DOT))
            && !self.year_follows(n)
            && self.normalized.tokens()[n - 1].shape.has(Shape::CAPITAL)
        {
            return short(self.month(n - 1, n, year, month as i32));
        }
        if joint == Joint::SLASH
            && n > floor
            && let Some(month) = self.small(n - 1, 12)
        {
            // Three numbers are a day, or no date: 06/12/09 is June.
            let triple = n >= floor + 2
                && self.joint(n - 1) == Joint::SLASH
                && self.small(n - 2, 12).is_some_and(|month| month > 0);
            if triple {
                let first = self.small(n - 2, 12).unwrap_or(month);
                return short(self.month(n - 2, n, year, first));
            }
            let next = self
                .normalized
                .tokens()
                .get(n + 1)
                .is_some_and(|next| next.joint == Joint::SLASH);
            if month > 0 && !next {
                return short(self.month(n - 1, n, year, month));
            }
        }
        // "2009-11": the second half takes its century from the first.
        if (joint == Joint::HYPHEN || joint.has(Joint::DASH))
            && let Some(date) = self.pending
            && date.last + 1 == n
            && date.precision == Precision::Year
            && year >= date.from.year()
        {
            return self.whole_year(n, n, year, Precision::Year);
        }
        Seen::Nothing
    }

    /// Takes in a date: it ends the range that the last one began, or may begin one.
    fn push(&mut self, date: Date) {
        self.used = date.last + 1;
        if let Some(start) = self.pending.take() {
            if self.joined(&start, &date) {
                return self.push_range(start, date);
            }
            if start.precision != Precision::Short {
                self.dates.singles.push(start);
            }
        }
        if self.until_present(date) || self.present_to(date) {
            return;
        }
        if let Some(range) = self.month_before(&date) {
            self.dates.ranges.push(range);
            return;
        }
        self.pending = Some(date);
    }

    /// Whether `end` ends the range that begins with `start`.
    fn joined(&self, start: &Date, end: &Date) -> bool {
        let between = start.last + 1..end.first;
        if between.len() > 2 {
            return false;
        }
        if between.clone().any(|n| !self.words.until.has(self.word(n))) {
            // "and" joins only after "between".
            let and = between.len() == 1
                && self.word(between.start) == "and"
                && start.first > 0
                && self.word(start.first - 1) == "between";
            // "June 2009 Â March 2012": what is left of a dash after some conversions.
            let lost = between.len() == 1 && self.word(between.start) == "a" && start.to < end.from;
            let months = start.precision == Precision::Month && end.precision == Precision::Month;
            let brackets = self.joint(start.first).has(Joint::OPEN)
                && self
                    .normalized
                    .tokens()
                    .get(end.last + 1)
                    .is_some_and(|next| next.joint.has(Joint::CLOSE));
            return and || (lost && (months || brackets));
        }
        if !between.is_empty() {
            return true;
        }
        let joint = self.joint(end.first);
        if joint.has(Joint::DASH | Joint::HYPHEN | Joint::HYPHEN_WRAP) {
            return true;
        }
        if joint.has(Joint::BULLET) {
            // A dash at the start of a line; between two dates it can be nothing but a dash.
            return true;
        }
        // "(June 2009 March 2012)": the dash was lost. "06/2009 / 03/2012": a slash took its place, in some conversions of a wide dash.
        let months = start.precision == Precision::Month && end.precision == Precision::Month;
        let slash = joint.has(Joint::SLASH) && !joint.has(Joint::SPACE);
        let apart = Joint::COMMA | Joint::STOP | Joint::SEMICOLON | Joint::BLANK;
        months && start.to < end.from && !slash && !joint.has(apart)
    }

    fn push_range(&mut self, start: Date, end: Date) {
        let short = |date: &Date| date.precision == Precision::Short;
        if short(&start) != short(&end)
            && (start.precision == Precision::Year || end.precision == Precision::Year)
        {
            return;
        }
        if end.to < start.from {
            self.dates.corrupted.push((start.first, end.last));
            return;
        }
        let years_only = start.precision == Precision::Year && end.precision == Precision::Year;
        let range = DateRange {
            first: start.first,
            last: end.last,
            start: start.from,
            end: End::At(end.to),
            years_only,
            open: false,
        };
        // "2010 to 2010 - January 2013": the range goes on.
        self.dates.ranges.push(range);
        let next = end.last + 1;
        if next < self.normalized.word_count()
            && self.joint(next).has(Joint::DASH)
            && years_only
            && self.words.months.has(self.word(next))
        {
            self.dates.ranges.pop();
            self.pending = Some(Date {
                first: start.first,
                last: end.last,
                ..start
            });
        }
    }

    /// "2015 – Present", "since 2015", "2015 –": a range without an end. True when `date` began one.
    fn until_present(&mut self, date: Date) -> bool {
        let count = self.normalized.word_count();
        let next = date.last + 1;
        let mut at = next;
        while at < count && at < next + 2 && self.words.until.has(self.word(at)) {
            at += 1;
        }
        let mut push = |last: usize, open: bool| {
            self.dates.ranges.push(DateRange {
                first: date.first,
                last,
                start: date.from,
                end: End::Present,
                years_only: date.precision == Precision::Year,
                open,
            });
        };
        if at < count && self.words.present.has(self.normalized.word(at)) {
            let token = self.normalized.tokens()[at];
            let joined = at > next
                || token
                    .joint
                    .has(Joint::DASH | Joint::HYPHEN | Joint::HYPHEN_WRAP | Joint::BULLET);
            // "2015 Present": the dash was lost.
            let capital = token.shape.has(Shape::CAPITAL)
                && !token.joint.ends_clause()
                && !token.joint.has(Joint::COMMA);
            if joined || capital {
                push(at, false);
                self.used = at + 1;
                return true;
            }
        }
        if date.first > 0
            && self.words.since.has(self.normalized.word(date.first - 1))
            && date.precision != Precision::Short
        {
            push(date.last, true);
            return true;
        }
        let dangling = at == next
            && next < count
            && self.normalized.tokens()[next].joint.has(Joint::DASH)
            && self.normalized.tokens()[next]
                .joint
                .has(Joint::NEWLINE | Joint::CLOSE)
            && date.precision != Precision::Short
            && !self.normalized.tokens()[next].shape.has(Shape::NUMBER)
            && !self.words.months.has(self.normalized.word(next))
            && !self.words.seasons.has(self.normalized.word(next));
        if dangling {
            push(date.last, true);
        }
        dangling
    }

    /// "Current to September 2014": written backwards.
    fn present_to(&mut self, date: Date) -> bool {
        let Some(first) = date.first.checked_sub(2) else {
            return false;
        };
        let backwards = self.words.until.has(self.word(date.first - 1))
            && self.words.present.has(self.word(first))
            && self.normalized.tokens()[first].shape.has(Shape::CAPITAL)
            && date.precision != Precision::Short;
        if backwards {
            self.dates.ranges.push(DateRange {
                first,
                last: date.last,
                start: date.from,
                end: End::Present,
                years_only: date.precision == Precision::Year,
                open: false,
            });
        }
        backwards
    }

    /// "January – March 2010", "June to August 2015".
    fn month_before(&self, date: &Date) -> Option<DateRange> {
        if date.precision != Precision::Month || date.first == 0 {
            return None;
        }
        let dash = self.joint(date.first).has(Joint::DASH | Joint::HYPHEN);
        let at = if dash {
            date.first - 1
        } else if date.first >= 2 && self.words.until.has(self.word(date.first - 1)) {
            date.first - 2
        } else {
            return None;
        };
        let token = self.normalized.tokens()[at];
        if !token.shape.has(Shape::CAPITAL) {
            return None;
        }
        let start = if let Some(&month) = self.words.months.get(self.word(at)) {
            YearMonth::new(date.from.year(), month)?
        } else {
            YearMonth::new(date.from.year(), self.words.seasons.get(self.word(at))?.0)?
        };
        (start <= date.to).then_some(DateRange {
            first: at,
            last: date.last,
            start,
            end: End::At(date.to),
            years_only: false,
            open: false,
        })
    }

    pub(super) fn finish(mut self) -> Dates {
        if let Some(date) = self.pending.take()
            && date.precision != Precision::Short
        {
            self.dates.singles.push(date);
        }
        self.dates
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::rules::Rules;

    fn read(text: &str) -> Dates {
        let rules = Rules::read(include_str!("../data/facts.toml")).unwrap();
        let normalized = NormalizedText::new(text);
        let mut scan = rules.dates.scan(&normalized);
        for (n, token) in normalized.tokens().iter().enumerate() {
            if DateScan::may_end_date(normalized.word(n).as_bytes(), token.shape) {
                scan.see(n);
            }
        }
        scan.finish()
    }

    fn ranges(text: &str) -> String {
        let show = |range: &DateRange| match range.end {
            End::At(end) => format!("{}..{end}", range.start),
            End::Present => format!("{}..", range.start),
        };
        read(text)
            .ranges
            .iter()
            .map(show)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn ranges_in_all_usual_forms() {
        for (text, expected) in [
            ("Jan 2010 to Current", "2010-01.."),
            ("06/2012 – 08/2014", "2012-06..2014-08"),
            ("6/2012-8/2014", "2012-06..2014-08"),
            ("2009-2011", "2009-01..2011-12"),
            ("2009–2011", "2009-01..2011-12"),
            ("2009 to Present", "2009-01.."),
            ("Summer 2015 - Winter 2016", "2015-06..2016-02"),
            ("Since March 2018", "2018-03.."),
            ("Current to September 2014", "2014-09.."),
            ("01/2013 ï¼\u{200b} 03/2016", "2013-01..2016-03"),
            ("01/2013 / Current", "2013-01.."),
            ("July 2009 Â\u{200b} March 2012", "2009-07..2012-03"),
            ("'09 – '11", "2009-01..2011-12"),
            ("Jan '09 - Feb '11", "2009-01..2011-02"),
            ("01.06.2012 - 31.08.2014", "2012-06..2014-08"),
            ("06.2012 - 08.2014", "2012-06..2014-08"),
            ("2012-06 - 2014-08", "2012-06..2014-08"),
            ("October 2004\nto\nAugust 2013", "2004-10..2013-08"),
            ("October 2004 to\n\nAugust 2013", "2004-10..2013-08"),
            ("Sept. 2010 through Dec. 2011", "2010-09..2011-12"),
            ("June 5, 2010 until July 1st, 2011", "2010-06..2011-07"),
            ("5 June 2010 – 1 July 2011", "2010-06..2011-07"),
            ("06/15/2010 - 07/20/2011", "2010-06..2011-07"),
            ("January – March 2010", "2010-01..2010-03"),
            ("June to August 2015", "2015-06..2015-08"),
            ("Apr/2011 - Oct/2012", "2011-04..2012-10"),
            ("July 2012- June2013", "2012-07..2013-06"),
            ("August 2010 to 2012", "2010-08..2012-12"),
            ("2010 to 2010 - January, 2013", "2010-01..2013-01"),
            ("between 2010 and 2012", "2010-01..2012-12"),
            ("(July 2009 March 2012)", "2009-07..2012-03"),
            ("06/09 - 08/11", "2009-06..2011-08"),
            ("Jan-09 to Mar-11", "2009-01..2011-03"),
            ("2009-11", "2009-01..2011-12"),
            ("2015 – till date", "2015-01.."),
            (
                "Jan 2014-Aug 2015; Sep 2016-July 2018",
                "2014-01..2015-08 2016-09..2018-07",
            ),
            ("MAY 2010—PRESENT", "2010-05.."),
            // No ranges.
            ("call 555-2010-2011, open 24/7", ""),
            ("2010, 2011 and 2012", ""),
            ("SQL Server 2008/2012", ""),
            ("in 2010 sales rose to 2012 units of 12/25", ""),
            ("ISO 9001-2015", ""),
            ("http://example.com/2010-2012", ""),
        ] {
            assert_eq!(ranges(text), expected, "{text:?}");
        }
    }

    #[test]
    fn dates_that_cannot_be_are_set_apart() {
        for (text, corrupted) in [
            ("13/2012 - 02/2013", 1),
            ("08/2014 to 06/2012", 1),
            ("June 1013", 1),
            ("June 2012 to May 2013", 0),
            ("Windows 95/98/2000", 0),
        ] {
            assert_eq!(read(text).corrupted.len(), corrupted, "{text:?}");
        }
    }
}
