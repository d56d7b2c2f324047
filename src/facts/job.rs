//! Jobs: which ranges of dates are jobs, their titles, how far each reaches, and what it counts for.

use super::date::{DateRange, Dates, End, Precision, YearMonth};
use super::rules::{Area, Proof, Worth};
use super::{Duty, FactFlag, FactFlagKind, Job, Source};
use crate::section::SectionKind;
use crate::span::Span;
use crate::text::{Joint, Shape};

/// So far before its dates a job's title may begin, in words. 28: five titles in a row, an employer and a place.
const HEADER_WORDS: usize = 28;

/// A line with more words is no header line. 22: two titles, an employer, a place, two dates.
const HEADER_LINE: usize = 22;

/// A line with more words has lost its ends, or is a paragraph, and a job's header is somewhere inside.
const ENDLESS_LINE: usize = 30;

/// So many lines of employer and place may stand between a title and its dates.
const EMPLOYER_LINES: usize = 2;

/// Such a line has no more words.
const EMPLOYER_WORDS: usize = 8;

/// A title in small letters inside a text without lines has no more words: what is longer is a sentence.
const SMALL_TITLE_WORDS: usize = 4;

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
    // Dates of a project within the job, or those of the job once more: what they head belongs to it.
    let mut settled: Vec<Header> = Vec::with_capacity(headers.len());
    for header in headers {
        if !settled
            .last()
            .is_some_and(|job| is_within(source, &header, job))
        {
            settled.push(header);
        }
    }
    settled
}

/// A header line with one date only, "Line Cook 01/2006": the job lasted to the end of that year, or, when it is the latest of all, still lasts.
fn single_date(source: Source<'_>, date: &super::date::Date) -> Option<DateRange> {
    if date.precision != Precision::Month || source.kind(date.first) != SectionKind::Experience {
        return None;
    }
    let line = source.line(date.first);
    let edge = line.start == date.first || line.end == date.last + 1;
    // "Branch Manager, 01/2015 Example Bank – City": a title, its date, and names behind it.
    let parted = date.first > line.start
        && source.normalized.tokens()[date.first]
            .joint
            .has(Joint::COMMA)
        && source.normalized.tokens()[line.start]
            .shape
            .has(Shape::CAPITAL)
        && (date.last + 1..line.end).all(|n| {
            source.normalized.tokens()[n].shape != Shape::default() || is_link(source.word(n))
        });
    if !(edge || parted)
        || line.len() > HEADER_LINE
        || source.normalized.tokens()[date.first]
            .joint
            .has(Joint::BULLET)
    {
        return None;
    }
    title_in(source, line.start..date.first, Side::Before)
        .or_else(|| title_in(source, date.last + 1..line.end, Side::After))?;
    let end = YearMonth::new(date.from.year(), 12)?;
    Some(DateRange {
        first: date.first,
        last: date.last,
        start: date.from,
        end: End::At(end),
        years_only: false,
        open: false,
    })
}

/// The header around `range`, when it is a job's.
fn header(
    source: Source<'_>,
    range: &DateRange,
    floor: usize,
    previous: Option<&Header>,
) -> Option<Header> {
    let tokens = source.normalized.tokens();
    let section = source.section(range.first)?;
    let kind = section.kind();
    match kind {
        SectionKind::Education
        | SectionKind::Certifications
        | SectionKind::Languages
        | SectionKind::References
        | SectionKind::Publications
        | SectionKind::Interests
        | SectionKind::Awards => return None,
        // Projects and the like; but what has no heading may well be a work history.
        SectionKind::Other if section.heading().is_some() => return None,
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
        gap.len() <= 1
            && source
                .section(previous.range.last)
                .map(|section| section.first())
                == Some(section.first())
    });

    let floor = floor
        .max(source.behind_heading(section))
        .max(first.saturating_sub(HEADER_WORDS));
    // Above the first heading stand name and address, and many a name is a trade: "Greg Baker". Nothing is read off them.
    let floor = match kind {
        SectionKind::Header => floor.max(line.start),
        _ => floor,
    };
    let here = floor.max(line.start)..first;
    let mut before = title_in(source, here.clone(), Side::Before);
    if before.is_none() && here.start == line.start && line.start > floor && !endless {
        // The title stands on the line above.
        let above = source.line(line.start - 1);
        let above = floor.max(above.start)..above.end;
        let sentence = tokens[line.start].joint.has(Joint::STOP | Joint::WRAP)
            && tokens[line.start].joint.has(Joint::STOP);
        if above.len() <= HEADER_LINE
            && !sentence
            && !above.is_empty()
            && !tokens[above.start].joint.has(Joint::BULLET)
        {
            before = title_in(source, above, Side::Before);
            if before.is_none() {
                before = title_over_employer(source, line.start, floor);
            }
        }
    }
    let section_end = section.end() as usize;
    // The dates may reach over several lines.
    let last_line = source.line(range.last);
    let rest = range.last + 1
        ..last_line
            .end
            .min(range.last + 1 + HEADER_WORDS)
            .min(section_end);
    let mut after = title_in(source, rest.clone(), Side::After);
    if after.is_none() && !endless && rest.len() <= 8 && last_line.end < section_end {
        let below = source.line(last_line.end);
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
    Some(Header {
        range: *range,
        before,
        after,
        title: None,
        first,
        again,
        assumed: false,
    })
}

/// Whether a header without a title, inside a text that has lost its lines, only repeats dates of the job before it or parts of them.
fn is_within(source: Source<'_>, header: &Header, job: &Header) -> bool {
    let section = |header: &Header| {
        source
            .section(header.range.first)
            .map(|section| section.first())
    };
    let ends = match (header.range.end, job.range.end) {
        (_, End::Present) => true,
        (End::At(end), End::At(most)) => end <= most,
        (End::Present, End::At(_)) => false,
    };
    !header.again
        && header.title.is_none()
        && job.title.is_some()
        && ends
        && header.range.start >= job.range.start
        && section(header) == section(job)
        && source.line(header.range.first).len() > ENDLESS_LINE
}

/// The title over the lines of employer and place that stand between it and the line of dates that begins with word `dates`.
fn title_over_employer(source: Source<'_>, dates: usize, floor: usize) -> Option<Title> {
    let tokens = source.normalized.tokens();
    let mut below = dates;
    for step in 0..=EMPLOYER_LINES {
        if below <= floor {
            return None;
        }
        let line = source.line(below - 1);
        // Header lines are short, written as names are, and neither listed nor ended by a full stop.
        let plain = |n: usize| {
            let token = &tokens[n];
            token.shape == Shape::default() && !is_link(source.word(n))
        };
        let header = line.start >= floor
            && line.len() <= EMPLOYER_WORDS
            && !tokens[line.start].joint.has(Joint::BULLET)
            && !tokens[below].joint.has(Joint::STOP)
            && !line.clone().any(plain);
        if !header {
            return None;
        }
        below = line.start;
        let title = title_in(source, line, Side::Before);
        // The first line was looked at before.
        if step > 0 && title.is_some() {
            return title;
        }
    }
    None
}

/// Whether the date at word `first`, which does not begin its line, stands apart from the words before it.
fn stands_apart(source: Source<'_>, first: usize, line_start: usize, line_len: usize) -> bool {
    let tokens = source.normalized.tokens();
    let joint = tokens[first].joint;
    let marks = Joint::COMMA
        | Joint::OPEN
        | Joint::CLOSE
        | Joint::DASH
        | Joint::COLON
        | Joint::SLASH
        | Joint::OTHER;
    if joint.has(marks) || joint.ends_clause() {
        return true;
    }
    let before = &tokens[first - 1];
    let word = source.word(first - 1);
    if line_len <= HEADER_LINE && tokens[line_start].shape.has(Shape::CAPITAL) {
        // "Manager from 2010 to 2012" is a header line, "Raised sales in 2010 to 2012 by half" hardly one.
        return word == "from" || word == "since" || !source.rules.date_leads.has(word);
    }
    // "Widgets.com May 2010 to June 2012": a month with a capital behind a word that leads to no date.
    let leads = source.rules.date_leads.has(word);
    let month = (tokens[first].shape.has(Shape::CAPITAL) || before.joint == Joint::DOT) && !leads;
    before.shape != Shape::default() && !before.shape.has(Shape::SYMBOL)
        || month
        || source.rules.heads.has(word)
        || word == "since" && first - 1 == line_start
}

/// Settles on which side of the dates this resume has its titles, and where each header begins.
fn settle(source: Source<'_>, headers: &mut [Header]) {
    let before = headers
        .iter()
        .filter(|header| header.before.is_some())
        .count();
    let after = headers
        .iter()
        .filter(|header| header.after.is_some())
        .count();
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
        let title = if titles_before {
            header.before.or(after)
        } else {
            after.or(header.before)
        };
        let again = header.again && header.before.is_none() && n > 0;
        let inherited = again.then(|| headers[n - 1].title).flatten();
        let first = match title {
            Some(title) if title.first < header.range.first && !again => {
                if endless {
                    title.first
                } else {
                    source.line(title.first).start.max(lowest(headers, n))
                }
            }
            _ if endless => header.range.first,
            _ => line.start.max(lowest(headers, n)),
        };
        let first = source
            .section(first)
            .map_or(first, |section| first.max(source.behind_heading(section)))
            .min(header.range.first);
        let header = &mut headers[n];
        header.again = again;
        header.title = if again { inherited } else { title };
        header.first = first;
    }
}

/// A header begins behind the dates of the one before.
fn lowest(headers: &[Header], n: usize) -> usize {
    n.checked_sub(1)
        .map_or(0, |before| headers[before].range.last + 1)
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
                || token
                    .joint
                    .has(Joint::COMMA | Joint::DASH | Joint::OPEN | Joint::CLOSE | Joint::COLON);
            if end > start && breaks {
                break;
            }
            if rules.title_stops.has(word) {
                break;
            }
            let capital =
                token.shape.has(Shape::CAPITAL) || (loose && !token.shape.has(Shape::NUMBER));
            let link = token.shape.has(Shape::SYMBOL)
                || (token.shape.has(Shape::NUMBER) && word.len() <= 2)
                || is_link(word);
            if !capital && !link {
                break;
            }
            if capital {
                last_capital = Some(end);
                // "SQL Server" waits on no one.
                let product =
                    word == "server" && end > start && rules.dates.is_product(source.word(end - 1));
                if rules.heads.has(word) && !product {
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
                let plain = |n: &usize| {
                    !(tokens[*n].shape.has(Shape::UPPER)
                        || tokens[*n].shape.has(Shape::SYMBOL)
                        || tokens[*n].shape.has(Shape::NUMBER))
                };
                first = (first..last)
                    .rev()
                    .find(plain)
                    .map_or(first, |plain| plain + 1);
            }
            segments.push((
                Title {
                    first,
                    last: title_end(source, last, end),
                },
                head.is_some(),
            ));
        }
        start = end.max(start + 1);
    }
    if segments.is_empty() && side == Side::Before && !loose {
        return small_title(source, words);
    }
    let strong = segments.iter().any(|&(_, strong)| strong);
    let fits = |segment: &&(Title, bool)| segment.1 == strong;
    if side == Side::Before {
        // "Specialist (Consultant)": what stands in brackets only when there is nothing else.
        let outside = |segment: &(Title, bool)| {
            segment.1 == strong && !tokens[segment.0.first].joint.has(Joint::OPEN)
        };
        let n = segments
            .iter()
            .rposition(outside)
            .or_else(|| segments.iter().rposition(|segment| segment.1 == strong))?;
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
    // But "Driver and Shop Hand", "Director of Digital Media and Strategy" go on as titles do.
    let goes_on = next + 1 < words.end
        && is_link(source.word(next))
        && tokens[next + 1].shape.has(Shape::CAPITAL);
    if next < words.end
        && tokens[next].shape == Shape::default()
        && tokens[next].joint == Joint::SPACE
        && !goes_on
    {
        return None;
    }
    for (other, _) in segments.iter().filter(fits) {
        if other.first == title.last + 1
            && !tokens[other.first]
                .joint
                .has(Joint::STOP | Joint::LINE | Joint::BLANK)
        {
            title.last = other.last;
        }
    }
    Some(title)
}

/// "… every day. software engineer Example Inc": a title in small letters, inside a text that has lost its lines. It begins a sentence or an
/// item, has few words, and a name follows.
fn small_title(source: Source<'_>, words: std::ops::Range<usize>) -> Option<Title> {
    let tokens = source.normalized.tokens();
    let name_follows = |last: usize| {
        let next = &tokens[last + 1];
        next.shape.has(Shape::CAPITAL) && !next.joint.ends_clause()
    };
    let begins = |first: usize| tokens[first].joint.ends_clause() && first >= words.start;
    let plain = |n: usize| !is_link(source.word(n)) && !tokens[n].shape.has(Shape::NUMBER);
    (words.start..words.end.saturating_sub(1))
        .rev()
        .filter(|&last| source.rules.heads.has(source.word(last)) && name_follows(last))
        .find_map(|last| {
            let first = (last.saturating_sub(SMALL_TITLE_WORDS - 1)..=last)
                .rev()
                .take_while(|&n| n == last || !tokens[n + 1].joint.ends_clause())
                .find(|&n| begins(n))?;
            (first..=last).all(plain).then_some(Title { first, last })
        })
}

/// A small word that may stand inside a title.
fn is_link(word: &str) -> bool {
    matches!(
        word,
        "of" | "and" | "for" | "the" | "to" | "in" | "on" | "at" | "a"
    )
}

/// "Representative III", "Director of Sales": what belongs to the noun at word `last`, before `end`.
fn title_end(source: Source<'_>, last: usize, end: usize) -> usize {
    let tokens = source.normalized.tokens();
    let next = last + 1;
    if next >= end {
        return last;
    }
    let word = source.word(next);
    if matches!(
        word,
        "i" | "ii" | "iii" | "iv" | "v" | "1" | "2" | "3" | "4"
    ) {
        return next;
    }
    if matches!(word, "of" | "for" | "on") && next + 1 < end {
        // "of Human Resources": two words, but not the employer behind them.
        let most = end.min(next + 3);
        let mut reach = next + 1;
        while reach + 1 < most && tokens[reach + 1].joint.joins_name() {
            reach += 1;
        }
        while reach > next && !tokens[reach].shape.has(Shape::CAPITAL) {
            reach -= 1;
        }
        if reach > next {
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
    let open_end = OpenEnd::new(headers, as_of);
    let mut jobs = Vec::with_capacity(headers.len());
    let mut rest = headers;
    while let Some(first) = rest.first() {
        // The periods of one job: their dates follow each other, and they share title and body.
        let periods = 1 + rest[1..].iter().take_while(|header| header.again).count();
        let (group, next) = rest.split_at(periods);
        rest = next;

        let about = About::new(
            source,
            first,
            group[periods - 1].range.last,
            next.first().map(|next| next.first),
            duties,
        );
        for header in group {
            let range = &header.range;
            let span = source.normalized.span(range.first, range.last);
            let (current, end) = open_end.of(header);
            let Some(end) = end else { continue };
            if end < range.start {
                flags.push(FactFlag {
                    code: FactFlagKind::FutureJob,
                    span,
                });
                continue;
            }
            if header.assumed {
                flags.push(FactFlag {
                    code: FactFlagKind::AssumedEnd,
                    span,
                });
            }
            jobs.push(Job {
                title: about
                    .title
                    .map(|title| source.quote(title.first, title.last)),
                title_span: about
                    .title
                    .map(|title| source.normalized.span(title.first, title.last)),
                start: range.start,
                end,
                current,
                months: range.start.months_between(end).max(1),
                customer_service: about.customer_service,
                management: about.management,
                unpaid: about.unpaid,
                header: span,
                body: about.body,
            });
        }
    }
    jobs
}

/// How the jobs of this resume end that have no end.
struct OpenEnd {
    as_of: Option<YearMonth>,
    latest: Option<YearMonth>,
    any_current: bool,
}

impl OpenEnd {
    fn new(headers: &[Header], as_of: Option<YearMonth>) -> Self {
        Self {
            as_of,
            latest: headers.iter().map(|header| header.range.start).max(),
            any_current: headers
                .iter()
                .any(|header| header.range.end == End::Present),
        }
    }

    /// Whether the job is current, and its end.
    fn of(&self, header: &Header) -> (bool, Option<YearMonth>) {
        let range = &header.range;
        match range.end {
            End::Present => (true, self.as_of),
            // A single date, when it is the latest of all and no other job is current, has no end yet.
            End::At(_)
                if header.assumed && !self.any_current && Some(range.start) == self.latest =>
            {
                (true, self.as_of)
            }
            End::At(end) => (false, Some(end)),
        }
    }
}

/// What the periods of one job share.
struct About {
    title: Option<Title>,
    body: Span,
    customer_service: bool,
    management: bool,
    unpaid: bool,
}

impl About {
    /// `last` is the last word of the last period's dates, `next` the first word of the next job's header.
    fn new(
        source: Source<'_>,
        header: &Header,
        last: usize,
        next: Option<usize>,
        duties: &[Duty<'_>],
    ) -> Self {
        let section_end = source
            .section(last)
            .map_or(last + 1, |section| section.end() as usize);
        let end = next
            .map_or(section_end, |next| next.min(section_end))
            .max(last + 1);
        let first = header.first.min(header.range.first);
        let body = source.normalized.span(first, end - 1);
        let skills = within(duties, body);
        let title = header.title;
        Self {
            title,
            body,
            customer_service: source.rules.customer_service.counts(source, title, skills),
            management: source.rules.management.counts(source, title, skills),
            unpaid: is_unpaid(source, first..header.range.last + 1, title),
        }
    }
}

/// Whether the header, the title or the heading of the section says that it was no employment.
fn is_unpaid(source: Source<'_>, heading: std::ops::Range<usize>, title: Option<Title>) -> bool {
    // A volunteer coordinator is employed.
    let paid = |n: usize| {
        n < source.normalized.word_count() && source.rules.paid_behind.has(source.word(n))
    };
    let pair = |n: usize| {
        n + 1 < source.normalized.word_count()
            && source
                .rules
                .unpaid
                .has(source.normalized.folded_between(n, n + 1))
    };
    let says = |n: usize| (source.rules.unpaid.has(source.word(n)) && !paid(n + 1)) || pair(n);
    let section = source.section(heading.start);
    let over = section.is_some_and(|section| {
        let Some(span) = section.heading() else {
            return false;
        };
        let first = section.first() as usize;
        (first..section.end() as usize)
            .take_while(|&n| source.normalized.word_span(n).end <= span.end)
            .any(says)
    });
    let start = heading.start.max(heading.end.saturating_sub(HEADER_WORDS));
    over || (start..heading.end).any(says)
        || title.is_some_and(|title| (title.first..=title.last).any(says))
}

/// The duties of one job: a slice of those given.
fn within<'a, 'd>(duties: &'a [Duty<'d>], body: Span) -> &'a [Duty<'d>] {
    let first = duties.partition_point(|duty| duty.span.start < body.start);
    let end = duties.partition_point(|duty| duty.span.start < body.end);
    &duties[first..end.max(first)]
}

impl Area {
    /// Whether a job with this title and these duties counts for the area.
    fn counts(&self, source: Source<'_>, title: Option<Title>, duties: &[Duty<'_>]) -> bool {
        let proof = title.and_then(|title| self.title(source, title));
        if proof == Some(Proof::Sure) {
            return true;
        }
        let doubtful = proof == Some(Proof::Doubtful);
        let mut seen: Vec<&str> = Vec::new();
        let mut core = false;
        for duty in duties {
            match self.duties.get(duty.skill) {
                None => continue,
                Some(Worth::Hint) if !doubtful => continue,
                Some(worth) => core |= *worth == Worth::Core,
            }
            if !seen.contains(&duty.skill) {
                seen.push(duty.skill);
            }
        }
        let needs = match proof {
            Some(Proof::Doubtful) => self.doubtful_needs,
            Some(Proof::Never) => self.needs + 2,
            _ => self.needs,
        };
        (core || doubtful) && seen.len() as u32 >= needs
    }

    /// What the words of a title prove: the most that any phrase in it does, longer phrases hiding shorter ones.
    fn title(&self, source: Source<'_>, title: Title) -> Option<Proof> {
        let mut best = None;
        let mut worst = None;
        let mut at = title.first;
        while at <= title.last {
            let most = (at + self.longest_title - 1).min(title.last);
            let found = (at..=most).rev().find_map(|last| {
                self.titles
                    .get(source.normalized.folded_between(at, last))
                    .map(|&proof| (last, proof))
            });
            match found {
                Some((last, proof)) => {
                    best = best.max(Some(proof));
                    worst = worst.or(Some(proof)).min(Some(proof));
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        // "Assistant to the Team Lead": what is doubtful does not hold against a no.
        if best == Some(Proof::Doubtful) && worst == Some(Proof::Never) {
            return worst;
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::FactFlagKind;
    use crate::facts::tests::{facts, facts_with};

    fn jobs(text: &str) -> String {
        let facts = facts(text);
        let show = |job: &crate::facts::Job| {
            let title = job.title().unwrap_or("-");
            let paid = if job.unpaid() { " unpaid" } else { "" };
            let end = if job.current() {
                "now".to_owned()
            } else {
                job.end().to_string()
            };
            format!("{title} {}..{end}{paid}", job.start())
        };
        facts
            .jobs()
            .iter()
            .map(show)
            .collect::<Vec<_>>()
            .join(" | ")
    }

    #[test]
    fn titles_in_small_letters_where_the_lines_are_lost() {
        let duties = "Answered calls from customers and kept notes of each of them in the system used there. ".repeat(4);
        let text = format!(
            "A. Person Gary, IN Work Experience Cook Example Inn - Gary, IN May 2008 to May 2010 {duties}shift lead Example Inc May 2010 to May 2012 {duties}\
             Web developer Example Labs - Ogden, UT June 2012 to June 2014 {duties}Worked with a manager at Example Ltd June 2014 to June 2015"
        );
        assert_eq!(
            jobs(&text),
            "Cook 2008-05..2010-05 | shift lead 2010-05..2012-05 | Web developer 2012-06..2014-06 | - 2014-06..2015-06"
        );
    }

    #[test]
    fn titles_on_either_side_of_the_dates() {
        for (text, expected) in [
            (
                "Experience\nShop Clerk, 06/2012 to 08/2014\nShop Example - City",
                "Shop Clerk 2012-06..2014-08",
            ),
            (
                "Experience\nShop Clerk\nJune 2012 to August 2014 Company Name - City\nSold things.",
                "Shop Clerk 2012-06..2014-08",
            ),
            (
                "Experience\n06/2012 to 08/2014\nShop Clerk Company Name City\nSold things.",
                "Shop Clerk 2012-06..2014-08",
            ),
            (
                "Experience\nCompany Name June 2012 to August 2014 Shop Clerk\nSold things.",
                "Shop Clerk 2012-06..2014-08",
            ),
            (
                "Experience\nOctober 2004\nto\nAugust 2013\nCompany Name City, State Shop Clerk",
                "Shop Clerk 2004-10..2013-08",
            ),
            (
                "Experience\nclerk, 06/2012 to 08/2014",
                "clerk 2012-06..2014-08",
            ),
            (
                "Experience\nCustomer Service Rep II 2009-2011",
                "Customer Service Rep II 2009-01..2011-12",
            ),
            (
                "Experience\nDirector of Human Resources, 2009-2011",
                "Director of Human Resources 2009-01..2011-12",
            ),
            (
                "Experience\nCook, Waiter, Host\n2009-2011",
                "Cook, Waiter, Host 2009-01..2011-12",
            ),
            (
                "Experience\nSomething Else, 2009-2011",
                "- 2009-01..2011-12",
            ),
            (
                "Experience\nClerk, 2009 - 2010; Cook, 2011 - 2012",
                "Clerk 2009-01..2010-12 | Cook 2011-01..2012-12",
            ),
            (
                "Experience\nCook, Jan 2014 - Aug 2015; Sep 2016 - July 2018",
                "Cook 2014-01..2015-08 | Cook 2016-09..2018-07",
            ),
            (
                "Experience\nVolunteer Receptionist, 2009-2011",
                "Volunteer Receptionist 2009-01..2011-12 unpaid",
            ),
            (
                "Volunteer Experience\nReceptionist, 2009-2011",
                "Receptionist 2009-01..2011-12 unpaid",
            ),
            (
                "Experience\nSince March 2018\nShop Clerk",
                "Shop Clerk 2018-03..now",
            ),
            // No jobs.
            ("Education\nExample College, 2009-2011", ""),
            ("Certifications\nFirst Aid, July 2016 to July 2020", ""),
            (
                "Experience\nSales rose by half from the summer of 2010 to 2012 because of what I did there every day with all of them",
                "",
            ),
            ("Skills\nWorked with Windows 2000 - 2003", ""),
            // Employer and place on lines between the title and the dates.
            (
                "Experience\nDistrict Manager Vice President\nExample Bank\nOgden , Utah\nJune 2011 to Current\nLed eleven branches.\nBranch Manager\nExample Bank\nApril 2007 to June 2011",
                "District Manager Vice President 2011-06..now | Branch Manager 2007-04..2011-06",
            ),
            (
                "Experience\nHelped the manager with accounts.\nExample Bank\nOgden , Utah\nJune 2011 to Current",
                "- 2011-06..now",
            ),
            // Titles that go on with a small word.
            (
                "Experience\n06/2012 to 08/2014\nTow Truck Driver and Shop Hand Company Name City , State",
                "Tow Truck Driver 2012-06..2014-08",
            ),
            (
                "Experience\nExample Media June 2012 to Current Director of Ad and Online Operations",
                "Director of Ad 2012-06..now",
            ),
            (
                "Community Service\nKitchen Helper, 2009-2011",
                "Kitchen Helper 2009-01..2011-12 unpaid",
            ),
        ] {
            assert_eq!(jobs(text), expected, "{text:?}");
        }
    }

    #[test]
    fn jobs_in_a_line_without_ends() {
        let text = "Agent Agent Ogden, UT Work Experience Desk Agent Hotel Example - Ogden, UT June 2015 to Present Greeted guests and \
                    answered calls Customer Service Supervisor Shop Example - Provo, UT May 2010 to June 2015 Supervised twelve agents and kept \
                    notes of calls Education Bachelor's in History Example College 2006 to 2010 Skills Typing, Filing";
        assert_eq!(
            jobs(text),
            "Desk Agent 2015-06..now | Customer Service Supervisor 2010-05..2015-06"
        );
        let facts = facts(text);
        let body = |n: usize| &text[facts.jobs()[n].body().range()];
        assert!(
            body(0).starts_with("Desk Agent Hotel") && body(0).ends_with("answered calls"),
            "{}",
            body(0)
        );
        assert!(
            body(1).starts_with("Customer Service Supervisor")
                && body(1).ends_with("notes of calls"),
            "{}",
            body(1)
        );
    }

    #[test]
    fn dates_of_projects_belong_to_the_job_they_stand_in() {
        let filler = "planned the work and kept the notes of all the calls that came in from many places every day of the week";
        let text = format!(
            "Agent Agent Ogden, UT Work Experience IT Project Manager Example Power November 2014 to Present {filler} \u{2022} Nov 2014 - Present \u{2022} \
             {filler} \u{2022} Jan 2016 - Mar 2017 \u{2022} {filler} Desk Clerk Shop Example May 2010 to June 2012 {filler}"
        );
        assert_eq!(
            jobs(&text),
            "IT Project Manager 2014-11..now | Desk Clerk 2010-05..2012-06"
        );
    }

    #[test]
    fn single_dates_and_jobs_to_come() {
        let text = "Experience\nShop Example City Line Cook 01/2016\nCooked.\nShop Example City Line Cook 03/2014\nCooked.";
        assert_eq!(
            jobs(text),
            "Line Cook 2016-01..now | Line Cook 2014-03..2014-12"
        );
        let text = "Experience\nBranch Manager , 01/2015 Example Bank - Ogden , Utah\nLed the branch.\nManager , 01/2014 to 01/2015 Example Shop - Ogden , Utah\nSold.";
        assert_eq!(
            jobs(text),
            "Branch Manager 2015-01..now | Manager 2014-01..2015-01"
        );
        let text = "Experience\nManager, 01/2014 to 01/2015\nAs Branch Manager, 06/2014, it fell to me to close the shop";
        assert_eq!(jobs(text), "Manager 2014-01..2015-01");
        let facts = facts("Experience\nCook, 05/2021 to Present\nClerk, 2015 to 2016");
        assert_eq!(facts.jobs().len(), 1);
        assert_eq!(facts.flags()[0].code(), FactFlagKind::FutureJob);
    }

    #[test]
    fn areas_by_title_and_by_duties() {
        for (title, skills, service, management) in [
            ("Customer Service Representative", &[][..], true, false),
            ("Customer Service Manager", &[], true, true),
            ("Account Manager", &[], false, false),
            ("Executive Chef", &[], false, true),
            ("Branch Director", &[], false, false),
            ("Branch Director", &["team-management"], false, true),
            ("Branch Director", &["leadership"], false, true),
            ("Clerk", &["customer-service"], false, false),
            (
                "Clerk",
                &["customer-service", "customer-complaints", "refunds-returns"],
                false,
                false,
            ),
            (
                "Clerk",
                &[
                    "customer-service",
                    "customer-complaints",
                    "refunds-returns",
                    "call-center",
                ],
                true,
                false,
            ),
            (
                "Staff Accountant",
                &[
                    "customer-service",
                    "customer-inquiries",
                    "refunds-returns",
                    "call-center",
                ],
                false,
                false,
            ),
            (
                "Clerk",
                &[
                    "customer-service",
                    "customer-service",
                    "customer-complaints",
                ],
                false,
                false,
            ),
            ("Clerk", &["team-management", "recruiting"], false, true),
            ("Clerk", &["recruiting", "leadership"], false, false),
            ("Agent", &["customer-service", "call-center"], true, false),
        ] {
            let text = format!("Experience\n{title}, 2009-2011\nDid this and that.");
            let facts = facts_with(&text, skills);
            let job = &facts.jobs()[0];
            assert_eq!(
                (job.customer_service(), job.management()),
                (service, management),
                "{title} {skills:?}"
            );
        }
    }
}
