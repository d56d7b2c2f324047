//! The pipeline: one resume in, one report out. [`Screener::screen_with`] is its table of contents.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::document::Document;
use crate::error::Result;
use crate::evidence::{EvidenceFinder, EvidenceScratch, Mention, Reading};
use crate::facts::{Duty, FactFinder, Facts, YearMonth};
use crate::matcher::{Match, Matcher, WordIds};
use crate::profile::JobProfile;
use crate::report::{self, Fingerprint, Report, RoleReport, build::Findings};
use crate::score::{RoleComparison, ScorePlan, Strength, strength};
use crate::section::{Section, SectionFinder};
use crate::taxonomy::Taxonomy;
use crate::text::NormalizedText;

/// Screens resumes against one job. Built once, `Send + Sync`, cheap to clone and to share.
///
/// ```
/// use skillscreen::{JobProfile, Screener, Taxonomy};
///
/// let screener = Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm")?)?;
/// let report = screener.screen("Experience\nSupervised 12 agents and resolved customers' complaints.");
/// assert!(report.skill("team-management").is_some());
/// assert_eq!(report.skill("customer-complaints").unwrap().evidence[0].quote, "resolved customers' complaints");
/// # Ok::<(), skillscreen::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Screener(pub(crate) Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) taxonomy: Taxonomy,
    pub(crate) sections: SectionFinder,
    pub(crate) matcher: Matcher,
    pub(crate) evidence: EvidenceFinder,
    pub(crate) facts: FactFinder,
    /// Whether a duty of the skill at this position of the taxonomy tells what kind of work a job was.
    telling: Vec<bool>,
    pub(crate) plan: ScorePlan,
    roles: Vec<ScorePlan>,
    comparison: RoleComparison,
    pub(crate) as_of: Option<YearMonth>,
    context: usize,
    pub(crate) fingerprint: Fingerprint,
}

/// The long way to a [`Screener`]: options first, then taxonomy and profile.
#[derive(Clone, Debug, Default)]
pub struct ScreenerBuilder {
    as_of: Option<YearMonth>,
    context: usize,
    roles: Vec<JobProfile>,
}

impl ScreenerBuilder {
    /// Gives each quote so many characters of the text around it, for people to read. Default 0: a span says where to look.
    pub fn context(&mut self, chars: usize) -> &mut Self {
        self.context = chars;
        self
    }

    /// The month that "present" means. Default: the latest date of each resume; never the clock, so that a report does not change overnight.
    pub fn as_of(&mut self, as_of: YearMonth) -> &mut Self {
        self.as_of = Some(as_of);
        self
    }

    /// Scores every resume for this role, too.
    pub fn compare_with(&mut self, role: JobProfile) -> &mut Self {
        self.roles.push(role);
        self
    }

    /// Compiles the taxonomy and the profile.
    ///
    /// # Errors
    ///
    /// When a profile asks for a skill that the taxonomy does not have, or a label's rule is wrong.
    pub fn build(&self, taxonomy: &Taxonomy, profile: &JobProfile) -> Result<Screener> {
        let (compiled, (facts, sections)) = rayon::join(
            || EvidenceFinder::compile(taxonomy),
            || (FactFinder::builtin(), SectionFinder::builtin()),
        );
        let ((evidence, matcher), facts) = (compiled?, facts?);
        let plan = ScorePlan::new(profile, taxonomy)?;
        let roles: Result<Vec<ScorePlan>> = self
            .roles
            .iter()
            .map(|role| ScorePlan::new(role, taxonomy))
            .collect();
        let roles = roles?;
        let compared: Vec<&ScorePlan> = std::iter::once(&plan).chain(&roles).collect();
        let comparison = RoleComparison::new(&compared);
        let skills = taxonomy.skills().iter();
        Ok(Screener(Arc::new(Inner {
            sections,
            matcher,
            evidence,
            telling: skills.map(|skill| facts.is_telling(skill.id())).collect(),
            facts,
            plan,
            roles,
            comparison,
            as_of: self.as_of,
            context: self.context,
            fingerprint: Fingerprint {
                engine: env!("CARGO_PKG_VERSION").to_owned(),
                taxonomy: taxonomy.fingerprint(),
                profile: profile.fingerprint(),
                options: self.options(),
            },
            taxonomy: taxonomy.clone(),
        })))
    }

    /// The digest of everything beside taxonomy and profile that can change a report.
    fn options(&self) -> String {
        let as_of = self
            .as_of
            .map_or_else(|| "latest".to_owned(), |date| date.to_string());
        let roles: Vec<String> = self.roles.iter().map(JobProfile::fingerprint).collect();
        let all = format!(
            "as_of={as_of};context={};roles={}",
            self.context,
            roles.join(",")
        );
        crate::fingerprint::short_hex(&Sha256::digest(all.as_bytes()))
    }
}

/// The buffers one thread screens with, kept from resume to resume.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) text: NormalizedText,
    pub(crate) ids: WordIds,
    pub(crate) sections: Vec<Section>,
    pub(crate) matches: Vec<Match>,
    pub(crate) evidence: EvidenceScratch,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) strengths: Vec<Strength>,
}

impl Screener {
    /// Compiles a taxonomy and a profile with default options.
    ///
    /// # Errors
    ///
    /// As [`ScreenerBuilder::build`].
    pub fn new(taxonomy: &Taxonomy, profile: &JobProfile) -> Result<Self> {
        Self::builder().build(taxonomy, profile)
    }

    /// A builder, for options.
    pub fn builder() -> ScreenerBuilder {
        ScreenerBuilder::default()
    }

    /// Screens one text. Any text gives a report; that of a text of nothing but white space has the status `empty`, no score, and judges
    /// nothing.
    pub fn screen(&self, text: &str) -> Report {
        self.screen_with(&mut Scratch::default(), "", text)
    }

    /// Screens one text under a name, with buffers that serve many times.
    pub fn screen_with(&self, scratch: &mut Scratch, source: &str, text: &str) -> Report {
        self.run(scratch, source, text, None)
    }

    /// Screens a document; hidden text and what could not be read become flags of the report.
    pub fn screen_document(
        &self,
        scratch: &mut Scratch,
        source: &str,
        document: &Document,
    ) -> Report {
        self.run(scratch, source, document.text(), Some(document))
    }

    fn run(
        &self,
        scratch: &mut Scratch,
        source: &str,
        text: &str,
        document: Option<&Document>,
    ) -> Report {
        let Inner { taxonomy, plan, .. } = &*self.0;
        scratch.text.read(text);
        self.0
            .sections
            .find_into(text, &scratch.text, &mut scratch.sections);
        self.0
            .matcher
            .find(&scratch.text, &mut scratch.ids, &mut scratch.matches);
        let reading = Reading {
            text: &scratch.text,
            ids: &scratch.ids,
            sections: &scratch.sections,
            matcher: &self.0.matcher,
        };
        self.0.evidence.gather(
            reading,
            &scratch.matches,
            &mut scratch.evidence,
            &mut scratch.mentions,
        );
        let duties = duties(&scratch.mentions, &scratch.text, &self.0);
        let facts = self.0.facts.find(
            text,
            &scratch.text,
            &scratch.sections,
            &duties,
            self.0.as_of,
        );
        strength::measure(
            &scratch.mentions,
            &scratch.text,
            &facts,
            &mut scratch.strengths,
        );
        let score = plan.score(&scratch.strengths, &facts, taxonomy);
        let roles = self.roles(&scratch.strengths, &facts);
        let findings = Findings {
            text,
            reading,
            mentions: &scratch.mentions,
            strengths: &scratch.strengths,
            facts,
            score,
            context: self.0.context,
        };
        let mut report = report::build::build(
            source,
            document,
            findings,
            plan,
            taxonomy,
            self.0.fingerprint.clone(),
        );
        report.roles = roles;
        if text.trim().is_empty() {
            report.judge_nothing();
        }
        report
    }

    /// The roles compared, the nearest first, ties by their order.
    fn roles(&self, strengths: &[Strength], facts: &Facts) -> Vec<RoleReport> {
        let Inner {
            taxonomy,
            plan,
            roles,
            comparison,
            ..
        } = &*self.0;
        if roles.is_empty() {
            return Vec::new();
        }
        let mut reports: Vec<RoleReport> = std::iter::once(plan)
            .chain(roles)
            .enumerate()
            .map(|(n, role)| {
                let nearness = comparison.nearness(n, strengths, facts);
                let id = |&skill: &u32| taxonomy.skills()[skill as usize].id().to_owned();
                RoleReport {
                    profile: role.profile.id().to_owned(),
                    label: role.profile.label().to_owned(),
                    score: role.score(strengths, facts, taxonomy).total,
                    nearness: nearness.percent,
                    telling: nearness.telling.iter().map(id).collect(),
                }
            })
            .collect();
        reports.sort_by_key(|role| std::cmp::Reverse(role.nearness));
        reports
    }

    /// The taxonomy it screens with.
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.0.taxonomy
    }

    /// The profile it screens against.
    pub fn profile(&self) -> &JobProfile {
        &self.0.plan.profile
    }

    /// What its reports are stamped with.
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.0.fingerprint
    }
}

/// The accepted mentions that tell what kind of work a job was, in the order of the text.
pub(crate) fn duties<'s>(
    mentions: &[Mention],
    text: &NormalizedText,
    screener: &'s Inner,
) -> Vec<Duty<'s>> {
    let telling = |mention: &&Mention| mention.counts() && screener.telling[mention.skill as usize];
    let mut duties: Vec<Duty<'s>> = mentions
        .iter()
        .filter(telling)
        .map(|mention| Duty {
            skill: screener.taxonomy.skills()[mention.skill as usize].id(),
            span: mention.span(text),
        })
        .collect();
    duties.sort_unstable_by_key(|duty| (duty.span, duty.skill));
    duties
}
