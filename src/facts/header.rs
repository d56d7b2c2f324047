//! Headers of jobs: which ranges of dates are jobs, on which side of them the titles stand, and where each header begins.

use super::date::{Date, DateRange, Dates, End, Precision};
use super::month::YearMonth;
use super::source::Source;
use super::title::{Side, Title, is_link, title_in};
use crate::section::SectionKind;
use crate::text::{Joint, Shape};

/// So far before its dates a job's title may begin, in words. 28: five titles in a row, an employer and a place.
pub(super) const HEADER_WORDS: usize = 28;

/// A line with more words is no header line. 22: two titles, an employer, a place, two dates.
const HEADER_LINE: usize = 22;

/// A line with more words has lost its ends, or is a paragraph, and a job's header is somewhere inside.
const ENDLESS_LINE: usize = 30;

/// So many lines of employer and place may stand between a title and its dates.
const EMPLOYER_LINES: usize = 2;

/// Such a line has no more words.
const EMPLOYER_WORDS: usize = 8;

/// The dates of a job, and where its header begins.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) range: DateRange,
    before: Option<Title>,
    after: Option<Title>,
    pub(super) title: Option<Title>,
    /// First word of the header.
    pub(super) first: usize,
    /// The dates follow those of the job before at once: the same job again.
    pub(super) again: bool,
    pub(super) assumed: bool,
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
fn single_date(source: Source<'_>, date: &Date) -> Option<DateRange> {
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

#[cfg(test)]
mod tests {
    use crate::facts::tests::{facts, jobs};

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
}
