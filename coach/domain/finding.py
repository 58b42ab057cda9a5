"""What the coach has to say about an answer, and on what it rests."""

from dataclasses import dataclass

Value = str | tuple[str, ...] | None
"""A criterion's value; a tuple of kinds for `question_kind`; None or "na" where it was not judged or does not apply."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a finding rests on: character offsets into `Transcript.text`, and seconds of audio."""

    start: int
    end: int
    text: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion's verdict. `verdict` is "good", "fix" or "note"; `confidence` from 0 to 1.

    `why` says why interviewers care and names the guide, `advice` is one thing to do in the next attempt, `follow_up` a
    question that an interviewer would ask because of it. `weight` orders what to change next.
    """

    criterion: str
    title: str
    value: Value
    verdict: str
    evidence: tuple[Evidence, ...]
    confidence: float
    why: str
    advice: str
    follow_up: str = ""
    guide: str = ""
    weight: float = 1.0
    group: str = ""


@dataclass(frozen=True, slots=True)
class GroupScore:
    """One of the four groups that committees look at (guide 0, section 2), 1 to 5, and the criteria it rests on."""

    name: str
    score: float
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """The judgement of one answer.

    `labels` holds a value for every criterion; `overall` is 1 to 5, None when `not_scored` says why nothing was judged.
    `rubric` and `rubric_hash` keep old judgements explainable.
    """

    labels: dict[str, Value]
    overall: float | None
    findings: tuple[Finding, ...]
    groups: tuple[GroupScore, ...] = ()
    not_scored: str | None = None
    rubric: str = ""
    rubric_hash: str = ""


@dataclass(frozen=True, slots=True)
class SessionFinding:
    """A judgement over several answers: which criterion, what was seen, in which answers, and what to do."""

    criterion: str
    title: str
    detail: str
    answers: tuple[str, ...]
    advice: str
