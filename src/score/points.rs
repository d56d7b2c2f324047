//! Points of 100, exact to a ten-thousandth.

use std::fmt;
use std::iter::Sum;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Points in ten-thousandths: a basis point of weight times a percent of fulfilment. 1,000,000 of them are 100 points.
///
/// In JSON they are a number with at most four decimals; sums are made in integers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(u32);

const ONE_POINT: u32 = 10_000;

impl Points {
    /// The points of a part with this weight in basis points and this fulfilment in percent.
    pub(crate) fn new(weight: u32, percent: u32) -> Self {
        Self(weight * percent.min(100))
    }

    /// In ten-thousandths of a point.
    pub fn units(self) -> u32 {
        self.0
    }

    /// As a number, such as 61.2034.
    pub fn value(self) -> f64 {
        f64::from(self.0) / f64::from(ONE_POINT)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(points: I) -> Points {
        Points(points.map(|points| points.0).sum())
    }
}

impl fmt::Display for Points {
    /// With one decimal, rounded half up, or as many as the format asks for up to four.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = f.precision().unwrap_or(1).min(4) as u32;
        let unit = 10u32.pow(4 - decimals);
        let rounded = (self.0 + unit / 2) / unit;
        let one = 10u32.pow(decimals);
        let text = match decimals {
            0 => rounded.to_string(),
            _ => format!(
                "{}.{:0width$}",
                rounded / one,
                rounded % one,
                width = decimals as usize
            ),
        };
        match f.width() {
            Some(width) => write!(f, "{text:>width$}"),
            None => f.write_str(&text),
        }
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        Ok(Self((value * f64::from(ONE_POINT)).round() as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_exact_and_shown_rounded() {
        let points: Points = [Points::new(3333, 100), Points::new(2, 45)]
            .into_iter()
            .sum();
        assert_eq!(points.units(), 333_390);
        assert_eq!(serde_json::to_string(&points).unwrap(), "33.339");
        assert_eq!(points.to_string(), "33.3");
        assert_eq!(format!("{points:.4}"), "33.3390");
        assert_eq!(format!("{points:6.0}"), "    33");
        assert_eq!(serde_json::from_str::<Points>("33.339").unwrap(), points);
    }
}
