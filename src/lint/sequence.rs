//! Whether one plain sequence matches wherever another does.

use crate::taxonomy::{Lexicon, Sequence, Step};

/// Whether every match of `narrow` has a match of `wide` in it.
pub(super) fn within(wide: &Sequence, narrow: &Sequence, lexicon: &Lexicon) -> bool {
    (0..narrow.len()).any(|at| fits(wide, &narrow[at..], lexicon, false))
}

/// Whether every match of `narrow` is, as a whole, a match of `wide`.
pub(super) fn same(wide: &Sequence, narrow: &Sequence, lexicon: &Lexicon) -> bool {
    fits(wide, narrow, lexicon, true)
}

fn fits(wide: &[Step], narrow: &[Step], lexicon: &Lexicon, to_the_end: bool) -> bool {
    let Some((step, rest)) = wide.split_first() else {
        return !to_the_end || narrow.is_empty();
    };
    if let Step::Gap { min, max } = *step {
        // The gap takes up as many of the narrow one's steps as its width allows.
        let (mut least, mut most) = (0, 0);
        for taken in 0..=narrow.len() {
            if least >= min && most <= max && fits(rest, &narrow[taken..], lexicon, to_the_end) {
                return true;
            }
            let (shortest, longest) = match narrow.get(taken) {
                Some(Step::Gap { min, max }) => (*min, *max),
                _ => (1, 1),
            };
            least += shortest;
            most += longest;
            if most > max {
                break;
            }
        }
        return false;
    }
    let Some((other, others)) = narrow.split_first() else {
        return false;
    };
    let covered = match (*step, *other) {
        (Step::Number, Step::Number) => true,
        (
            Step::Words { set: a, slash },
            Step::Words {
                set: b,
                slash: other,
            },
        ) => {
            let (all, some) = (lexicon.members(a), lexicon.members(b));
            (slash || !other) && (a == b || some.iter().all(|word| all.binary_search(word).is_ok()))
        }
        _ => false,
    };
    covered && fits(rest, others, lexicon, to_the_end)
}

/// Words that the sequence matches: digits for a number, filler for a gap's least width; each `variant` takes other words of the sets.
pub(super) fn example(sequence: &Sequence, lexicon: &Lexicon, variant: usize) -> String {
    let mut words: Vec<&str> = Vec::new();
    for (n, step) in sequence.iter().enumerate() {
        match step {
            Step::Words { set, .. } => {
                let members = lexicon.members(*set);
                // Neighbouring steps move on at different paces, so that their words meet in many pairs.
                let chosen = members.get(variant * (n + 1) % members.len().max(1));
                words.push(chosen.map_or("", |&id| lexicon.text(id)));
            }
            Step::Number => words.push("12"),
            Step::Gap { min, .. } => words.extend(std::iter::repeat_n("some", usize::from(*min))),
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::{Sets, expand};

    #[test]
    fn wider_patterns_cover_narrower_ones() {
        let mut lexicon = Lexicon::default();
        for (wide, narrow, inside, whole) in [
            ("a b", "a b", true, true),
            ("a b", "a b c", true, false),
            ("a b", "z a b c", true, false),
            ("a|z b", "a b", true, true),
            ("a b", "a|z b", false, false),
            ("a {0,2} b", "a c b", true, true),
            ("a {0,2} b", "a {0,1} b", true, true),
            ("a {0,1} b", "a {0,2} b", false, false),
            ("a {1,2} b", "a b", false, false),
            ("a # b", "a # b", true, true),
        ] {
            let mut read = |pattern| {
                expand(pattern, &Sets::new(), &mut lexicon)
                    .unwrap()
                    .remove(0)
            };
            let (w, n) = (read(wide), read(narrow));
            assert_eq!(within(&w, &n, &lexicon), inside, "{wide} in {narrow}");
            assert_eq!(same(&w, &n, &lexicon), whole, "{wide} as {narrow}");
        }
    }
}
