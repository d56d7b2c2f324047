//! What a job counts for: customer service, management.

use super::Duty;
use super::rules::{Area, Proof, Worth};
use super::source::Source;
use super::title::Title;

impl Area {
    /// Whether a job with this title and these duties counts for the area.
    pub(super) fn counts(
        &self,
        source: Source<'_>,
        title: Option<Title>,
        duties: &[Duty<'_>],
    ) -> bool {
        let proof = title.and_then(|title| self.title(source, title));
        if proof == Some(Proof::Sure) {
            return true;
        }
        let doubtful = proof == Some(Proof::Doubtful);
        let mut seen: Vec<&str> = Vec::new();
        let mut core = false;
        for duty in duties {
            match self.duties.get(duty.skill) {
                None => continue,
                Some(Worth::Hint) if !doubtful => continue,
                Some(worth) => core |= *worth == Worth::Core,
            }
            if !seen.contains(&duty.skill) {
                seen.push(duty.skill);
            }
        }
        let needs = match proof {
            Some(Proof::Doubtful) => self.doubtful_needs,
            Some(Proof::Never) => self.needs + 2,
            _ => self.needs,
        };
        (core || doubtful) && seen.len() as u32 >= needs
    }

    /// What the words of a title prove: the most that any phrase in it does, longer phrases hiding shorter ones.
    fn title(&self, source: Source<'_>, title: Title) -> Option<Proof> {
        let mut best = None;
        let mut worst = None;
        let mut at = title.first;
        while at <= title.last {
            let most = (at + self.longest_title - 1).min(title.last);
            let found = (at..=most).rev().find_map(|last| {
                self.titles
                    .get(source.normalized.folded_between(at, last))
                    .map(|&proof| (last, proof))
            });
            match found {
                Some((last, proof)) => {
                    best = best.max(Some(proof));
                    worst = worst.or(Some(proof)).min(Some(proof));
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        // "Assistant to the Team Lead": what is doubtful does not hold against a no.
        if best == Some(Proof::Doubtful) && worst == Some(Proof::Never) {
            return worst;
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::tests::facts_with;

    #[test]
    fn areas_by_title_and_by_duties() {
        for (title, skills, service, management) in [
            ("Customer Service Representative", &[][..], true, false),
            ("Customer Service Manager", &[], true, true),
            ("Account Manager", &[], false, false),
            ("Executive Chef", &[], false, true),
            ("Branch Director", &[], false, false),
            ("Branch Director", &["team-management"], false, true),
            ("Branch Director", &["leadership"], false, true),
            ("Clerk", &["customer-service"], false, false),
            (
                "Clerk",
                &["customer-service", "customer-complaints", "refunds-returns"],
                false,
                false,
            ),
            (
                "Clerk",
                &[
                    "customer-service",
                    "customer-complaints",
                    "refunds-returns",
                    "call-center",
                ],
                true,
                false,
            ),
            (
                "Staff Accountant",
                &[
                    "customer-service",
                    "customer-inquiries",
                    "refunds-returns",
                    "call-center",
                ],
                false,
                false,
            ),
            (
                "Clerk",
                &[
                    "customer-service",
                    "customer-service",
                    "customer-complaints",
                ],
                false,
                false,
            ),
            ("Clerk", &["team-management", "recruiting"], false, true),
            ("Clerk", &["recruiting", "leadership"], false, false),
            ("Agent", &["customer-service", "call-center"], true, false),
        ] {
            let text = format!("Experience\n{title}, 2009-2011\nDid this and that.");
            let facts = facts_with(&text, skills);
            let job = &facts.jobs()[0];
            assert_eq!(
                (job.customer_service(), job.management()),
                (service, management),
                "{title} {skills:?}"
            );
        }
    }
}
