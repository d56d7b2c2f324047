//! The highest degree completed.

use super::Degree;
use super::date::{Dates, End};
use super::month::YearMonth;
use super::source::Source;
use super::subject::field;
use crate::section::SectionKind;
use crate::span::Span;
use crate::text::{Joint, Shape};

/// So many words before a degree may say that it is not completed.
const BEFORE: usize = 6;

/// So many words behind it. 16: subject, school, place, date.
const BEHIND: usize = 16;

/// So far from "graduated" the school may stand. 12: a subject of eight words, and the school's name.
const GRADUATED: usize = 12;

/// So far before "degree" its level may stand: "Bachelor of Applied Science degree".
const LEVEL: usize = 5;

#[derive(Default)]
pub(super) struct Study {
    pub(super) degree: Degree,
    pub(super) field: Option<String>,
    pub(super) span: Option<Span>,
}

/// A degree that a word names.
#[derive(Clone, Copy)]
struct Named {
    first: usize,
    last: usize,
    degree: Degree,
    in_education: bool,
}

/// The highest degree that is completed. What stands under "Education" goes before what is said elsewhere.
pub(super) fn highest(
    source: Source<'_>,
    hits: &[usize],
    dates: &Dates,
    as_of: Option<YearMonth>,
) -> Study {
    let named: Vec<Named> = hits.iter().filter_map(|&n| named(source, n)).collect();
    let mut best: Option<Best> = None;
    for (n, &name) in named.iter().enumerate() {
        let floor = n.checked_sub(1).map_or(0, |before| named[before].last + 1);
        let ceiling = named
            .get(n + 1)
            .map_or(source.normalized.word_count(), |next| next.first);
        if !is_completed(source, name, floor, ceiling, dates, as_of) {
            continue;
        }
        let field = (name.degree > Degree::HighSchool)
            .then(|| field(source, name.first..=name.last, ceiling))
            .flatten();
        let found = Best { name, field };
        if best.is_none_or(|best| found.rank() > best.rank()) {
            best = Some(found);
        }
    }
    let Some(Best { name, field }) = best else {
        return Study::default();
    };
    let last = field.map_or(name.last, |(_, last)| last);
    Study {
        degree: name.degree,
        field: field.map(|(first, last)| source.quote(first, last)),
        span: Some(source.normalized.span(name.first, last)),
    }
}

/// The best degree so far, and the words of its subject.
#[derive(Clone, Copy)]
struct Best {
    name: Named,
    field: Option<(usize, usize)>,
}

impl Best {
    /// "PhD, Example University: PhD in Botany": said twice, the second time with its subject.
    fn rank(&self) -> (bool, Degree, bool) {
        (
            self.name.in_education,
            self.name.degree,
            self.field.is_some(),
        )
    }
}

/// The degree that begins with word `n`, if one does.
fn named(source: Source<'_>, n: usize) -> Option<Named> {
    let rules = source.rules;
    let tokens = source.normalized.tokens();
    let count = tokens.len();
    let found = (n..(n + 3).min(count)).rev().find_map(|last| {
        let phrase = source.normalized.folded_between(n, last);
        rules.degrees.get(phrase).map(|&word| (last, word))
    });
    let Some((last, word)) = found else {
        return graduated(source, n);
    };
    let kind = source.kind(n);
    let in_education = kind == SectionKind::Education;
    let next = last + 1;
    // What is behind the section's end is another matter: "Education Associate Skills".
    let count = source
        .section(n)
        .map_or(count, |section| section.end() as usize);
    let joined = next < count
        && !tokens[next].joint.ends_clause()
        && !tokens[next].joint.has(Joint::LINE | Joint::BLANK);
    let next_word = if joined { source.word(next) } else { "" };
    let proof = joined && rules.degree_proof.has(next_word);
    if joined && rules.degree_not_before.has(next_word) && tokens[next].joint.joins_name() {
        return None;
    }
    if n > 0 && rules.degree_not_after.has(source.word(n - 1)) && tokens[n].joint.joins_name() {
        return None;
    }
    let named = Named {
        first: n,
        last,
        degree: word.degree,
        in_education,
    };
    if source.word(n) == "diploma" {
        return (in_education && is_plain_diploma(source, n, joined)).then_some(named);
    }
    if word.degree == Degree::HighSchool {
        let diploma = last > n || source.word(n) != "highschool" || proof;
        let graduate = (next..count.min(next + 2).max(next)).any(|n| {
            matches!(
                source.word(n),
                "diploma" | "graduate" | "graduated" | "degree" | "equivalent" | "equivalency"
            )
        });
        let ged = source.word(n) == "ged" && tokens[n].shape.has(Shape::UPPER);
        let says = in_education
            || graduate
            || ged
            || source
                .normalized
                .folded_between(n, last)
                .ends_with("diploma");
        return (diploma && says).then_some(named);
    }
    let token = &tokens[n];
    let text_length = (token.end - token.start) as usize;
    let short = source.word(n).len() <= 3;
    // "Ph.D" is two words.
    let dotted = text_length > source.word(n).len() || last > n;
    let upper = token.shape.has(Shape::UPPER) || (dotted && token.shape.has(Shape::CAPITAL));
    if short && !upper && !(in_education && matches!(source.word(n), "phd" | "bsc" | "msc")) {
        return None;
    }
    if word.doubtful && short {
        // "Boston, MA", "work AS A LEAD".
        let state = token.joint.has(Joint::COMMA)
            && !matches!(next_word, "in" | "degree" | "degrees")
            && !dotted;
        let capital = joined && tokens[next].shape.has(Shape::CAPITAL);
        let marked = !joined
            || tokens[next].joint.has(
                Joint::COMMA
                    | Joint::COLON
                    | Joint::DASH
                    | Joint::OPEN
                    | Joint::SLASH
                    | Joint::HYPHEN,
            )
            || tokens[next].shape.has(Shape::NUMBER)
            || matches!(next_word, "in" | "degree" | "degrees" | "and");
        // "AS A LEAD" is in capitals, too; "A.S. Example College" is plain.
        let abbreviation = dotted || source.word(n) != "as";
        if state || !(marked || (capital && in_education && abbreviation)) {
            return None;
        }
    }
    let certain = if in_education {
        // "Master Gardener", "Associate Manager": only what studies are called by.
        let doubtful_word = word.doubtful && !short;
        let lone = !joined
            || tokens[next]
                .joint
                .has(Joint::COMMA | Joint::COLON | Joint::DASH | Joint::OPEN);
        let capital = joined && tokens[next].shape.has(Shape::CAPITAL);
        !doubtful_word
            || proof
            || lone
            || (capital && word.degree == Degree::Associate)
            || token.joint.has(Joint::LINE | Joint::BLANK)
    } else if short {
        proof
            && next_word != "of"
            && !(next_word == "in" && !dotted && word.doubtful && kind == SectionKind::Experience)
    } else if word.doubtful && matches!(next_word, "of" | "in") {
        // "an associate in the lab", "master of ceremonies".
        let subject = next + 1 < count && tokens[next + 1].shape.has(Shape::CAPITAL);
        subject
            && token.shape.has(Shape::CAPITAL)
            && !(next_word == "in" && word.degree == Degree::Associate)
    } else {
        proof
    };
    certain.then_some(named)
}

/// "Diploma: 2009, Example Academy", without a subject: that of a high school. With one, "Diploma in Baking", it is no degree.
fn is_plain_diploma(source: Source<'_>, n: usize, joined: bool) -> bool {
    let tokens = source.normalized.tokens();
    let token = &tokens[n];
    let begins = token.joint.has(Joint::LINE | Joint::BLANK)
        || source
            .section(n)
            .is_some_and(|section| source.behind_heading(section) == n)
        || n > 0 && tokens[n - 1].shape.has(Shape::NUMBER);
    let subject = joined
        && (source.rules.field_links.has(source.word(n + 1))
            || tokens[n + 1].joint.has(Joint::COLON) && !tokens[n + 1].shape.has(Shape::NUMBER));
    begins && token.shape.has(Shape::CAPITAL) && !subject
}

/// "Graduated from Example University", "Degree of Trade, Example College": the degree that such a school gives at least.
fn graduated(source: Source<'_>, n: usize) -> Option<Named> {
    let section = source.section(n)?;
    let end = section.end() as usize;
    let says = (n..end.min(n + 2)).any(|last| {
        source
            .rules
            .graduated
            .has(source.normalized.folded_between(n, last))
    });
    // "Associate's degree in", "Bachelor of Arts degree in": the level is named.
    let named = source.word(n) == "degree"
        && (n.saturating_sub(LEVEL).max(section.first() as usize)..n)
            .any(|at| source.rules.degrees.has(source.word(at)));
    if section.kind() != SectionKind::Education || !says || named {
        return None;
    }
    let near = n.saturating_sub(GRADUATED).max(section.first() as usize)..end.min(n + GRADUATED);
    let degree = near
        .into_iter()
        .filter_map(|at| source.rules.schools.get(source.word(at)))
        .max()?;
    Some(Named {
        first: n,
        last: n,
        degree: *degree,
        in_education: true,
    })
}

/// Whether nothing near it says that it is still to come.
fn is_completed(
    source: Source<'_>,
    name: Named,
    floor: usize,
    ceiling: usize,
    dates: &Dates,
    as_of: Option<YearMonth>,
) -> bool {
    let rules = source.rules;
    let tokens = source.normalized.tokens();
    let line = source.line(name.first);
    let section_start = source
        .section(name.first)
        .map_or(0, |section| section.first() as usize);
    let floor = floor.max(section_start);
    let mut first = floor.max(name.first.saturating_sub(BEFORE)).max(line.start);
    if line.start == name.first && name.first > floor {
        // "Currently pursuing" may be the line above.
        let above = source.line(name.first - 1);
        if above.len() <= 3 && !tokens[name.first].joint.has(Joint::BLANK) {
            first = above.start.max(floor);
        }
    }
    for n in (first..name.first).rev() {
        if rules.degree_open_before.has(source.word(n))
            && !(name.degree == Degree::HighSchool && source.word(n) == "some")
        {
            return false;
        }
        if tokens[n].joint.ends_clause() && n > line.start {
            break;
        }
    }
    let section_end = source
        .section(name.first)
        .map_or(ceiling, |section| section.end() as usize);
    let end = ceiling.min(name.last + 1 + BEHIND).min(section_end);
    let mut end_behind = end;
    for (n, token) in tokens.iter().enumerate().take(end).skip(name.last + 1) {
        if token.joint.has(Joint::BLANK) {
            end_behind = n;
            break;
        }
        if rules.degree_open_after.has(source.word(n)) && name.degree != Degree::HighSchool {
            return false;
        }
    }
    // Dates that end after the as-of date, or do not end.
    let Some(as_of) = as_of else { return true };
    let next = dates
        .ranges
        .partition_point(|range| range.first <= name.last);
    if let Some(range) = dates.ranges.get(next)
        && range.last < end_behind
    {
        return match range.end {
            End::Present => false,
            End::At(end) => range.years_only && end.year() <= as_of.year() || end <= as_of,
        };
    }
    let next = dates
        .singles
        .partition_point(|date| date.first <= name.last);
    match dates.singles.get(next) {
        Some(date) if date.last < end_behind => date.from <= as_of,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::tests::facts;

    #[test]
    fn the_highest_completed_degree() {
        for (text, expected) in [
            (
                "Education\nBachelor of Science : Accounting Example University, 2001",
                "bachelor Accounting",
            ),
            ("Education\nB.A., Psychology, 2001", "bachelor Psychology"),
            (
                "Education\nBS in Computer Science",
                "bachelor Computer Science",
            ),
            ("Education\nB.Sc. Mathematics\nMBA", "master -"),
            (
                "Education\nA.A.S Culinary Arts\nHigh School Diploma",
                "associate Culinary Arts",
            ),
            ("Education\nAssociate", "associate -"),
            (
                "Education\nA.S. North Example Community College",
                "associate -",
            ),
            ("Education\nSome Town High School", "highschool -"),
            ("Education\nG.E.D., 1999", "highschool -"),
            ("Education\nPh.D. in Physics", "doctorate Physics"),
            ("Education\nJ.D., Example School of Law", "doctorate -"),
            (
                "Summary\nTeacher holding a Bachelor's degree in History.",
                "bachelor History",
            ),
            (
                "Education\nGraduated from Example University with honors",
                "bachelor -",
            ),
            (
                "Education\nExample Culinary College\nGraduated with honors",
                "associate -",
            ),
            // Not completed, or no degree.
            (
                "Education\nGraduated from Example High School",
                "highschool -",
            ),
            ("Education\nExample University", "none -"),
            ("Education\nCoursework toward a B.A. in History", "none -"),
            ("Education\nBachelor of Arts, expected May 2021", "none -"),
            (
                "Education\nCurrently pursuing a Master of Science\nBachelor of Science in Biology, 2010",
                "bachelor Biology",
            ),
            (
                "Education\nBS in Biology, 2017 to Present\nHigh School Diploma, 2016",
                "highschool -",
            ),
            ("Education\nBS in Biology, 2018 - May 2022", "none -"),
            ("Education\nMasters Certificate in Management", "none -"),
            ("Education\nDiploma : Culinary Arts", "none -"),
            ("Education\nDiploma : 2009 Example Academy", "highschool -"),
            ("Education\nDiploma in Baking, 2009", "none -"),
            (
                "Education\nDegree of Trade and Commerce, Example Business College 2015",
                "associate Trade and Commerce",
            ),
            (
                "Education\nAssociate's Degree in Commerce, Example University",
                "associate Commerce",
            ),
            ("Education\nCoursework\nSkills\nAS 400, budgets", "none -"),
            (
                "Skills\nMS Office, MS SQL, Scrum Master, Boston, MA",
                "none -",
            ),
            (
                "Experience\nWorked as an associate in Boston, MA. AS A LEAD I taught.",
                "none -",
            ),
            ("Education\nSome College, Boston, MA 2010", "none -"),
        ] {
            let facts = facts(text);
            let found = format!("{} {}", facts.degree(), facts.degree_field().unwrap_or("-"));
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
