"""What a candidate asks a program: which kind it is, whom it suits, and how it could be better (guide 0, section 9).

The classifier here goes by words, and its lists are all there is to it; a better one can stand in its place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from coach.bank.asking_words import FAMILIES, FOR_RESIDENTS, GENERAL, SIGNS, STOP_WORDS, VISA, Better
from coach.bank.program_records import ProgramRecord
from coach.bank.search import normal
from coach.bank.signals import SIGNALS

WEIGHTS = {"prestige": 20, "logistics": 40, "training": 80, "support": 90, "other": 60}
"""How much a question does for the candidate, 0 to 100: the table of guide 0, section 9; "other" is our own guess."""

KINDS = ("prestige", "logistics", "training", "support", "other")


class QuestionClassifier(Protocol):
    """Says which kinds a question is of."""

    def kinds(self, text: str) -> tuple[str, ...]:
        """Kinds out of KINDS, the most likely first, at least one."""


_YES_NO = re.compile(
    r"^(and |so |um |well )*(do|does|did|is|are|will|would|can|could|has|have)\b(?! you (tell|share|describe))"
)
_STARTS = re.compile(
    r"^(?:(?:and|so|but|or|also|um|uh|okay|ok|well|then|first|second|third|maybe)\s)*"
    r"(?:what|how|who|when|where|why|which|do|does|did|is|are|can|could|would|will|have|has)\b"
    r"|\b(?:wondering|curious|my question|tell me|could you|can you|want to know|like to know|want to ask)\b"
)
_VISA = r"(?:visas?|h ?1 ?b|j ?1|ds 2019)"
_SPONSORS = re.compile(rf"\bsupport(?:s|ing)? (?:a |an |my |the )?(?={_VISA}\b)")
_LIVED = re.compile(
    rf"\b(?:start|started|get|got|file|filed|handled|with|for) your (?:own )?{_VISA}\b(?! polic| spons)"
    r"|\b(?:residents?|anybody|anyone|somebody|someone)(?: here)?(?: ever)?"
    r" (?:lose|lost|fight|fought|asks?|asked|had to|(?:have|had) trouble)\b"
    r"|\b(?:discourages?|discouraged|tried to cut|(?:fight|fought) for your)\b"
)
"""What happened to residents with their visas, which guide 1 tells to ask them; not what the visa policy is."""


@dataclass(frozen=True, slots=True)
class WordClassifier:
    """Classifies by the words of a question; several kinds where the words of several are there."""

    def kinds(self, text: str) -> tuple[str, ...]:
        """Kinds out of KINDS, the one with most signs first; equal ones in the order of their weight.

        How residents fared with their visas is support with logistics in it; whether visas are sponsored is logistics.
        """
        if _lived_visa(text):
            return ("support", "logistics")
        plain = _SPONSORS.sub("sponsor ", f" {_plain(text)} ")
        found = {kind: sum(f" {sign}" in plain for sign in signs) for kind, signs in SIGNS.items()}
        order = [kind for kind in sorted(SIGNS, key=lambda k: -found[k]) if found[kind]]
        return tuple(order) or ("other",)


def better(text: str, kind: str) -> Better:
    """What could be better about a question of this kind."""
    if _for_residents(text):
        return FOR_RESIDENTS
    plain = f" {_plain(text)} "
    if kind in {"prestige", "logistics"}:
        for signs, advice in FAMILIES:
            if any(f" {sign}" in plain for sign in signs):
                return advice
    if kind in {"training", "support"} and _YES_NO.match(plain.strip()):
        return Better("It can be answered with yes. Start with how or what, and you hear a story.", "")
    return GENERAL[kind]


def whom(text: str, kind: str) -> str:
    """Who knows the answer best and is glad to be asked: coordinator, resident, chief, faculty or director."""
    if _for_residents(text):
        return "resident"
    plain = f" {_plain(text)} "
    if kind == "logistics":
        return "coordinator"
    if any(f" {word}" in plain for word in ("schedule", "coverage", "cover", "who is called first", "jeopardy")):
        return "chief"
    if kind == "support" or any(f" {word}" in plain for word in ("night", "call", "first three months", "day to day")):
        return "resident"
    if any(
        f" {word}" in plain for word in ("mission", "change next", "next five", "vision", "community need", "proud")
    ):
        return "director"
    return "director" if kind == "prestige" else "faculty" if kind == "training" else "resident"


def already_answered(text: str, record: ProgramRecord) -> str:
    """What the program's file already says about this question, or "": asking it would sound unprepared."""
    if record.visa.types and _on_visas(text) and not _lived_visa(text):
        return f"It sponsors {' and '.join(record.visa.types)}." + (f" {record.visa.note}" if record.visa.note else "")
    asked = _content(text)
    described = (
        *record.facts,
        *record.tracks,
        *record.recent_changes,
        record.structure,
        record.patients,
        record.setting,
    )
    for known in described:
        shared = asked & _content(known)
        if len(shared) >= 2 and len(shared) >= 0.5 * len(asked):
            return known
    return ""


def split_questions(text: str) -> tuple[str, ...]:
    """The questions in a spoken or written text: what ends in a question mark, else sentences that ask something."""
    parts = [part.strip(" \n-") for part in re.split(r"(?<=[?])\s+|\n+", text) if part.strip(" \n-")]
    found: list[str] = []
    for part in parts:
        sentences = re.split(r"(?<=[.!])\s+", part)
        # Before a question people say where it comes from; the question itself is the last sentence of its part.
        found += [sentences[-1]] if part.endswith("?") else [s for s in sentences if _STARTS.search(_plain(s))]
    return tuple(one.strip() for one in found if one.strip())


def remarks(kinds: Sequence[str]) -> tuple[str, ...]:
    """What to say about a whole list of questions, given the first kind of each in the order they are asked."""
    if not kinds:
        return ("Have at least three questions ready: no question sounds like no interest.",)
    said = []
    if kinds[0] == "prestige":
        said.append("Do not open with prestige; open with training or support.")
    if kinds[0] == "logistics":
        said.append("Do not open with logistics; keep it for the coordinator.")
    if not {"training", "support"} & set(kinds):
        said.append("Add one question on how interns learn and one on what happens when they are overwhelmed.")
    elif "support" not in kinds:
        said.append("Add one question on support: nights, overload, help for newcomers.")
    if len(kinds) < 3:
        said.append("Have three or more: some will be answered before you can ask them.")
    return tuple(said)


def _on_visas(text: str) -> bool:
    plain = f" {_plain(text)} "
    return any(f" {sign}" in plain for sign in VISA)


def _lived_visa(text: str) -> bool:
    return _on_visas(text) and bool(_LIVED.search(_plain(text)))


def _for_residents(text: str) -> bool:
    """Whether only who works there can answer: on visas that were lived through, or a question of the nine signals."""
    return _lived_visa(text) or _plain(text) in {_plain(one) for guide in SIGNALS for one in guide.ask}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", normal(text)))


def _content(text: str) -> set[str]:
    return {word.removesuffix("ies").removesuffix("s") for word in _plain(text).split() if len(word) > 2} - STOP_WORDS
