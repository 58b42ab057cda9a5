"""Questions, the time an answer should take, and the programs that questions are about."""

from dataclasses import dataclass, field

CATEGORIES = (
    "about_you",
    "behavioral",
    "program_specific",
    "red_flag",
    "visa",
    "future_plans",
    "clinical",
    "strengths",
    "time_management",
    "questions_for_us",
    "resident_lunch",
)

DEFAULT_QUESTION = "Tell me about yourself."
"""What an answer is taken to answer where nobody says what was asked; its category is "about_you"."""


@dataclass(frozen=True, slots=True)
class TimeBand:
    """How long an answer should be, in seconds.

    Below `low_s` it is short, between `low_s` and `high_s` it is right, above `high_s` it is long, above `stop_s` it is
    too long. The default is guide 0, section 4: 60 to 90 seconds, and minutes without a stop are the fault.
    """

    low_s: float = 60.0
    high_s: float = 90.0
    stop_s: float = 120.0

    def zone(self, seconds: float) -> str:
        """Which zone a duration falls in: "short", "right", "long" or "too_long"."""
        if seconds < self.low_s:
            return "short"
        if seconds <= self.high_s:
            return "right"
        return "long" if seconds <= self.stop_s else "too_long"


@dataclass(frozen=True, slots=True)
class Program:
    """A residency program as the candidate's program file describes it; facts are what counts as a specific reason."""

    id: str
    name: str
    setting: str = ""
    region: str = ""
    facts: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One interview question with what a candidate should know about it.

    `id` is unique in its bank; history hangs on `bank_id/id`. `rubric` names the rubric to judge by ("" = the default).
    `criteria` are the criterion ids that matter most, `think_s` is the thinking time offered before the answer, in
    seconds. A follow-up `follows` the question with this text, "" otherwise.
    """

    id: str
    bank_id: str
    text: str
    category: str
    rephrasings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    specialty: str = ""
    country: str = ""
    why: str = ""
    strong: str = ""
    sinks: str = ""
    structure: str = ""
    follow_ups: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    band: TimeBand = field(default_factory=TimeBand)
    think_s: float = 0.0
    asked_by: str = "faculty"
    rubric: str = ""
    program: Program | None = None
    follows: str = ""

    @property
    def key(self) -> str:
        """`bank_id/id`, by which history knows the question."""
        return f"{self.bank_id}/{self.id}"
