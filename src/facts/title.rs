//! Titles of jobs: which of the words before or behind the dates name the work.

use super::source::Source;
use crate::text::{Joint, Shape};

/// A title in small letters inside a text without lines has no more words: what is longer is a sentence.
const SMALL_TITLE_WORDS: usize = 4;

/// Where a title is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Before the dates, or on the line above.
    Before,
    /// Behind the dates.
    After,
    /// On the line below.
    Below,
}

/// The title of a job, as words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Title {
    pub(super) first: usize,
    pub(super) last: usize,
}

/// The title of a job within a range of words: the words with capitals up to the noun that names a job. Before dates the last one, after dates the first.
pub(super) fn title_in(
    source: Source<'_>,
    words: std::ops::Range<usize>,
    side: Side,
) -> Option<Title> {
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
pub(super) fn is_link(word: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use crate::facts::tests::jobs;

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
}
