//! Headings inside lines that have lost their ends.

use super::SectionKind;
use super::heading::{Form, Heading, Scan};
use crate::text::{Joint, Shape};

impl Scan<'_> {
    /// Headings inside a line that has lost its ends.
    pub(super) fn inline_headings(&self, first: usize, end: usize, out: &mut Vec<Heading>) {
        let tokens = self.normalized.tokens();
        let mut at = first + 1;
        let mut only_sure = end - first < self.rules.inline_long;
        while at < end {
            let token = &tokens[at];
            if token.shape.has(Shape::CAPITAL)
                && let Some(&most) = self.rules.inline_first.get(self.normalized.word(at))
                && let Some(heading) =
                    self.inline_heading(at, end, most, out.last().map(|last| last.kind), only_sure)
            {
                out.push(heading);
                at = heading.last.unwrap_or(at);
                only_sure = false;
            }
            at += 1;
        }
    }

    /// Whether word `n` is the state of a place: "Example City, IN".
    fn is_state(&self, n: usize) -> bool {
        let token = self.normalized.tokens()[n];
        token.joint.has(Joint::COMMA)
            && token.shape.has(Shape::UPPER)
            && self.normalized.word(n).len() == 2
    }

    fn inline_heading(
        &self,
        at: usize,
        end: usize,
        most: usize,
        before: Option<SectionKind>,
        only_sure: bool,
    ) -> Option<Heading> {
        let tokens = self.normalized.tokens();
        let (last, rule) = (1..=most.min(end - at)).rev().find_map(|words| {
            let last = at + words - 1;
            let rule = *self
                .rules
                .inline
                .get(self.normalized.folded_between(at, last))?;
            let capitals = tokens[at..=last]
                .iter()
                .all(|token| token.shape.has(Shape::CAPITAL) || token.shape.has(Shape::SYMBOL));
            capitals.then(|| (last, &self.rules.inline_rules[rule]))
        })?;
        let joint = tokens[at].joint;
        let marks = Joint::HYPHEN | Joint::SLASH | Joint::COMMA | Joint::OPEN | Joint::COLON;
        // A dot without space is part of a name; with space it is that of "etc.".
        let in_name = |joint: Joint| joint.has(Joint::DOT) && !joint.has(Joint::SPACE);
        if joint.has(marks)
            || in_name(joint)
            || (!joint.ends_clause()
                && !joint.has(Joint::CLOSE)
                && self.rules.not_after.has(self.normalized.word(at - 1))
                && !self.is_state(at - 1))
        {
            return None;
        }
        let next = tokens.get(last + 1).filter(|_| last + 1 < end);
        if next.is_some_and(|next| {
            next.joint
                .has(Joint::HYPHEN | Joint::SLASH | Joint::COMMA | Joint::CLOSE)
                || in_name(next.joint)
        }) {
            return None;
        }
        // A heading is followed by what it heads, which begins with a capital, a number or a bullet.
        let small = next.is_some_and(|next| {
            next.shape == Shape::default()
                && !next.joint.ends_clause()
                && !next.joint.has(Joint::COLON)
        });
        if small && !rule.follow.has(self.normalized.word(last + 1)) {
            return None;
        }
        if !rule.after.is_empty() && !before.is_some_and(|before| rule.after.contains(&before)) {
            return None;
        }
        let heading = Heading {
            first: at,
            last: Some(last),
            kind: rule.kind,
            form: Form::Other,
        };
        if rule.sure {
            return Some(heading);
        }
        if only_sure {
            return None;
        }
        let window = last + 1..end.min(last + 1 + rule.within);
        if rule.list {
            // A comma or a bracket within seven words: "Skills Customer service (10+ years), Sales".
            let list = tokens[(last + 2).min(end)..end.min(last + 9)]
                .iter()
                .any(|token| token.joint.has(Joint::COMMA | Joint::OPEN));
            // "Communication Skills: ..." belongs to what it stands in.
            let colon = next.is_some_and(|next| next.joint.has(Joint::COLON));
            let alone =
                tokens[at - 1].shape != Shape::CAPITAL || before == Some(SectionKind::Education);
            return (list && !colon && alone).then_some(heading);
        }
        if rule.address
            && tokens[window.clone()]
                .iter()
                .any(|token| token.shape.has(Shape::ADDRESS))
        {
            return Some(heading);
        }
        if rule.number
            && tokens[window.clone()]
                .iter()
                .any(|token| token.shape.has(Shape::NUMBER))
        {
            return Some(heading);
        }
        // Between the end of a sentence and a capital, after a work history, it needs no other proof.
        if rule.kind == SectionKind::Education
            && before == Some(SectionKind::Experience)
            && joint.has(Joint::STOP)
        {
            return Some(heading);
        }
        window
            .into_iter()
            .any(|n| rule.follow.has(self.normalized.word(n)))
            .then_some(heading)
    }
}

#[cfg(test)]
mod tests {
    use crate::section::tests::kinds;

    #[test]
    fn headings_inside_a_line_without_ends() {
        let duties = "Answered calls from customers and kept notes of each of them in the system used there every day. ".repeat(6);
        let text = format!(
            "Desk Agent Desk Agent Ogden, UT Authorized to work in the US Work Experience Desk Agent Hotel Example - Ogden, UT \
             May 2015 to Present {duties}Improved Education for new agents and taught Communication Skills: Listening Education Bachelor's in \
             History Example College 2012 Skills Typing, Filing, Phones (5 years) Certifications/Licenses CPR May 2015 Additional \
             Information Likes dogs and long walks"
        );
        assert_eq!(
            kinds(&text),
            "summary experience education skills certifications other"
        );
        // A state's letters are no small word.
        let text = text.replace(
            "Ogden, UT Authorized to work in the US Work",
            "Gary, IN Work",
        );
        assert!(kinds(&text).contains("experience education"), "{text}");
    }
}
