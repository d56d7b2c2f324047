//! Puts pages together: a sidebar goes on overleaf, and so does the text beside it.

use super::layout::{Written, join};
use super::sidebar::{Place, Sides};

/// 12 points: a column begins further in on pages that have no heading or no bullet in it.
const SAME_EDGE: f32 = 12.0;

/// The text of all pages.
pub(super) fn bind(pages: Vec<Vec<Written>>) -> String {
    let mut out = String::new();
    let mut before: Option<(usize, bool)> = None;
    for (page, part) in in_reading_order(pages) {
        // A sentence that goes on overleaf.
        let goes_on = part.ends.begins_running || part.text.starts_with(char::is_lowercase);
        match before {
            Some((other, true)) if other < page && goes_on => join(&mut out),
            Some(_) => out.push('\n'),
            None => {}
        }
        out.push_str(&part.text);
        before = Some((page, part.ends.ends_full));
    }
    out
}

/// Parts with the number of their page.
fn in_reading_order(pages: Vec<Vec<Written>>) -> Vec<(usize, Written)> {
    let mut out = Vec::new();
    let mut pages = pages.into_iter().enumerate().peekable();
    while let Some((at, page)) = pages.next() {
        let sides = sides(&page);
        let mut run = vec![(at, page)];
        while let Some(next) =
            pages.next_if(|(_, next)| sides.is_some_and(|sides| goes_on(sides, next)))
        {
            run.push(next);
        }
        let is_long = run.len() > 1;
        let parts = run
            .into_iter()
            .flat_map(|(at, page)| page.into_iter().map(move |part| (at, part)));
        let Some(sides) = sides.filter(|_| is_long) else {
            out.extend(parts);
            continue;
        };
        let (sidebar, mut main): (Vec<_>, Vec<_>) =
            parts.partition(|(_, part)| matches!(part.place, Place::Sidebar(_)));
        // What stands above the columns of the first page comes first.
        let head = main
            .iter()
            .position(|(_, part)| matches!(part.place, Place::Main(_)));
        let at = match head {
            Some(head) if sides.is_sidebar_left => head,
            _ => main.len(),
        };
        main.splice(at..at, sidebar);
        out.append(&mut main);
    }
    out
}

fn sides(page: &[Written]) -> Option<Sides> {
    page.iter().find_map(|part| match part.place {
        Place::Main(sides) | Place::Sidebar(sides) => Some(sides),
        Place::Page { .. } | Place::Edge => None,
    })
}

/// Whether a page has the same columns as the page before, or text in the wide one only.
fn goes_on(before: Sides, page: &[Written]) -> bool {
    match sides(page) {
        Some(sides) => {
            sides.is_sidebar_left == before.is_sidebar_left
                && (sides.gutter - before.gutter).abs() < SAME_EDGE
        }
        None => page.iter().all(|part| match part.place {
            Place::Page { x0, .. } if before.is_sidebar_left => x0 > before.gutter - SAME_EDGE,
            Place::Page { x1, .. } => x1 < before.gutter,
            Place::Main(_) | Place::Sidebar(_) => false,
            Place::Edge => true,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::layout::tests::glyphs_of_page;
    use super::super::layout::write;
    use super::*;

    const TEXT: &str = "Led a team of six agents in two shops.";

    /// A page whose left column begins with `head`, if any, and whose right one with `job`.
    fn page(head: Option<&'static str>, job: &'static str, sidebar_first: bool) -> Vec<Written> {
        let (narrow, wide) = if sidebar_first {
            (0.0, 150.0)
        } else {
            (260.0, 0.0)
        };
        let mut lines = Vec::new();
        if let Some(head) = head {
            lines.push((head, narrow, 0.0));
            lines.extend((1..5).map(|at| ("Thing", narrow, at as f32 * 13.0)));
        }
        lines.push((job, wide, 1.0));
        lines.extend((1..5).map(|at| (TEXT, wide, 1.0 + at as f32 * 12.0)));
        write(&glyphs_of_page(&lines))
    }

    #[test]
    fn columns_go_on_overleaf() {
        let heads = |text: &str| {
            text.lines()
                .filter(|line| !line.is_empty() && !["Thing", TEXT].contains(line))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let book = |sidebar_first| {
            bind(vec![
                page(Some("Skills"), "Jobs", sidebar_first),
                page(Some("Study"), "Clerk", sidebar_first),
                page(None, "Trainee", sidebar_first),
            ])
        };
        assert_eq!(
            heads(&book(true)),
            ["Skills", "Study", "Jobs", "Clerk", "Trainee"]
        );
        assert_eq!(
            heads(&book(false)),
            ["Jobs", "Clerk", "Trainee", "Skills", "Study"]
        );
    }

    #[test]
    fn other_columns_stay_on_their_page() {
        let text = bind(vec![
            page(Some("Skills"), "Jobs", true),
            page(Some("Study"), "Clerk", false),
        ]);
        let at = |word: &str| text.find(word).expect("it is there");
        assert!(at("Skills") < at("Jobs") && at("Jobs") < at("Clerk") && at("Clerk") < at("Study"));
    }

    #[test]
    fn a_sidebar_is_no_rest_of_the_main_text() {
        let mut second = page(Some("jane@example.org"), "Clerk", false);
        for part in &mut second {
            part.ends.ends_full = true;
        }
        let mut first = page(Some("leeds"), "Jobs", false);
        for part in &mut first {
            part.ends.ends_full = false;
        }
        let text = bind(vec![first, second]);
        assert!(text.contains("\nleeds\n"), "{text}");
    }
}
