//! The word lists under `data/words`: entries parted by semicolons, lines of comment after a `#`.

/// The entries of a list, in its order.
pub(crate) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split(';'))
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_line_ends_are_no_entries() {
        let list = "# Cities.\nnew york; oslo;\n# More of them.\nparis\n";
        assert!(entries(list).eq(["new york", "oslo", "paris"]));
    }
}
