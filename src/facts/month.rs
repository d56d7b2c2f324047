//! A month of a year, and months from one to another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// A month of a year. It is written `2010-06`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct YearMonth(i32);

impl YearMonth {
    /// The month `month` (1 to 12) of `year`; `None` when there is no such month or the year is not between 0 and 9999.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        ((0..=9999).contains(&year) && (1..=12).contains(&month))
            .then(|| Self(year * 12 + month as i32 - 1))
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0 / 12
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        (self.0 % 12 + 1) as u32
    }

    /// Months from this one to `later`: 12 from 2010-01 to 2011-01, 0 when `later` is not later.
    pub fn months_between(self, later: YearMonth) -> u32 {
        (later.0 - self.0).max(0) as u32
    }

    pub(super) fn plus(self, months: u32) -> YearMonth {
        Self((self.0 + months as i32).min(9999 * 12 + 11))
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl FromStr for YearMonth {
    type Err = Error;

    /// Reads `2010-06`, or `2010-06-30` without its day.
    fn from_str(text: &str) -> Result<Self, Error> {
        let expected = || {
            Error::new(
                ErrorKind::Option,
                format!("{text:?} is no month; expected one such as 2010-06 or 2010-06-30"),
            )
        };
        let mut parts = text.split('-');
        let mut number = |digits: usize| {
            let part = parts.next()?;
            (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())?
        };
        let (year, month) = (
            number(4).ok_or_else(expected)?,
            number(2).ok_or_else(expected)?,
        );
        let day = text.len() <= 7 || number(2).is_some_and(|day| (1..=31).contains(&day));
        match YearMonth::new(year as i32, month) {
            Some(date) if day && matches!(text.len(), 7 | 10) => Ok(date),
            _ => Err(expected()),
        }
    }
}

impl Serialize for YearMonth {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for YearMonth {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_read_and_count() {
        let month = |text: &str| text.parse::<YearMonth>();
        assert_eq!(month("2010-06").unwrap().to_string(), "2010-06");
        assert_eq!(month("2010-06-30").unwrap().to_string(), "2010-06");
        assert_eq!(
            month("2010-01")
                .unwrap()
                .months_between(month("2011-01").unwrap()),
            12
        );
        assert_eq!(
            month("2011-01")
                .unwrap()
                .months_between(month("2010-01").unwrap()),
            0
        );
        assert_eq!(
            serde_json::to_string(&month("2010-06").unwrap()).unwrap(),
            "\"2010-06\""
        );
        for text in [
            "2010",
            "2010-13",
            "2010-00",
            "10-06",
            "2010-06-32",
            "2010-06-3",
            "2010/06",
            "",
        ] {
            let error = month(text).unwrap_err().to_string();
            assert!(
                error.ends_with("is no month; expected one such as 2010-06 or 2010-06-30"),
                "{text:?}: {error}"
            );
        }
    }
}
