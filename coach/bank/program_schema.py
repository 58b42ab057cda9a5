"""What a program file may hold."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from coach.bank.names import READINGS, ROLES, VISA_TYPES
from coach.bank.schema import FORMAT, Date, Slug, Strict, Text, Word, one_of, visible
from coach.bank.signals import SIGNAL_IDS

_Line = Annotated[Text, Field(max_length=400)]
_Lines = Annotated[list[_Line], Field(max_length=100)]
_Notes = Annotated[str, Field(min_length=1, max_length=20_000), AfterValidator(visible)]
_Percent = Annotated[float, Field(ge=0, le=100)]
_Step = Annotated[int, Field(ge=100, le=300)]
VisaType = Annotated[str, one_of("visa type", VISA_TYPES), Field(json_schema_extra={"enum": list(VISA_TYPES)})]
SignalId = Annotated[str, one_of("signal", SIGNAL_IDS), Field(json_schema_extra={"enum": list(SIGNAL_IDS)})]
ReadingName = Annotated[str, one_of("reading", READINGS), Field(json_schema_extra={"enum": list(READINGS)})]

RoleName = Annotated[str, one_of("role", ROLES), Field(json_schema_extra={"enum": list(ROLES)})]


class VisaEntry(Strict):
    """The program's visa policy."""

    types: Annotated[list[VisaType], Field(max_length=5)] = Field(default=[], description="What it sponsors.")
    note: Text | None = None


class SourceEntry(Strict):
    """Where something was found."""

    what: Word
    where: Text | None = None
    checked: Date | None = Field(default=None, description="When you looked: 2026, 2026-01 or 2026-01-15.")


class SignalEntry(Strict):
    """What residents said about one of the nine signals."""

    id: SignalId
    asked: Text | None = Field(default=None, description="The question you asked, and whom.")
    heard: Text | None = Field(default=None, description="What was said.")
    when: Date | None = None
    reading: ReadingName = "unknown"


class NumbersEntry(Strict):
    """Figures that you found; leave out what you do not know."""

    img_percent: _Percent | None = Field(default=None, description="International graduates in a class, percent.")
    img_years: Annotated[int, Field(ge=0, le=100)] | None = Field(
        default=None, description="For how many years it has matched international graduates each year."
    )
    step2_low: _Step | None = Field(default=None, description="Lowest usual Step 2 score of its residents.")
    step2_high: _Step | None = None
    fellowship_percent: _Percent | None = Field(
        default=None, description="International graduates who went on to a fellowship, percent."
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.step2_low is not None and self.step2_high is not None and self.step2_low > self.step2_high:
            raise PydanticCustomError(
                "coach", "step2_low is above step2_high.", {"allowed": "the lower number as step2_low"}
            )
        return self


class RankEntry(Strict):
    """The program's place in your rank order list."""

    place: Annotated[int, Field(ge=0, le=300)] = Field(default=0, description="From 1; 0 for none.")
    reason: Text | None = Field(default=None, description="Why it stands there.")


class ToAskEntry(Strict):
    """A question that you plan to ask."""

    question: Text
    who: RoleName | None = Field(default=None, description="Whom you will ask.")
    heard: Text | None = Field(default=None, description="What came back.")


class ProgramFile(Strict):
    """A program."""

    format: Annotated[int, Field(ge=1, le=FORMAT)] = Field(description="The number of this format: 1.")
    id: Slug = Field(description="Short name: small letters, digits, hyphens. Never change it.")
    name: Word
    specialty: Word | None = None
    setting: _Line | None = Field(default=None, description="Community, university, rural, size.")
    region: Word | None = None
    city: Word | None = None
    patients: _Line | None = Field(default=None, description="Who the patients are, to stand after 'mostly'.")
    structure: Text | None = Field(default=None, description="How service and teaching are organised.")
    tracks: _Lines = Field(default=[])
    recent_changes: _Lines = Field(default=[])
    visa: VisaEntry = VisaEntry()
    img_history: Text | None = Field(default=None, description="How many international graduates, since when.")
    numbers: NumbersEntry = NumbersEntry()
    facts: _Lines = Field(default=[], description="Checkable things; each counts as a specific reason in an answer.")
    sources: Annotated[list[SourceEntry], Field(max_length=100)] = Field(default=[])
    verify: bool = Field(default=True, description="true: check the facts with the program before you use them.")
    vocabulary: Annotated[list[Word], Field(max_length=300)] = Field(
        default=[], description="Names that the recogniser should know."
    )
    notes: _Notes | None = None
    signals: Annotated[list[SignalEntry], Field(max_length=200)] = Field(default=[])
    rank: RankEntry = RankEntry()
    to_ask: Annotated[list[ToAskEntry], Field(max_length=100)] = Field(
        default=[], description="Your plan of who will be asked what."
    )
