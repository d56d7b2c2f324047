//! What stands between two words, as far as it matters for reading: a set of marks.

/// The marks between a token and the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Joint(u32);

impl Joint {
    pub(crate) const NONE: Joint = Joint(0);
    pub(crate) const SPACE: Joint = Joint(1);
    pub(crate) const HYPHEN: Joint = Joint(1 << 1);
    /// A hyphen at the end of a line: `reten-⏎tion`, `customer-⏎focused`.
    pub(crate) const HYPHEN_WRAP: Joint = Joint(1 << 2);
    /// A line end inside a running sentence.
    pub(crate) const WRAP: Joint = Joint(1 << 3);
    pub(crate) const QUOTE: Joint = Joint(1 << 4);
    pub(crate) const SLASH: Joint = Joint(1 << 5);
    pub(crate) const COMMA: Joint = Joint(1 << 6);
    pub(crate) const COLON: Joint = Joint(1 << 7);
    /// A dash with space around it, or an arrow.
    pub(crate) const DASH: Joint = Joint(1 << 8);
    pub(crate) const OPEN: Joint = Joint(1 << 9);
    pub(crate) const CLOSE: Joint = Joint(1 << 10);
    /// A full stop within a word: `node.js`, `amazon.com`.
    pub(crate) const DOT: Joint = Joint(1 << 11);
    /// `@`, as in an e-mail address.
    pub(crate) const AT: Joint = Joint(1 << 12);
    /// A symbol without a meaning of its own here.
    pub(crate) const OTHER: Joint = Joint(1 << 13);
    pub(crate) const STOP: Joint = Joint(1 << 14);
    pub(crate) const SEMICOLON: Joint = Joint(1 << 15);
    /// A line end that starts a new item.
    pub(crate) const LINE: Joint = Joint(1 << 16);
    /// An empty line.
    pub(crate) const BLANK: Joint = Joint(1 << 17);
    pub(crate) const BULLET: Joint = Joint(1 << 18);
    /// The edge of a table cell: tab, pipe, middle dot.
    pub(crate) const CELL: Joint = Joint(1 << 19);
    /// Any line end at all, as the file has it.
    pub(crate) const NEWLINE: Joint = Joint(1 << 20);
    /// A quotation mark opens or closes here.
    pub(crate) const DOUBLE_QUOTE: Joint = Joint(1 << 21);

    /// Words of one name may be joined by these.
    const NAME: u32 = Self::SPACE.0
        | Self::HYPHEN.0
        | Self::HYPHEN_WRAP.0
        | Self::WRAP.0
        | Self::QUOTE.0
        | Self::DOUBLE_QUOTE.0
        | Self::NEWLINE.0;

    /// Nothing is read across these.
    const CLAUSE_END: u32 = Self::STOP.0
        | Self::SEMICOLON.0
        | Self::LINE.0
        | Self::BLANK.0
        | Self::BULLET.0
        | Self::CELL.0;

    pub(crate) fn insert(&mut self, other: Joint) {
        self.0 |= other.0;
    }

    pub(crate) fn remove(&mut self, other: Joint) {
        self.0 &= !other.0;
    }

    /// Whether any mark of `other` is here.
    pub(crate) fn has(self, other: Joint) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the two words may belong to one name.
    pub(crate) fn joins_name(self) -> bool {
        self.0 & !Self::NAME == 0
    }

    /// Whether a sentence, item or cell ends here.
    pub(crate) fn ends_clause(self) -> bool {
        self.0 & Self::CLAUSE_END != 0
    }

    /// Whether a clause or an item of a list on one line ends here.
    pub(crate) fn ends_item(self) -> bool {
        self.ends_clause() || self.has(Self::COMMA) || self.has(Self::SLASH)
    }

    /// Whether a list that may have its items one a line ends here.
    pub(crate) fn ends_list(self) -> bool {
        self.has(Self::STOP) || self.has(Self::BLANK)
    }

    /// Whether a list's items are parted here.
    pub(crate) fn parts_items(self) -> bool {
        self.ends_clause()
            || self.has(Self::COMMA)
            || self.has(Self::SLASH)
            || self.has(Self::COLON)
            || self.has(Self::DASH)
            || self.has(Self::OPEN)
            || self.has(Self::CLOSE)
    }
}

impl std::ops::BitOr for Joint {
    type Output = Joint;

    fn bitor(self, other: Joint) -> Joint {
        Joint(self.0 | other.0)
    }
}
