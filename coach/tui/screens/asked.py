"""How the drill tells what a question to a program does, and how a planned one reads."""

from textual.content import Content

from coach.practice.drill import ROLES, Asked, ToAsk, look_at
from coach.practice.programs import ProgramRecord
from coach.tui.widgets.bar import bar

KIND_NAMES = {
    "prestige": "prestige: it asks how good they are, not how you would learn",
    "logistics": "logistics: the coordinator or the website can tell",
    "training": "training: how you would learn there",
    "support": "support: what happens when it is hard",
    "other": "no clear kind",
}
WHO = {
    "coordinator": "the coordinator",
    "resident": "a resident",
    "chief": "a chief resident",
    "faculty": "a teacher (faculty)",
    "director": "the program director",
}


def asked_content(asked: Asked) -> Content:
    """What a question does, and how to ask it better."""
    content = Content(asked.text + "\n").stylize("bold")
    content += Content(f"{bar(asked.weight)} {asked.weight} of 100  ·  {KIND_NAMES.get(asked.kind, asked.kind)}\n")
    if asked.answered:
        content += Content("! They have told you already: ").stylize("bold") + Content(asked.answered + "\n")
    if asked.better.why:
        content += Content("Better: ").stylize("bold") + Content(asked.better.why + "\n")
    if asked.better.instead:
        content += Content("Ask instead: ").stylize("bold") + Content(asked.better.instead + "\n")
    return content + Content(f"Knows it best: {WHO.get(asked.who, asked.who)}. Press a to plan it.").stylize("dim")


def in_plan_order(to_ask: tuple[ToAsk, ...]) -> tuple[ToAsk, ...]:
    """The plan person by person."""
    return tuple(sorted(to_ask, key=lambda one: ROLES.index(one.who) if one.who in ROLES else len(ROLES)))


def plan_line(one: ToAsk, record: ProgramRecord) -> str:
    """How one planned question reads."""
    seen = look_at(one.question, record)
    signs = ("!" if seen.answered else " ") + ("✓" if one.heard else " ")
    return f"{signs} {one.who or 'anybody':12}{seen.weight:3}  {one.question}"
