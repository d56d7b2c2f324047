//! What the linter can find, how bad each is, and what to do about it.

use std::fmt;

use serde::{Serialize, Serializer};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing; nothing has to be done.
    Note,
    /// Most likely not meant.
    Warning,
    /// Cannot be used, or can never do what it says.
    Error,
}

impl Severity {
    /// Its name: `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

macro_rules! codes {
    ($($name:ident $text:literal $severity:ident $doc:literal $help:literal)*) => {
        /// What was found. The names are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $doc] $name,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// Its name in waivers and JSON: `everyday-word`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// What it means, in a sentence.
            pub fn describe(self) -> &'static str {
                match self { $(Code::$name => $doc,)* }
            }

            /// What to do about it.
            pub fn help(self) -> &'static str {
                match self { $(Code::$name => $help,)* }
            }
        }
    };
}

codes! {
    Invalid "invalid" Error
        "The file is not of the documented form, or its skills refer to each other in a circle."
        "correct what the message names; `skillscreen taxonomy schema` prints the form"
    DuplicateLabel "duplicate-label" Warning
        "A skill has the same label twice."
        "remove one of the two"
    LabelOfTwo "label-of-two" Warning
        "Two skills have the same label, so one mention counts for both."
        "keep it where it belongs, or let one skill imply the other, or tell them apart with rules"
    ShadowedLabel "shadowed-label" Warning
        "Another skill's label swallows every match of this one."
        "remove the label, or the other's `swallows`"
    RedundantLabel "redundant-label" Note
        "Another label of the same skill matches wherever this one does."
        "remove it; the shorter one finds the same"
    ShortLabel "short-label" Warning
        "A label of one or two letters stands in many words' places."
        "write it out, or give it a rule: case = \"upper\", list_item = true, only_near = [...]"
    EverydayWord "everyday-word" Warning
        "A label is one everyday word, which most resumes use in some other sense."
        "give it a rule (case, list_item, only_near, only_after), take a longer label, or set match_label = false"
    NameCollision "name-collision" Warning
        "A label is a first name, surname, place, language or pronoun, which stands in resumes for other reasons."
        "give it a rule: only_near = [...], list_item = true, sections = [\"skills\"], case = \"upper\""
    DeadLabel "dead-label" Warning
        "A label can never count: its own words do not satisfy it."
        "correct the pattern or the rule, or remove the label"
    GroupBars "group-bars" Warning
        "Bars outside parentheses part single words; here they seem to part phrases."
        "write (call center|contact center), or entries of their own where a list is taken, or put the bar between single words only"
    CutStem "cut-stem" Warning
        "A word before ~ seems to be cut short; ~ adds the endings of a whole word, it stands for no letters."
        "write the word whole: reduce~, policy~"
    UnreachableSkill "unreachable-skill" Warning
        "No label of the skill can be matched, and no skill implies it."
        "give it a label, let another skill imply it, or remove it"
    UnknownSource "unknown-source" Warning
        "A skill names a source that the file does not describe."
        "add [sources.KEY] with title and publisher, or correct the key"
    UnknownCategory "unknown-category" Note
        "A skill's category is not among `[categories]`; it is shown by its id, after the others."
        "add it under [categories], or correct it"
    ProtectedTrait "protected-trait" Warning
        "The words stand for age, origin, sex, religion, health or home, which must not move a score."
        "remove it; ask for what the job needs instead (\"English, business fluent\", not \"native speaker\")"
    UnknownSkill "unknown-skill" Error
        "A profile asks for a skill that the taxonomy does not have."
        "correct the id (`skillscreen skills WORD` finds it), or add the skill to the taxonomy"
    ZeroWeight "zero-weight" Warning
        "A skill of the profile has no weight, so it cannot move a score."
        "give evidence for it (documents, stated, emphasis) or a weight, or remove it"
    ZeroPoints "zero-points" Note
        "A requirement has no points, so it is shown but not scored."
        "give it points, or leave it if it is for reading only"
    UnmeetableRequirement "unmeetable-requirement" Error
        "No resume can meet a requirement."
        "correct what the message names"
    OneSided "one-sided" Note
        "One skill has more than half of all weight, so it decides nearly alone."
        "check its weight"
    UnusedWaiver "unused-waiver" Note
        "A waiver explains nothing that was found."
        "remove it"
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
