"""What scoring a folder of Parquet costs on each engine: CPU seconds of the whole process tree, executors included. Linux.

    python benches/resumes.py resumes --rows 200000
    python benches/cost.py resumes scored ENGINE [--master local-cluster[2,1,1024]]

ENGINE is batch (one process, one thread: what the others are compared with), polars, duckdb or spark. RESUMES has the columns id and text;
SCORED, a folder that is not there yet, gets the columns id and report.
"""

import argparse
import ctypes
import os
import pathlib
import resource
import subprocess
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
ROWS = 10_000


def batch(resumes: pathlib.Path, scored: pathlib.Path, screener) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    for path in sorted(resumes.glob("*.parquet")):
        writer = None
        for rows in pq.ParquetFile(path).iter_batches(ROWS, columns=["id", "text"], use_threads=False):
            report = pa.array(screener.score_batch(rows["text"], ids=rows["id"]))
            out = pa.record_batch([rows["id"], report], names=["id", "report"])
            writer = writer or pq.ParquetWriter(scored / path.name, out.schema, compression="snappy")
            writer.write_batch(out)
        writer.close()


def polars(resumes: pathlib.Path, scored: pathlib.Path, screener) -> None:
    import polars as pl

    kind = pl.Series(screener.score_batch(pl.Series([], dtype=pl.String))).dtype
    report = pl.col("text").map_batches(lambda s: pl.Series(screener.score_batch(s)), return_dtype=kind, is_elementwise=True)
    pl.scan_parquet(resumes / "*.parquet").select("id", report.alias("report")).sink_parquet(
        scored / "scored.parquet", compression="snappy", row_group_size=ROWS
    )


def duckdb(resumes: pathlib.Path, scored: pathlib.Path, screener) -> None:
    import duckdb
    import pyarrow as pa

    connection = duckdb.connect()
    connection.register("empty", pa.table({"report": pa.array(screener.score_batch(pa.array([], pa.string())))}))
    kind = connection.sql("select report from empty").types[0]
    score = lambda texts: pa.chunked_array(screener.score_batch(texts))  # noqa: E731
    connection.create_function("score", score, ["varchar"], kind, type="arrow", null_handling="special")
    connection.sql(
        f"copy (select id, score(text) as report from '{resumes}/*.parquet') to '{scored}/scored.parquet' (compression snappy, row_group_size {ROWS})"
    )


def spark(resumes: pathlib.Path, scored: pathlib.Path, screener, master: str) -> None:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    import spark as script

    session = SparkSession.builder.master(master).appName("cost").config("spark.log.level", "ERROR").getOrCreate()
    script.score(session.read.parquet(str(resumes)), screener).write.mode("append").parquet(str(scored))
    session.stop()


def descendants() -> dict:
    """CPU seconds so far of each process below this one, by its number and start.

    Looked at while they run: what is known of ended children misses workers of an executor that was ended before it waited for them.
    """
    parents, used = {}, {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = pathlib.Path("/proc", entry, "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            pid, (parent, user, system, start) = int(entry), (int(stat[n]) for n in (1, 11, 12, 19))
            parents[pid], used[pid, start] = parent, (user + system) / os.sysconf("SC_CLK_TCK")

    def below(pid: int) -> bool:
        while pid := parents.get(pid, 0):
            if pid == os.getpid():
                return True
        return False

    return {key: seconds for key, seconds in used.items() if below(key[0])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("resumes", type=pathlib.Path)
    parser.add_argument("scored", type=pathlib.Path)
    parser.add_argument("engine", choices=["batch", "polars", "duckdb", "spark"])
    parser.add_argument("--master", default="local-cluster[2,1,1024]")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        import skillscreen

        screener = skillscreen.Screener("csm")
        master = {"master": args.master} if args.engine == "spark" else {}
        globals()[args.engine](args.resumes, args.scored, screener, **master)
        return
    args.scored.mkdir(parents=True)
    # Orphans become children of this process: Spark's workers outlive those who started them.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    start = time.monotonic()
    engine = subprocess.Popen([sys.executable, __file__, *sys.argv[1:], "--inside"])
    cpu, took, code = {}, 0.0, None
    while True:
        cpu.update(descendants())
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if pid == engine.pid:
            took, code = time.monotonic() - start, os.waitstatus_to_exitcode(status)
        if pid == 0:
            time.sleep(0.1)
    name = f"{args.engine} on {args.master}" if args.engine == "spark" else args.engine
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    memory = used.ru_maxrss / 1024
    print(f"{name}: {sum(cpu.values()):.1f} CPU s, {took:.1f} s by the clock, largest process {memory:.0f} MiB", flush=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
