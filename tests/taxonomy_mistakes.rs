//! Mistakes that people make in taxonomy and profile files, and what they are told: file, line, field, what was expected.

use skillscreen::{JobProfile, Screener, Taxonomy};

const HEAD: &str = "[taxonomy]\nid = \"t\"\nversion = \"1.0.0\"\n";
const PROFILE: &str = "[profile]\nid = \"p\"\nversion = \"1.0.0\"\nlabel = \"P\"\n";

/// What follows the header of three lines, so that line 4 is the first.
const TAXONOMY_MISTAKES: &[(&str, &str)] = &[
    ("[[skill]\n", ""),
    ("[[skill]]\nid = baking\n", ""),
    ("[[skill]]\nid = \"a\"\nid = \"b\"\nlabel = \"A\"\n", ""),
    ("[[skill]]\nlabel = \"A\"\n", ""),
    ("[[skill]]\nid = \"a\"\n", ""),
    ("[[skill]]\nid = \"a\"\nlable = \"A\"\n", ""),
    ("[[skills]]\nid = \"a\"\nlabel = \"A\"\n", ""),
    ("[[skill]]\nid = 3\nlabel = \"A\"\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = [\"A\"]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nkind = \"tol\"\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = \"B\"\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [1]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ case = \"upper\", why = \"x\" }]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", case = \"upper\" }]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", case = \"uper\", why = \"x\" }]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", unless_nere = [\"c\"], why = \"x\" }]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", only_near = \"c\", why = \"x\" }]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", sections = [\"skils\"], why = \"x\" }]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", reason = \"other\", why = \"x\" }]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", swallows = [\"z\"], why = \"x\" }]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nalternative = [{ match = \"B\", only_near = [\"(c\"], why = \"x\" }]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nmatch_label = \"no\"\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nbenchmark = 6\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nbenchmark = { percent = 6 }\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nprovenance = \"guessed\"\n", ""),
    ("[[skill]]\nid = \"A B\"\nlabel = \"A\"\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\n[[skill]]\nid = \"a\"\nlabel = \"B\"\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nimplies = [\"b\"]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nimplies = [\"b\"]\n[[skill]]\nid = \"b\"\nlabel = \"B\"\nimplies = [\"a\"]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\nbroader = [\"a\"]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"\"\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\ndescribed = [\"bake (bread\"]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\ndescribed = [\"bake {0,20} bread\"]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\ndescribed = [\"bake @things\"]\n", ""),
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\ndescribed = [\"bake*\"]\n", ""),
    ("[sets]\nthings = [\"bread\"]\n", ""),
    ("[sets]\nthings = \"(bread\"\n", ""),
    ("[[change]]\nid = \"a\"\n", ""),
    ("[[waiver]]\ncode = \"everyday-word\"\n", ""),
    ("[sources.a]\ntitle = 3\n", ""),
];

/// Whole files.
const OVERLAY_MISTAKES: &[(&str, &str)] = &[
    ("[[skill]]\nid = \"a\"\nlabel = \"A\"\n", ""),
    ("[taxonomy]\nid = \"t\"\n", ""),
    ("[overlay]\nbase = \"cms\"\n", ""),
    ("[overlay]\nbase = \"csm\"\n[[change]]\nid = \"crmm\"\n", ""),
    ("[overlay]\nbase = \"csm\"\n[[remove]]\nid = \"crm\"\n", ""),
    ("[overlay]\nbase = \"csm\"\n[[remove]]\nid = \"crmm\"\nwhy = \"x\"\n", ""),
    ("[overlay]\nbase = \"csm\"\n[[change]]\nid = \"crm\"\nremove_labels = [\"no such label\"]\n", ""),
    ("[overlay]\nbase = \"csm\"\n[[skill]]\nid = \"crm\"\nlabel = \"CRM\"\n", ""),
];

/// What follows the header of four lines, so that line 5 is the first.
const PROFILE_MISTAKES: &[(&str, &str)] = &[
    ("", ""),
    ("skils_points = 3\n", ""),
    ("extends = \"csmm\"\n", ""),
    ("skills_points = 50\n[[skill]]\nid = \"payroll\"\nweight = 1\n", ""),
    ("[weights]\nper_document = -1\n", ""),
    ("[[skill]]\nid = \"payroll\"\nweight = \"high\"\n", ""),
    ("[[skill]]\nid = \"payroll\"\nimportance = \"vital\"\n", ""),
    ("[[skill]]\nid = \"payroll\"\nstated = \"must\"\n", ""),
    ("[[skill]]\nid = \"payroll\"\nquote = \"runs payroll\"\n", ""),
    ("[[skill]]\nid = \"payroll\"\nweight = 1\n[[skill]]\nid = \"payroll\"\nweight = 2\n", ""),
    ("[[skill]]\nid = \"knitting\"\nweight = 1\n", ""),
    ("[[requirement]]\nid = \"r\"\n", ""),
    ("[[requirement]]\nid = \"r\"\nkind = \"year\"\n", ""),
    ("[[requirement]]\nid = \"r\"\nkind = \"years\"\narea = \"overall\"\n", ""),
    ("[[requirement]]\nid = \"r\"\nkind = \"years\"\narea = \"sales\"\nat_least = 2\n", ""),
    ("[[requirement]]\nid = \"r\"\nkind = \"years\"\narea = \"overall\"\nat_least = \"two\"\n", ""),
    ("[[requirement]]\nid = \"r\"\nkind = \"years\"\narea = \"overall\"\nat_least = 5\nfull_at = 2\n", ""),
    ("[[requirement]]\nid = \"r\"\nkind = \"degree\"\nlevel = \"bachelors\"\n", ""),
    ("[[requirement]]\nid = \"r\"\nkind = \"degree\"\nlevel = \"bachelor\"\nfield = [\"x\"]\n", ""),
    ("[[requirement]]\nid = \"r\"\nkind = \"certificate\"\n", ""),
    ("[[requirement]]\nid = \"r\"\nkind = \"skill\"\nskill = \"payroll\"\nmin_percent = 120\n", ""),
    ("[[requirement]]\nid = \"r\"\nkind = \"at_least\"\ncount = 2\nof = [{ kind = \"language\", names = [\"Spanish\"] }]\n", ""),
    ("[[requirement]]\nid = \"r\"\nkind = \"any_of\"\nof = [{ kind = \"language\", name = [\"Spanish\"] }]\n", ""),
    ("[[requirement]]\nid = \"r\"\nneed = \"must\"\nkind = \"certificate\"\nany = true\n", ""),
    ("[[requirement]]\nid = \"r\"\npoints = 120\nkind = \"certificate\"\nany = true\n", ""),
    ("[[requirement]]\nid = \"r\"\npoints = 1\nkind = \"certificate\"\nany = true\n[[requirement]]\nid = \"r\"\nkind = \"certificate\"\nany = true\n", ""),
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
            wrong.push_str(&format!("{text:?}\n  found    {found:?}\n  expected {expected:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn mistakes_in_a_taxonomy_are_told() {
    compare(TAXONOMY_MISTAKES, |text| taxonomy_error(&format!("{HEAD}{text}")));
}

#[test]
fn mistakes_in_an_overlay_are_told() {
    compare(OVERLAY_MISTAKES, taxonomy_error);
}

#[test]
fn mistakes_in_a_profile_are_told() {
    compare(PROFILE_MISTAKES, |text| profile_error(&format!("{PROFILE}{text}")));
}

#[test]
fn there_are_enough() {
    let rows = TAXONOMY_MISTAKES.len() + OVERLAY_MISTAKES.len() + PROFILE_MISTAKES.len();
    assert!(rows >= 40, "{rows}");
}
