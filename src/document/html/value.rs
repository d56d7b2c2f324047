//! Values of CSS: lengths, shares and colours, as far as hiding text takes.

use super::super::colour::Rgb;

/// Pixels of a length. Relative ones are taken as if the text had its usual size; what depends on the window is not known.
pub(super) fn pixels(value: &str) -> Option<f64> {
    let number_end = value
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
        .unwrap_or(value.len());
    let number: f64 = value[..number_end].parse().ok()?;
    match &value[number_end..] {
        "px" => Some(number),
        "" if number == 0.0 => Some(0.0),
        "pt" => Some(number * 4.0 / 3.0),
        "em" | "rem" | "ex" => Some(number * 16.0),
        "cm" => Some(number * 37.8),
        "mm" => Some(number * 3.78),
        "in" => Some(number * 96.0),
        // Of the usual font size: enough to tell what is moved away or shrunk to nothing.
        "%" => Some(number * 0.16),
        _ => None,
    }
}

pub(super) fn colour_of(value: &str) -> Option<Rgb> {
    let value = value.trim();
    if let Some(hex) = value.strip_prefix('#') {
        // The last of four or eight digits are the opacity.
        let opaque = match hex.len() {
            4 => hex.get(..3),
            8 => hex.get(..6),
            _ => Some(hex),
        };
        return Rgb::from_hex(opaque?);
    }
    if let Some([first, second, third, ..]) = arguments(value).as_deref() {
        if value.starts_with("hsl") {
            return hsl(
                first.trim_end_matches("deg").parse().ok()?,
                fraction(second)?,
                fraction(third)?,
            );
        }
        let channel = |text: &str| match text.strip_suffix('%') {
            Some(_) => fraction(text).map(|share| (share * 255.0).round() as u8),
            None => text.parse::<f64>().ok().map(|value| value.round() as u8),
        };
        return Some(Rgb([channel(first)?, channel(second)?, channel(third)?]));
    }
    Some(Rgb(match value {
        "white" => [255, 255, 255],
        "black" => [0, 0, 0],
        "azure" => [240, 255, 255],
        "mintcream" => [245, 255, 250],
        "aliceblue" => [240, 248, 255],
        "lightyellow" => [255, 255, 224],
        "snow" => [255, 250, 250],
        "ivory" => [255, 255, 240],
        "whitesmoke" => [245, 245, 245],
        "ghostwhite" => [248, 248, 255],
        "floralwhite" => [255, 250, 240],
        "gray" | "grey" => [128, 128, 128],
        "silver" => [192, 192, 192],
        "red" => [255, 0, 0],
        "blue" => [0, 0, 255],
        "navy" => [0, 0, 128],
        "green" => [0, 128, 0],
        _ => return None,
    }))
}

/// What stands in the brackets of `rgb(…)`, `rgba(…)`, `hsl(…)` and `hsla(…)`: three channels, and the opacity if it is given.
fn arguments(value: &str) -> Option<Vec<&str>> {
    let (name, rest) = value.split_once('(')?;
    matches!(name, "rgb" | "rgba" | "hsl" | "hsla").then(|| {
        rest.trim_end_matches(')')
            .split([',', ' ', '/'])
            .filter(|part| !part.is_empty())
            .collect()
    })
}

/// Whether a colour has no ink.
pub(super) fn is_transparent(value: &str) -> bool {
    if let Some(hex) = value.strip_prefix('#') {
        return matches!(hex.len(), 4 | 8)
            && hex.is_ascii()
            && hex[hex.len() * 3 / 4..].bytes().all(|digit| digit == b'0');
    }
    // 5 %: see the same limit for opacity.
    value == "transparent"
        || arguments(value).is_some_and(|parts| {
            parts
                .get(3)
                .copied()
                .and_then(fraction)
                .is_some_and(|opacity| opacity < 0.05)
        })
}

/// `0.5` or `50%`.
pub(super) fn fraction(value: &str) -> Option<f64> {
    match value.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok().map(|percent| percent / 100.0),
        None => value.parse().ok(),
    }
}

/// Hue in degrees, saturation and lightness as shares; the formula is that of CSS Color 4.
fn hsl(hue: f64, saturation: f64, lightness: f64) -> Option<Rgb> {
    if !(hue.is_finite() && (0.0..=1.0).contains(&saturation) && (0.0..=1.0).contains(&lightness)) {
        return None;
    }
    let channel = |n: f64| {
        let k = (n + hue / 30.0).rem_euclid(12.0);
        let width = saturation * lightness.min(1.0 - lightness);
        let share = lightness - width * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0);
        (share * 255.0).round() as u8
    };
    Some(Rgb([channel(0.0), channel(8.0), channel(4.0)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_colours() {
        for (value, expected) in [
            ("1px", Some(1.0)),
            ("0", Some(0.0)),
            ("12", None),
            ("-9999px", Some(-9999.0)),
            ("3vw", None),
            ("1%", Some(0.16)),
        ] {
            assert_eq!(pixels(value), expected, "{value}");
        }
        assert_eq!(colour_of("rgb(1, 2, 3)"), Some(Rgb([1, 2, 3])));
        assert_eq!(colour_of("#FFF"), Some(Rgb([255; 3])));
        assert_eq!(colour_of("var(--x)"), None);
        assert_eq!(colour_of("#ffff"), Some(Rgb([255; 3])));
        assert_eq!(
            colour_of("rgb(100% 0% 50% / 0.5)"),
            Some(Rgb([255, 0, 128]))
        );
        assert_eq!(colour_of("hsl(0, 0%, 100%)"), Some(Rgb([255; 3])));
        assert_eq!(colour_of("hsl(120deg 100% 25%)"), Some(Rgb([0, 128, 0])));
        for value in [
            "transparent",
            "rgba(0, 0, 0, 0)",
            "rgb(0 0 0 / 1%)",
            "#0000",
            "#00000000",
        ] {
            assert!(is_transparent(value), "{value}");
        }
        for value in ["rgba(0,0,0,.5)", "#000", "#000f", "black", "inherit"] {
            assert!(!is_transparent(value), "{value}");
        }
    }
}
