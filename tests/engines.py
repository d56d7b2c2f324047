"""Tests the Python package with the engines that people run it in. Called by engines.sh, which builds and installs it.

    python tests/engines.py [--quick] [NAME …] [--kills 1] [--without PART WHY]

NAME chooses tests that have it in their name; --kills says how often the executor is killed; tests with PART in their name are skipped.
"""

import argparse
import ast
import contextlib
import importlib.resources
import json
import math
import os
import pathlib
import pickle
import signal
import sys
import tempfile
import threading
import time
import traceback

os.environ["PYSPARK_PYTHON"] = sys.executable

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

import skillscreen

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benches"))
import resumes as made  # noqa: E402

SCREENER = skillscreen.Screener("csm")
BROKEN = b"R\xe9sum\xe9\nEXPERIENCE\nProcessed payroll \xff\xfe and trained agents\n"
LONG = "Processed payroll for 40 employees and trained new agents.\n" * 90_000
TEXTS = [
    *(path.read_text("utf-8", "replace") for path in sorted((ROOT / "fixtures/resumes").glob("*.txt"))),
    None,
    "",
    LONG,
    "Résumé – “resolved customers’ complaints” 🙂 processed\u00a0payroll",
]
REPEATS = 1


def row(report: dict) -> dict:
    """A report's JSON as the row that a column has."""
    evidence = ["start", "end", "quote", "section", "kind"]
    skill = ["id", "label", "category", "importance", "percent", "points", "occurrences", "months", "last_used"]
    facts = ["degree", "degree_field", "years_experience", "years_customer_service", "years_management"]
    pick = lambda record, names: {name: record[name] for name in names}  # noqa: E731
    return {
        "source": report["source"] or None,
        "status": report["status"],
        "error": None,
        "score": report["score"],
        "coverage": report["coverage"],
        "skills": [{**pick(s, skill), "evidence": [pick(e, evidence) for e in s["evidence"]]} for s in report["skills"]],
        "missing": [pick(s, ["id", "points"]) for s in report["missing"]],
        "suppressed": [pick(s, ["id", "start", "end", "quote", "reason"]) for s in report["suppressed"]],
        "requirements": [pick(r, ["id", "need", "status", "found", "percent", "points"]) for r in report["requirements"]],
        "knock_outs": report["knock_outs"],
        "facts": {**pick(report["facts"], facts), "as_of": (report["facts"]["as_of"] or {}).get("date")},
        "flags": [pick(f, ["code", "count"]) for f in report["flags"]],
        "fingerprint": report["fingerprint"],
    }


_EXPECTED: dict = {}


def expected(text, source=""):
    """The row for a text by the way that has no columns."""
    if text is None:
        return None
    if (text, source) not in _EXPECTED:
        _EXPECTED[text, source] = row(SCREENER.score(text, source).to_dict())
    return _EXPECTED[text, source]


def same(found, wanted):
    found, wanted = list(found), list(wanted)
    assert len(found) == len(wanted), f"{len(found)} rows, expected {len(wanted)}"
    for n, (a, b) in enumerate(zip(found, wanted)):
        assert a == b, f"row {n}: {json.dumps(a)[:400]}\nexpected: {json.dumps(b)[:400]}"


def raises(message, function, *args):
    try:
        function(*args)
    except skillscreen.SkillscreenError as error:
        assert message in str(error), str(error)
    else:
        raise AssertionError(f"no error; expected {message}")


def broken_column():
    """A string column whose bytes are no UTF-8, as files have them at times."""
    offsets = pa.array([0, len(BROKEN)], pa.int32()).buffers()[1]
    return pa.StringArray.from_buffers(1, offsets, pa.py_buffer(BROKEN))


# --- the package


def test_report_is_typed_and_tells_what_its_json_tells():
    report = SCREENER.score("EXPERIENCE\nSupervised 12 agents, processed payroll. 01/2010 - 06/2014", "ada")
    assert report.to_dict() == json.loads(report.to_json())
    assert (report.source, report.status) == ("ada", "scored")
    payroll = report.skill("payroll")
    assert payroll.evidence[0].quote == "processed payroll" and payroll in report.skills
    parts = sum(s.points for s in report.skills) + sum(r.points for r in report.requirements)
    assert math.isclose(report.score, parts), (report.score, parts)
    assert report.facts.years_experience == report.to_dict()["facts"]["years_experience"]
    assert report.skill("iso") is None and "iso" in [skill.id for skill in report.missing]
    assert repr(report.missing[0]).startswith("MissingSkill(id='"), repr(report.missing[0])
    assert report == skillscreen.Report.from_json(report.to_json()) == pickle.loads(pickle.dumps(report))


def test_files_are_read():
    for name in ["customer-service-manager-nakagawa.pdf", "customer-service-manager-whitlock.docx", "cashier-oduya.txt"]:
        report = SCREENER.score_file(ROOT / "fixtures/resumes" / name)
        assert report.status == "scored" and report.source.endswith(name), report
    raises("broken.pdf: ", SCREENER.score_file, ROOT / "fixtures/resumes/broken.pdf")
    raises("no-such-file.txt: ", SCREENER.score_file, "no-such-file.txt")


def test_errors_are_those_of_the_library():
    raises('no built-in profile is named "cobbler"; there are csm, ', skillscreen.Screener, "cobbler")
    raises("office.toml, line 2: ", skillscreen.Taxonomy.from_toml, "[taxonomy]\nid = 3\n", "office.toml")
    raises("no-such.toml: cannot read: ", skillscreen.JobProfile.from_file, "no-such.toml")
    raises('as_of is "soon"; expected a month such as 2024-06', skillscreen.Screener, "csm", None, "soon")
    raises("the column of texts is of type Int64; expected string", SCREENER.score_batch, pa.array([1]))
    raises("2 texts, but 1 ids", SCREENER.score_batch, pa.array(["a", "b"]), pa.array([1]))


TAXONOMY = """
[taxonomy]
id = "office"
version = "1.0.0"
[[skill]]
id = "payroll"
label = "Payroll"
"""
PROFILE = """
[profile]
id = "clerk"
version = "1.0.0"
label = "Clerk"
[[skill]]
id = "payroll"
weight = 1
"""


def test_a_screener_travels_with_its_taxonomy_and_profile():
    own = skillscreen.Screener(skillscreen.JobProfile.from_toml(PROFILE), skillscreen.Taxonomy.from_toml(TAXONOMY), as_of="2024-06")
    for screener in [SCREENER, own, skillscreen.Screener("csm-retail", as_of="2020-01")]:
        twin = pickle.loads(pickle.dumps(screener))
        assert twin.fingerprint == screener.fingerprint, (twin, screener)
        assert twin.score(TEXTS[0]) == screener.score(TEXTS[0])
    assert [skill.id for skill in own.score("Payroll, training").skills] == ["payroll"]
    for value in [skillscreen.Taxonomy(), skillscreen.JobProfile("csm-retail"), skillscreen.JobProfile.from_toml(PROFILE)]:
        assert pickle.loads(pickle.dumps(value)).fingerprint == value.fingerprint


def test_stubs_and_docs_tell_what_there_is():
    package = importlib.resources.files("skillscreen")
    assert package.joinpath("py.typed").is_file()
    told = set()
    for node in ast.parse(package.joinpath("_skillscreen.pyi").read_text()).body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_"):
            told.add(node.name)
            value = getattr(skillscreen, node.name)
            assert value.__doc__, f"{node.name} has no docs"
            members = [m.name for m in getattr(node, "body", []) if isinstance(m, ast.FunctionDef)]
            for member in members if isinstance(node, ast.ClassDef) else []:
                assert hasattr(value, member), f"{node.name} has no {member}"
    assert told == set(skillscreen.__all__) - {"__version__"}


def test_other_threads_run_while_it_scores():
    texts = pa.array([made.resume(n, 5000) for n in range(2000)])
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.002)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.monotonic()
    SCREENER.score_batch(texts)
    end = time.monotonic()
    done.set()
    thread.join()
    inside = sum(start < t < end for t in ticks)
    assert inside > 5, f"{inside} ticks in {end - start:.2f} s"


# --- pyarrow


def test_pyarrow_takes_every_kind_of_column():
    wanted = [expected(text) for text in TEXTS]
    for kind in [pa.string(), pa.large_string(), pa.string_view()]:
        column = pa.array(TEXTS, kind)
        same(pa.array(SCREENER.score_batch(column)).to_pylist(), wanted)
        same(pa.array(SCREENER.score_batch(column.slice(3, 4))).to_pylist(), wanted[3:7])
        chunked = pa.chunked_array([column.slice(0, 2), column.slice(2, 0), column.slice(2)])
        same(pa.chunked_array(SCREENER.score_batch(chunked, threads=2)).to_pylist(), wanted)
        assert len(SCREENER.score_batch(pa.array([], kind))) == 0
    assert pa.array(SCREENER.score_batch(pa.array([None, None]))).null_count == 2


def test_pyarrow_takes_broken_unicode():
    for column in [broken_column(), pa.array([BROKEN]), pa.array([BROKEN], pa.large_binary())]:
        [found] = pa.array(SCREENER.score_batch(column)).to_pylist()
        assert found["status"] == "partial" and {"code": "not_all_read", "count": 4} in found["flags"], found["flags"]
        mended = expected(BROKEN.decode("ascii", "replace").replace("\ufffd", "?"))
        assert found["skills"] == mended["skills"] and found["score"] == mended["score"]
        for skill in found["skills"]:
            for e in skill["evidence"]:
                assert BROKEN[e["start"] : e["end"]].decode("ascii") == e["quote"]


def test_a_string_with_half_a_surrogate_pair_is_scored_as_broken():
    text = "EXPERIENCE\nProcessed payroll \ud83d and trained agents\n"
    report = SCREENER.score(text)
    assert report.status == "partial" and "not_all_read" in [flag.code for flag in report.flags], report.flags
    [payroll] = report.skill("payroll").evidence
    assert text.encode("utf-8", "surrogatepass")[payroll.start : payroll.end].decode() == payroll.quote == "Processed payroll"


def test_results_are_not_copied():
    results = SCREENER.score_batch(pa.array(TEXTS), ids=pa.array(range(len(TEXTS))))
    one, two = pa.array(results), pa.array(results)
    places = lambda array: [b.address for b in array.buffers() if b]  # noqa: E731
    assert places(one) == places(two)
    assert places(pa.chunked_array(pl.Series(results).to_frame().to_arrow()[""].chunks).chunk(0).field("score")), "polars reads it"
    assert one.type == pa.struct(list(pa.schema(skillscreen.schema())))


def test_prevalence_is_counted_from_any_table():
    texts = [made.resume(n, 2000) for n in range(300)] + [None]
    results = SCREENER.score_batch(pa.array(texts))
    found = skillscreen.prevalence(results, SCREENER)
    counts = {}
    for text in texts[:-1]:
        for skill in SCREENER.score(text).skills:
            counts[skill.id] = counts.get(skill.id, 0) + 1
    assert {s.id: s.resumes for s in found if s.resumes} == counts and counts
    assert all(s.of == 300 and s.interval == skillscreen.wilson(s.resumes, 300) for s in found)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/scored.parquet"
        pq.write_table(pa.Table.from_struct_array(pa.array(results).drop_null()), path)
        for table in [pq.read_table(path), pl.read_parquet(path), duckdb.sql(f"select * from '{path}'").to_arrow_table()]:
            assert skillscreen.prevalence(table, SCREENER) == found, type(table)


# --- polars, duckdb


def test_polars():
    kind = pl.Series(SCREENER.score_batch(pa.array([], pa.string()))).dtype
    frame = pl.DataFrame({"id": range(len(TEXTS)), "text": TEXTS}).lazy()
    scored = frame.with_columns(pl.col("text").map_batches(lambda s: pl.Series(SCREENER.score_batch(s)), return_dtype=kind).alias("report"))
    same(scored.collect()["report"].to_list(), [expected(text) for text in TEXTS])


def test_duckdb():
    table = pa.table({"id": range(len(TEXTS)), "text": pa.array(TEXTS)})
    connection = duckdb.connect()
    kind = duckdb_type(connection)
    score = lambda texts: pa.chunked_array(SCREENER.score_batch(texts))  # noqa: E731
    connection.create_function("score", score, [duckdb.sqltypes.VARCHAR], kind, type="arrow", null_handling="special")
    connection.register("resumes", table)
    rows = connection.sql("select score(text) from resumes order by id").fetchall()
    same([row for [row] in rows], [expected(text) for text in TEXTS])


def duckdb_type(connection):
    empty = pa.table({"report": pa.array(SCREENER.score_batch(pa.array([], pa.string())))})
    connection.register("empty", empty)
    return connection.sql("select report from empty").types[0]


# --- spark


@contextlib.contextmanager
def spark_session(**settings):
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("engines")
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.sql.shuffle.partitions": "4", "spark.log.level": "ERROR", **settings}
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()


def test_spark_rows_are_those_of_the_library():
    import spark as script

    with spark_session() as session, tempfile.TemporaryDirectory() as folder:
        for n in range(0, len(TEXTS), 5):
            some = TEXTS[n : n + 5]
            pq.write_table(pa.table({"id": range(n, n + len(some)), "text": pa.array(some, pa.string())}), f"{folder}/{n}.parquet")
        broken = session.sql(f"select 1000L as id, cast(unhex('{BROKEN.hex()}') as string) as text")
        scored = script.score(session.read.parquet(folder).unionByName(broken), SCREENER)
        found = {row["id"]: row["report"] for row in scored.collect()}
    plain = lambda row: row and row.asDict(recursive=True)  # noqa: E731
    same((plain(found[n]) for n in range(len(TEXTS))), (expected(text, str(n)) for n, text in enumerate(TEXTS)))
    assert found[1000]["status"] == "partial" and found[1000]["skills"], found[1000]


def test_spark_counts_are_those_of_one_machine():
    import spark as script

    with spark_session() as session, tempfile.TemporaryDirectory() as folder:
        made_folder(f"{folder}/in", 3000, 6)
        own = skillscreen.Screener(skillscreen.JobProfile("csm-call-center"), skillscreen.Taxonomy(), as_of="2024-06")
        script.score(session.read.parquet(f"{folder}/in"), own).write.parquet(f"{folder}/out")
        scored = session.read.parquet(f"{folder}/out")
        found = {row["id"]: (row["resumes"], row["of"], row["mentions"]) for row in script.prevalence(scored).collect()}
        texts = pq.read_table(f"{folder}/in")["text"]
        results = own.score_batch(texts, threads=0)
        wanted = {s.id: (s.resumes, s.of, s.mentions) for s in skillscreen.prevalence(results, own) if s.resumes}
        assert found == wanted and wanted, set(found.items()) ^ set(wanted.items())
        rows = pa.chunked_array(results).to_pylist()
        first = script.co_occurrence(scored).first()
        both = sum({first["a"], first["b"]} <= {skill["id"] for skill in row["skills"]} for row in rows)
        assert both == first["resumes"], (first, both)
        assert script.top(scored, 3).collect()[0]["score"] == max(row["score"] for row in rows)


def test_spark_survives_a_killed_executor():
    import spark as script

    files, rows = 40, 20_000
    # One file a task.
    settings = {"spark.sql.files.maxPartitionBytes": "200k", "spark.sql.files.openCostInBytes": "200k"}
    for round in range(REPEATS):
        with spark_session(**settings) as session, tempfile.TemporaryDirectory() as folder:
            made_folder(f"{folder}/in", rows, files)
            killed, stop = [], threading.Event()

            def kill():
                # In the middle: a quarter of the tasks have written their file, the rest have not.
                while not stop.is_set() and not killed:
                    if len(list(pathlib.Path(folder).glob("out/_temporary/**/task_*/*.parquet"))) >= files // 4:
                        killed.append(executors()[0])
                        os.kill(killed[0], signal.SIGKILL)
                    time.sleep(0.02)

            thread = threading.Thread(target=kill, daemon=True)
            thread.start()
            start = time.monotonic()
            try:
                script.score(session.read.parquet(f"{folder}/in"), SCREENER).write.parquet(f"{folder}/out")
            finally:
                stop.set()
            thread.join()
            took = time.monotonic() - start
            assert killed, "the job was over before the kill"
            assert killed[0] not in executors(), "the executor lives"
            ids = pq.read_table(f"{folder}/out", columns=["id"])["id"].to_pylist()
            assert sorted(ids) == list(range(rows)), f"{len(ids)} rows, {len(set(ids))} ids"
            print(f"  kill {round + 1}: one executor of two, {rows} rows once each, {took:.0f} s", flush=True)


def executors():
    """The executors that this process has started, however far down."""
    parents, names = {}, {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(entry.joinpath("stat").read_text().rsplit(")", 1)[1].split()[1])
                names[int(entry.name)] = entry.joinpath("cmdline").read_bytes()
            except (FileNotFoundError, ProcessLookupError):
                pass

    def ours(pid):
        while pid > 1:
            pid = parents.get(pid, 0)
            if pid == os.getpid():
                return True
        return False

    # The launcher is a shell script at times; the executor itself is Java.
    return sorted(pid for pid, name in names.items() if b"CoarseGrainedExecutorBackend" in name and b"java" in name.split(b"\0")[0] and ours(pid))


def made_folder(folder, rows, files):
    os.makedirs(folder)
    for n in range(files):
        ids = list(range(rows * n // files, rows * (n + 1) // files))
        pq.write_table(pa.table({"id": ids, "text": [made.resume(i, 1500) for i in ids]}), f"{folder}/{n:03}.parquet")


# What CI runs with --quick: equal rows on every engine, odd rows, a killed executor.
QUICK = [
    test_errors_are_those_of_the_library,
    test_a_screener_travels_with_its_taxonomy_and_profile,
    test_stubs_and_docs_tell_what_there_is,
    test_pyarrow_takes_every_kind_of_column,
    test_pyarrow_takes_broken_unicode,
    test_polars,
    test_duckdb,
    test_spark_rows_are_those_of_the_library,
    test_spark_survives_a_killed_executor,
]


def main():
    global REPEATS
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--kills", type=int, default=1)
    parser.add_argument("--without", nargs=2, default=(None, None))
    args = parser.parse_args()
    REPEATS = args.kills
    part, why = args.without
    passed = failed = skipped = 0
    for name, test in list(globals().items()):
        wanted = not args.names or any(some in name for some in args.names)
        if not name.startswith("test_") or not wanted or (args.quick and test not in QUICK):
            continue
        if part and part in name:
            skipped += 1
            print(f"{name} ... skipped: {why}", flush=True)
            continue
        start = time.monotonic()
        try:
            test()
            passed += 1
            print(f"{name} ... ok ({time.monotonic() - start:.1f} s)", flush=True)
        except Exception:
            failed += 1
            print(f"{name} ... FAILED\n{traceback.format_exc()}", flush=True)
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    sys.exit(failed > 0 or passed == 0)


if __name__ == "__main__":
    main()
