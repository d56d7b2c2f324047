"""Makes resumes for measuring: the same rows for the same numbers, all of them invented.

    python benches/resumes.py FOLDER [--rows 200000] [--files 8] [--bytes 5000]

Writes FOLDER/part-00.parquet and so on, with the columns id (bigint) and text (string). Needs pyarrow.
"""

import argparse
import pathlib
import random

import pyarrow as pa
import pyarrow.parquet as pq

TITLES = ["Customer Service Manager", "Call Center Supervisor", "Support Team Lead", "Retail Manager", "Account Coordinator", "Warehouse Clerk"]
COMPANIES = ["Norvale Goods", "Bluefen Telecom", "Harrowgate Foods", "Ostrava Travel", "Pinecrest Energy", "Quillon Media"]
DUTIES = [
    "Supervised a team of {n} customer service representatives",
    "Resolved customers' complaints and escalations within {n} hours",
    "Processed payroll for {n} employees every other week",
    "Trained {n} new agents on products and procedures",
    "Prepared budgets and monthly reports for upper management",
    "Answered {n}0 inbound calls a day",
    "Raised customer satisfaction scores by {n} percent",
    "Maintained ISO 9001 records and quality audits",
    "Wrote schedules for {n} part-time employees",
    "Managed inventory of {n}00 items in two warehouses",
    "Used Salesforce, Excel and Zendesk every day",
    "Interviewed and hired {n} people a year",
    "Took notes at meetings and filed them by date and by place",
    "Walked the floor each morning and spoke with everybody there",
    "Kept the office plants alive through {n} summers",
    "Drove the delivery van between the two sites when asked to",
    "Ordered paper, toner and coffee for a floor of {n} people",
    "No experience with payroll",
]
SKILLS = ["Customer service", "Conflict resolution", "Microsoft Excel", "Spanish", "Coaching", "Data entry", "CRM", "Payroll", "Time management", "Typing"]
SCHOOLS = ["Bachelor of Business Administration", "Associate of Arts", "High School Diploma"]


def resume(seed: int, size: int) -> str:
    pick = random.Random(seed)
    lines = [f"Person {seed}", "SUMMARY", f"{pick.choice(TITLES)} with {pick.randint(2, 20)} years of experience.", "EXPERIENCE"]
    length = sum(map(len, lines))
    year = 2020
    while length < size:
        start = year - pick.randint(1, 3)
        job = [f"{pick.choice(TITLES)}, {pick.choice(COMPANIES)}", f"{pick.randint(1, 12):02}/{start} - {pick.randint(1, 12):02}/{year}"]
        job += [f"- {pick.choice(DUTIES).format(n=pick.randint(2, 40))}." for _ in range(pick.randint(5, 14))]
        year = start if start > 1975 else 2020
        lines += job
        length += sum(map(len, job)) + len(job)
    lines += ["EDUCATION", pick.choice(SCHOOLS), "SKILLS", ", ".join(pick.sample(SKILLS, 5))]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--bytes", type=int, default=5000)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for file in range(args.files):
        ids = range(args.rows * file // args.files, args.rows * (file + 1) // args.files)
        with pq.ParquetWriter(args.folder / f"part-{file:02}.parquet", pa.schema({"id": pa.int64(), "text": pa.string()}), compression="zstd") as writer:
            for at in range(0, len(ids), 5000):
                some = ids[at : at + 5000]
                texts = [resume(n, args.bytes) for n in some]
                writer.write_table(pa.table({"id": pa.array(some, pa.int64()), "text": pa.array(texts, pa.string())}))


if __name__ == "__main__":
    main()
