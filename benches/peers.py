"""The same labels over the same texts: skillscreen's whole pipeline beside what others match with, in one run.

    pip install spacy flashtext2 ahocorasick-rs
    python benches/peers.py LABELS.txt TEXTS [--skill-extractor PATH/TO/matcher.rs]

LABELS.txt has one label a line; TEXTS is a folder of .txt files. Each peer runs in a process of its own, so that its memory is its own.
Peers that are not installed are left out, and the table says so. The Rust crate skill-extractor brings a neural network along, so only
its file matcher.rs is compiled; `cargo info skill-extractor` downloads it into cargo's registry.
"""

import argparse
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

ROUNDS = 3
HERE = pathlib.Path(__file__).resolve()


def texts_in(folder):
    paths = sorted(pathlib.Path(folder).glob("*.txt"))
    return [path.read_bytes().decode("utf-8", "replace") for path in paths]


def measure(build, find, labels, texts):
    """Seconds to build, the best of the rounds over all texts, matches found, KiB."""
    start = time.perf_counter()
    built = build(labels)
    building = time.perf_counter() - start
    best = None
    for _ in range(ROUNDS):
        start = time.perf_counter()
        found = sum(find(built, text) for text in texts)
        seconds = time.perf_counter() - start
        best = seconds if best is None else min(best, seconds)
    kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"built": building, "seconds": best, "texts": len(texts), "found": found, "kib": kib}


def spacy_matcher(labels, texts):
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    nlp.max_length = 10**8

    def build(labels):
        matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        matcher.add("label", [nlp.make_doc(label) for label in labels])
        return matcher

    return measure(build, lambda matcher, text: len(matcher(nlp.make_doc(text))), labels, texts)


def flashtext2(labels, texts):
    from flashtext2 import KeywordProcessor

    def build(labels):
        processor = KeywordProcessor(case_sensitive=False)
        for label in labels:
            processor.add_keyword(label)
        return processor

    return measure(build, lambda processor, text: len(processor.extract_keywords(text)), labels, texts)


def ahocorasick_rs(labels, texts):
    from ahocorasick_rs import AhoCorasick, MatchKind

    def build(labels):
        return AhoCorasick([label.lower() for label in labels], matchkind=MatchKind.LeftmostLongest)

    return measure(build, lambda automaton, text: len(automaton.find_matches_as_indexes(text.lower())), labels, texts)


PEERS = {
    "spaCy PhraseMatcher": spacy_matcher,
    "flashtext2": flashtext2,
    "ahocorasick-rs (substrings)": ahocorasick_rs,
}

SKILL_EXTRACTOR = """
#[allow(dead_code)] #[path = "%s"] mod matcher;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let labels = std::fs::read_to_string(&args[1]).unwrap();
    let mut paths: Vec<_> = std::fs::read_dir(&args[2]).unwrap().map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|end| end == "txt")).collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|p| String::from_utf8_lossy(&std::fs::read(p).unwrap()).into_owned()).collect();
    let start = std::time::Instant::now();
    let matcher = matcher::KeywordMatcher::new(labels.lines());
    let built = start.elapsed().as_secs_f64();
    let (mut best, mut found) = (f64::MAX, 0);
    for _ in 0..3 {
        let start = std::time::Instant::now();
        found = texts.iter().map(|t| matcher.extract(t).len()).sum::<usize>();
        best = best.min(start.elapsed().as_secs_f64());
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib: u64 = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0);
    println!("{{\\"built\\": {built}, \\"seconds\\": {best}, \\"texts\\": {}, \\"found\\": {found}, \\"kib\\": {kib}}}", texts.len());
}
"""


def skill_extractor(matcher, labels, texts, folder):
    source = pathlib.Path(folder) / "peer.rs"
    source.write_text(SKILL_EXTRACTOR % pathlib.Path(matcher).resolve())
    program = source.with_suffix("")
    subprocess.run(["rustc", "--edition", "2021", "-O", "-A", "warnings", "-o", program, source], check=True)
    return json.loads(subprocess.check_output([program, labels, texts]))


def ours(labels, texts):
    environment = {**os.environ, "PEERS_LABELS": str(labels), "PEERS_TEXTS": str(pathlib.Path(texts).resolve())}
    out = subprocess.check_output(
        ["cargo", "bench", "--quiet", "--bench", "peers"], env=environment, cwd=HERE.parent.parent, text=True
    )
    return json.loads(out.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels")
    parser.add_argument("texts")
    parser.add_argument("--skill-extractor", metavar="matcher.rs")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only:
        labels = pathlib.Path(args.labels).read_text().splitlines()
        print(json.dumps(PEERS[args.only](labels, texts_in(args.texts))))
        return
    with tempfile.TemporaryDirectory() as folder:
        # One spelling for all: signs that mean something in a pattern of ours, or nothing to a word matcher, are taken out.
        raw = pathlib.Path(args.labels).read_text(encoding="utf-8").splitlines()
        clean = (re.sub(r"[^A-Za-z0-9 ]+", " ", label) for label in raw)
        labels = pathlib.Path(folder) / "labels.txt"
        kept = dict.fromkeys(" ".join(label.split()) for label in clean)
        labels.write_text("\n".join(label for label in kept if label and len(label.split()) <= 16))
        rows = [("skillscreen, whole screening", ours(labels, args.texts))]
        for name in PEERS:
            command = [sys.executable, HERE, labels, args.texts, "--only", name]
            done = subprocess.run(command, capture_output=True, text=True)
            row = json.loads(done.stdout) if done.returncode == 0 else None
            rows.append((name, row))
        if args.skill_extractor:
            rows.append(("skill-extractor's matcher", skill_extractor(args.skill_extractor, labels, args.texts, folder)))
        count = len(labels.read_text().splitlines())
    base = rows[0][1]["seconds"]
    print(f"{count} labels, {rows[0][1]['texts']} texts\n")
    print("| | texts/s | built in s | MiB | found | times slower than skillscreen |\n|---|---|---|---|---|---|")
    for name, row in rows:
        if row is None:
            print(f"| {name} | not installed | | | | |")
            continue
        speed = row["texts"] / row["seconds"]
        print(f"| {name} | {speed:.0f} | {row['built']:.2f} | {row['kib'] / 1024:.0f} | {row['found']} | {row['seconds'] / base:.1f} |")


if __name__ == "__main__":
    main()
