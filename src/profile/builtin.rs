//! The embedded profiles, read by the code that reads a user's own.

use crate::error::{Error, ErrorKind, Result};

use super::{JobProfile, file};

pub(super) const PROFILES: [(&str, &str); 10] = [
    ("csm", include_str!("../data/profiles/csm.toml")),
    (
        "csm-call-center",
        include_str!("../data/profiles/csm-call-center.toml"),
    ),
    (
        "csm-social-media",
        include_str!("../data/profiles/csm-social-media.toml"),
    ),
    (
        "csm-retail",
        include_str!("../data/profiles/csm-retail.toml"),
    ),
    (
        "csm-technical-support",
        include_str!("../data/profiles/csm-technical-support.toml"),
    ),
    (
        "csm-client-relations",
        include_str!("../data/profiles/csm-client-relations.toml"),
    ),
    (
        "service-operations-manager",
        include_str!("../data/profiles/service-operations-manager.toml"),
    ),
    (
        "lead-customer-service-representative",
        include_str!("../data/profiles/lead-customer-service-representative.toml"),
    ),
    (
        "service-center-manager",
        include_str!("../data/profiles/service-center-manager.toml"),
    ),
    (
        "customer-service-senior-associate",
        include_str!("../data/profiles/customer-service-senior-associate.toml"),
    ),
];

pub(super) fn profile(id: &str) -> Result<JobProfile> {
    match PROFILES.iter().find(|(known, _)| *known == id) {
        Some((_, text)) => file::parse(&format!("{id}.toml"), text),
        None => {
            let known: Vec<&str> = PROFILES.iter().map(|(id, _)| *id).collect();
            let message = format!(
                "no built-in profile is named \"{id}\"; there are {}",
                known.join(", ")
            );
            Err(Error::new(ErrorKind::Profile, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::Taxonomy;

    #[test]
    fn every_embedded_profile_is_read_and_fits_the_taxonomy() {
        let taxonomy = Taxonomy::builtin();
        for (id, _) in PROFILES {
            let profile = profile(id).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(profile.id(), id);
            profile
                .check_against(&taxonomy)
                .unwrap_or_else(|error| panic!("{error}"));
        }
    }

    #[test]
    fn weights_follow_the_formula() {
        let csm = profile("csm").unwrap();
        // Five documents, 6 percent, required: 5 × 2 + 6 × 1 + 4.
        assert_eq!(csm.skill("customer-service").unwrap().weight(), 20);
        assert_eq!(csm.skills_points(), 40);
        assert!(
            profile("cobbler")
                .unwrap_err()
                .to_string()
                .starts_with("no built-in profile is named \"cobbler\"")
        );
    }
}
