//! Digests that tell whether two results came from the same taxonomy, profile and options.

/// The first 16 bytes of a digest in hexadecimal: 128 bits keep accidental collisions out of the question and fit on a line.
pub(crate) fn short_hex(digest: &[u8]) -> String {
    use std::fmt::Write;

    digest.iter().take(16).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
