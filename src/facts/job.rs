//! Jobs: which ranges of dates are jobs, their titles, how far each reaches, and what it counts for.

use super::date::{DateRange, Dates, End, Precision, YearMonth};
use super::rules::{Area, Proof};
use super::{Duty, FactFlag, FactFlagKind, Job, Source};
use crate::section::{Section, SectionKind};
use crate::span::Span;
use crate::text::{Joint, Shape};

/// So far before its dates a job's title may begin, in words. 28: five titles in a row, an employer and a place.
const HEADER_WORDS: usize = 28;

/// A line with more words is no header line. 22: two titles, an employer, a place, two dates.
const HEADER_LINE: usize = 22;

/// A line with more words has lost its ends, and a job's header is somewhere inside.
const ENDLESS_LINE: usize = 80;

/// Where a title is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Before the dates, or on the line above.
    Before,
    /// Behind the dates.
    After,
    /// On the line below.
    Below,
}

/// The title of a job, as words.
#[derive(Clone, Copy, Debug)]
struct Title {
    first: usize,
    last: usize,
}

/// The dates of a job, and where its header begins.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) range: DateRange,
    before: Option<Title>,
    after: Option<Title>,
    title: Option<Title>,
    /// First word of the header.
    first: usize,
    /// The dates follow those of the job before at once: the same job again.
    again: bool,
    assumed: bool,
}

/// The ranges of dates that are jobs, in the order of the text.
pub(super) fn headers(source: Source<'_>, dates: &Dates) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    let mut singles = dates.singles.iter().peekable();
    let mut floor = 0;
    let mut push = |range: &DateRange, assumed: bool| {
        if let Some(mut header) = header(source, range, floor, headers.last()) {
            header.assumed |= assumed;
            floor = range.last + 1;
            headers.push(header);
        }
    };
    for range in &dates.ranges {
        while let Some(single) = singles.next_if(|single| single.first < range.first) {
            if let Some(range) = single_date(source, single) {
                push(&range, true);
            }
        }
        push(range, range.open);
    }
    for single in singles {
        if let Some(range) = single_date(source, single) {
            push(&range, true);
        }
    }
    settle(source, &mut headers);
    headers
}

/// A header line with one date only, "Line Cook 01/2006": the job lasted to the end of that year, or, when it is the latest of all, still lasts.
fn single_date(source: Source<'_>, date: &super::date::Date) -> Option<DateRange> {
    if date.precision != Precision::Month || source.kind(date.first) != SectionKind::Experience {
        return None;
    }
    let line = source.line(date.first);
    let edge = line.start == date.first || line.end == date.last + 1;
    if !edge || line.len() > HEADER_LINE || source.normalized.tokens()[date.first].joint.has(Joint::BULLET) {
        return None;
    }
    title_in(source, line.start..date.first, Side::Before).or_else(|| title_in(source, date.last + 1..line.end, Side::After))?;
    let end = YearMonth::new(date.from.year(), 12)?;
    Some(DateRange { first: date.first, last: date.last, start: date.from, end: End::At(end), years_only: false, open: false })
}

/// The header around `range`, when it is a job's.
fn header(source: Source<'_>, range: &DateRange, floor: usize, previous: Option<&Header>) -> Option<Header> {
    let tokens = source.normalized.tokens();
    let section = source.section(range.first)?;
    let kind = section.kind();
    match kind {
        SectionKind::Education | SectionKind::Certifications | SectionKind::Languages | SectionKind::References | SectionKind::Publications => return None,
        _ => {}
    }
    let line = source.line(range.first);
    let endless = line.len() > ENDLESS_LINE;
    let first = range.first;
    // What goes on in a sentence is no header: "from 2010 to 2012 sales rose".
    if first > line.start && !stands_apart(source, first, line.start, line.len()) {
        return None;
    }
    // Dates that follow dates: another period of the same job, or the same again.
    let again = previous.is_some_and(|previous| {
        let gap = previous.range.last + 1..first;
        gap.len() <= 1 && source.section(previous.range.last).map(|section| section.first()) == Some(section.first())
    });

    let floor = floor.max(behind_heading(source, section)).max(first.saturating_sub(HEADER_WORDS));
    let here = floor.max(line.start)..first;
    let mut before = title_in(source, here.clone(), Side::Before);
    if before.is_none() && here.start == line.start && line.start > floor && !endless {
        // The title stands on the line above.
        let above = source.line(line.start - 1);
        let above = floor.max(above.start)..above.end;
        let sentence = tokens[line.start].joint.has(Joint::STOP | Joint::WRAP) && tokens[line.start].joint.has(Joint::STOP);
        if above.len() <= HEADER_LINE && !sentence && !above.is_empty() && !tokens[above.start].joint.has(Joint::BULLET) {
            before = title_in(source, above, Side::Before);
        }
    }
    let section_end = section.end() as usize;
    let rest = range.last + 1..line.end.min(range.last + 1 + HEADER_WORDS).min(section_end);
    let mut after = title_in(source, rest.clone(), Side::After);
    if after.is_none() && !endless && rest.len() <= 8 && line.end < section_end {
        let below = source.line(line.end);
        let below = below.start..below.end.min(below.start + HEADER_WORDS).min(section_end);
        if !tokens[below.start].joint.has(Joint::BULLET) {
            after = title_in(source, below, Side::Below);
        }
    }
    if kind != SectionKind::Experience {
        // Outside the work history a job must look like one.
        let short = line.len() <= HEADER_LINE;
        if !short || (before.is_none() && after.is_none()) {
            return None;
        }
    }
    Some(Header { range: *range, before, after, title: None, first, again, assumed: false })
}

/// The first word of a section behind its heading.
fn behind_heading(source: Source<'_>, section: &Section) -> usize {
    let tokens = source.normalized.tokens();
    let mut first = section.first() as usize;
    if let Some(heading) = section.heading() {
        while first < section.end() as usize && (tokens[first].end as usize) <= heading.end {
            first += 1;
        }
    }
    first
}

/// Whether the date at word `first`, which does not begin its line, stands apart from the words before it.
fn stands_apart(source: Source<'_>, first: usize, line_start: usize, line_len: usize) -> bool {
    let tokens = source.normalized.tokens();
    let joint = tokens[first].joint;
    let marks = Joint::COMMA | Joint::OPEN | Joint::CLOSE | Joint::DASH | Joint::COLON | Joint::SLASH | Joint::OTHER;
    if joint.has(marks) || joint.ends_clause() {
        return true;
    }
    let before = &tokens[first - 1];
    let word = source.word(first - 1);
    if line_len <= HEADER_LINE && tokens[line_start].shape.has(Shape::CAPITAL) {
        // "Manager from 2010 to 2012" is a header line, "Raised sales in 2010 to 2012 by half" hardly one.
        return !matches!(word, "in" | "during" | "of" | "for" | "by" | "and");
    }
    before.shape != Shape::default() && !before.shape.has(Shape::SYMBOL) || source.rules.heads.has(word) || word == "since" && first - 1 == line_start
}

/// Settles on which side of the dates this resume has its titles, and where each header begins.
fn settle(source: Source<'_>, headers: &mut [Header]) {
    let before = headers.iter().filter(|header| header.before.is_some()).count();
    let after = headers.iter().filter(|header| header.after.is_some()).count();
    let titles_before = before >= after;
    for n in 0..headers.len() {
        let line = source.line(headers[n].range.first);
        let endless = line.len() > ENDLESS_LINE;
        let header = &headers[n];
        // What stands behind the dates may be the title of the next job.
        let after = header.after.filter(|after| {
            let next = headers.get(n + 1).and_then(|next| next.before);
            !titles_before || next.is_none_or(|next| next.first > after.last)
        });
        let title = if titles_before { header.before.or(after) } else { after.or(header.before) };
        let inherited = (header.again && header.before.is_none() && n > 0).then(|| headers[n - 1].title).flatten();
        let first = match title {
            Some(title) if title.first < header.range.first && inherited.is_none() => {
                if endless { title.first } else { source.line(title.first).start.max(lowest(headers, n)) }
            }
            _ if endless => header.range.first,
            _ => line.start.max(lowest(headers, n)),
        };
        let first = source.section(first).map_or(first, |section| first.max(behind_heading(source, section))).min(header.range.first);
        let header = &mut headers[n];
        header.again = inherited.is_some();
        header.title = inherited.or(title);
        header.first = first;
    }
}

/// A header begins behind the dates of the one before.
fn lowest(headers: &[Header], n: usize) -> usize {
    n.checked_sub(1).map_or(0, |before| headers[before].range.last + 1)
}

/// The title of a job within a range of words: the words with capitals up to the noun that names a job. Before dates the last one, after dates the first.
fn title_in(source: Source<'_>, words: std::ops::Range<usize>, side: Side) -> Option<Title> {
    let rules = source.rules;
    let tokens = source.normalized.tokens();
    // A short line may be written in small letters.
    let loose = words.len() <= 10 && side != Side::After;
    let mut segments: Vec<(Title, bool)> = Vec::new();
    let mut start = words.start;
    while start < words.end {
        // A segment is a run of capitalized words; small words may stand inside it.
        let mut end = start;
        let mut last_capital = None;
        let mut head = None;
        let mut weak = None;
        while end < words.end {
            let token = &tokens[end];
            let word = source.word(end);
            let breaks = token.joint.ends_clause()
                || token.joint.has(Joint::COMMA | Joint::DASH | Joint::OPEN | Joint::CLOSE | Joint::COLON);
            if end > start && breaks {
                break;
            }
            if rules.title_stops.has(word) {
                break;
            }
            let capital = token.shape.has(Shape::CAPITAL) || (loose && !token.shape.has(Shape::NUMBER));
            let link = token.shape.has(Shape::SYMBOL) || (token.shape.has(Shape::NUMBER) && word.len() <= 2) || matches!(word, "of" | "and" | "for" | "the" | "to" | "in" | "on" | "at" | "a");
            if !capital && !link {
                break;
            }
            if capital {
                last_capital = Some(end);
                if rules.heads.has(word) {
                    head = Some(end);
                } else if rules.weak_heads.has(word) {
                    weak = Some(end);
                }
            }
            end += 1;
        }
        if let (Some(_), Some(last)) = (last_capital, head.or(weak)) {
            let mut first = start;
            while first < last && !tokens[first].shape.has(Shape::CAPITAL) && !loose {
                first += 1;
            }
            // "... Design Build IT OPERATIONS MANAGER": a title in capitals begins where the capitals do.
            if tokens[last].shape.has(Shape::UPPER) && source.word(last).len() > 3 {
                let plain = |n: &usize| !(tokens[*n].shape.has(Shape::UPPER) || tokens[*n].shape.has(Shape::SYMBOL) || tokens[*n].shape.has(Shape::NUMBER));
                first = (first..last).rev().find(plain).map_or(first, |plain| plain + 1);
            }
            segments.push((Title { first, last: title_end(source, last, end) }, head.is_some()));
        }
        start = end.max(start + 1);
    }
    let strong = segments.iter().any(|&(_, strong)| strong);
    let fits = |segment: &&(Title, bool)| segment.1 == strong;
    if side == Side::Before {
        // "Specialist (Consultant)": what stands in brackets only when there is nothing else.
        let outside = |segment: &(Title, bool)| segment.1 == strong && !tokens[segment.0.first].joint.has(Joint::OPEN);
        let n = segments.iter().rposition(outside).or_else(|| segments.iter().rposition(|segment| segment.1 == strong))?;
        let mut title = segments[n].0;
        // "Operations Manager, Sales Consultant, Cashier": titles parted by nothing but a mark belong together.
        for (other, _) in segments[..n].iter().rev().filter(fits) {
            let gap = tokens[title.first].joint;
            if other.last + 1 != title.first || gap.has(Joint::STOP | Joint::LINE | Joint::BLANK) {
                break;
            }
            title.first = other.first;
        }
        // "IT Specialist, Customer Support".
        if let Some(&(weak, false)) = segments.get(n + 1)
            && strong
            && weak.first == title.last + 1
            && tokens[weak.first].joint.has(Joint::COMMA | Joint::DASH)
        {
            title.last = weak.last;
        }
        return Some(title);
    }
    let &(mut title, _) = segments.iter().find(fits)?;
    // A title in a sentence is none: "Branch Manager of ... who".
    let next = title.last + 1;
    if next < words.end && tokens[next].shape == Shape::default() && tokens[next].joint == Joint::SPACE {
        return None;
    }
    for (other, _) in segments.iter().filter(fits) {
        if other.first == title.last + 1 && !tokens[other.first].joint.has(Joint::STOP | Joint::LINE | Joint::BLANK) {
            title.last = other.last;
        }
    }
    Some(title)
}

/// "Representative III", "Director of Sales": what belongs to the noun at word `last`, before `end`.
fn title_end(source: Source<'_>, last: usize, end: usize) -> usize {
    let tokens = source.normalized.tokens();
    let next = last + 1;
    if next >= end {
        return last;
    }
    let word = source.word(next);
    if matches!(word, "i" | "ii" | "iii" | "iv" | "v" | "1" | "2" | "3" | "4") {
        return next;
    }
    if matches!(word, "of" | "for" | "on") && next + 1 < end {
        // "of Human Resources": two words, but not the employer behind them.
        let most = end.min(next + 3);
        let mut reach = next + 1;
        while reach + 1 < most && tokens[reach + 1].joint.joins_name() {
            reach += 1;
        }
        if tokens[reach].shape.has(Shape::CAPITAL) {
            return reach;
        }
    }
    last
}

/// Makes jobs of headers.
pub(super) fn jobs(
    source: Source<'_>,
    headers: &[Header],
    duties: &[Duty<'_>],
    as_of: Option<YearMonth>,
    flags: &mut Vec<FactFlag>,
) -> Vec<Job> {
    let normalized = source.normalized;
    let latest = headers.iter().map(|header| header.range.start).max();
    let any_current = headers.iter().any(|header| header.range.end == End::Present);
    let mut jobs = Vec::with_capacity(headers.len());
    for (n, header) in headers.iter().enumerate() {
        let range = &header.range;
        let span = normalized.span(range.first, range.last);
        let single = header.assumed && !range.open;
        // A single date, when it is the latest of all, has no end yet.
        let current = match range.end {
            End::Present => true,
            End::At(_) => single && !any_current && Some(range.start) == latest,
        };
        let end = match range.end {
            End::At(end) if !current => Some(end),
            _ => as_of,
        };
        let Some(end) = end else { continue };
        if end < range.start {
            flags.push(FactFlag { code: FactFlagKind::FutureJob, span });
            continue;
        }
        if header.assumed {
            flags.push(FactFlag { code: FactFlagKind::AssumedEnd, span });
        }
        let section_end = source.section(range.first).map_or(normalized.word_count(), |section| section.end() as usize);
        // A job's second period shares the body of both.
        let first = if header.again { headers[..n].iter().rev().find(|before| !before.again).map_or(header.first, |before| before.first) } else { header.first };
        let end_word = headers[n + 1..].iter().find(|next| !next.again).map_or(section_end, |next| next.first.min(section_end));
        let end_word = end_word.max(range.last + 1);
        let body = normalized.span(first.min(range.first), end_word - 1);

        let title = header.title;
        let heading = first.min(range.first)..range.last + 1;
        let skills = Duties::within(duties, body);
        let counts = |area: &Area| area.counts(source, title, &skills);
        jobs.push(Job {
            title: title.map(|title| source.quote(title.first, title.last)),
            title_span: title.map(|title| normalized.span(title.first, title.last)),
            start: range.start,
            end,
            current,
            months: range.start.months_between(end).max(1),
            customer_service: counts(&source.rules.customer_service),
            management: counts(&source.rules.management),
            unpaid: is_unpaid(source, heading, title),
            header: span,
            body,
        });
    }
    jobs
}

/// Whether the header, the title or the heading of the section says that it was no employment.
fn is_unpaid(source: Source<'_>, heading: std::ops::Range<usize>, title: Option<Title>) -> bool {
    let says = |n: usize| source.rules.unpaid.has(source.word(n));
    let section = source.section(heading.start);
    let over = section.is_some_and(|section| {
        let Some(span) = section.heading() else { return false };
        let first = section.first() as usize;
        (first..section.end() as usize).take_while(|&n| source.normalized.word_span(n).end <= span.end).any(says)
    });
    let start = heading.start.max(heading.end.saturating_sub(HEADER_WORDS));
    over || (start..heading.end).any(says) || title.is_some_and(|title| (title.first..=title.last).any(says))
}

/// The duties of one job: a slice of those given.
struct Duties<'a>(&'a [Duty<'a>]);

impl<'a> Duties<'a> {
    fn within(duties: &'a [Duty<'a>], body: Span) -> Self {
        let first = duties.partition_point(|duty| duty.span.start < body.start);
        let end = duties.partition_point(|duty| duty.span.start < body.end);
        Self(&duties[first..end.max(first)])
    }
}

impl Area {
    /// Whether a job with this title and these duties counts for the area.
    fn counts(&self, source: Source<'_>, title: Option<Title>, duties: &Duties<'_>) -> bool {
        let proof = title.and_then(|title| self.title(source, title));
        if proof == Some(Proof::Sure) {
            return true;
        }
        let (mut core, mut all): (Vec<&str>, u32) = (Vec::new(), 0);
        let mut more: Vec<&str> = Vec::new();
        for duty in duties.0 {
            let Some(&is_core) = self.duties.get(duty.skill) else { continue };
            let seen = if is_core { &mut core } else { &mut more };
            if !seen.contains(&duty.skill) {
                seen.push(duty.skill);
                all += 1;
            }
        }
        if proof == Some(Proof::Doubtful) && all > 0 {
            return true;
        }
        core.len() as u32 >= self.core_needed && all >= self.all_needed
    }

    /// What the words of a title prove: the most that any phrase in it does, longer phrases hiding shorter ones.
    fn title(&self, source: Source<'_>, title: Title) -> Option<Proof> {
        let mut best = None;
        let mut at = title.first;
        while at <= title.last {
            let most = (at + self.longest_title - 1).min(title.last);
            let found = (at..=most).rev().find_map(|last| {
                self.titles.get(source.normalized.folded_between(at, last)).map(|&proof| (last, proof))
            });
            match found {
                Some((last, proof)) => {
                    best = best.max(Some(proof));
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        best
    }
}
