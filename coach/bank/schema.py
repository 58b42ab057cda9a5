"""What a bank file may hold: strict models at the border, for checking and for the published JSON Schema."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from coach.bank.names import ASKED_BY, COUNTRIES, CRITERIA, MAX_QUESTIONS, PLACEHOLDERS, allowed_text
from coach.bank.text import hidden_character
from coach.domain.question import CATEGORIES

FORMAT = 1
"""The number of this format; a file with a higher number was written for a newer coach."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


def visible(text: str) -> str:
    """Refuses characters that a reader cannot see but a terminal obeys."""
    found = hidden_character(text)
    if found:
        raise PydanticCustomError(
            "coach",
            "a hidden or control character ({found}) is in the text.",
            {"found": found, "allowed": "plain text"},
        )
    return text


def _fillable(text: str) -> str:
    for name in _PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            allowed = allowed_text(name, (f"{{{known}}}" for known in PLACEHOLDERS))
            raise PydanticCustomError(
                "coach", "the placeholder {name} is not known.", {"name": f"{{{name}}}", "allowed": allowed}
            )
    return text


def one_of(what: str, names: tuple[str, ...]) -> AfterValidator:
    """A check that a text is one of `names`; the problem names the nearest one."""

    def check(value: str) -> str:
        if value not in names:
            raise PydanticCustomError(
                "coach",
                "the {what} {value} is not known.",
                {"what": what, "value": repr(value), "allowed": allowed_text(value, names)},
            )
        return value

    return AfterValidator(check)


def _file_name(value: str) -> str:
    if value in _RESERVED:
        raise PydanticCustomError(
            "coach", "{value} cannot be the name of a file on Windows.", {"value": repr(value), "allowed": "another id"}
        )
    return value


Word = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(visible)]
Text = Annotated[str, Field(min_length=1, max_length=2_000), AfterValidator(visible)]
Spoken = Annotated[str, Field(min_length=3, max_length=600), AfterValidator(visible), AfterValidator(_fillable)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$"), AfterValidator(_file_name)]
QuestionId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,79}$")]
Tag = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
CriterionId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$", json_schema_extra={"examples": list(CRITERIA)})]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Date = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
Seconds = Annotated[float, Field(ge=5, le=3_600)]
Category = Annotated[str, one_of("category", CATEGORIES), Field(json_schema_extra={"enum": list(CATEGORIES)})]
Asker = Annotated[str, one_of("interviewer", ASKED_BY), Field(json_schema_extra={"enum": list(ASKED_BY)})]
Country = Annotated[str, one_of("country", COUNTRIES), Field(json_schema_extra={"enum": list(COUNTRIES)})]


class Strict(BaseModel):
    """Refuses keys that it does not know, and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AnswerSeconds(Strict):
    """How long an answer should be: right between `low` and `high`, too long after `stop`."""

    low: Seconds = Field(default=60, description="Shorter than this is short.")
    high: Seconds = Field(default=90, description="Longer than this is long.")
    stop: Seconds = Field(default=120, description="Longer than this is too long.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.high <= self.stop:
            given = f"{self.low:g}, {self.high:g}, {self.stop:g}"
            raise PydanticCustomError(
                "coach",
                "the three times are in the wrong order ({given}).",
                {"given": given, "allowed": "low <= high <= stop"},
            )
        return self


class _Common(Strict):
    category: Category | None = Field(default=None, description="Which kind of question it is; decides what is judged.")
    structure: Word | None = Field(
        default=None, description="The structure to use, by name: STAR, 20/80, present-past-future."
    )
    answer_seconds: AnswerSeconds | None = Field(default=None, description="How long the answer should be.")
    think_seconds: Annotated[float, Field(ge=0, le=3_600)] | None = Field(
        default=None, description="Seconds to read and think before the answer."
    )
    asked_by: Asker | None = Field(default=None, description="Who asks it.")
    specialty: Word | None = Field(default=None, description="Only for this specialty; leave out for all.")
    country: Country | None = Field(default=None, description="Only for this country; leave out for both.")
    tags: Annotated[list[Tag], Field(max_length=30)] = Field(default=[], description="Finer groups, to choose by.")


class Defaults(_Common):
    """What holds for every question of the bank that does not say otherwise. Tags are added to the question's own."""


class QuestionEntry(_Common):
    """One question."""

    id: QuestionId = Field(description="Unique in the bank. Never change it: the history of answers hangs on it.")
    ask: Spoken = Field(description="The question as an interviewer says it. May hold {placeholders}.")
    rephrasings: Annotated[list[Spoken], Field(max_length=20)] = Field(
        default=[], description="Other ways to ask the same."
    )
    why: Text | None = Field(default=None, description="Why interviewers ask it.")
    strong: Text | None = Field(default=None, description="What a strong answer shows.")
    sinks: Text | None = Field(default=None, description="What sinks an answer.")
    follow_ups: Annotated[list[Spoken], Field(max_length=20)] = Field(default=[], description="What may be asked next.")
    criteria: Annotated[list[CriterionId], Field(max_length=30)] = Field(
        default=[], description="Criteria that matter most."
    )


class Fact(Strict):
    """A dated fact that the candidate should verify."""

    title: Word
    text: Text
    as_of: Date | None = Field(default=None, description="When it was true: 2025, 2025-03 or 2025-03-31.")
    verify: bool = Field(default=True, description="Whether the candidate should check it with the source.")


class BankHeader(Strict):
    """A bank without its questions."""

    format: Annotated[int, Field(ge=1, le=FORMAT)] = Field(description="The number of this format: 1.")
    id: Slug = Field(description="Short name of the bank: small letters, digits, hyphens.")
    title: Word
    author: Word | None = None
    version: Word | None = None
    licence: Word | None = None
    language: Language = "en"
    about: Text | None = None
    rubric: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")] | None = Field(
        default=None, description="The rubric to judge by; leave out for the built-in one."
    )
    defaults: Defaults = Defaults()
    facts: Annotated[list[Fact], Field(max_length=200)] = []


class BankFile(BankHeader):
    """A question bank."""

    questions: Annotated[list[QuestionEntry], Field(min_length=1, max_length=MAX_QUESTIONS)]
