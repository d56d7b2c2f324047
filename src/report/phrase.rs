//! The texts of a report: ids, names, quotes. There are hundreds in each report and nearly all are short.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest that is kept in place. 30: with its length and kind it makes four words of memory, and nine of ten phrases are no longer.
const IN_PLACE: usize = 30;

/// A short text; to be read as a `str`. One of up to 30 bytes is kept in place, so that it costs no allocation.
///
/// ```
/// use skillscreen::report::Phrase;
///
/// let quote = Phrase::from("Trained 12 new agents");
/// assert_eq!(quote, "Trained 12 new agents");
/// assert!(quote.ends_with("agents"));
/// assert_eq!(String::from(quote).len(), 21);
/// ```
#[derive(Clone)]
pub struct Phrase(Kept);

#[derive(Clone)]
enum Kept {
    Here { length: u8, bytes: [u8; IN_PLACE] },
    Apart(Box<str>),
}

impl Phrase {
    fn bytes(&self) -> &[u8] {
        match &self.0 {
            Kept::Here { length, bytes } => &bytes[..usize::from(*length)],
            Kept::Apart(text) => text.as_bytes(),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // It was made of a whole text, so nothing is lost.
            Kept::Here { .. } => std::str::from_utf8(self.bytes()).unwrap_or_default(),
            Kept::Apart(text) => text,
        }
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        let mut bytes = [0; IN_PLACE];
        match bytes.get_mut(..text.len()) {
            Some(place) => {
                place.copy_from_slice(text.as_bytes());
                let length = text.len() as u8;
                Self(Kept::Here { length, bytes })
            }
            None => Self(Kept::Apart(text.into())),
        }
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        match text.len() {
            0..=IN_PLACE => Self::from(text.as_str()),
            _ => Self(Kept::Apart(text.into())),
        }
    }
}

impl From<Phrase> for String {
    fn from(phrase: Phrase) -> Self {
        match phrase.0 {
            Kept::Here { .. } => phrase.as_str().to_owned(),
            Kept::Apart(text) => text.into(),
        }
    }
}

impl Default for Phrase {
    fn default() -> Self {
        Self::from("")
    }
}

impl Deref for Phrase {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Phrase {
    fn as_ref(&self) -> &str {
        self
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Phrase {}

impl PartialEq<str> for Phrase {
    fn eq(&self, other: &str) -> bool {
        self.bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Phrase {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PartialEq<Phrase> for str {
    fn eq(&self, other: &Phrase) -> bool {
        other == self
    }
}

impl PartialEq<Phrase> for &str {
    fn eq(&self, other: &Phrase) -> bool {
        other == *self
    }
}

impl PartialEq<String> for Phrase {
    fn eq(&self, other: &String) -> bool {
        self == other.as_str()
    }
}

impl Ord for Phrase {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl PartialOrd for Phrase {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Phrase {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Phrase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_texts_are_what_they_were() {
        let long = "é".repeat(40);
        for text in ["", "payroll", &"x".repeat(30), &"x".repeat(31), &long] {
            let phrase = Phrase::from(text);
            assert_eq!(
                (phrase.as_str(), phrase.to_string()),
                (text, text.to_owned())
            );
            assert_eq!(Phrase::from(text.to_owned()), phrase);
            assert_eq!(String::from(phrase.clone()), text);
            let json = serde_json::to_string(&phrase).unwrap();
            assert_eq!(json, serde_json::to_string(text).unwrap());
            assert_eq!(serde_json::from_str::<Phrase>(&json).unwrap(), phrase);
        }
        let [early, late] = ["abc", "b"].map(Phrase::from);
        assert!(early < late && Phrase::default().is_empty());
        assert_eq!(size_of::<Phrase>(), 32);
    }
}
