"""Which sessions can be started, and the questions of each."""

from dataclasses import dataclass, replace

from coach.domain.question import Question
from coach.errors import CoachError
from coach.practice.choosing import baseline
from coach.practice.desk import Desk
from coach.practice.programs import load_programs
from coach.tui.screens.choice import Choice, read_past, session

LISTED = "listed"
KINDS = (
    ("Mixed: a bit of everything", "mixed"),
    ("First day: the five questions that everybody is asked", "baseline"),
    ("Due: what should be repeated now, then what is new", "due"),
    ("Weakest first: where your answers scored lowest", "weakest"),
    ("Panel: several people ask, one after the other", "panel"),
    ("Stations: short scenarios as in an MMI", "mmi"),
    ("One-way video: nobody there but a camera", "one-way-video"),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """One session: what it is made of, and its title; the first day has its own five questions."""

    choice: Choice
    title: str
    first_day: bool = False


def plan_for(kind: str, listed: Choice, title: str) -> Plan:
    """The session of this kind: LISTED for what is listed, under `title`, else one of KINDS."""
    if kind == LISTED:
        return Plan(listed, title)
    plain = Choice(specialty=listed.specialty, length=listed.length)
    choices = {"due": replace(plain, order="due"), "weakest": replace(plain, order="weakest"), "mixed": plain}
    name = next(text.split(":")[0] for text, value in KINDS if value == kind)
    return Plan(choices.get(kind, replace(plain, tag=kind)), name, first_day=kind == "baseline")


def questions_of(desk: Desk, plan: Plan) -> tuple[Question, ...]:
    """The questions of a session; reads banks and past answers, so ask for them in a thread. Raises CoachError."""
    if plan.first_day:
        return baseline(desk.library, plan.choice.specialty)
    if plan.choice.show == "hidden":
        raise CoachError("Hidden questions are not practised.", "Press h on a question to show it again.")
    record = load_programs(desk.home).record(plan.choice.program) if plan.choice.program else None
    return session(desk.library, plan.choice, record, read_past(desk.archive), desk.clock())
