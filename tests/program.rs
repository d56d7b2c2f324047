//! The program from outside: exit codes, errors, pipes, signals, kills, and the same bytes every time.
#![cfg(all(feature = "cli", unix))]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_skillscreen"));
    command.env_remove("CLICOLOR_FORCE");
    command
}

/// Runs `skillscreen score` with these arguments.
fn score<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    program().arg("score").args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/resumes")
}

/// Invented resumes that differ, one record a line.
fn records(count: usize) -> String {
    let duties = [
        "Processed payroll for 40 staff",
        "Resolved customers' complaints",
        "Supervised 12 agents on a rotating shift",
        "Prepared weekly reports in Excel",
    ];
    (0..count)
        .map(|n| {
            let lines: Vec<String> = (0..40)
                .map(|line| format!("{} at site {}{line}", duties[(n + line) % 4], n * 7))
                .collect();
            let text = format!("Experience\nAgent, 2010 - 2015\n{}", lines.join("\n"));
            serde_json::json!({"id": format!("r{n:04}"), "text": text}).to_string() + "\n"
        })
        .collect()
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Every file with its content.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        entries
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().unwrap().is_file())
            .map(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                (name, fs::read(entry.path()).unwrap())
            })
            .collect()
    }
}

/// `--output` for each of these names in the folder.
fn outputs(folder: &Folder) -> Vec<String> {
    [
        "out.jsonl",
        "out.json",
        "out.csv",
        "out.skills.csv",
        "out.md",
    ]
    .iter()
    .flat_map(|name| ["-o".to_owned(), folder.path(name).display().to_string()])
    .collect()
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Options that are shown and do nothing are a lie.
#[test]
fn an_evaluation_offers_nothing_to_compare() {
    let help = program().args(["eval", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("--profile") && help.contains("--as-of"));
    assert!(
        !help.contains("--compare") && !help.contains("--context"),
        "{help}"
    );
}

#[test]
fn exit_codes() {
    let folder = Folder::new();
    let good = folder
        .write("good.txt", "Processed payroll")
        .display()
        .to_string();
    let empty = folder.write("empty.txt", "").display().to_string();
    let bad = folder
        .write("bad.jsonl", "{\"id\": 1}\n")
        .display()
        .to_string();
    let blank = folder
        .write("blank.jsonl", "{\"id\": 1, \"text\": \" \\n\"}\n")
        .display()
        .to_string();
    let there = folder.write("there.csv", "mine").display().to_string();
    let suffix = folder.path("a.xlsx").display().to_string();
    let nowhere = folder.path("no/where.csv").display().to_string();
    let table: [(&[&str], i32, &str); 14] = [
        (&[&good], 0, "1 found: 1 scored"),
        (&[&good, &empty], 3, "2 found: 1 scored, 1 failed"),
        (&["missing.pdf"], 3, "1 found: 0 scored, 1 failed"),
        (&[&bad], 3, "1 found: 0 scored, 1 failed"),
        (&[&blank], 3, "1 found: 0 scored, 1 failed"),
        (&["--from", "jsonl", "missing.jsonl"], 3, "1 failed"),
        (&[], 2, "required arguments"),
        (&[&good, "--profile", "no-such"], 2, "no-such"),
        (
            &[&good, "--format", "xlsx"],
            2,
            "there is no format \"xlsx\"",
        ),
        (&[&good, "-o", &suffix], 2, "the suffix tells no format"),
        (&[&good, "-o", &there], 2, "there.csv: is there already"),
        (&[&good, "-o", &nowhere], 2, "where.csv: cannot write"),
        (
            &[&good, "-o", &good, "--force", "--format", "csv"],
            2,
            "good.txt: is read and to be written",
        ),
        (
            &[&good, "-o", "/dev/full", "--format", "csv"],
            2,
            "/dev/full: cannot write",
        ),
    ];
    for (arguments, expected, message) in table {
        let output = score(arguments);
        assert_eq!(code(&output), expected, "{arguments:?}: {}", said(&output));
        assert!(
            said(&output).contains(message),
            "{arguments:?}: {}",
            said(&output)
        );
    }
    assert_eq!(fs::read(&there).unwrap(), b"mine");
    let help = program().args(["score", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for word in [
        "--resume",
        "--journal",
        "--count-duplicates-once",
        "--min-score",
    ] {
        assert!(help.contains(word), "{word}");
    }
    let help = String::from_utf8(program().arg("--help").output().unwrap().stdout).unwrap();
    assert!(help.contains("130, 143"), "{help}");
}

#[test]
fn a_full_disk_is_told_with_its_place_and_a_closed_pipe_is_not() {
    let folder = Folder::new();
    let input = folder.write("in.jsonl", records(60));
    for format in ["table", "json", "jsonl", "csv", "csv-skills", "markdown"] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = program()
            .arg("score")
            .arg(&input)
            .args(["--format", format])
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(code(&output), 2, "{format}");
        assert!(
            said(&output).contains("standard output: "),
            "{}",
            said(&output)
        );

        let mut child = program()
            .arg("score")
            .arg(&input)
            .args(["--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Gone before a byte is read, so even the shortest output meets a closed pipe.
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(code(&output), 0, "{format}: {}", said(&output));
        assert_eq!(said(&output), "", "{format}");
    }
    // Nobody to complain to is no reason to fail.
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let status = program()
        .arg("score")
        .arg(&input)
        .arg("-v")
        .stdout(Stdio::null())
        .stderr(full)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(0));
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let input = Folder::new();
    let records = input.write("records.jsonl", records(150));
    let mut seen: Option<BTreeMap<String, Vec<u8>>> = None;
    for jobs in ["1", "2", "5"] {
        let folder = Folder::new();
        let output = score(
            [
                fixtures().display().to_string(),
                records.display().to_string(),
                "-q".into(),
                "-j".into(),
                jobs.into(),
            ]
            .into_iter()
            .chain(outputs(&folder)),
        );
        assert_eq!(said(&output), "");
        let files = folder.files();
        assert_eq!(files.len(), 5, "the journal of a complete run is gone");
        assert_eq!(
            *seen.get_or_insert_with(|| files.clone()),
            files,
            "{jobs} threads"
        );
    }
}

#[test]
fn a_worker_behind_a_pipe_answers_each_line_as_it_comes() {
    let mut child = program()
        .args(["score", "--from", "jsonl", "-", "--format", "jsonl", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut ask = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    let table: [(&str, Value); 6] = [
        (
            "{\"id\": \"a\", \"text\": \"Processed payroll\"}",
            Value::Null,
        ),
        ("{\"id\": \"b\", \"text\"", "line 2: ".into()),
        ("[1]", "line 3: ".into()),
        ("{\"id\": 4}", "line 4: the record has no text".into()),
        ("{\"id\": 5, \"text\": \"x\", \"more\": {}}", Value::Null),
        ("\u{0}", "line 6: ".into()),
    ];
    for (line, error) in table {
        writeln!(ask, "{line}").unwrap();
        ask.flush().unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        match error.as_str() {
            None => assert!(
                answer["score"].is_number() || answer["score"].is_null(),
                "{answer}"
            ),
            Some(error) => {
                let told = answer["error"].as_str().unwrap();
                assert!(told.starts_with(error), "{told}");
            }
        }
    }
    drop(ask);
    assert_eq!(child.wait().unwrap().code(), Some(3));
}

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

fn wait_at_most(child: &mut Child, time: Duration) -> Option<i32> {
    let started = Instant::now();
    while started.elapsed() < time {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    panic!("still there after {time:?}");
}

#[test]
fn a_signal_finishes_the_outputs_and_the_run_can_be_resumed() {
    for (sent, expected) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let folder = Folder::new();
        let all = records(40);
        let lines: Vec<&str> = all.lines().collect();
        let run = |more: &[&str]| {
            program()
                .args(["score", "--from", "jsonl", "-", "-q"])
                .args(outputs(&folder))
                .args(more)
                .stdin(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let mut child = run(&[]);
        let mut ask = child.stdin.take().unwrap();
        writeln!(ask, "{}", lines[..25].join("\n")).unwrap();
        // The journal tells when all of them are done; the program then waits for more.
        let journal = folder.path("out.jsonl.journal");
        let started = Instant::now();
        while fs::metadata(&journal).map_or(0, |metadata| metadata.len()) < 25 * 4000 {
            assert!(started.elapsed() < Duration::from_secs(60));
            std::thread::sleep(Duration::from_millis(20));
        }
        std::thread::sleep(Duration::from_millis(500));
        signal(&child, sent);
        assert_eq!(
            wait_at_most(&mut child, Duration::from_secs(20)),
            Some(expected)
        );
        drop(ask);
        let stopped = json(&folder.path("out.json"));
        assert_eq!(stopped["complete"], false);
        let scored = stopped["scored"].as_u64().unwrap();
        assert!(scored > 0 && scored <= 25);
        assert_eq!(folder.files().len(), 6, "five outputs and the journal");
        let last = |name: &str| {
            let text = fs::read_to_string(folder.path(name)).unwrap();
            text.lines().last().unwrap().to_owned()
        };
        assert_eq!(
            last("out.jsonl"),
            r#"{"source":"","status":"incomplete","error":"the run was stopped before its end"}"#
        );
        assert!(last("out.csv").starts_with(r#""","incomplete","the run was stopped"#));

        // Without --resume nothing is lost by accident.
        let refused = score(
            ["--from", "jsonl", "-", "--journal"]
                .map(str::to_owned)
                .into_iter()
                .chain([journal.display().to_string()]),
        );
        assert_eq!(code(&refused), 2);
        assert!(
            said(&refused).contains("--resume goes on"),
            "{}",
            said(&refused)
        );

        let mut child = run(&["--resume"]);
        child
            .stdin
            .take()
            .unwrap()
            .write_all(all.as_bytes())
            .unwrap();
        assert_eq!(code(&child.wait_with_output().unwrap()), 0);
        let whole = Folder::new();
        let mut child = program()
            .args(["score", "--from", "jsonl", "-", "-q", "--no-journal"])
            .args(outputs(&whole))
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(all.as_bytes())
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert_eq!(folder.files(), whole.files());
    }
}

#[test]
fn a_second_signal_ends_at_once() {
    let folder = Folder::new();
    let input = folder.write("in.jsonl", records(200));
    let mut child = program()
        .arg("score")
        .arg(&input)
        .args(["--format", "jsonl", "-q"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // Nobody reads on: the pipe is full and the first signal has to wait for it.
    let mut first = [0; 1];
    child
        .stdout
        .as_mut()
        .unwrap()
        .read_exact(&mut first)
        .unwrap();
    std::thread::sleep(Duration::from_millis(500));
    signal(&child, Signal::TERM);
    std::thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().unwrap().is_none());
    signal(&child, Signal::TERM);
    assert_eq!(wait_at_most(&mut child, Duration::from_secs(5)), Some(143));
}

#[test]
fn killed_at_any_moment_it_leaves_whole_outputs_and_goes_on() {
    let input = Folder::new();
    let path = input.write("in.jsonl", records(60)).display().to_string();
    let whole = Folder::new();
    let started = Instant::now();
    score(
        ["-q".to_owned(), path.clone()]
            .into_iter()
            .chain(outputs(&whole)),
    );
    let time = started.elapsed();
    for round in 1..=6u32 {
        let folder = Folder::new();
        let mut child = program()
            .args(["score", "-q", &path])
            .args(outputs(&folder))
            .spawn()
            .unwrap();
        std::thread::sleep(time * round / 6);
        let _ = child.kill();
        child.wait().unwrap();
        for (name, bytes) in folder.files() {
            let hidden = name.starts_with('.') || name.ends_with(".journal");
            assert!(hidden || whole.files()[&name] == bytes, "{name} is torn");
        }
        let output = score(
            ["-q", "--resume", "--force", &path]
                .map(str::to_owned)
                .into_iter()
                .chain(outputs(&folder)),
        );
        assert_eq!(code(&output), 0, "{}", said(&output));
        assert_eq!(folder.files(), whole.files(), "round {round}");
    }
}

#[test]
fn what_it_writes_into_the_folder_of_resumes_is_no_resume() {
    let folder = Folder::new();
    folder.write("pool/ada.txt", "Processed payroll");
    folder.write("pool/photo.png", "x");
    let pool = folder.path("pool").display().to_string();
    let (page, lines) = (format!("{pool}/out.md"), format!("{pool}/out.jsonl"));
    let mut seen = None;
    for force in [&[][..], &["--force"], &["--force", "--resume"]] {
        let output = score(["-o", &page, "-o", &lines, &pool].iter().chain(force));
        assert_eq!(said(&output).trim(), "2 found: 1 scored, 1 skipped");
        let bytes = fs::read(&page).unwrap();
        assert_eq!(*seen.get_or_insert_with(|| bytes.clone()), bytes);
    }
}

#[test]
fn duplicates_are_marked_and_can_be_counted_once() {
    let folder = Folder::new();
    let input = folder.write(
        "in.jsonl",
        "{\"id\": \"a\", \"text\": \"Processed payroll\"}\n{\"id\": \"b\", \"text\": \"Wrote poems\"}\n{\"id\": \"c\", \"text\": \"PROCESSED payroll.\"}\n",
    );
    let path = input.display().to_string();
    let out = folder.path("out.json").display().to_string();
    for (more, of, resumes, percent) in [
        (&["--force"][..], 3, 2, 66.7),
        (&["--force", "--count-duplicates-once"], 2, 1, 50.0),
    ] {
        let output = score([path.as_str(), "-o", &out].iter().chain(more));
        assert!(
            said(&output).contains("3 scored, 1 of them duplicates"),
            "{}",
            said(&output)
        );
        let batch = json(Path::new(&out));
        assert_eq!(batch["duplicates"], 1);
        let of_source = |source: &str| {
            let resumes = batch["resumes"].as_array().unwrap();
            let resume = resumes.iter().find(|resume| resume["source"] == source);
            resume.unwrap()["duplicate_of"].clone()
        };
        assert_eq!(of_source("c"), "a");
        assert_eq!(of_source("a"), Value::Null);
        let skills = batch["skills"].as_array().unwrap();
        let payroll = skills
            .iter()
            .find(|skill| skill["id"] == "payroll")
            .unwrap();
        assert_eq!(payroll["of"], of);
        assert_eq!(payroll["resumes"], resumes);
        assert_eq!(payroll["percent"], percent);
    }
}

#[test]
fn a_least_score_shortens_the_table_only() {
    let folder = Folder::new();
    let input = folder.write(
        "in.jsonl",
        "{\"id\": \"much\", \"text\": \"Processed payroll, supervised 12 agents\"}\n{\"id\": \"little\", \"text\": \"Wrote poems\"}\n",
    );
    let path = input.display().to_string();
    let table = String::from_utf8(score([&path, "--min-score", "1"]).stdout).unwrap();
    assert!(
        table.contains("much") && !table.contains("little"),
        "{table}"
    );
    let lines = score([&path, "--min-score", "1", "--format", "jsonl"]).stdout;
    assert_eq!(lines.iter().filter(|&&byte| byte == b'\n').count(), 2);
}

/// Folders of all kinds of names, from a fixed seed.
#[test]
fn every_name_is_scored_failed_or_skipped() {
    let mut state = 7u64;
    let mut random = move |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for _ in 0..12 {
        let folder = Folder::new();
        let root = folder.path("in");
        fs::create_dir(&root).unwrap();
        let mut names = 0;
        for n in 0..random(14) {
            let below = if random(3) == 0 {
                format!("in/sub{}", random(3))
            } else {
                "in".into()
            };
            let stem = ["cv", ".hidden", "~$lock", "näme", "a b"][random(5) as usize];
            let suffix = ["txt", "pdf", "docx", "png", "html", "rtf", ""][random(7) as usize];
            let name = format!("{below}/{stem}{n}.{suffix}");
            match random(8) {
                0 => folder.write(&name, ""),
                1 => folder.write(&name, [0, 159, 146, 150]),
                2 => folder.write(&name, "%PDF-1.7 not really"),
                3 => {
                    fs::create_dir_all(folder.path(&below)).unwrap();
                    std::os::unix::fs::symlink("/nowhere", folder.path(&name)).unwrap();
                    folder.path(&name)
                }
                _ => folder.write(&name, format!("Processed payroll at site {n}")),
            };
            names += 1;
        }
        let out = folder.path("out.json");
        let output = score([
            root.display().to_string(),
            "-q".into(),
            "-o".into(),
            out.display().to_string(),
        ]);
        let batch = json(&out);
        let of = |field: &str| batch[field].as_u64().unwrap();
        assert_eq!(of("discovered"), names);
        assert_eq!(
            of("discovered"),
            of("scored") + of("failed") + of("skipped")
        );
        let statuses = batch["statuses"].as_object().unwrap();
        let told: u64 = statuses.values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(told, of("scored") + of("failed"));
        assert_eq!(
            batch["resumes"].as_array().unwrap().len() as u64,
            of("scored")
        );
        assert_eq!(
            batch["failures"].as_array().unwrap().len() as u64,
            of("failed")
        );
        assert_eq!(code(&output), if of("failed") > 0 { 3 } else { 0 });
    }
}
