//! Columns that grow by a value at a time, and how a record becomes a struct column.

use std::fmt::{self, Write};
use std::marker::PhantomData;
use std::sync::Arc;

use arrow_array::builder::{PrimitiveBuilder, StringBuilder};
use arrow_array::types::{ArrowPrimitiveType, Float64Type, Int64Type};
use arrow_array::{ArrayRef, ListArray};
use arrow_buffer::{NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field};
use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};

/// A column in the making.
pub(crate) trait Column: Default {
    /// What it takes.
    type Item: ?Sized;

    /// Its type once it is made.
    fn data_type() -> DataType;

    /// Takes the next value.
    fn push(&mut self, item: Option<&Self::Item>);

    /// Makes the column and starts anew.
    fn finish(&mut self) -> Result<ArrayRef>;
}

/// Every field may be null. Spark compares types with their nullability, and a type that is written as text there says "may be null".
pub(crate) fn field(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, true)
}

pub(crate) fn failed(error: ArrowError) -> Error {
    Error::new(ErrorKind::Output, format!("cannot make a column: {error}")).caused_by(error)
}

/// Offsets are 32 bits wide: with 64, as in large strings, Spark would not take the column.
fn too_long() -> Error {
    Error::new(
        ErrorKind::Output,
        "the results of these rows do not fit one column of 2 GiB: hand over fewer rows at a time",
    )
}

fn fits(length: usize) -> bool {
    i32::try_from(length).is_ok()
}

/// Strings.
pub(crate) struct Text<T: ?Sized = str> {
    builder: StringBuilder,
    too_long: bool,
    of: PhantomData<fn(&T)>,
}

impl<T: ?Sized> Default for Text<T> {
    fn default() -> Self {
        Self {
            builder: StringBuilder::new(),
            too_long: false,
            of: PhantomData,
        }
    }
}

impl<T: AsRef<str> + ?Sized> Column for Text<T> {
    type Item = T;

    fn data_type() -> DataType {
        DataType::Utf8
    }

    fn push(&mut self, item: Option<&T>) {
        match item.map(T::as_ref) {
            Some(text) if fits(self.builder.values_slice().len() + text.len()) => {
                self.builder.append_value(text);
            }
            // The builder would panic; the column is refused as a whole at the end.
            Some(_) => self.too_long = true,
            None => self.builder.append_null(),
        }
    }

    fn finish(&mut self) -> Result<ArrayRef> {
        let array = Arc::new(self.builder.finish());
        if std::mem::take(&mut self.too_long) {
            return Err(too_long());
        }
        Ok(array)
    }
}

/// Codes, by the names they have in JSON.
pub(crate) struct Code<T> {
    text: Text,
    name: String,
    of: PhantomData<fn(&T)>,
}

impl<T> Default for Code<T> {
    fn default() -> Self {
        Self {
            text: Text::default(),
            name: String::new(),
            of: PhantomData,
        }
    }
}

/// Shows what serde calls a variant.
struct Named<'a, T>(&'a T);

impl<T: Serialize> fmt::Display for Named<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}

impl<T: Serialize> Column for Code<T> {
    type Item = T;

    fn data_type() -> DataType {
        Text::<str>::data_type()
    }

    fn push(&mut self, item: Option<&T>) {
        self.name.clear();
        let named = item.filter(|item| write!(self.name, "{}", Named(*item)).is_ok());
        self.text.push(named.map(|_| self.name.as_str()));
    }

    fn finish(&mut self) -> Result<ArrayRef> {
        self.text.finish()
    }
}

/// Numbers.
pub(crate) struct Number<P: ArrowPrimitiveType>(PrimitiveBuilder<P>);

/// Counts and places. 64 bits and a sign: Spark has no numbers without one.
pub(crate) type Int = Number<Int64Type>;

/// Percentages and points.
pub(crate) type Float = Number<Float64Type>;

impl<P: ArrowPrimitiveType> Default for Number<P> {
    fn default() -> Self {
        Self(PrimitiveBuilder::new())
    }
}

impl<P: ArrowPrimitiveType> Column for Number<P> {
    type Item = P::Native;

    fn data_type() -> DataType {
        P::DATA_TYPE
    }

    fn push(&mut self, item: Option<&P::Native>) {
        self.0.append_option(item.copied());
    }

    fn finish(&mut self) -> Result<ArrayRef> {
        Ok(Arc::new(self.0.finish()))
    }
}

/// A count as it stands in a column.
pub(crate) fn int(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Lists.
pub(crate) struct List<C> {
    items: C,
    ends: Vec<usize>,
    present: Vec<bool>,
}

impl<C: Default> Default for List<C> {
    fn default() -> Self {
        Self {
            items: C::default(),
            ends: Vec::new(),
            present: Vec::new(),
        }
    }
}

impl<C> Column for List<C>
where
    C: Column,
    C::Item: Sized,
{
    type Item = [C::Item];

    fn data_type() -> DataType {
        DataType::new_list(C::data_type(), true)
    }

    fn push(&mut self, item: Option<&[C::Item]>) {
        let items = item.unwrap_or_default();
        for item in items {
            self.items.push(Some(item));
        }
        self.ends
            .push(self.ends.last().copied().unwrap_or(0) + items.len());
        self.present.push(item.is_some());
    }

    fn finish(&mut self) -> Result<ArrayRef> {
        let items = self.items.finish()?;
        let ends = std::mem::take(&mut self.ends);
        let present = std::mem::take(&mut self.present);
        let offsets: Result<Vec<i32>, _> =
            std::iter::once(0).chain(ends).map(i32::try_from).collect();
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets.map_err(|_| too_long())?));
        let item = Field::new_list_field(C::data_type(), true);
        let list = ListArray::try_new(Arc::new(item), offsets, items, nulls(present));
        Ok(Arc::new(list.map_err(failed)?))
    }
}

/// Which rows are there; `None` when all are.
pub(crate) fn nulls(present: Vec<bool>) -> Option<NullBuffer> {
    Some(NullBuffer::from(present)).filter(|nulls| nulls.null_count() > 0)
}

/// Tells once how a record becomes a struct column: names, types and values in one table.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident($value:ident: $item:ty) { $($field:ident: $column:ty = $get:expr;)+ }) => {
        $(#[$doc])*
        #[derive(Default)]
        pub(crate) struct $name {
            present: Vec<bool>,
            $($field: $column,)+
        }

        impl $name {
            pub(crate) fn fields() -> arrow_schema::Fields {
                [$($crate::arrow::column::field(stringify!($field), <$column as Column>::data_type())),+].into_iter().collect()
            }

            pub(crate) fn finish_struct(&mut self) -> $crate::error::Result<arrow_array::StructArray> {
                let nulls = $crate::arrow::column::nulls(std::mem::take(&mut self.present));
                let columns = vec![$(self.$field.finish()?),+];
                arrow_array::StructArray::try_new(Self::fields(), columns, nulls).map_err($crate::arrow::column::failed)
            }
        }

        impl Column for $name {
            type Item = $item;

            fn data_type() -> arrow_schema::DataType {
                arrow_schema::DataType::Struct(Self::fields())
            }

            fn push(&mut self, item: Option<&$item>) {
                self.present.push(item.is_some());
                match item {
                    Some($value) => { $(self.$field.push($get.into());)+ }
                    None => { $(self.$field.push(None);)+ }
                }
            }

            fn finish(&mut self) -> $crate::error::Result<arrow_array::ArrayRef> {
                Ok(std::sync::Arc::new(self.finish_struct()?))
            }
        }
    };
}

pub(crate) use record;

#[cfg(test)]
mod tests {
    use arrow_array::Array;
    use arrow_array::cast::AsArray;

    use super::*;
    use crate::evidence::Reason;

    record! {
        Pairs(pair: (usize, String)) {
            n: Int = &int(pair.0);
            name: Text<String> = &pair.1;
        }
    }

    #[test]
    fn a_record_becomes_a_struct() {
        let mut pairs = List::<Pairs>::default();
        pairs.push(Some(&[(1, "one".to_owned()), (2, String::new())]));
        pairs.push(None);
        pairs.push(Some(&[]));
        let array = pairs.finish().unwrap();
        let list = array.as_list::<i32>();
        assert_eq!(
            [list.is_null(0), list.is_null(1), list.is_null(2)],
            [false, true, false]
        );
        assert_eq!(list.value_length(0), 2);
        assert_eq!(
            list.values()
                .as_struct()
                .column(1)
                .as_string::<i32>()
                .value(0),
            "one"
        );
        assert_eq!(
            pairs.finish().unwrap().len(),
            0,
            "it starts anew, and an empty column is one"
        );
    }

    #[test]
    fn codes_are_named_as_in_json() {
        let mut codes = Code::default();
        codes.push(Some(&Reason::OtherSense));
        codes.push(None);
        let array = codes.finish().unwrap();
        assert_eq!(array.as_string::<i32>().value(0), "other_sense");
        assert!(array.is_null(1));
    }
}
