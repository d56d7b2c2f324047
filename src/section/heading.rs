//! Headings at the beginning of lines: alone, as labels before a list, in capitals before a line that goes on.

use super::SectionKind;
use super::rules::Rules;
use crate::text::{Joint, NormalizedText, Shape, Token};

/// Where a section begins, and what it is about.
#[derive(Clone, Copy)]
pub(super) struct Heading {
    pub(super) first: usize,
    /// The last word of the heading; `None` where a section goes on without one.
    pub(super) last: Option<usize>,
    pub(super) kind: SectionKind,
    pub(super) form: Form,
}

/// How a heading is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As a line of its own.
    Alone,
    /// "Languages: Spanish, French": as the first words of a line, close below another.
    Label,
    /// Any other way.
    Other,
}

/// A text whose headings are looked for.
pub(super) struct Scan<'a> {
    pub(super) rules: &'a Rules,
    pub(super) normalized: &'a NormalizedText,
}

impl Scan<'_> {
    /// All headings, in the order of the text.
    pub(super) fn headings(&self, out: &mut Vec<Heading>) {
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
            if end - first >= self.rules.inline_line {
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
        let spoken = |n: usize| self.rules.spoken.has(self.normalized.word(n));
        if kind == SectionKind::Languages && !(behind..end).any(spoken) {
            let part = in_list || before == Some(SectionKind::Experience);
            return (!part).then_some(SectionKind::Skills);
        }
        let part = in_list && self.rules.labels_within.contains(&kind);
        (!part).then_some(kind)
    }

    /// Whether the line of words `first..end` begins with a label that no heading is: "Frameworks: Django".
    fn has_label(&self, first: usize, end: usize) -> bool {
        let tokens = self.normalized.tokens();
        let most = end.min(first + self.rules.ending_words + 1);
        tokens[first].shape.has(Shape::CAPITAL)
            && tokens[first + 1..most]
                .iter()
                .find(|token| token.joint.parts_items())
                .is_some_and(|token| token.joint.has(Joint::COLON))
    }

    /// The heading at the start of the line of words `first..end`.
    fn line_heading(&self, first: usize, end: usize) -> Option<Heading> {
        let tokens = self.normalized.tokens();
        let limit = end.min(first + self.rules.most_words + 1);
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

        if words <= self.rules.most_words && (whole || edge != Joint::NONE) {
            let last = stop - 1;
            if let Some(&kind) = self
                .rules
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
                    && self.fills_its_line(first, stop)
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
            && capitals - first <= self.rules.most_words
            && let Some(&kind) = self
                .rules
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
        if stop - first < 2 || stop - first > self.rules.ending_words {
            return None;
        }
        let kind = *self.rules.endings.get(self.normalized.word(stop - 1))?;
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
            && self.rules.ending_openers.has(self.normalized.word(first));
        let apart = joint.has(Joint::BLANK) || upper || colon || first == 0 || opens;
        (capitals && apart && !numbers && !commas && !joint.has(Joint::BULLET) && (whole || colon))
            .then_some(kind)
    }
}

#[cfg(test)]
mod tests {
    use crate::section::tests::kinds;

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
            (
                "Skills\nfiling, invoices, payroll, stock, tills, shift plans, letters and the minutes of meetings",
                "experience skills",
            ),
            // A duty, or a title.
            ("Staff Training\nExample Inn, 2010 to 2012", "experience"),
        ] {
            let text = format!("Experience\nClerk, 2010 to 2012\n{duties}{duties}{lines}");
            assert_eq!(kinds(&text), expected, "{text:?}");
        }
    }
}
