//! The subject of a degree: the words behind it, up to the name of the school.

use super::source::Source;
use crate::text::{Joint, Shape};

/// A subject has no more words.
const FIELD_WORDS: usize = 6;

/// The words of the subject behind the words of a degree, before word `ceiling`.
pub(super) fn field(
    source: Source<'_>,
    degree: std::ops::RangeInclusive<usize>,
    ceiling: usize,
) -> Option<(usize, usize)> {
    let rules = source.rules;
    let tokens = source.normalized.tokens();
    let last_of_degree = *degree.end();
    let end = ceiling.min(last_of_degree + 14);
    let mut first = last_of_degree + 1;
    let mut linked = false;
    while first < end {
        let token = &tokens[first];
        if token
            .joint
            .has(Joint::BLANK | Joint::LINE | Joint::SEMICOLON | Joint::BULLET)
            && !is_carried_over(source, first)
        {
            return None;
        }
        let word = source.word(first);
        let link = rules.field_links.has(word);
        // "Science : Accounting": what stands behind the colon is the subject.
        if !link || (token.joint.has(Joint::COLON) && !matches!(word, "of" | "in")) {
            linked |= first == last_of_degree + 1
                && token.joint.has(Joint::COLON | Joint::COMMA | Joint::DASH);
            break;
        }
        linked |= matches!(word, "of" | "in" | "major" | "degree");
        first += 1;
    }
    let short = source.word(*degree.start()).len() <= 4;
    if first >= end || !(linked || short || tokens[first].joint.has(Joint::COLON)) {
        return None;
    }
    subject(source, first, end)
        .or_else(|| small_subject(source, first, end))
        .or_else(|| behind_school(source, last_of_degree + 1, end))
}

/// The words of the subject that begins with word `first`.
fn subject(source: Source<'_>, first: usize, end: usize) -> Option<(usize, usize)> {
    let rules = source.rules;
    let tokens = source.normalized.tokens();
    let mut at = first;
    let mut last = None;
    while at < end && at - first < FIELD_WORDS {
        let token = &tokens[at];
        let word = source.word(at);
        if at > first && ends_subject(token.joint) && !is_carried_over(source, at) {
            break;
        }
        if token.shape.has(Shape::NUMBER) || rules.field_stops.has(word) {
            if is_school(word) {
                last = before_school(source, first, at);
            }
            break;
        }
        if token.shape.has(Shape::CAPITAL) {
            last = Some(at);
        } else if !is_small(word) && !token.shape.has(Shape::SYMBOL) {
            break;
        }
        at += 1;
    }
    let mut last = last?;
    // Too many words: it runs on into something else, most often the name of the school.
    if at - first == FIELD_WORDS && at < end && !ends_subject(tokens[at].joint) {
        let known = |n: &usize| rules.subjects.has(source.word(*n));
        last = (first..=last).rev().find(known).unwrap_or(last);
    }
    // "Computer Science in Computer Science": said twice by a form.
    let twice = (first + 1..last)
        .find(|&at| source.word(at) == "in" && source.word(at + 1) == source.word(first));
    if let Some(at) = twice {
        last = at - 1;
    }
    while last > first && is_small(source.word(last)) {
        last -= 1;
    }
    Some((first, last))
}

/// The last word of the subject that begins with word `first`, with the name of a school right behind it, at whose word `school` it was
/// noticed: "Computer Science South Example [College]" ends with "Science".
fn before_school(source: Source<'_>, first: usize, school: usize) -> Option<usize> {
    let begins_name = source.word(school) == "university"
        && school + 1 < source.normalized.word_count()
        && source.word(school + 1) == "of";
    let mut known = (first..school)
        .rev()
        .filter(|&n| source.rules.subjects.has(source.word(n)));
    if let Some(last) = known.next() {
        // "Web Design Art Institute": such a word belongs to the school as often as not.
        let of_school = last + 1 == school
            && !begins_name
            && matches!(
                source.word(last),
                "art" | "business" | "engineering" | "technology" | "law"
            );
        return known.next().filter(|_| of_school).or(Some(last));
    }
    let linked = first > 0 && matches!(source.word(first - 1), "in" | "of" | "major");
    match school - first {
        0 => None,
        _ if begins_name => Some(school - 1),
        // Where nothing says that a subject follows, it may all be name.
        words => (words > 1 && linked).then(|| school - 2),
    }
}

/// "BS in computer science": in small letters it is a subject when it ends with a word that is known as one.
fn small_subject(source: Source<'_>, first: usize, end: usize) -> Option<(usize, usize)> {
    let tokens = source.normalized.tokens();
    let linked = first > 0 && matches!(source.word(first - 1), "in" | "of");
    let goes_on = |n: &usize| {
        tokens[*n].shape == Shape::default() && (*n == first || !ends_subject(tokens[*n].joint))
    };
    let last = (first..end.min(first + FIELD_WORDS))
        .take_while(goes_on)
        .filter(|&n| source.rules.subjects.has(source.word(n)))
        .last()?;
    linked.then_some((first, last))
}

/// "PhD Example University, Computer Science": the subject behind the school. What stands there is as often a town, so only what is known
/// as a subject is taken for one.
fn behind_school(source: Source<'_>, first: usize, end: usize) -> Option<(usize, usize)> {
    let tokens = source.normalized.tokens();
    let line = source.line(first);
    let end = end.min(line.end);
    let name_end = (first + 1..end).find(|&n| ends_subject(tokens[n].joint))?;
    let school = (first..name_end).any(|n| is_school(source.word(n)));
    let comma = tokens[name_end].joint.has(Joint::COMMA | Joint::DASH);
    if !school || !comma {
        return None;
    }
    let (first, last) = subject(source, name_end, end)?;
    (first..=last)
        .any(|n| source.rules.subjects.has(source.word(n)))
        .then_some((first, last))
}

fn is_school(word: &str) -> bool {
    matches!(
        word,
        "university"
            | "college"
            | "institute"
            | "academy"
            | "school"
            | "polytechnic"
            | "seminary"
            | "state"
    )
}

/// Whether a subject does not reach over these marks.
fn ends_subject(joint: Joint) -> bool {
    joint.ends_clause()
        || joint.has(
            Joint::COMMA | Joint::DASH | Joint::OPEN | Joint::CLOSE | Joint::COLON | Joint::NEWLINE,
        )
}

/// "Biology and⏎Ecology": a line cannot end with such a word, so word `n` on the next line goes on with it.
fn is_carried_over(source: Source<'_>, n: usize) -> bool {
    let mut joint = source.normalized.tokens()[n].joint;
    joint.remove(Joint::LINE);
    n > 0 && joint.has(Joint::NEWLINE) && joint.joins_name() && is_small(source.word(n - 1))
}

/// A word that may stand inside a subject, but not at its end.
fn is_small(word: &str) -> bool {
    matches!(word, "and" | "of" | "in" | "for")
}

#[cfg(test)]
mod tests {
    use crate::facts::tests::facts;

    #[test]
    fn subjects_end_where_schools_begin() {
        for (text, expected) in [
            (
                "Education\nPhD in Physics, Example University",
                "doctorate Physics",
            ),
            (
                "Education\nPhD Example University, Computer Science\nThesis",
                "doctorate Computer Science",
            ),
            (
                "Education\nPhD Example University, Springfield",
                "doctorate -",
            ),
            (
                "Education\nPhD Example University, PhD in Botany – Springfield, NJ",
                "doctorate Botany",
            ),
            (
                "Education\nPhd in Botany University of Example - Springfield, NJ 2008",
                "doctorate Botany",
            ),
            (
                "Education\nB.A. in Business Administration University of Example",
                "bachelor Business Administration",
            ),
            (
                "Education\nBS in Computer Science North Example Polytechnic Institute",
                "bachelor Computer Science",
            ),
            (
                "Education\nBS in Information Systems and Operations Management North East Example University",
                "bachelor Information Systems and Operations Management",
            ),
            (
                "Education\nAssociate in Network Administration and Security College of Example",
                "associate Network Administration and Security",
            ),
            (
                "Education\nASSOCIATES DEGREE NORTH TECHNICAL COLLEGE",
                "associate -",
            ),
            (
                "Education\nBS in computer science Example University",
                "bachelor computer science",
            ),
            (
                "Education\nBachelor of Science in Biology and\nForest Ecology\nExample College",
                "bachelor Biology and Forest Ecology",
            ),
            (
                "Education\nBachelor of Science in\nBotany\nExample College",
                "bachelor Botany",
            ),
        ] {
            let facts = facts(text);
            let found = format!("{} {}", facts.degree(), facts.degree_field().unwrap_or("-"));
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
