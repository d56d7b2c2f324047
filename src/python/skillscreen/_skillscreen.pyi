import os
from typing import Any, Optional, Protocol, Union, final

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

__version__: str

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

_Column = Union[_ArrowArray, _ArrowStream]

class SkillscreenError(ValueError):
    """A taxonomy, profile, document or column that cannot be used; the message says why, its place first."""

@final
class TaxonomySkill:
    """A skill that a taxonomy has."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def category(self) -> str: ...

@final
class Taxonomy:
    """What skills exist, and under which names. Without arguments, the built-in taxonomy."""

    def __new__(cls, parts: list[tuple[str, str]] = ...) -> Taxonomy:
        """Of TOML texts, each with a name for error messages; of none, the built-in taxonomy."""
    @staticmethod
    def from_toml(text: str, name: str = "taxonomy.toml") -> Taxonomy:
        """Of one TOML text. Raises SkillscreenError with the line when it does not follow the format."""
    @staticmethod
    def from_files(*paths: Union[str, os.PathLike[str]]) -> Taxonomy:
        """Of TOML files that make up one taxonomy."""
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def fingerprint(self) -> str:
        """Changes when anything in it changes."""
    @property
    def skills(self) -> list[TaxonomySkill]: ...

@final
class JobProfile:
    """What one job asks for: the built-in profile of this id, or a (name, TOML text) pair."""

    def __new__(cls, source: Union[str, tuple[str, str]] = "csm") -> JobProfile: ...
    @staticmethod
    def builtin(id: str) -> JobProfile:
        """The built-in profile of this id."""
    @staticmethod
    def builtin_ids() -> list[str]:
        """The ids of all built-in profiles."""
    @staticmethod
    def from_toml(text: str, name: str = "profile.toml") -> JobProfile:
        """Of a TOML text. Raises SkillscreenError with the line when it does not follow the format."""
    @staticmethod
    def from_file(path: Union[str, os.PathLike[str]]) -> JobProfile:
        """Of a TOML file."""
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def fingerprint(self) -> str:
        """Changes when anything that can change a score does."""
    @property
    def skills(self) -> list[tuple[str, int]]:
        """The skills it asks for, with their weights."""

@final
class Evidence:
    """One accepted mention. start and end count bytes of the text in UTF-8."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def quote(self) -> str: ...
    @property
    def section(self) -> str: ...
    @property
    def kind(self) -> str: ...

@final
class Skill:
    """A skill that the resume shows."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def importance(self) -> Optional[str]:
        """None for a skill that the profile does not ask for."""
    @property
    def percent(self) -> float:
        """How strongly it is shown, 0 to 100."""
    @property
    def weight(self) -> float: ...
    @property
    def points(self) -> float:
        """What it adds to the score."""
    @property
    def occurrences(self) -> int: ...
    @property
    def months(self) -> Optional[int]: ...
    @property
    def last_used(self) -> Optional[str]: ...
    @property
    def evidence(self) -> list[Evidence]: ...

@final
class MissingSkill:
    """A skill of the profile that the resume does not show, and what it would add."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def importance(self) -> str: ...
    @property
    def points(self) -> float: ...

@final
class SuppressedMatch:
    """A match that does not count, and why."""

    @property
    def id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def quote(self) -> str: ...
    @property
    def reason(self) -> str: ...

@final
class Requirement:
    """What the profile asks for beside skills, and where it stands: met, not_met, unknown or not_applicable."""

    @property
    def id(self) -> str: ...
    @property
    def need(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def wants(self) -> str: ...
    @property
    def found(self) -> Optional[str]: ...
    @property
    def percent(self) -> float: ...
    @property
    def weight(self) -> float: ...
    @property
    def points(self) -> float: ...

@final
class Facts:
    """Degree and years; None where the resume does not tell."""

    @property
    def degree(self) -> str: ...
    @property
    def degree_field(self) -> Optional[str]: ...
    @property
    def years_experience(self) -> Optional[float]: ...
    @property
    def years_customer_service(self) -> Optional[float]: ...
    @property
    def years_management(self) -> Optional[float]: ...
    @property
    def as_of(self) -> Optional[str]: ...

@final
class Flag:
    """What a person should know before trusting the text."""

    @property
    def code(self) -> str: ...
    @property
    def count(self) -> int: ...

@final
class Fingerprint:
    """What a report was made with. Reports can be compared when all of it is equal."""

    @property
    def engine(self) -> str: ...
    @property
    def taxonomy(self) -> str: ...
    @property
    def profile(self) -> str: ...
    @property
    def options(self) -> str: ...

@final
class Report:
    """One resume, screened."""

    @staticmethod
    def from_json(json: str) -> Report:
        """Of one line of JSON, as to_json gives and the program writes."""
    def to_json(self) -> str:
        """The whole record as one line of JSON."""
    def to_dict(self) -> dict[str, Any]:
        """The whole record as Python values; the same as json.loads(report.to_json())."""
    def skill(self, id: str) -> Optional[Skill]:
        """The skill of this id, if the resume shows it."""
    @property
    def source(self) -> str: ...
    @property
    def status(self) -> str:
        """scored, partial when parts could not be read, or empty for a text of nothing but white space."""
    @property
    def score(self) -> Optional[float]:
        """0 to 100; None when nothing was applicable, or the text is empty."""
    @property
    def coverage(self) -> Optional[float]: ...
    @property
    def skills(self) -> list[Skill]:
        """The skills shown, those with most points first."""
    @property
    def missing(self) -> list[MissingSkill]: ...
    @property
    def suppressed(self) -> list[SuppressedMatch]: ...
    @property
    def requirements(self) -> list[Requirement]: ...
    @property
    def knock_outs(self) -> list[str]: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def flags(self) -> list[Flag]: ...
    @property
    def fingerprint(self) -> Fingerprint: ...

@final
class Results:
    """A column of results: hand it to pyarrow.array, pyarrow.chunked_array, polars.Series or any other Arrow library."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __arrow_c_schema__(self) -> Any: ...
    def __len__(self) -> int: ...

@final
class ResultSchema:
    """The columns of results: hand it to pyarrow.schema."""

    def __arrow_c_schema__(self) -> Any: ...

@final
class Screener:
    """Screens resumes against one job. It may be shared by threads, and pickled: it carries its taxonomy and profile."""

    def __new__(
        cls,
        profile: Union[str, tuple[str, str], JobProfile] = "csm",
        taxonomy: Union[list[tuple[str, str]], Taxonomy, None] = None,
        as_of: Optional[str] = None,
    ) -> Screener:
        """Of a profile and a taxonomy, or of what they are made of; by default those that are built in.

        as_of is the month that "present" means, such as "2024-06"; without it, the latest date of each resume.
        """
    def score(self, text: str, source: str = "") -> Report:
        """Scores one text. Any text gives a report."""
    def score_file(self, path: Union[str, os.PathLike[str]]) -> Report:
        """Scores a document: PDF, DOCX, DOC, ODT, RTF, HTML or text. Raises SkillscreenError when it cannot be read.

        It is read in this process. For files of strangers use the program, which reads each in a process that may die.
        """
    def score_batch(self, texts: _Column, ids: Optional[_Column] = None, threads: int = 1) -> Results:
        """Scores a column of texts: strings, large strings or string views, chunked or not; null stays null.

        ids, strings or integers, become the column source. threads is 1 where an engine calls this in parallel; 0 means one a core.
        """
    @property
    def fingerprint(self) -> Fingerprint: ...

@final
class SkillPrevalence:
    """How often a skill is shown in a pool: percent is resumes of of, with its 95 % Wilson interval."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def resumes(self) -> int: ...
    @property
    def of(self) -> int: ...
    @property
    def percent(self) -> Optional[float]: ...
    @property
    def interval(self) -> Optional[tuple[float, float]]: ...
    @property
    def mentions(self) -> int: ...
    @property
    def mention_share(self) -> Optional[float]: ...
    @property
    def benchmark(self) -> Optional[float]: ...
    @property
    def benchmark_source(self) -> Optional[str]: ...

def prevalence(results: _Column, screener: Screener) -> list[SkillPrevalence]:
    """How often each skill is shown in results of score_batch, or in a table read from Parquet; the most frequent first."""

def schema() -> ResultSchema:
    """The columns of results, as the Parquet files have them."""

def spark_type() -> str:
    """The type of a column of results as Spark's SQL writes it, for mapInArrow."""

def wilson(count: int, of: int) -> Optional[tuple[float, float]]:
    """The 95 % Wilson interval of count out of of, in percent; None when of is 0."""
