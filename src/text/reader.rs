//! The one pass that reads a text into words.

use unicode_segmentation::UnicodeSegmentation;

use super::fold::{Folded, fold};
use super::joint::Joint;
use super::{NormalizedText, Shape, Token, markup, mojibake};

/// A wrapped line is about as long as its neighbours; a line shorter than this that is followed by a capital starts a new item.
/// 60: the shortest measure (characters a line) that word processors leave on a page with a sidebar.
const SHORTEST_FULL_LINE: usize = 60;

/// So many spaces in a row stand for a tab: three occur in justified text.
const SPACES_OF_A_TAB: u32 = 4;

/// Letters spaced out are read as one word from this many on: initials ("J R R") are fewer.
const SPACED_LETTERS: usize = 4;

/// A full stop after these does not end a sentence.
const ABBREVIATIONS: [&str; 34] = [
    "approx", "asst", "ave", "avg", "co", "corp", "dept", "dir", "dr", "eg", "est", "etc", "ext",
    "fig", "hr", "hrs", "ie", "inc", "incl", "jr", "ltd", "mgr", "mgmt", "mr", "mrs", "ms", "no",
    "sr", "st", "univ", "vs", "yr", "yrs", "wk",
];

const LOWER: u8 = 1;
const UPPER: u8 = 2;

/// The case of each ASCII letter; 0 for every other byte.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = b'a';
    while byte <= b'z' {
        letters[byte as usize] = LOWER;
        letters[byte.to_ascii_uppercase() as usize] = UPPER;
        byte += 1;
    }
    letters
};

fn begins_address(folded: &str) -> bool {
    matches!(folded, "http" | "https" | "www" | "mailto")
}

pub(super) struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    out: &'a mut NormalizedText,
    /// Next byte to read.
    at: usize,
    /// Marks since the last token.
    joint: Joint,
    spaces: u32,
    newlines: u32,
    /// Original offset where the current line starts, and the longest line so far.
    line_start: usize,
    longest_line: usize,
    /// First token since the last white space, and whether an address has shown there.
    chunk: usize,
    chunk_is_address: bool,
    /// Single capital letters, one space apart, at the end of the tokens.
    spaced_letters: usize,
    /// The next word is a hashtag: its capitals part it.
    hashtag: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, out: &'a mut NormalizedText) -> Self {
        // Offsets are kept in 32 bits. A text beyond 4 GiB is cut at that length; the document stage refuses far shorter ones.
        let mut end = text.len().min(u32::MAX as usize);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        out.folded.clear();
        out.folded.push(' ');
        out.tokens.clear();
        out.lines.clear();
        Self {
            text,
            bytes: text.as_bytes(),
            out,
            at: 0,
            joint: Joint::NONE,
            spaces: 0,
            newlines: 0,
            line_start: 0,
            longest_line: 0,
            chunk: 0,
            chunk_is_address: false,
            spaced_letters: 0,
            hashtag: false,
        }
    }

    pub(super) fn read(mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => self.word(),
                b' ' => {
                    self.space();
                    self.at += 1;
                }
                128.. => self.beyond_ascii(),
                _ => self.mark(byte),
            }
        }
        self.end_chunk();
        self.join_spaced_letters();
        let words = self.out.tokens.len() as u32;
        if self.out.lines.last().is_some_and(|&line| line == words) {
            self.out.lines.pop();
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(b' ')
    }

    fn before(&self) -> u8 {
        self.at.checked_sub(1).map_or(b'\n', |at| self.bytes[at])
    }

    fn space(&mut self) {
        self.spaces += 1;
        self.joint.insert(if self.spaces >= SPACES_OF_A_TAB {
            Joint::CELL
        } else {
            Joint::SPACE
        });
        self.end_chunk();
    }

    fn newline(&mut self) {
        if self.newlines == 0 {
            self.longest_line = self.longest_line.max(self.at - self.line_start);
        }
        self.newlines += 1;
        self.joint.insert(Joint::SPACE);
        self.end_chunk();
    }

    /// Whether nothing but space and bullets came since the last line end.
    fn at_line_start(&self) -> bool {
        self.out.tokens.is_empty() || self.newlines > 0 || self.joint.has(Joint::BULLET)
    }

    /// Reads one ASCII character that is no letter, digit or space.
    fn mark(&mut self, byte: u8) {
        let spaced = |byte: u8| byte.is_ascii_whitespace() || byte >= 128;
        let open = spaced(self.before());
        let close = spaced(self.peek(1));
        let joint = match byte {
            b'\n' => {
                self.newline();
                Joint::NONE
            }
            b'\r' => {
                // A lone carriage return ends a line, too.
                if self.peek(1) != b'\n' {
                    self.newline();
                }
                Joint::NONE
            }
            0x0C => Joint::BLANK,
            b'\t' => {
                self.end_chunk();
                Joint::CELL
            }
            b'|' => Joint::CELL,
            b',' => Joint::COMMA,
            b';' => Joint::SEMICOLON,
            b':' => Joint::COLON,
            b'/' => Joint::SLASH,
            b'.' => self.full_stop(),
            b'!' => Joint::STOP,
            // A question mark of its own was a bullet before some conversion.
            b'?' if open && close => Joint::BULLET,
            b'?' => Joint::STOP,
            b'-' if self.at_line_start() => Joint::BULLET,
            b'-' if self.peek(1) == b'>' => {
                self.at += 1;
                Joint::DASH
            }
            b'-' if !open && matches!(self.peek(1), b'\n' | b'\r') => Joint::HYPHEN_WRAP,
            // "fast- paced", "problem -solving": a space that slipped in, mostly at a line's end in some PDF.
            b'-' if open != close
                && self.bytes[self.at + 1..]
                    .iter()
                    .find(|&&b| b != b' ')
                    .is_some_and(u8::is_ascii_lowercase) =>
            {
                Joint::HYPHEN
            }
            b'-' if open || close || self.peek(1) == b'-' || self.before() == b'-' => Joint::DASH,
            b'-' => Joint::HYPHEN,
            b'*' if self.at_line_start() || (open && close) => Joint::BULLET,
            b'(' | b'[' | b'{' => Joint::OPEN,
            b')' | b']' | b'}' => Joint::CLOSE,
            b'"' => Joint::DOUBLE_QUOTE,
            b'\'' | b'`' | b'*' => Joint::QUOTE,
            b'@' => {
                self.chunk_is_address = !open && !close;
                Joint::AT
            }
            b'=' | b'>' if self.before() != b'-' => Joint::DASH,
            b'#' => {
                self.hashtag = self.peek(1).is_ascii_alphabetic();
                Joint::SPACE
            }
            b'&' => return self.ampersand(),
            b'<' => match markup::tag(&self.bytes[self.at..]) {
                Some((length, joint)) => {
                    self.at += length - 1;
                    joint
                }
                None => Joint::OTHER,
            },
            b'_' if self.peek(1) == b'_' => Joint::CELL,
            // Currency and percent belong to their number; ties, escapes and control characters are space.
            b'$' | b'%' | b'~' | b'\\' | b'_' | 0..=0x1F | 0x7F => Joint::SPACE,
            _ => Joint::OTHER,
        };
        self.joint.insert(joint);
        self.at += 1;
    }

    fn full_stop(&self) -> Joint {
        let next = self.peek(1);
        let Some(last) = self.out.tokens.last() else {
            return Joint::STOP;
        };
        let touches = last.end as usize == self.at;
        if next.is_ascii_lowercase() || next.is_ascii_digit() {
            return if touches { Joint::DOT } else { Joint::STOP };
        }
        if next.is_ascii_uppercase() && touches {
            // "service.Resolved" lacks a space, "Node.JS" and "Ph.D" do not: there the stop stands after a capital or before a short word.
            let word = self.out.word(self.out.tokens.len() - 1);
            let capitals = last.shape.has(Shape::UPPER) || word.len() <= 2;
            return if capitals { Joint::DOT } else { Joint::STOP };
        }
        if touches && ABBREVIATIONS.contains(&self.out.word(self.out.tokens.len() - 1)) {
            return Joint::DOT;
        }
        Joint::STOP
    }

    /// `&` is the word "and", unless it starts an entity.
    fn ampersand(&mut self) {
        if let Some((c, length)) = markup::entity(&self.bytes[self.at..]) {
            let start = self.at;
            self.at += length;
            match c {
                '&' => self.push_symbol(start),
                c if c.is_ascii_whitespace() || c == '\u{a0}' => self.space(),
                c if c.is_ascii_alphanumeric() => self.joint.insert(Joint::OTHER),
                '\'' => self.joint.insert(Joint::QUOTE),
                c => self.fold_mark(c),
            }
            return;
        }
        self.at += 1;
        self.push_symbol(self.at - 1);
    }

    fn push_symbol(&mut self, start: usize) {
        self.start_token();
        let fold = self.out.folded.len() as u32;
        self.out.folded.push_str("and ");
        self.push(start, self.at, fold, Shape::SYMBOL);
    }

    fn fold_mark(&mut self, c: char) {
        match fold(c) {
            Folded::Mark(joint) => self.joint.insert(joint),
            Folded::Ascii(b' ') => self.space(),
            _ => self.joint.insert(Joint::OTHER),
        }
    }

    fn char_here(&self) -> char {
        self.text[self.at..].chars().next().unwrap_or(' ')
    }

    /// Reads one character outside ASCII that follows no word.
    fn beyond_ascii(&mut self) {
        if let Some((c, length)) = mojibake::repair(&self.text[self.at..]) {
            if c.is_alphanumeric() {
                self.word();
            } else {
                self.at += length;
                self.typographic(fold(c));
            }
            return;
        }
        let c = self.char_here();
        match fold(c) {
            Folded::Word(_) => self.word(),
            other => {
                self.at += c.len_utf8();
                // A replacement character stands for a no-break space or a bullet that was lost.
                self.typographic(if c == '\u{fffd}' {
                    Folded::Ascii(b' ')
                } else {
                    other
                });
            }
        }
    }

    fn typographic(&mut self, folded: Folded) {
        let joint = match folded {
            Folded::Word(_) | Folded::Nothing => return,
            Folded::Mark(Joint::DASH) => {
                let touches = self.out.tokens.last().is_some_and(|last| {
                    !self.joint.has(Joint::SPACE) && last.end as usize + 3 >= self.at
                });
                if touches && self.peek(0).is_ascii_alphanumeric() {
                    Joint::HYPHEN
                } else if self.at_line_start() {
                    Joint::BULLET
                } else {
                    Joint::DASH
                }
            }
            Folded::Mark(joint) => joint,
            Folded::Ascii(b' ') => return self.space(),
            Folded::Ascii(b'\n') => {
                self.newline();
                Joint::NONE
            }
            Folded::Ascii(b'-') if self.at_line_start() => Joint::BULLET,
            Folded::Ascii(b'-') if self.joint.has(Joint::SPACE) => Joint::DASH,
            Folded::Ascii(b'-') => Joint::HYPHEN,
            Folded::Ascii(b'\'') => Joint::QUOTE,
            Folded::Ascii(b'"') => Joint::DOUBLE_QUOTE,
            Folded::Ascii(b'/') => Joint::SLASH,
            Folded::Ascii(b',') => Joint::COMMA,
            Folded::Ascii(b':') => Joint::COLON,
            Folded::Ascii(b';') => Joint::SEMICOLON,
            Folded::Ascii(b'|') => Joint::CELL,
            Folded::Ascii(b'.' | b'!' | b'?') => Joint::STOP,
            Folded::Ascii(_) => Joint::OTHER,
        };
        self.joint.insert(joint);
    }

    /// Reads a word: letters and digits, and what may stand between them without parting them.
    fn word(&mut self) {
        self.start_token();
        if !self.plain_words() {
            self.odd_word();
        }
    }

    /// Reads words of nothing but ASCII letters, as nearly all are, one space apart; false, with nothing read, when the first may be
    /// anything else.
    fn plain_words(&mut self) -> bool {
        let mut any = false;
        while self.plain_word() {
            any = true;
            let next = self.bytes.get(self.at..self.at + 2);
            if self.spaced_letters > 0
                || !next.is_some_and(|next| next[0] == b' ' && LETTERS[usize::from(next[1])] != 0)
            {
                break;
            }
            // All that one space between two such words does.
            self.at += 1;
            self.end_chunk();
            self.joint = Joint::SPACE;
        }
        any
    }

    /// Reads one word of nothing but ASCII letters; false, with nothing read, when it may be anything else.
    fn plain_word(&mut self) -> bool {
        let start = self.at;
        let rest = &self.bytes[start..];
        let mut letters = 0;
        let mut cases = 0;
        while let Some(&byte) = rest.get(letters)
            && LETTERS[usize::from(byte)] != 0
        {
            cases |= LETTERS[usize::from(byte)];
            letters += 1;
        }
        // A mark that may go on with a word of up to three letters: "B.A.", "C++".
        let ends = match rest.get(letters) {
            None | Some(b' ' | b'\n' | b',' | b';' | b':' | b')' | b'/' | b'-' | b'\r') => true,
            Some(b'.') => letters > 3,
            _ => false,
        };
        if letters == 0 || !ends || self.hashtag {
            return false;
        }
        let end = start + letters;
        let fold_start = self.out.folded.len();
        self.out.folded.push_str(&self.text[start..end]);
        let mut shape = Shape::default();
        if cases & UPPER != 0 {
            self.out.folded[fold_start..].make_ascii_lowercase();
            if rest[0].is_ascii_uppercase() {
                shape.insert(Shape::CAPITAL);
            }
            if cases == UPPER {
                shape.insert(Shape::UPPER);
            }
        }
        if (3..=6).contains(&letters)
            && matches!(rest[0] | 0x20, b'h' | b'm' | b'w')
            && begins_address(&self.out.folded[fold_start..])
        {
            self.chunk_is_address = true;
        }
        self.out.folded.push(' ');
        self.at = end;
        self.push(start, end, fold_start as u32, shape);
        true
    }

    /// Reads a word byte by byte.
    fn odd_word(&mut self) {
        let start = self.at;
        let fold_start = self.out.folded.len();
        let mut end = self.at;
        let (mut upper, mut lower) = (0usize, 0usize);
        let mut dotted = false;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'a'..=b'z' => {
                    lower += 1;
                    self.out.folded.push(byte as char);
                    self.at += 1;
                    end = self.at;
                }
                b'A'..=b'Z' => {
                    if self.hashtag && lower > 0 && self.bytes[self.at - 1].is_ascii_lowercase() {
                        break;
                    }
                    upper += 1;
                    self.out.folded.push(byte.to_ascii_lowercase() as char);
                    self.at += 1;
                    end = self.at;
                }
                b'0'..=b'9' => {
                    self.out.folded.push(byte as char);
                    self.at += 1;
                    end = self.at;
                }
                b'\'' => {
                    if !self.apostrophe(1) {
                        break;
                    }
                }
                b'.' if self.dot_of_abbreviation(end - start, dotted) => {
                    dotted = true;
                    self.at += 1;
                }
                b'.' if dotted => {
                    // The last dot of "B.A." ends no sentence.
                    self.at += 1;
                    break;
                }
                b'.' | b',' if self.before().is_ascii_digit() && self.point_in_number() => {
                    self.out.folded.push(byte as char);
                    self.at += 1;
                }
                b'+' | b'#' if self.suffix_of_name(start) => {
                    self.out.folded.push(byte as char);
                    self.at += 1;
                    end = self.at;
                }
                128.. => {
                    if let Some((c, length)) = mojibake::repair(&self.text[self.at..]) {
                        if !self.append(c, length, &mut end) {
                            break;
                        }
                        continue;
                    }
                    let c = self.char_here();
                    if c == '\u{fffd}'
                        && self
                            .bytes
                            .get(self.at + 3)
                            .is_some_and(u8::is_ascii_alphabetic)
                    {
                        // Between two letters it stands for a lost apostrophe.
                        if !self.apostrophe(3) {
                            break;
                        }
                        continue;
                    }
                    if !self.append(c, c.len_utf8(), &mut end) {
                        break;
                    }
                }
                _ => break,
            }
        }
        if self.out.folded.len() == fold_start {
            // Nothing but dropped characters, as in a lone accent.
            self.at = self.at.max(start + self.char_here().len_utf8());
            return;
        }
        let mut shape = Shape::default();
        if self.text[start..].starts_with(|c: char| c.is_uppercase()) {
            shape.insert(Shape::CAPITAL);
        }
        if upper > 0 && lower == 0 {
            shape.insert(Shape::UPPER);
        }
        if self.bytes[start].is_ascii_digit() {
            shape.insert(Shape::NUMBER);
        }
        let folded = &self.out.folded[fold_start..];
        if begins_address(folded) {
            self.chunk_is_address = true;
        }
        if folded.is_ascii() || !self.segment(start, end, fold_start, shape) {
            self.out.folded.push(' ');
            self.push(start, end, fold_start as u32, shape);
        }
        if !(self.hashtag && self.bytes.get(self.at).is_some_and(u8::is_ascii_uppercase)) {
            self.hashtag = false;
        }
    }

    /// Appends one character outside ASCII to the word; false when it ends the word.
    fn append(&mut self, c: char, length: usize, end: &mut usize) -> bool {
        match fold(c) {
            Folded::Word(word) => {
                self.out.folded.push_str(&word);
                self.at += length;
                *end = self.at;
                true
            }
            Folded::Nothing => {
                self.at += length;
                true
            }
            Folded::Ascii(b'\'') => self.apostrophe(length),
            _ => false,
        }
    }

    /// An apostrophe of `length` bytes inside a word: drops it, or drops a possessive and ends the word.
    fn apostrophe(&mut self, length: usize) -> bool {
        let after = self.bytes.get(self.at + length).copied().unwrap_or(b' ');
        // "C++'s" ends at the sign, not at the apostrophe.
        if !after.is_ascii_alphabetic() || self.before().is_ascii_punctuation() {
            return false;
        }
        let ends = !self
            .bytes
            .get(self.at + length + 1)
            .is_some_and(u8::is_ascii_alphanumeric);
        if matches!(after, b's' | b'S') && ends {
            self.at += length + 1;
            return false;
        }
        self.at += length;
        true
    }

    /// "B.A": a dot after a single letter, with a single letter behind it.
    fn dot_of_abbreviation(&self, length: usize, dotted: bool) -> bool {
        (dotted || length == 1)
            && self.before().is_ascii_alphabetic()
            && self.peek(1).is_ascii_alphabetic()
            && !self.peek(2).is_ascii_alphanumeric()
    }

    /// "4.5", "1,900": a comma only before exactly three digits, for "2014,2015" is two numbers.
    fn point_in_number(&self) -> bool {
        let digits = self.bytes[self.at + 1..]
            .iter()
            .take(4)
            .take_while(|b| b.is_ascii_digit())
            .count();
        if self.bytes[self.at] == b'.' {
            digits > 0
        } else {
            digits == 3
        }
    }

    /// "C++", "C#": after at most three letters, nothing but more of the same behind.
    fn suffix_of_name(&self, start: usize) -> bool {
        let word = &self.bytes[start..self.at];
        word.len() <= 3
            && word[0].is_ascii_alphabetic()
            && (self.peek(1) == self.bytes[self.at] || !(self.peek(1).is_ascii_alphanumeric() || self.peek(1) >= 128))
            // "R&D + QA": a plus between spaces never gets here; "A+" is a mark at school.
            && (word.len() > 1 || matches!(self.bytes[start].to_ascii_lowercase(), b'c' | b'f' | b'j'))
    }

    /// Parts a word of a script that writes without spaces, by Unicode's word boundaries. False when it is one word.
    ///
    /// The folded word is parted, not the original: folding may change where the boundaries lie, and what is folded twice must
    /// come out as what is folded once.
    fn segment(&mut self, start: usize, end: usize, fold_start: usize, shape: Shape) -> bool {
        let folded = self.out.folded[fold_start..].to_owned();
        if folded.unicode_words().nth(1).is_none() {
            return false;
        }
        let origins = origins(&self.text[start..end], &folded);
        self.out.folded.truncate(fold_start);
        for (offset, word) in folded.unicode_word_indices() {
            let fold_at = self.out.folded.len();
            self.out.folded.push_str(word);
            self.out.folded.push(' ');
            let (from, to) = match &origins {
                Some(origins) => (origins[offset].0, origins[offset + word.len() - 1].1),
                None => (0, end - start),
            };
            self.push(start + from, start + to, fold_at as u32, shape);
            self.joint = Joint::NONE;
        }
        true
    }

    /// Settles what the marks since the last token amount to, now that the next one is seen.
    fn start_token(&mut self) {
        if self.newlines > 0 {
            self.joint.insert(Joint::NEWLINE);
            // At the very end there is only an `&` that was read already.
            let lower = self.bytes.get(self.at).is_some_and(u8::is_ascii_lowercase);
            if self.newlines > 1 {
                self.joint.insert(Joint::BLANK);
            } else if self.joint.has(Joint::HYPHEN_WRAP) && !lower {
                self.joint.remove(Joint::HYPHEN_WRAP);
                self.joint.insert(Joint::HYPHEN | Joint::WRAP);
            } else if !self.joint.has(Joint::HYPHEN_WRAP) {
                let length = self.out.tokens.last().map_or(0, |last| {
                    (last.end as usize).saturating_sub(self.line_start)
                });
                // 7/10: lines of one paragraph set ragged differ by less.
                let full = length >= SHORTEST_FULL_LINE && length * 10 >= self.longest_line * 7;
                self.joint.insert(if lower || full {
                    Joint::WRAP
                } else {
                    Joint::LINE
                });
            }
            self.line_start = self.at;
        }
        let spaced = self.joint == Joint::SPACE && self.spaces == 1;
        if !spaced {
            self.join_spaced_letters();
        }
        let first = self.out.tokens.len() as u32;
        // What is seen may come to no word, such as mojibake of a sign that takes no room: the line begins with what follows.
        let begins = self.newlines > 0 || first == 0;
        if begins && self.out.lines.last() != Some(&first) {
            self.out.lines.push(first);
        }
        self.newlines = 0;
        self.spaces = 0;
    }

    /// Adds the token whose folded form, and the space after it, has just been written at `fold`.
    #[inline]
    fn push(&mut self, start: usize, end: usize, fold: u32, shape: Shape) {
        let letter = end - start == 1 && shape.has(Shape::UPPER);
        let fold = match letter || self.spaced_letters > 0 {
            true => self.see_spaced_letter(letter, fold),
            false => fold,
        };
        self.out.tokens.push(Token {
            start: start as u32,
            end: end as u32,
            fold,
            joint: self.joint,
            shape,
        });
        self.joint = Joint::NONE;
    }

    /// Counts one more letter, or ends the run of them before the word at `fold`; gives where the word stands then.
    fn see_spaced_letter(&mut self, letter: bool, fold: u32) -> u32 {
        if letter {
            self.spaced_letters += 1;
            return fold;
        }
        let word = self.out.folded.split_off(fold as usize);
        self.join_spaced_letters();
        let fold = self.out.folded.len() as u32;
        self.out.folded.push_str(&word);
        fold
    }

    /// Makes one word of "S K I L L S".
    fn join_spaced_letters(&mut self) {
        let run = std::mem::take(&mut self.spaced_letters);
        if run < SPACED_LETTERS {
            return;
        }
        let first = self.out.tokens.len() - run;
        let last = self.out.tokens[self.out.tokens.len() - 1];
        let fold = self.out.tokens[first].fold as usize;
        let joined: String = self.out.folded[fold..].split(' ').collect();
        self.out.folded.truncate(fold);
        self.out.folded.push_str(&joined);
        self.out.folded.push(' ');
        self.out.tokens[first].end = last.end;
        self.out.tokens.truncate(first + 1);
    }

    fn end_chunk(&mut self) {
        if self.chunk_is_address {
            let first = self.chunk.min(self.out.tokens.len());
            for token in &mut self.out.tokens[first..] {
                token.shape.insert(Shape::ADDRESS);
            }
            self.chunk_is_address = false;
        }
        self.chunk = self.out.tokens.len();
    }
}

/// For each byte of a folded word the original character it came from; `None` when more than plain folding went on (a repaired character, a
/// dropped apostrophe), in which case all parts of the word are told to stand where the whole word stands.
fn origins(original: &str, folded: &str) -> Option<Vec<(usize, usize)>> {
    let mut origins = Vec::with_capacity(folded.len());
    let mut again = String::with_capacity(folded.len());
    for (at, c) in original.char_indices() {
        if c.is_ascii_alphanumeric() {
            again.push(c.to_ascii_lowercase());
        } else if let Folded::Word(word) = fold(c) {
            again.push_str(&word);
        }
        origins.resize(again.len(), (at, at + c.len_utf8()));
    }
    (again == folded).then_some(origins)
}
