//! UTF-8 that was once read as Windows-1252: `customersâ€™` for `customers’`.

use std::num::NonZeroU8;

/// The character that a run at the start of `text` stood for, and the bytes the run takes here.
///
/// The run is turned back into Windows-1252 bytes; only if these are one well-formed UTF-8 character outside ASCII is it taken.
/// That a real text holds such a run on purpose is next to impossible: `â€™` is a letter, a currency sign and a trade mark.
pub(super) fn repair(text: &str) -> Option<(char, usize)> {
    // The second half of a misread no-break space was often made a plain space on the way ("byÂ offering"), or lost at a line's end.
    if let Some(behind) = text.strip_prefix('Â')
        && behind
            .chars()
            .next()
            .is_none_or(|c| matches!(c, ' ' | '\n' | '\r'))
    {
        return Some(('\u{a0}', "Â".len()));
    }
    let mut bytes = [0u8; 4];
    let mut taken = 0;
    let mut wanted = 1;
    for (n, c) in text.chars().enumerate() {
        let byte = windows_1252(c, n)?;
        if n == 0 {
            wanted = match byte.get() {
                0xC2..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF4 => 4,
                _ => return None,
            };
        }
        bytes[n] = byte.get();
        taken += c.len_utf8();
        if n + 1 == wanted {
            let c = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
            return Some((c, taken));
        }
    }
    None
}

/// The byte that `c` has in Windows-1252, if that byte is above ASCII.
fn windows_1252(c: char, position: usize) -> Option<NonZeroU8> {
    let byte = match c {
        // Bytes that Windows-1252 leaves undefined come out as C1 controls, or, in many files, as a zero-width space or a
        // replacement character; for the last byte of ／ (EF BC 8F), the one such character seen in resumes, 8F is right.
        '\u{200b}' | '\u{fffd}' if position == 2 => 0x8F,
        '\u{80}'..='\u{ff}' => c as u32 as u8,
        '€' => 0x80,
        '‚' => 0x82,
        'ƒ' => 0x83,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'ˆ' => 0x88,
        '‰' => 0x89,
        'Š' => 0x8A,
        '‹' => 0x8B,
        'Œ' => 0x8C,
        'Ž' => 0x8E,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '˜' => 0x98,
        '™' => 0x99,
        'š' => 0x9A,
        '›' => 0x9B,
        'œ' => 0x9C,
        'ž' => 0x9E,
        'Ÿ' => 0x9F,
        _ => return None,
    };
    NonZeroU8::new(byte)
}

#[cfg(test)]
mod tests {
    use super::repair;

    #[test]
    fn only_a_whole_misread_character_is_repaired() {
        assert_eq!(repair("â€™s"), Some(('’', "â€™".len())));
        assert_eq!(repair("ï¼\u{200b} City"), Some(('／', "ï¼\u{200b}".len())));
        assert_eq!(repair("Ã©"), Some(('é', "Ã©".len())));
        assert_eq!(repair("Â offering"), Some(('\u{a0}', 2)));
        assert_eq!(repair("Â\n"), Some(('\u{a0}', 2)));
        assert_eq!(repair("Ânimo"), None);
        assert_eq!(repair("été"), None);
        assert_eq!(repair("â"), None);
        assert_eq!(repair(""), None);
    }
}
