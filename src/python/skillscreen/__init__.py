"""Screens resumes: which skills they show, how strongly, and how well they fit a job.

>>> import skillscreen
>>> report = skillscreen.Screener("csm").score("Supervised 12 agents, processed payroll")
>>> report.skill("payroll").evidence[0].quote
'processed payroll'

Columns go in and come out as Arrow, from and to any library that has the PyCapsule interface (pyarrow, Polars, DuckDB and others),
without a copy: :meth:`Screener.score_batch`.
"""

from ._skillscreen import (
    Evidence,
    Facts,
    Fingerprint,
    Flag,
    JobProfile,
    MissingSkill,
    Report,
    Requirement,
    Results,
    ResultSchema,
    Screener,
    Skill,
    SkillPrevalence,
    SkillscreenError,
    SuppressedMatch,
    Taxonomy,
    TaxonomySkill,
    __version__,
    prevalence,
    schema,
    spark_type,
    wilson,
)

__all__ = [
    "Evidence",
    "Facts",
    "Fingerprint",
    "Flag",
    "JobProfile",
    "MissingSkill",
    "Report",
    "Requirement",
    "Results",
    "ResultSchema",
    "Screener",
    "Skill",
    "SkillPrevalence",
    "SkillscreenError",
    "SuppressedMatch",
    "Taxonomy",
    "TaxonomySkill",
    "__version__",
    "prevalence",
    "schema",
    "spark_type",
    "wilson",
]
