//! Texts and ids as they lie in columns; nothing is copied.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type, UInt32Type, UInt64Type};
use arrow_array::{
    Array, BinaryArray, BinaryViewArray, Int32Array, Int64Array, LargeBinaryArray, UInt32Array,
    UInt64Array,
};
use arrow_schema::DataType;

use crate::error::{Error, ErrorKind, Result};

/// A column of texts.
///
/// They are looked at as bytes and checked one by one: engines hand over what files hold, and not every file that says UTF-8 is.
pub(super) enum Texts {
    Small(BinaryArray),
    Large(LargeBinaryArray),
    View(BinaryViewArray),
    Nulls,
}

impl Texts {
    pub(super) fn new(column: &dyn Array) -> Result<Self> {
        Ok(match column.data_type() {
            DataType::Utf8 => Self::Small(column.as_string::<i32>().clone().into()),
            DataType::LargeUtf8 => Self::Large(column.as_string::<i64>().clone().into()),
            DataType::Utf8View => Self::View(column.as_string_view().clone().to_binary_view()),
            DataType::Binary => Self::Small(column.as_binary().clone()),
            DataType::LargeBinary => Self::Large(column.as_binary().clone()),
            DataType::BinaryView => Self::View(column.as_binary_view().clone()),
            DataType::Null => Self::Nulls,
            other => {
                let message = format!(
                    "the column of texts is of type {other}; expected string, large_string or string_view"
                );
                return Err(Error::new(ErrorKind::Input, message));
            }
        })
    }

    pub(super) fn get(&self, row: usize) -> Option<&[u8]> {
        match self {
            Self::Small(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Self::View(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Nulls => None,
        }
    }
}

/// A column of ids.
pub(super) enum Ids {
    Texts(Texts),
    Int32(Int32Array),
    Int64(Int64Array),
    UInt32(UInt32Array),
    UInt64(UInt64Array),
}

impl Ids {
    pub(super) fn new(column: &dyn Array) -> Result<Self> {
        Ok(match column.data_type() {
            DataType::Int32 => Self::Int32(column.as_primitive::<Int32Type>().clone()),
            DataType::Int64 => Self::Int64(column.as_primitive::<Int64Type>().clone()),
            DataType::UInt32 => Self::UInt32(column.as_primitive::<UInt32Type>().clone()),
            DataType::UInt64 => Self::UInt64(column.as_primitive::<UInt64Type>().clone()),
            other => Self::Texts(Texts::new(column).map_err(|_| {
                let message = format!(
                    "the column of ids is of type {other}; expected strings or integers of 32 or 64 bits"
                );
                Error::new(ErrorKind::Input, message)
            })?),
        })
    }

    /// The id in text; empty where there is none.
    pub(super) fn get(&self, row: usize) -> Cow<'_, str> {
        let number = match self {
            Self::Texts(texts) => {
                return texts
                    .get(row)
                    .map_or(Cow::Borrowed(""), |bytes| repaired(bytes).0);
            }
            Self::Int32(ids) => ids.is_valid(row).then(|| ids.value(row).to_string()),
            Self::Int64(ids) => ids.is_valid(row).then(|| ids.value(row).to_string()),
            Self::UInt32(ids) => ids.is_valid(row).then(|| ids.value(row).to_string()),
            Self::UInt64(ids) => ids.is_valid(row).then(|| ids.value(row).to_string()),
        };
        Cow::Owned(number.unwrap_or_default())
    }
}

/// The bytes as text, and how many places had to be mended for that.
///
/// A byte that is no part of UTF-8 becomes a question mark: one for one, so that spans still count bytes of the text that was given.
pub(super) fn repaired(bytes: &[u8]) -> (Cow<'_, str>, usize) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), 0);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut places = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
        places += usize::from(!chunk.invalid().is_empty());
    }
    (Cow::Owned(text), places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_keep_their_place() {
        let cases: [(&[u8], &str, usize); 4] = [
            (b"caf\xc3\xa9", "café", 0),
            (b"caf\xe9 payroll", "caf? payroll", 1),
            (b"\xff\xfea\xc3", "??a?", 3),
            (b"", "", 0),
        ];
        for (bytes, text, places) in cases {
            let found = repaired(bytes);
            assert_eq!((found.0.as_ref(), found.1), (text, places));
            assert!(places == 0 || found.0.len() == bytes.len());
            assert_eq!(matches!(found.0, Cow::Borrowed(_)), places == 0);
        }
    }
}
