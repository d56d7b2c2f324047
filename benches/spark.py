"""Scores a folder of Parquet on Spark, and asks the cluster what the pool amounts to.

    python benches/spark.py RESUMES SCORED [--master local-cluster[2,1,1024]] [--profile csm]

RESUMES has the columns id (bigint) and text (string); SCORED gets the columns id and report. local-cluster[2,1,1024] is a cluster on this
machine: two executors, processes of their own, with one core and 1024 MiB each. For a real one give its address, or use spark-submit.
"""

import argparse
import os
import sys

# Every executor runs this Python, which has the packages skillscreen and pyarrow. To be set before Spark starts.
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession, functions as f

import skillscreen


def score(resumes: DataFrame, screener: skillscreen.Screener) -> DataFrame:
    """The columns id and report. Each task scores batches of its own; the screener travels with the function."""

    def batches(parts):
        for part in parts:
            report = pa.array(screener.score_batch(part["text"], ids=part["id"]))
            yield pa.record_batch([part["id"], report], names=["id", "report"])

    return resumes.select("id", "text").mapInArrow(batches, f"id bigint, report {skillscreen.spark_type()}")


def prevalence(scored: DataFrame) -> DataFrame:
    """How many resumes show each skill, of how many, and how often it is named."""
    readable = scored.where("report.status in ('scored', 'partial')")
    return (
        readable.select("id", f.explode("report.skills").alias("skill"))
        .groupBy("skill.id")
        .agg(f.count("*").alias("resumes"), f.sum("skill.occurrences").alias("mentions"))
        .crossJoin(f.broadcast(readable.agg(f.count("*").alias("of"))))
        .withColumn("percent", f.round(f.expr("100 * resumes / of"), 1))
        .orderBy(f.desc("resumes"), "id")
    )


def co_occurrence(scored: DataFrame) -> DataFrame:
    """How many resumes show both skills of a pair."""
    scored.createOrReplaceTempView("scored")
    return scored.sparkSession.sql(
        """
        with shown as (select report.skills.id as skills from scored),
        first as (select a, skills from shown lateral view explode(skills) as a)
        select a, b, count(*) as resumes from first lateral view explode(skills) as b where a < b
        group by a, b order by resumes desc, a, b
        """
    )


def top(scored: DataFrame, n: int = 10) -> DataFrame:
    """The candidates with the highest scores."""
    return scored.select("id", "report.score", f.expr("slice(report.skills.id, 1, 3)").alias("best")).orderBy(f.desc("score"), "id").limit(n)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("resumes")
    parser.add_argument("scored")
    parser.add_argument("--master", default="local-cluster[2,1,1024]")
    parser.add_argument("--profile", default="csm")
    args = parser.parse_args()
    spark = SparkSession.builder.master(args.master).appName("skillscreen").getOrCreate()
    screener = skillscreen.Screener(args.profile)
    score(spark.read.parquet(args.resumes), screener).write.parquet(args.scored)
    scored = spark.read.parquet(args.scored)
    prevalence(scored).show(15, truncate=False)
    co_occurrence(scored).show(10, truncate=False)
    top(scored).show(truncate=False)
    spark.stop()


if __name__ == "__main__":
    main()
