//! Mistakes that people make in taxonomy and profile files, and what they are told: file, line, field, what was expected.

use skillscreen::{JobProfile, Screener, Taxonomy};

const HEAD: &str = "[taxonomy]\nid = \"t\"\nversion = \"1.0.0\"\n";
const PROFILE: &str = "[profile]\nid = \"p\"\nversion = \"1.0.0\"\nlabel = \"P\"\n";

/// What follows the header of three lines, so that line 4 is the first.
const TAXONOMY_MISTAKES: &[(&str, &str)] = &[
    (
        "[[skill]\n",
        "t.toml, line 4: not TOML: unclosed array table, expected \"]\"",
    ),
    (
        "[[skill]]\nid = baking\n",
        "t.toml, line 5: not TOML: string values must be quoted, expected literal string",
    ),
    (
        "[[skill]]\nid = \"a\"\nid = \"b\"\nlabel = \"A\"\n",
        "t.toml, line 6: not TOML: duplicate key \"id\"",
    ),
    (
        "[[skill]]\nlabel = \"A\"\n",
        "t.toml, line 4: skill 1: \"id\" is missing",
    ),
    (
        "[[skill]]\nid = \"a\"\n",
        "t.toml, line 4: skill \"a\": \"label\" is missing",
    ),
    (
        "[[skill]]\nid = \"a\"\nlable = \"A\"\n",
        "t.toml, line 6: skill \"a\": no field is named \"lable\" (did you mean \"label\"?); expected one of \"id\", \"label\", \"category\", \"kind\", \"definition\", \"sources\", \"benchmark\", \"provenance\", \"uri\", \"broader\", \"implies\", \"match_label\", \"alternative\", \"hidden\", \"described\"",
    ),
    (
        "[[skills]]\nid = \"a\"\nlabel = \"A\"\n",
        "t.toml, line 4: no field is named \"skills\" (did you mean \"skill\"?); expected one of \"taxonomy\", \"overlay\", \"sources\", \"categories\", \"sets\", \"skill\", \"change\", \"remove\", \"waiver\"",
    ),
    (
        "[[skill]]\nid = 3\nlabel = \"A\"\n",
        "t.toml, line 5: skill 1, id: found 3; expected a text in quotes",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = [\"A\"]\n",
        "t.toml, line 6: skill \"a\", label: found a list; expected a text in quotes",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nkind = \"tol\"\n",
        "t.toml, line 7: skill \"a\", kind: found \"tol\" (did you mean \"tool\"?); expected one of \"skill\", \"competency\", \"duty\", \"tool\", \"metric\", \"quality\", \"knowledge\", \"standard\"",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = \"B\"\n",
        "t.toml, line 7: skill \"a\", alternative: found \"B\"; expected a list in [ ]",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [1]\n",
        "t.toml, line 7: skill \"a\", alternative 1: found 1; expected a pattern, or a table with \"match\" and a rule",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ case = \"upper\", why = \"x\" }]\n",
        "t.toml, line 7: skill \"a\", alternative 1: \"match\" is missing",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", case = \"upper\" }]\n",
        "t.toml, line 7: label \"B\": why is missing; expected the reason for its rule",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", case = \"uper\", why = \"x\" }]\n",
        "t.toml, line 7: skill \"a\", alternative 1: case: found \"uper\" (did you mean \"upper\"?); expected \"capital\" or \"upper\"",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", unless_nere = [\"c\"], why = \"x\" }]\n",
        "t.toml, line 7: skill \"a\", alternative 1: no field is named \"unless_nere\" (did you mean \"unless_near\"?); expected one of \"case\", \"unless_before\", \"unless_after\", \"unless_near\", \"only_before\", \"only_after\", \"only_near\", \"sections\", \"not_sections\", \"list_item\", \"min_near\", \"any\", \"swallows\", \"reason\", \"why\"",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", only_near = \"c\", why = \"x\" }]\n",
        "t.toml, line 7: skill \"a\", alternative 1: only_near: found \"c\"; expected a list in [ ]",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", sections = [\"skils\"], why = \"x\" }]\n",
        "t.toml, line 7: skill \"a\", alternative: rule: unknown section \"skils\"; expected one of header, summary, objective, experience, skills, education, certifications, languages, awards, interests, references, publications, other",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", reason = \"other\", why = \"x\" }]\n",
        "t.toml, line 7: skill \"a\", alternative: rule: reason: found \"other\"; expected one of \"negated\", \"aspired\", \"other_sense\", \"too_little\", \"not_the_person\", \"organization_name\", \"address\", \"field_of_study\", \"work_title\", \"weakness\", \"references\", \"part_of_another\"",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", swallows = [\"z\"], why = \"x\" }]\n",
        "t.toml, line 7: skill \"a\", alternative: rule: swallows: no skill has the id \"z\"",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", only_near = [\"(c\"], why = \"x\" }]\n",
        "t.toml, line 7: skill \"a\", alternative: rule: only_near: pattern \"(c\": a parenthesis is not closed",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nmatch_label = \"no\"\n",
        "t.toml, line 7: skill \"a\", match_label: found \"no\"; expected true or false",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nbenchmark = 6\n",
        "t.toml, line 7: skill \"a\", benchmark: found 6; expected a table",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nbenchmark = { percent = 6 }\n",
        "t.toml, line 7: skill \"a\", benchmark: \"source\" is missing",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nprovenance = \"guessed\"\n",
        "t.toml, line 7: skill \"a\", provenance: found \"guessed\"; expected one of \"written\", \"imported\", \"mined\"",
    ),
    (
        "[[skill]]\nid = \"A B\"\nlabel = \"A\"\n",
        "t.toml, line 5: skill id \"A B\": expected lower-case letters, digits and hyphens",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\n[[skill]]\nid = \"a\"\nlabel = \"B\"\n",
        "t.toml, line 8: skill \"a\" is defined twice",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nimplies = [\"b\"]\n",
        "t.toml, line 5: skill \"a\", implies: no skill has the id \"b\"",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nimplies = [\"b\"]\n[[skill]]\nid = \"b\"\nlabel = \"B\"\nimplies = [\"a\"]\n",
        "t.toml, line 9: skill \"b\": `implies` leads back to itself by way of \"a\"",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\nbroader = [\"a\"]\n",
        "t.toml, line 5: skill \"a\": `broader` leads back to itself by way of \"a\"",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"\"\n",
        "t.toml, line 6: skill \"a\", label: pattern \"\": needs a word that is not optional",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\ndescribed = [\"bake (bread\"]\n",
        "t.toml, line 7: skill \"a\", described: pattern \"bake (bread\": a parenthesis is not closed",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\ndescribed = [\"bake {0,20} bread\"]\n",
        "t.toml, line 7: skill \"a\", described: pattern \"bake {0,20} bread\": gap {0,20}: expected {least,most} with most from 1 to 8",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\ndescribed = [\"bake @things\"]\n",
        "t.toml, line 7: skill \"a\", described: pattern \"bake @things\": no set is named \"things\"",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\ndescribed = [\"bake*\"]\n",
        "t.toml, line 7: skill \"a\", described: pattern \"bake*\": '*' has no meaning in a pattern",
    ),
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\ndescribed = [\"bake (bread|rolls?)\"]\n",
        "t.toml, line 7: skill \"a\", described: pattern \"bake (bread|rolls?)\": an alternative of a group is empty or all of it is optional; to make the group optional put ? behind it: (a|b)?",
    ),
    (
        "[sets]\nthings = [\"bread\"]\n",
        "t.toml, line 5: sets, things: found a list; expected a text in quotes",
    ),
    (
        "[sets]\nthings = \"(bread\"\n",
        "t.toml, line 5: set \"things\": pattern \"((bread)\": a parenthesis is not closed",
    ),
    (
        "[[change]]\nid = \"a\"\n",
        "t.toml, line 5: [[change]] and [[remove]] need an [overlay] header that names the base",
    ),
    (
        "[[waiver]]\ncode = \"everyday-word\"\n",
        "t.toml, line 4: waiver 1: \"why\" is missing",
    ),
    (
        "[sources.a]\ntitle = 3\n",
        "t.toml, line 5: sources, a, title: found 3; expected a text in quotes",
    ),
];

/// Whole files.
const OVERLAY_MISTAKES: &[(&str, &str)] = &[
    (
        "[[skill]]\nid = \"a\"\nlabel = \"A\"\n",
        "t.toml, line 1: found no header; expected [taxonomy] with id and version, or [overlay] with base",
    ),
    (
        "[taxonomy]\nid = \"t\"\n",
        "t.toml, line 1: taxonomy: \"version\" is missing",
    ),
    (
        "[taxonomy]\nid = \"t\"\nversion = \"1.0.0\"\n[taxonomy]\nid = \"u\"\nversion = \"1.0.0\"\n",
        "t.toml, line 4: not TOML: duplicate key \"taxonomy\"",
    ),
    (
        "[overlay]\nbase = \"cms\"\n",
        "t.toml, line 2: overlay: base is \"cms\", but no taxonomy of this id was read before it; without one, expected \"csm\", the built-in one",
    ),
    (
        "[overlay]\nbase = \"csm\"\n[[change]]\nid = \"crmm\"\n",
        "t.toml, line 4: change: the base has no skill \"crmm\"",
    ),
    (
        "[overlay]\nbase = \"csm\"\n[[remove]]\nid = \"crm\"\n",
        "t.toml, line 3: remove \"crm\": \"why\" is missing",
    ),
    (
        "[overlay]\nbase = \"csm\"\n[[remove]]\nid = \"crmm\"\nwhy = \"x\"\n",
        "t.toml, line 4: remove: the base has no skill \"crmm\"",
    ),
    (
        "[overlay]\nbase = \"csm\"\n[[change]]\nid = \"crm\"\nremove_labels = [\"no such label\"]\n",
        "t.toml, line 5: change: skill \"crm\" has no label \"no such label\"",
    ),
    (
        "[overlay]\nbase = \"csm\"\n[[skill]]\nid = \"crm\"\nlabel = \"CRM\"\n",
        "t.toml, line 4: skill \"crm\" is defined twice",
    ),
];

/// What follows the header of four lines, so that line 5 is the first.
const PROFILE_MISTAKES: &[(&str, &str)] = &[
    (
        "",
        "p.toml, line 1: profile \"p\": asks for nothing: no skill has a weight and no requirement has points",
    ),
    (
        "skils_points = 3\n",
        "p.toml, line 5: profile: no field is named \"skils_points\" (did you mean \"skills_points\"?); expected one of \"id\", \"version\", \"label\", \"taxonomy\", \"definition\", \"titles\", \"extends\", \"skills_points\"",
    ),
    (
        "extends = \"csmm\"\n",
        "p.toml, line 5: no built-in profile is named \"csmm\"; there are csm, csm-call-center, csm-social-media, csm-retail, csm-technical-support, csm-client-relations, service-operations-manager, lead-customer-service-representative, service-center-manager, customer-service-senior-associate",
    ),
    (
        "skills_points = 50\n[[skill]]\nid = \"payroll\"\nweight = 1\n",
        "p.toml, line 5: skills_points is 50, but the requirements leave 100 of 100",
    ),
    (
        "[weights]\nper_document = -1\n",
        "p.toml, line 6: weights, per_document: found -1; expected a whole number of 0 or more",
    ),
    (
        "[[skill]]\nid = \"payroll\"\nweight = \"high\"\n",
        "p.toml, line 7: skill \"payroll\", weight: found \"high\"; expected a whole number of 0 or more",
    ),
    (
        "[[skill]]\nid = \"payroll\"\nimportance = \"vital\"\n",
        "p.toml, line 7: skill \"payroll\", importance: found \"vital\"; expected one of \"essential\", \"preferred\", \"optional\"",
    ),
    (
        "[[skill]]\nid = \"payroll\"\nstated = \"must\"\n",
        "p.toml, line 7: skill \"payroll\", stated: found \"must\"; expected one of \"required\", \"preferred\", \"mentioned\"",
    ),
    (
        "[[skill]]\nid = \"payroll\"\nquote = \"runs payroll\"\n",
        "p.toml, line 7: skill \"payroll\", quote: found \"runs payroll\"; expected a table",
    ),
    (
        "[[skill]]\nid = \"payroll\"\nweight = 1\n[[skill]]\nid = \"payroll\"\nweight = 2\n",
        "p.toml, line 8: skill \"payroll\" is asked for twice",
    ),
    (
        "[[skill]]\nid = \"knitting\"\nweight = 1\n",
        "p.toml, line 5: profile \"p\" asks for skill \"knitting\", which taxonomy \"csm\" does not have",
    ),
    (
        "[[requirement]]\nid = \"r\"\n",
        "p.toml, line 5: requirement \"r\": kind is missing; expected one of degree, years, certificate, language, skill, any_of, all_of, at_least",
    ),
    (
        "[[requirement]]\nid = \"r\"\nkind = \"year\"\n",
        "p.toml, line 7: requirement \"r\": kind: found \"year\"; expected one of degree, years, certificate, language, skill, any_of, all_of, at_least",
    ),
    (
        "[[requirement]]\nid = \"r\"\nkind = \"years\"\narea = \"overall\"\n",
        "p.toml, line 5: requirement \"r\": \"at_least\" is missing",
    ),
    (
        "[[requirement]]\nid = \"r\"\nkind = \"years\"\narea = \"sales\"\nat_least = 2\n",
        "p.toml, line 8: requirement \"r\": area: found \"sales\"; expected one of overall, customer_service, management",
    ),
    (
        "[[requirement]]\nid = \"r\"\nkind = \"years\"\narea = \"overall\"\nat_least = \"two\"\n",
        "p.toml, line 9: requirement \"r\": at_least: found \"two\"; expected a whole number of 0 or more",
    ),
    (
        "[[requirement]]\nid = \"r\"\nkind = \"years\"\narea = \"overall\"\nat_least = 5\nfull_at = 2\n",
        "p.toml, line 10: requirement \"r\": full_at is 2, expected at least 1 and not below at_least, 5",
    ),
    (
        "[[requirement]]\nid = \"r\"\nkind = \"degree\"\nlevel = \"bachelors\"\n",
        "p.toml, line 8: requirement \"r\": level: found \"bachelors\"; expected one of none, highschool, associate, bachelor, master, doctorate",
    ),
    (
        "[[requirement]]\nid = \"r\"\nkind = \"degree\"\nlevel = \"bachelor\"\nfield = [\"x\"]\n",
        "p.toml, line 9: requirement \"r\": a requirement of kind degree has no field \"field\"; expected one of kind, id, need, points, sources, quote, level, accepts, fields",
    ),
    (
        "[[requirement]]\nid = \"r\"\nkind = \"certificate\"\n",
        "p.toml, line 5: requirement \"r\": names is empty; expected at least one name",
    ),
    (
        "[[requirement]]\nid = \"r\"\nkind = \"skill\"\nskill = \"payroll\"\nmin_percent = 120\n",
        "p.toml, line 9: requirement \"r\": min_percent is 120; expected 1 to 100, or min_months of 1 or more",
    ),
    (
        "[[requirement]]\nid = \"r\"\nkind = \"at_least\"\ncount = 2\nof = [{ kind = \"language\", names = [\"Spanish\"] }]\n",
        "p.toml, line 8: requirement \"r\": count is 2; expected 1 to 1, as many as `of` has",
    ),
    (
        "[[requirement]]\nid = \"r\"\nkind = \"any_of\"\nof = [{ kind = \"language\", name = [\"Spanish\"] }]\n",
        "p.toml, line 8: requirement \"r\": of 1: a requirement of kind language has no field \"name\"; expected one of kind, names",
    ),
    (
        "[[requirement]]\nid = \"r\"\nneed = \"must\"\nkind = \"certificate\"\nany = true\n",
        "p.toml, line 7: requirement \"r\": need: found \"must\"; expected one of required, preferred, optional, must_have",
    ),
    (
        "[[requirement]]\nid = \"r\"\npoints = 120\nkind = \"certificate\"\nany = true\n",
        "p.toml, line 7: requirement \"r\": points: found 120; expected a whole number from 0 to 100",
    ),
    (
        "[[requirement]]\nid = \"r\"\npoints = 1\nkind = \"certificate\"\nany = true\n[[requirement]]\nid = \"r\"\nkind = \"certificate\"\nany = true\n",
        "p.toml, line 10: requirement \"r\": is there twice",
    ),
];

fn taxonomy_error(text: &str) -> String {
    let built = Taxonomy::from_toml("t.toml", text).and_then(|taxonomy| {
        // Rules are compiled with the screener.
        let mut profile = JobProfile::builder("p");
        profile.skill(taxonomy.skills().first().map_or("", |s| s.id()), 1);
        Screener::new(&taxonomy, &profile.build()?)
    });
    built.map_or_else(|error| error.to_string(), |_| "no error".to_owned())
}

fn profile_error(text: &str) -> String {
    let built = JobProfile::from_toml("p.toml", text)
        .and_then(|profile| Screener::new(&Taxonomy::builtin(), &profile));
    built.map_or_else(|error| error.to_string(), |_| "no error".to_owned())
}

fn compare(rows: &[(&str, &str)], error: impl Fn(&str) -> String) {
    let mut wrong = String::new();
    for (text, expected) in rows {
        let found = error(text);
        if found != *expected {
            wrong.push_str(&format!(
                "{text:?}\n  found    {found:?}\n  expected {expected:?}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn mistakes_in_a_taxonomy_are_told() {
    compare(TAXONOMY_MISTAKES, |text| {
        taxonomy_error(&format!("{HEAD}{text}"))
    });
}

#[test]
fn mistakes_in_an_overlay_are_told() {
    compare(OVERLAY_MISTAKES, taxonomy_error);
}

#[test]
fn of_files_read_as_one_only_one_has_the_header() {
    let other = "[taxonomy]\nid = \"u\"\nversion = \"1.0.0\"\n";
    let error = Taxonomy::from_toml_parts(&[("t.toml", HEAD), ("u.toml", other)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "u.toml, line 1: [taxonomy] stands in t.toml already; of files that are read as one, one has it (take it out here, or write [overlay] with base = \"t\")"
    );
}

#[test]
fn mistakes_in_a_profile_are_told() {
    compare(PROFILE_MISTAKES, |text| {
        profile_error(&format!("{PROFILE}{text}"))
    });
}

#[test]
fn there_are_enough() {
    let rows = TAXONOMY_MISTAKES.len() + OVERLAY_MISTAKES.len() + PROFILE_MISTAKES.len();
    assert!(rows >= 40, "{rows}");
}
