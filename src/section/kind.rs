//! What sections are about.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// What a part of a resume is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SectionKind {
    /// Name, address and title at the top.
    Header,
    /// Who the person is, in prose.
    Summary,
    /// What the person is looking for.
    Objective,
    /// Jobs, military service and volunteer work.
    Experience,
    /// Skills, strengths, tools.
    Skills,
    /// Schools, degrees, courses.
    Education,
    /// Certificates and licenses.
    Certifications,
    /// Languages spoken.
    Languages,
    /// Awards and accomplishments.
    Awards,
    /// Hobbies, memberships, activities.
    Interests,
    /// People to ask.
    References,
    /// Publications, talks, patents.
    Publications,
    /// Anything else.
    Other,
}

impl SectionKind {
    const ALL: [SectionKind; 13] = [
        SectionKind::Header,
        SectionKind::Summary,
        SectionKind::Objective,
        SectionKind::Experience,
        SectionKind::Skills,
        SectionKind::Education,
        SectionKind::Certifications,
        SectionKind::Languages,
        SectionKind::Awards,
        SectionKind::Interests,
        SectionKind::References,
        SectionKind::Publications,
        SectionKind::Other,
    ];

    /// Its name in files and reports: `experience`.
    pub fn as_str(self) -> &'static str {
        match self {
            SectionKind::Header => "header",
            SectionKind::Summary => "summary",
            SectionKind::Objective => "objective",
            SectionKind::Experience => "experience",
            SectionKind::Skills => "skills",
            SectionKind::Education => "education",
            SectionKind::Certifications => "certifications",
            SectionKind::Languages => "languages",
            SectionKind::Awards => "awards",
            SectionKind::Interests => "interests",
            SectionKind::References => "references",
            SectionKind::Publications => "publications",
            SectionKind::Other => "other",
        }
    }
}

impl fmt::Display for SectionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for SectionKind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == name)
            .ok_or_else(|| {
                let known = Self::ALL.map(Self::as_str).join(", ");
                Error::new(
                    ErrorKind::Option,
                    format!("unknown section {name:?}; expected one of {known}"),
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for kind in SectionKind::ALL {
            assert_eq!(kind.as_str().parse::<SectionKind>().unwrap(), kind);
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
        }
        let error = "jobs".parse::<SectionKind>().unwrap_err().to_string();
        assert!(
            error.starts_with("unknown section \"jobs\"; expected one of header, "),
            "{error}"
        );
    }
}
