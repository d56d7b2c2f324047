//! Whether text of one colour can be seen on another.

/// A colour as screens have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rgb(pub(super) [u8; 3]);

pub(super) const WHITE: Rgb = Rgb([255; 3]);

/// 1.1: WCAG asks for 4.5 to read well; light grey captions on white, the faintest that designers use, are
/// near 1.4. Below 1.1 an eye sees nothing.
const LEAST_CONTRAST: f64 = 1.1;

impl Rgb {
    /// `RRGGBB` in hexadecimal, with or without `#`.
    #[cfg_attr(
        not(any(feature = "docx", feature = "odt", feature = "html")),
        allow(dead_code)
    )]
    pub(super) fn from_hex(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('#');
        if !text.is_ascii() {
            return None;
        }
        let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
        match text.len() {
            3 => {
                let digit =
                    |at: usize| Some(u8::from_str_radix(text.get(at..at + 1)?, 16).ok()? * 17);
                Some(Self([digit(0)?, digit(1)?, digit(2)?]))
            }
            6 => Some(Self([byte(0)?, byte(2)?, byte(4)?])),
            _ => None,
        }
    }

    /// Whether text of this colour cannot be seen on `ground`.
    pub(super) fn vanishes_on(self, ground: Rgb) -> bool {
        if self == ground {
            return true;
        }
        let (a, b) = (self.luminance(), ground.luminance());
        // Colours of one luminance may still differ in hue: red on green is seen.
        let differs = self
            .0
            .iter()
            .zip(ground.0)
            .any(|(&a, b)| a.abs_diff(b) > 40);
        !differs && (a.max(b) + 0.05) / (a.min(b) + 0.05) < LEAST_CONTRAST
    }

    /// Relative luminance of WCAG 2.
    fn luminance(self) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(self.0[0]) + 0.7152 * channel(self.0[1]) + 0.0722 * channel(self.0[2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_eye_can_see() {
        for (text, ground, vanishes) in [
            ("FFFFFF", "fff", true),
            ("FEFEFE", "FFFFFF", true),
            ("DDDDDD", "FFFFFF", false),
            ("#000", "000000", true),
            ("000000", "FFFFFF", false),
            ("FFFFFF", "1F3864", false),
            ("FF0000", "007F00", false),
        ] {
            let [text_colour, ground_colour] =
                [text, ground].map(|hex| Rgb::from_hex(hex).unwrap());
            assert_eq!(
                text_colour.vanishes_on(ground_colour),
                vanishes,
                "{text} on {ground}"
            );
        }
        assert_eq!(Rgb::from_hex("auto"), None);
        assert_eq!(Rgb::from_hex("ééé"), None);
    }
}
