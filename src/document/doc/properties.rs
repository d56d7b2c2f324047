//! Properties of runs and paragraphs, from the formatted disk pages ([MS-DOC] 2.8 and 2.9).

use super::fib::{u16_at, u32_at};

const PAGE: usize = 512;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    pub(super) white: bool,
    pub(super) tiny: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) in_table: bool,
    pub(super) row_end: bool,
    pub(super) list: bool,
}

/// Stretches of the main stream with equal properties, sorted, with a finger: text is asked for in order.
#[derive(Debug)]
struct Stretches<T> {
    items: Vec<(u32, u32, T)>,
    last: usize,
}

impl<T: Copy + Default> Stretches<T> {
    fn new(mut items: Vec<(u32, u32, T)>) -> Self {
        items.sort_by_key(|item| item.0);
        Self { items, last: 0 }
    }

    fn at(&mut self, place: u64) -> T {
        let holds = |item: &(u32, u32, T)| u64::from(item.0) <= place && place < u64::from(item.1);
        if self.items.get(self.last).is_some_and(holds) {
            return self.items[self.last].2;
        }
        let next = self
            .items
            .partition_point(|item| u64::from(item.0) <= place);
        self.last = next.saturating_sub(1);
        self.items
            .get(self.last)
            .filter(|item| holds(item))
            .map_or_else(T::default, |item| item.2)
    }
}

#[derive(Debug)]
pub(super) struct Runs(Stretches<Run>);

impl Runs {
    pub(super) fn read(main: &[u8], plc: &[u8]) -> Self {
        let mut items = Vec::new();
        for page in pages(main, plc) {
            let count = page[PAGE - 1] as usize;
            for at in 0..count {
                let Some((start, end)) = stretch(page, at) else {
                    break;
                };
                let Some(&word) = page.get((count + 1) * 4 + at) else {
                    break;
                };
                // 0 says that all is as the style has it.
                let mut run = Run::default();
                if word != 0 {
                    let place = word as usize * 2;
                    if let Some(&length) = page.get(place) {
                        let block =
                            &page[(place + 1).min(PAGE)..(place + 1 + length as usize).min(PAGE)];
                        each_code(block, |code, operand| set_run(&mut run, code, operand));
                    }
                }
                items.push((start, end, run));
            }
        }
        Self(Stretches::new(items))
    }

    pub(super) fn at(&mut self, place: u64) -> Run {
        self.0.at(place)
    }
}

fn set_run(run: &mut Run, code: u16, operand: &[u8]) {
    let on = operand.first().is_some_and(|&value| value & 1 == 1);
    match code {
        0x083c => run.hidden = on,
        0x0800 => run.deleted = on,
        // The palette's white is number 8.
        0x2a42 => run.white = operand.first() == Some(&8),
        0x6870 => {
            run.white = operand
                .get(..4)
                .is_some_and(|c| c[..3].iter().all(|&v| v >= 0xf5) && c[3] != 0xff)
        }
        0x4a43 => run.tiny = u16_at(operand, 0).is_some_and(|half_points| half_points <= 3),
        // Shading or highlight: white text on it is meant to be seen.
        0x4866 | 0xca71 | 0x2a0c => run.white = false,
        _ => {}
    }
}

#[derive(Debug)]
pub(super) struct Paragraphs(Stretches<Paragraph>);

impl Paragraphs {
    pub(super) fn read(main: &[u8], plc: &[u8]) -> Self {
        let mut items = Vec::new();
        for page in pages(main, plc) {
            let count = page[PAGE - 1] as usize;
            for at in 0..count {
                let Some((start, end)) = stretch(page, at) else {
                    break;
                };
                let Some(&word) = page.get((count + 1) * 4 + at * 13) else {
                    break;
                };
                let mut paragraph = Paragraph::default();
                if word != 0 {
                    let place = word as usize * 2;
                    // The length counts words and is odd or, when 0, stands in the next byte and is even.
                    let (first, length) = match page.get(place) {
                        Some(0) => (
                            place + 2,
                            page.get(place + 1).map_or(0, |&n| n as usize * 2),
                        ),
                        Some(&n) => (place + 1, n as usize * 2 - 1),
                        None => (PAGE, 0),
                    };
                    // The first two bytes name the style.
                    let block = &page[(first + 2).min(PAGE)
                        ..(first + length).clamp((first + 2).min(PAGE), PAGE)];
                    each_code(block, |code, operand| {
                        set_paragraph(&mut paragraph, code, operand)
                    });
                }
                items.push((start, end, paragraph));
            }
        }
        Self(Stretches::new(items))
    }

    pub(super) fn at(&mut self, place: u64) -> Paragraph {
        self.0.at(place)
    }
}

fn set_paragraph(paragraph: &mut Paragraph, code: u16, operand: &[u8]) {
    let on = operand.first().is_some_and(|&value| value != 0);
    match code {
        0x2416 => paragraph.in_table = on,
        0x2417 | 0x244c => paragraph.row_end = on,
        0x460b => paragraph.list = u16_at(operand, 0).is_some_and(|list| list != 0 && list != 2047),
        _ => {}
    }
}

fn stretch(page: &[u8], at: usize) -> Option<(u32, u32)> {
    Some((u32_at(page, at * 4)?, u32_at(page, at * 4 + 4)?))
}

/// The disk pages that a bin table names: n + 1 file positions, then n page numbers.
fn pages<'a>(main: &'a [u8], plc: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let count = plc.len().saturating_sub(4) / 8;
    (0..count).filter_map(move |at| {
        let number = u32_at(plc, (count + 1) * 4 + at * 4)? & 0x003f_ffff;
        let start = number as usize * PAGE;
        main.get(start..start + PAGE)
    })
}

/// Walks through property codes; the size of an operand is in the code's upper bits.
fn each_code(block: &[u8], mut see: impl FnMut(u16, &[u8])) {
    let mut at = 0;
    while let Some(code) = u16_at(block, at) {
        at += 2;
        let length = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ => match (code, block.get(at)) {
                // Two codes have a length of two bytes, one of which counts itself.
                (0xd608, _) => match u16_at(block, at) {
                    Some(length) => 1 + length as usize,
                    None => return,
                },
                (_, Some(&length)) => 1 + length as usize,
                (_, None) => return,
            },
        };
        let end = (at + length).min(block.len());
        see(code, &block[at.min(end)..end]);
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_walked_by_their_sizes() {
        let block = [
            0x3c, 0x08, 1, 0x43, 0x4a, 2, 0, 0x71, 0xca, 2, 9, 9, 0x00, 0x08, 1,
        ];
        let mut run = Run::default();
        let mut seen = Vec::new();
        each_code(&block, |code, operand| {
            seen.push((code, operand.len()));
            set_run(&mut run, code, operand);
        });
        assert_eq!(seen, [(0x083c, 1), (0x4a43, 2), (0xca71, 3), (0x0800, 1)]);
        assert_eq!(
            run,
            Run {
                hidden: true,
                deleted: true,
                white: false,
                tiny: true
            }
        );
    }

    #[test]
    fn stretches_are_found_in_any_order() {
        let run = |hidden| Run {
            hidden,
            ..Run::default()
        };
        let mut runs = Runs(Stretches::new(vec![
            (10, 20, run(true)),
            (0, 10, run(false)),
        ]));
        for (place, hidden) in [(15, true), (5, false), (19, true), (20, false), (99, false)] {
            assert_eq!(runs.at(place).hidden, hidden, "{place}");
        }
    }
}
