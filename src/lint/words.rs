//! Words that mean something else in most resumes: everyday words, names of people, places and languages, pronouns.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::word_list::entries;

/// English pronouns and their possessives: a closed class, so the list is whole.
const PRONOUNS: &str = "i; me; my; mine; myself; you; your; yours; yourself; he; him; his; himself; she; her; hers; herself; it; its; \
    itself; we; us; our; ours; ourselves; they; them; their; theirs; themselves; who; whom; whose; which; what; this; that; these; those; \
    one; ones; oneself; some; any; all; both; each; either; neither; none; somebody; someone; anybody; anyone; nobody; everyone; everybody";

/// What a word may be besides a skill, the one most often meant first.
static KINDS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut kinds = HashMap::new();
    for (list, kind) in [
        (PRONOUNS, "a pronoun"),
        (include_str!("../data/words/languages.txt"), "a language"),
        (include_str!("../data/words/places.txt"), "a place"),
        (
            include_str!("../data/words/first_names.txt"),
            "a first name",
        ),
        (include_str!("../data/words/surnames.txt"), "a surname"),
    ] {
        for word in entries(list) {
            kinds.entry(word.replace(['.', '-'], " ")).or_insert(kind);
        }
    }
    kinds
});

static EVERYDAY: LazyLock<std::collections::HashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("../data/words/everyday.txt")).collect());

/// What a name is besides a skill: "a first name", "a place".
pub(crate) fn other_sense(name: &str) -> Option<&'static str> {
    KINDS.get(name).copied()
}

/// Whether the word is among the few thousand most common ones.
pub(crate) fn is_everyday(word: &str) -> bool {
    EVERYDAY.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senses_are_known() {
        for (word, kind) in [
            ("julia", "a first name"),
            ("ruby", "a first name"),
            ("french", "a language"),
            ("new york", "a place"),
            ("his", "a pronoun"),
            ("it", "a pronoun"),
        ] {
            assert_eq!(other_sense(word), Some(kind), "{word}");
        }
        assert_eq!(other_sense("payroll"), None);
        assert!(is_everyday("plan") && !is_everyday("payroll"));
    }
}
