//! Jobs out of their headers: when each ends, how far its text reaches, and whether it was paid.

use super::date::End;
use super::header::{HEADER_WORDS, Header};
use super::month::YearMonth;
use super::source::Source;
use super::title::Title;
use super::{Duty, FactFlag, FactFlagKind, Job};
use crate::span::Span;

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

#[cfg(test)]
mod tests {
    use crate::facts::FactFlagKind;
    use crate::facts::tests::{facts, jobs};

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
}
