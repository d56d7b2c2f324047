//! A hundred strings that would like to be run, in every field of the page.

use serde_json::Value;
use skillscreen::Report;
use skillscreen::batch::{Failure, Screened};
use skillscreen::output::{Html, Output};

use super::pool;

/// What would leave a mark on the page, were it run.
const RUN: &str = "document.documentElement.dataset.hacked=1";

/// A hundred of them.
pub fn payloads() -> Vec<String> {
    let cores = [
        format!("<script>{RUN}</script>"),
        format!("<img src=x onerror={RUN}>"),
        format!("<svg/onload={RUN}>"),
        format!("<iframe srcdoc='<script>top.{RUN}</script>'>"),
        format!("<a href=\"javascript:{RUN}\">x</a>"),
        format!("<body onload={RUN}>"),
        format!("<details open ontoggle={RUN}>"),
        format!("<style onload={RUN}>*{{display:none}}</style>"),
        format!("<math><mi xlink:href=\"javascript:{RUN}\">"),
        "<meta http-equiv=refresh content=0;url=//example.com>".to_owned(),
        "<base href=//example.com/>".to_owned(),
        format!("${{{RUN}}}{{{{{RUN}}}}}{{% raw %}}"),
        format!("\\u003cscript\\u003e{RUN}\\u003c/script\\u003e"),
        format!("&lt;script&gt;{RUN}&lt;/script&gt;&#60;"),
        format!("\u{2028}\u{2029}\0\u{1b}\u{202e}{RUN}//"),
        "<!--rows--><!--more--><!--data-->".to_owned(),
        format!("]]><![CDATA[<script>{RUN}</script>"),
        format!("<plaintext><xmp><textarea><title>{RUN}"),
        format!("<template><link rel=stylesheet href=//example.com><object data=javascript:{RUN}>"),
        format!("__proto__ constructor'];{RUN};['"),
    ];
    let fronts = [
        "",
        "\"'`>",
        "</script></style></noscript></title></textarea>",
        "--></td></table>",
        "' x=\" onfocus=a autofocus ",
    ];
    fronts
        .iter()
        .flat_map(|front| cores.iter().map(move |core| format!("{front}{core}")))
        .collect()
}

/// The report with this text in every field that words of a resume or a file's name can reach.
pub fn poison(report: &Report, text: &str) -> Report {
    let mut value = serde_json::to_value(report).unwrap();
    fill(&mut value, "", text);
    value["source"] = text.into();
    value["duplicate_of"] = text.into();
    serde_json::from_value(value).unwrap()
}

fn fill(value: &mut Value, key: &str, text: &str) {
    match value {
        Value::Object(fields) => fields
            .iter_mut()
            .for_each(|(key, value)| fill(value, key, text)),
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, key, text)),
        Value::String(old)
            if [
                "label",
                "quote",
                "wants",
                "found",
                "title",
                "name",
                "degree_field",
                "knock_outs",
            ]
            .contains(&key) =>
        {
            *old = text.to_owned();
        }
        _ => {}
    }
}

/// A page that has all of them everywhere.
pub fn page() -> String {
    page_of(&payloads())
}

/// A page with each of these in every field of a resume, and all of them in the names of job and skill.
pub fn page_of(texts: &[String]) -> String {
    let all = texts.concat();
    let screener = pool::screener_named(&all, &all);
    let mut pool = pool::screened(&screener);
    let mut html = Html::new(Vec::new(), &screener).unwrap();
    pool.swap(0, 1);
    let Screened::Report(report) = &pool[0] else {
        panic!("a report")
    };
    for text in texts {
        html.write(&Screened::Report(poison(report, text))).unwrap();
        let failure = serde_json::json!({"source": text, "status": "corrupt", "error": text});
        html.write(&Screened::Failure(
            serde_json::from_value::<Failure>(failure).unwrap(),
        ))
        .unwrap();
    }
    // The summary is of the pool itself; its labels are hostile, too.
    let mut sink = skillscreen::output::JsonLines::new(Vec::new());
    let summary = pool::run(&screener, pool::inputs(), &mut sink);
    html.finish(&summary).unwrap();
    String::from_utf8(html.into_inner()).unwrap()
}
