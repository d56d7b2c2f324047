//! What a resume claims in numbers: years of experience, and people led.

use super::source::Source;
use super::{ClaimedYears, TeamSize};
use crate::text::{Joint, Shape};

/// No one claims more years; a greater number is a firm's age.
const MOST_YEARS: u32 = 60;

/// An area has no more words: "luxury hotel front desk customer service".
const AREA_WORDS: usize = 6;

/// Between a verb of leading and the number of the led: "managed a diverse and growing team of 12".
const LED_WORDS: usize = 8;

/// The number that word `n` is.
fn value(source: Source<'_>, n: usize) -> Option<u32> {
    let word = source.word(n);
    if source.normalized.tokens()[n].shape.has(Shape::NUMBER) {
        let digits: String = word.chars().filter(|&c| c != ',').collect();
        return (digits.len() <= 6).then(|| digits.parse().ok())?;
    }
    source.rules.numbers.get(word).copied()
}

/// Claims such as "10+ years of customer service".
pub(super) fn years(source: Source<'_>, hits: &[usize]) -> Vec<ClaimedYears> {
    hits.iter().filter_map(|&n| claim(source, n)).collect()
}

fn claim(source: Source<'_>, unit: usize) -> Option<ClaimedYears> {
    let rules = source.rules;
    let tokens = source.normalized.tokens();
    let floor = unit.saturating_sub(5);
    let mut at = unit;
    let mut number = None;
    let mut first = unit;
    while at > floor {
        let joint = tokens[at].joint;
        if joint.has(Joint::STOP | Joint::SEMICOLON | Joint::BLANK | Joint::BULLET | Joint::COMMA) {
            break;
        }
        at -= 1;
        if let Some(value) = value(source, at) {
            // "ten (10) years", "5 to 7 years": go on to the lower number.
            let tens = number.filter(|_| {
                value >= 20
                    && value % 10 == 0
                    && tokens[at + 1].joint.has(Joint::HYPHEN | Joint::SPACE)
            });
            number = match tens {
                Some(ones) if ones < 10 && !tokens[at].shape.has(Shape::NUMBER) => {
                    Some(value + ones)
                }
                _ => Some(number.map_or(value, |before: u32| before.min(value))),
            };
            first = at;
            continue;
        }
        // Behind the number may stand "plus" and the like, before it only another number and "to".
        let between = match source.word(at) {
            "to" => true,
            word => number.is_none() && (word == "and" || rules.claim_fillers.has(word)),
        };
        if !between {
            break;
        }
    }
    if first > 1 && source.word(first - 1) == "than" && source.word(first - 2) == "less" {
        return None;
    }
    let years = number.filter(|years| (1..=MOST_YEARS).contains(years))?;
    let count = tokens.len();
    let next = unit + 1;
    if next < count
        && rules.claim_not_before.has(source.word(next))
        && !tokens[next].joint.ends_clause()
    {
        return None;
    }
    // "Customer Service (10+ years)": the area stands before the bracket.
    if tokens[first].joint.has(Joint::OPEN) && next < count && tokens[next].joint.has(Joint::CLOSE)
        || tokens[first].joint.has(Joint::OPEN) && next == count
    {
        let area = area_before(source, first);
        let start = area.unwrap_or(first);
        return Some(ClaimedYears {
            years,
            area: area.map(|area| source.normalized.folded_between(area, first - 1).to_owned()),
            span: source.normalized.span(start, unit),
        });
    }
    let (area, last) = area_behind(source, next);
    if area.is_none() && !mentions_experience(source, next) {
        return None;
    }
    Some(ClaimedYears {
        years,
        area: area.map(|(first, last)| source.normalized.folded_between(first, last).to_owned()),
        span: source.normalized.span(first, last.max(unit)),
    })
}

fn area_before(source: Source<'_>, first: usize) -> Option<usize> {
    let tokens = source.normalized.tokens();
    let mut at = first.checked_sub(1)?;
    let start = source
        .section(first)
        .map_or(0, |section| source.behind_heading(section));
    let floor = first.saturating_sub(AREA_WORDS).max(start);
    if at < floor {
        return None;
    }
    while at > floor && !tokens[at].joint.parts_items() {
        at -= 1;
    }
    Some(at)
}

fn mentions_experience(source: Source<'_>, next: usize) -> bool {
    let tokens = source.normalized.tokens();
    (next..tokens.len().min(next + 4))
        .take_while(|&n| !tokens[n].joint.ends_clause())
        .any(|n| {
            matches!(
                source.word(n),
                "experience" | "experienced" | "background" | "expertise"
            )
        })
}

/// The area behind "years", and the last word of the claim.
fn area_behind(source: Source<'_>, next: usize) -> (Option<(usize, usize)>, usize) {
    let rules = source.rules;
    let tokens = source.normalized.tokens();
    let end = tokens.len().min(next + 12);
    let goes_on = |n: usize| {
        n < end
            && !tokens[n].joint.ends_clause()
            && !tokens[n]
                .joint
                .has(Joint::COMMA | Joint::CLOSE | Joint::OPEN | Joint::COLON)
    };
    let mut at = next;
    let mut linked = false;
    while goes_on(at) && rules.claim_links.has(source.word(at)) {
        linked |= matches!(
            source.word(at),
            "of" | "in" | "as" | "experience" | "experienced" | "working"
        );
        at += 1;
    }
    let first = at;
    while goes_on(at) && at - first < AREA_WORDS && !rules.claim_stops.has(source.word(at)) {
        at += 1;
    }
    let named = goes_on(at) && source.word(at) == "experience";
    if at == first || !(linked || named) {
        return (None, at.max(next) - 1);
    }
    (Some((first, at - 1)), if named { at } else { at - 1 })
}

/// Teams led: "supervised 12 agents", "a team of 20 to 60 representatives".
pub(super) fn teams(source: Source<'_>, hits: &[usize]) -> Vec<TeamSize> {
    let mut teams: Vec<TeamSize> = Vec::new();
    let mut used = 0;
    for &n in hits {
        if n < used {
            continue;
        }
        if let Some((first, last, size)) = team(source, n) {
            used = last + 1;
            teams.push(TeamSize {
                size,
                span: source.normalized.span(first, last),
            });
        }
    }
    teams
}

fn team(source: Source<'_>, n: usize) -> Option<(usize, usize, u32)> {
    let rules = source.rules;
    let tokens = source.normalized.tokens();
    let mut size = value(source, n)?;
    if source.text[..tokens[n].start as usize].ends_with('$') {
        return None;
    }
    let stops = |n: usize| tokens[n].joint.ends_clause();
    let mut last = None;
    for (at, token) in tokens.iter().enumerate().take(n + 7).skip(n + 1) {
        if stops(at) || token.joint.has(Joint::COMMA) {
            break;
        }
        let word = source.word(at);
        if rules.people.has(word) {
            last = Some(at);
            // "15 team members": go on to the noun.
            if !matches!(word, "team" | "staff") {
                break;
            }
        } else if let Some(higher) = value(source, at) {
            size = size.max(higher);
        } else if !rules.team_fillers.has(word) {
            break;
        }
    }
    // "a team of 12": the people stand before the number.
    let of = n >= 2
        && source.word(n - 1) == "of"
        && matches!(
            source.word(n - 2),
            "team" | "staff" | "group" | "crew" | "department"
        );
    if last.is_none() && !of {
        return None;
    }
    let last = last.unwrap_or(n);
    let floor = n.saturating_sub(LED_WORDS);
    let mut at = n;
    while at > floor {
        if stops(at) {
            break;
        }
        at -= 1;
        if rules.led.has(source.word(at)) {
            return ((2..=5000).contains(&size)).then_some((at, last, size));
        }
    }
    // "17-20 direct reports" need no verb.
    let reports = source.word(last) == "reports" && source.word(last - 1) == "direct";
    (reports && (1..=5000).contains(&size)).then_some((n, last, size))
}

#[cfg(test)]
mod tests {
    use crate::facts::tests::facts;

    #[test]
    fn claimed_years_and_their_areas() {
        for (text, expected) in [
            (
                "10+ years of customer service experience",
                "10 customer service",
            ),
            ("Over ten (10) years in retail sales", "10 retail sales"),
            ("5 to 7 years' experience in call centers", "5 call centers"),
            ("twenty-five years of experience", "25 -"),
            ("More than 12 yrs experience", "12 -"),
            (
                "Skills: Customer Service (10+ years), Typing (Less than 1 year)",
                "10 customer service",
            ),
            ("18 years Ticket Office experience", "18 ticket office"),
            ("I am 30 years old and moved 5 years ago", ""),
            ("a 3 year contract; employee of the year 2010", ""),
            ("The firm is 150 years in business", ""),
        ] {
            let facts = facts(text);
            let claims: Vec<String> = facts
                .claimed()
                .iter()
                .map(|claim| format!("{} {}", claim.years(), claim.area().unwrap_or("-")))
                .collect();
            assert_eq!(claims.join("; "), expected, "{text:?}");
        }
    }

    #[test]
    fn teams_that_were_led() {
        for (text, expected) in [
            ("Supervised 12 agents", &[12][..]),
            (
                "Managed a team of 20 to 60 customer service representatives",
                &[60],
            ),
            (
                "Directed 25 employees; had 17-20 direct reports.",
                &[25, 20],
            ),
            ("Led a team of eight", &[8]),
            ("Oversaw 1,200 staff members", &[1200]),
            ("Managed $12 team budgets", &[]),
            ("Managed the office. 12 agents worked there", &[]),
            ("Answered 80 calls a day and helped 30 people", &[]),
        ] {
            let sizes: Vec<u32> = facts(text)
                .team_sizes()
                .iter()
                .map(|team| team.size())
                .collect();
            assert_eq!(sizes, expected, "{text:?}");
        }
    }
}
