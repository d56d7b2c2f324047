//! The forms a word of a pattern may take in a resume: inflections and British spelling.
//!
//! Forms that no one writes ("agenting") do no harm: they are words that never occur. So the rules are generous and small,
//! and nothing needs to know whether a word is a verb or a noun.

use std::sync::LazyLock;

/// Irregular words: the base, then the forms that the rules below do not make.
const IRREGULAR: [&[&str]; 67] = [
    &["arise", "arose", "arisen"],
    &["be", "is", "are", "was", "were", "been", "being", "am"],
    &["become", "became"],
    &["begin", "began", "begun"],
    &["bring", "brought"],
    &["broadcast", "broadcast"],
    &["build", "built"],
    &["buy", "bought"],
    &["catch", "caught"],
    &["child", "children"],
    &["choose", "chose", "chosen"],
    &["come", "came"],
    &["cut", "cut"],
    &["deal", "dealt"],
    &["do", "does", "did", "done", "doing"],
    &["draw", "drew", "drawn"],
    &["drive", "drove", "driven"],
    &["find", "found"],
    &["forecast", "forecast"],
    &["foresee", "foresaw", "foreseen"],
    &["foster", "fostered"],
    &["get", "got", "gotten"],
    &["give", "gave", "given"],
    &["go", "goes", "went", "gone"],
    &["grow", "grew", "grown"],
    &["have", "has", "had", "having"],
    &["hear", "heard"],
    &["hold", "held"],
    &["keep", "kept"],
    &["know", "knew", "known"],
    &["lead", "led"],
    &["learn", "learnt"],
    &["leave", "left"],
    &["lend", "lent"],
    &["lose", "lost"],
    &["make", "made"],
    &["man", "men"],
    &["meet", "met"],
    &["oversee", "oversaw", "overseen"],
    &["pay", "paid"],
    &["person", "people", "persons"],
    &["put", "put"],
    &["read", "read"],
    &["rebuild", "rebuilt"],
    &["ring", "rang", "rung"],
    &["rise", "rose", "risen"],
    &["run", "ran"],
    &["see", "saw", "seen"],
    &["seek", "sought"],
    &["sell", "sold"],
    &["send", "sent"],
    &["set", "set"],
    &["show", "shown"],
    &["speak", "spoke", "spoken"],
    &["spend", "spent"],
    &["spearhead", "spearheaded"],
    &["take", "took", "taken"],
    &["teach", "taught"],
    &["tell", "told"],
    &["think", "thought"],
    &["understand", "understood"],
    &["troubleshoot", "troubleshot"],
    &["undertake", "undertook", "undertaken"],
    &["uphold", "upheld"],
    &["win", "won"],
    &["withdraw", "withdrew", "withdrawn"],
    &["write", "wrote", "written"],
];

/// All forms of `word~`: the word, its plural, third person, past and participles.
pub(super) fn inflections(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    if let Some(irregular) = IRREGULAR.iter().find(|forms| forms[0] == word) {
        forms.extend(irregular[1..].iter().map(|form| (*form).to_owned()));
    }
    forms.push(third_person(word));
    forms.extend(past_and_participle(word));
    if let Some(stem) = word.strip_suffix("is").filter(|stem| stem.len() > 3) {
        forms.push(format!("{stem}es"));
    }
    if let Some(stem) = word.strip_suffix("lf") {
        forms.push(format!("{stem}lves"));
    }
    forms.sort();
    forms.dedup();
    forms
}

fn third_person(word: &str) -> String {
    if let Some(stem) = consonant_y(word) {
        return format!("{stem}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| word.ends_with(end));
    format!("{word}{}", if hisses { "es" } else { "s" })
}

fn past_and_participle(word: &str) -> Vec<String> {
    if let Some(stem) = consonant_y(word) {
        return vec![format!("{stem}ied"), format!("{word}ing")];
    }
    if let Some(stem) = word.strip_suffix("ie") {
        return vec![format!("{word}d"), format!("{stem}ying")];
    }
    if let Some(stem) = word.strip_suffix('e') {
        let keeps = stem.ends_with(['e', 'o', 'y']);
        return vec![
            format!("{word}d"),
            format!("{}ing", if keeps { word } else { stem }),
        ];
    }
    let mut forms = vec![format!("{word}ed"), format!("{word}ing")];
    // Whether the consonant doubles depends on stress ("planned", "opened") and on the side of the ocean ("cancelled"): both are kept.
    if let [.., before, vowel, last] = word.as_bytes()
        && !is_vowel(*before)
        && is_vowel(*vowel)
        && !is_vowel(*last)
        && !matches!(last, b'w' | b'x' | b'y')
    {
        let last = char::from(*last);
        forms.push(format!("{word}{last}ed"));
        forms.push(format!("{word}{last}ing"));
    }
    if word.ends_with('c') {
        forms.push(format!("{word}ked"));
        forms.push(format!("{word}king"));
    }
    forms
}

/// What stands before a `y` after a consonant.
fn consonant_y(word: &str) -> Option<&str> {
    let stem = word.strip_suffix('y')?;
    let last = stem.bytes().next_back()?;
    (!is_vowel(last)).then_some(stem)
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Endings and stems that American and British writers spell differently, in pairs.
const SPELLINGS: [(&str, &str); 40] = [
    ("ization", "isation"),
    ("ize", "ise"),
    ("izing", "ising"),
    ("yze", "yse"),
    ("yzing", "ysing"),
    ("inquir", "enquir"),
    ("color", "colour"),
    ("labor", "labour"),
    ("behavior", "behaviour"),
    ("honor", "honour"),
    ("favor", "favour"),
    ("flavor", "flavour"),
    ("neighbor", "neighbour"),
    ("endeavor", "endeavour"),
    ("harbor", "harbour"),
    ("humor", "humour"),
    ("center", "centre"),
    ("theater", "theatre"),
    ("defense", "defence"),
    ("license", "licence"),
    ("practice", "practise"),
    ("program", "programme"),
    ("catalog", "catalogue"),
    ("dialog", "dialogue"),
    ("check", "cheque"),
    ("canceled", "cancelled"),
    ("canceling", "cancelling"),
    ("traveled", "travelled"),
    ("traveling", "travelling"),
    ("counselor", "counsellor"),
    ("counseling", "counselling"),
    ("modeling", "modelling"),
    ("labeling", "labelling"),
    ("channeled", "channelled"),
    ("fulfill", "fulfil"),
    ("enroll", "enrol"),
    ("skillful", "skilful"),
    ("installment", "instalment"),
    ("judgment", "judgement"),
    ("acknowledgment", "acknowledgement"),
];

/// Spelling `n`: the American ones are even, each with its British one behind it.
fn spelling(n: usize) -> &'static str {
    let (american, british) = SPELLINGS[n / 2];
    if n.is_multiple_of(2) {
        american
    } else {
        british
    }
}

/// The numbers of the spellings that begin with each pair of letters: a taxonomy has tens of thousands of words to look through.
static BY_PAIR: LazyLock<[Vec<u8>; 26 * 26]> = LazyLock::new(|| {
    let mut by_pair = [const { Vec::new() }; 26 * 26];
    for n in 0..2 * SPELLINGS.len() {
        if let Some(&[first, second]) = spelling(n).as_bytes().first_chunk()
            && let Some(pair) = pair(first, second)
        {
            by_pair[pair].push(n as u8);
        }
    }
    by_pair
});

fn pair(first: u8, second: u8) -> Option<usize> {
    let both = first.is_ascii_lowercase() && second.is_ascii_lowercase();
    both.then(|| usize::from(first - b'a') * 26 + usize::from(second - b'a'))
}

/// The spellings that `word` has in it, a bit for each.
fn spellings_in(word: &[u8]) -> u128 {
    let by_pair = &*BY_PAIR;
    let mut found = 0;
    for (at, letters) in word.windows(2).enumerate() {
        let Some(pair) = pair(letters[0], letters[1]) else {
            continue;
        };
        for &n in &by_pair[pair] {
            if word[at..].starts_with(spelling(usize::from(n)).as_bytes()) {
                found |= 1 << n;
            }
        }
    }
    found
}

const _: () = assert!(2 * SPELLINGS.len() <= 128);

/// `word` and, where the two differ, the way it is spelt on the other side of the ocean.
pub(super) fn spellings(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    let found = spellings_in(word.as_bytes());
    if found == 0 {
        return all;
    }
    let has = |n: usize| found >> n & 1 == 1;
    for n in (0..2 * SPELLINGS.len()).filter(|&n| has(n) && !has(n ^ 1)) {
        let (from, to) = (spelling(n), spelling(n ^ 1));
        // "prize", "size" and "wise" are too short to be verbs in -ize.
        if word.len() > 6 || !from.ends_with("ise") && !from.ends_with("ize") {
            all.push(word.replacen(from, to, 1));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_inflected() {
        for (word, wanted) in [
            ("supervise", "supervise supervised supervises supervising"),
            ("agent", "agent agented agenting agents"),
            ("supply", "supplied supplies supply supplying"),
            ("plan", "plan planed planing planned planning plans"),
            ("lead", "lead leaded leading leads led"),
            (
                "oversee",
                "oversaw oversee overseed overseeing overseen oversees",
            ),
            ("coach", "coach coached coaches coaching"),
            ("pay", "paid pay payed paying pays"),
        ] {
            assert_eq!(inflections(word).join(" "), wanted, "{word}");
        }
    }

    #[test]
    fn both_spellings_are_known() {
        assert_eq!(
            spellings("organizational"),
            ["organizational", "organisational"]
        );
        assert_eq!(spellings("enquiries"), ["enquiries", "inquiries"]);
        assert_eq!(spellings("centre"), ["centre", "center"]);
        assert_eq!(spellings("size"), ["size"]);
        assert_eq!(spellings("team"), ["team"]);
    }
}
