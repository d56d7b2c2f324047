"""Tests that other programs read the tables as they are meant: DuckDB and Polars the Parquet and CSV, LibreOffice the CSV.

    python -m venv env && env/bin/pip install duckdb polars
    cargo build --release --features full
    env/bin/python tests/tables.py target/release/skillscreen [FOLDER OF RESUMES]

Counts and prevalence have to be those of the JSON, and no cell may be a formula. LibreOffice is skipped where there is none.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import duckdb
import polars as pl

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
RESUMES = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "fixtures/resumes").resolve()
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =2+2", '=HYPERLINK("http://x","y")', "-2+3+cmd|' /C calc'!A0",
           'a",=1,"', "＝1+1", "\u00a0=1", "\u200b=1", "%=1", "'=1", ";=1"]


def score(folder, *arguments):
    outputs = [flag for name in ["all.json", "all.csv", "all.skills.csv", "all.parquet"] for flag in ("-o", folder / name)]
    run = subprocess.run([PROGRAM, "score", *arguments, "-q", *outputs], capture_output=True, text=True)
    assert run.returncode in (0, 3), run.stderr
    return json.loads((folder / "all.json").read_text("utf-8"))


def expected(batch):
    """What every reader has to find: rows, scored rows, the sum of the scores, and resumes and mentions of each skill."""
    scores = [resume["score"] for resume in batch["resumes"] if resume["score"] is not None]
    skills = {skill["id"]: (skill["resumes"], skill["mentions"]) for skill in batch["skills"] if skill["resumes"]}
    return batch["discovered"] - batch["skipped"], batch["scored"], round(sum(scores), 4), skills


def by_duckdb(parquet, csv, skills_csv):
    one = lambda query: duckdb.sql(query).fetchall()  # noqa: E731
    rows = "select count(*), count(score), round(sum(score), 4) from "
    skills = "select {0}, count(*), sum({1})::bigint from {2} group by 1"
    nested = f"(select unnest(skills) as s from '{parquet}')"
    for table, per_skill in [
        (f"'{parquet}'", skills.format("s.id", "s.occurrences", nested)),
        (f"read_csv('{csv}')", skills.format("skill", "occurrences", f"read_csv('{skills_csv}')")),
    ]:
        (total, scored, points), = one(rows + table)
        yield total, scored, points, {skill: (n, mentions) for skill, n, mentions in one(per_skill)}


def by_polars(parquet, csv, skills_csv):
    nested = pl.read_parquet(parquet)
    flat = nested.explode("skills").select("skills").drop_nulls().unnest("skills").rename({"id": "skill"})
    for table, skills in [(nested, flat), (pl.read_csv(csv, infer_schema_length=None), pl.read_csv(skills_csv, infer_schema_length=None))]:
        counted = skills.group_by("skill").agg(pl.len(), pl.col("occurrences").sum())
        found = {skill: (n, mentions) for skill, n, mentions in counted.iter_rows()}
        yield table.height, table["score"].count(), round(table["score"].sum(), 4), found


def test_readers_agree_with_the_json(folder):
    wanted = expected(score(folder, RESUMES))
    files = folder / "all.parquet", folder / "all.csv", folder / "all.skills.csv"
    for reader in by_duckdb, by_polars:
        for kind, found in zip(["parquet", "csv"], reader(*files)):
            assert found == wanted, f"{reader.__name__}, {kind}: {str(found)[:300]}\nexpected: {str(wanted)[:300]}"
    return f"{wanted[0]} rows, {wanted[1]} scored, {len(wanted[3])} skills"


def test_a_spreadsheet_runs_nothing(folder):
    office = shutil.which("soffice")
    if office is None:
        return "skipped: no LibreOffice"
    records = [{"id": bad, "text": f"{bad} Processed payroll {bad}\nSkills\n{bad}, payroll"} for bad in HOSTILE]
    (folder / "in.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records) + "=no record\n", "utf-8")
    score(folder, folder / "in.jsonl")
    cells = 0
    for name in ["all.csv", "all.skills.csv"]:
        converted = [office, "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "fods", "--outdir", folder, folder / name]
        subprocess.run(converted, check=True, capture_output=True)
        sheet = (folder / name).with_suffix(".fods").read_text("utf-8")
        assert "table:formula" not in sheet, name
        cells += len(re.findall("office:value-type", sheet))
    assert cells > len(HOSTILE), cells
    return f"{cells} cells, no formula"


failed = 0
for name, test in [(name, test) for name, test in list(globals().items()) if name.startswith("test_")]:
    with tempfile.TemporaryDirectory() as folder:
        try:
            print(f"{name}: ok ({test(pathlib.Path(folder))})")
        except AssertionError as error:
            failed += 1
            print(f"{name}: FAILED: {error}")
sys.exit(failed > 0)
