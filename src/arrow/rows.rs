//! What became of an input as a row of columns: the one place that says which columns there are.

use crate::batch::{Failure, Screened};
use crate::evidence::{EvidenceKind, Reason};
use crate::facts::Facts;
use crate::profile::{Importance, Need};
use crate::report::{
    Evidence, Fingerprint, Flag, FlagCode, MissingSkill, Report, RequirementReport, SkillReport,
    SuppressedMatch,
};
use crate::score::RequirementStatus;
use crate::section::SectionKind;

use super::column::{Code, Column, Float, Int, List, Text, int, record};

record! {
    /// Results, one a row.
    Rows(screened: Screened) {
        source: Text = Some(screened.source()).filter(|source| !source.is_empty());
        status: Text = screened.status().as_str();
        error: Text = failure(screened).map(|failure| failure.error.as_str());
        score: Float = screened.report().and_then(Report::score).as_ref();
        coverage: Float = screened.report().and_then(|report| report.coverage).map(|percent| percent.value()).as_ref();
        skills: List<Skills> = screened.report().map(|report| report.skills.as_slice());
        missing: List<Missing> = screened.report().map(|report| report.missing.as_slice());
        suppressed: List<Suppressed> = screened.report().map(|report| report.suppressed.as_slice());
        requirements: List<Requirements> = screened.report().map(|report| report.requirements.as_slice());
        knock_outs: List<Text<String>> = screened.report().map(|report| report.knock_outs.as_slice());
        facts: FactColumns = screened.report().map(|report| &report.facts);
        flags: List<Flags> = screened.report().map(|report| report.flags.as_slice());
        fingerprint: Fingerprints = screened.report().map(|report| &report.fingerprint);
    }
}

record! {
    Skills(skill: SkillReport) {
        id: Text = skill.id.as_str();
        label: Text = skill.label.as_str();
        category: Text = skill.category.as_str();
        importance: Code<Importance> = skill.importance.as_ref();
        percent: Float = &skill.percent;
        points: Float = &skill.points.value();
        occurrences: Int = &int(skill.occurrences);
        months: Int = skill.months.map(i64::from).as_ref();
        last_used: Text = skill.last_used.map(|month| month.to_string()).as_deref();
        evidence: List<EvidenceColumns> = skill.evidence.as_slice();
    }
}

record! {
    EvidenceColumns(evidence: Evidence) {
        start: Int = &int(evidence.start);
        end: Int = &int(evidence.end);
        quote: Text = evidence.quote.as_str();
        section: Code<SectionKind> = &evidence.section;
        kind: Code<EvidenceKind> = &evidence.kind;
    }
}

record! {
    Missing(skill: MissingSkill) {
        id: Text = skill.id.as_str();
        points: Float = &skill.points.value();
    }
}

record! {
    Suppressed(found: SuppressedMatch) {
        id: Text = found.id.as_str();
        start: Int = &int(found.start);
        end: Int = &int(found.end);
        quote: Text = found.quote.as_str();
        reason: Code<Reason> = &found.reason;
    }
}

record! {
    Requirements(requirement: RequirementReport) {
        id: Text = requirement.id.as_str();
        need: Code<Need> = &requirement.need;
        status: Code<RequirementStatus> = &requirement.status;
        found: Text = requirement.found.as_deref();
        percent: Float = &requirement.percent;
        points: Float = &requirement.points.value();
    }
}

record! {
    FactColumns(facts: Facts) {
        degree: Text = facts.degree().as_str();
        degree_field: Text = facts.degree_field();
        years_experience: Float = facts.years_experience().as_ref();
        years_customer_service: Float = facts.years_customer_service().as_ref();
        years_management: Float = facts.years_management().as_ref();
        as_of: Text = facts.as_of().map(|as_of| as_of.date().to_string()).as_deref();
    }
}

record! {
    Flags(flag: Flag) {
        code: Code<FlagCode> = &flag.code;
        count: Int = &int(flag.count);
    }
}

record! {
    Fingerprints(fingerprint: Fingerprint) {
        engine: Text = fingerprint.engine.as_str();
        taxonomy: Text = fingerprint.taxonomy.as_str();
        profile: Text = fingerprint.profile.as_str();
        options: Text = fingerprint.options.as_str();
    }
}

fn failure(screened: &Screened) -> Option<&Failure> {
    match screened {
        Screened::Failure(failure) => Some(failure),
        Screened::Report(_) => None,
    }
}
