//! Types as text, for engines that want to be told beforehand what a function gives.

use arrow_schema::DataType;

use crate::error::{Error, ErrorKind, Result};

/// A type as Spark's SQL writes it: `struct<source: string, …>`.
///
/// ```
/// use skillscreen::arrow::{data_type, sql_type};
///
/// assert!(sql_type(&data_type())?.starts_with("struct<`source`: string, `status`: string, "));
/// # Ok::<(), skillscreen::Error>(())
/// ```
///
/// # Errors
///
/// When the type is none of those that results are made of.
pub fn sql_type(data_type: &DataType) -> Result<String> {
    Ok(match data_type {
        DataType::Utf8 => "string".to_owned(),
        DataType::Float64 => "double".to_owned(),
        DataType::Int64 => "bigint".to_owned(),
        DataType::List(item) => format!("array<{}>", sql_type(item.data_type())?),
        DataType::Struct(fields) => {
            let fields: Result<Vec<String>> = fields
                .iter()
                // In back quotes, because some names mean something in SQL.
                .map(|field| {
                    Ok(format!(
                        "`{}`: {}",
                        field.name(),
                        sql_type(field.data_type())?
                    ))
                })
                .collect();
            format!("struct<{}>", fields?.join(", "))
        }
        other => {
            let message = format!("no name in SQL for a column of type {other}");
            return Err(Error::new(ErrorKind::Option, message));
        }
    })
}
