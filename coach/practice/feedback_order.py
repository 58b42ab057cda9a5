"""In which order feedback is told: what to change first, then what was good."""

from collections.abc import Sequence

from coach.domain.finding import Finding
from coach.domain.session import Answer, AnswerLine

_ORDER = {"fix": 0, "good": 1, "note": 2}


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Things to change first, the heaviest and surest on top; then what was good; then notes."""
    return tuple(sorted(findings, key=lambda f: (_ORDER.get(f.verdict, 3), -f.weight * f.confidence)))


def headline(answer: Answer) -> str:
    """One line over the feedback."""
    feedback = answer.feedback
    if feedback is None:
        return _without_feedback(answer.state)
    scored = feedback.overall if feedback.not_scored is None else None
    return _result(scored, sum(f.verdict == "fix" for f in feedback.findings))


def line_headline(line: AnswerLine) -> str:
    """The same for an answer in a list, in at most 26 characters: the table of the history has no more room."""
    if line.damaged:
        return "cannot be read"
    if line.fixes is None:
        return _without_feedback(line.state)
    if line.overall is None:
        return "not scored"
    return f"{line.overall:.1f} of 5 · {line.fixes} to change"


def _without_feedback(state: str) -> str:
    return {
        "asked": "not recorded",
        "judged": "cannot be read",
        "failed": "not judged, recording kept",
        "discarded": "set aside",
        "transcribed": "judging ...",
    }.get(state, "listening ...")


def _result(overall: float | None, fixes: int) -> str:
    if overall is None:
        return "not scored"
    change = "nothing to change" if fixes == 0 else "1 thing to change" if fixes == 1 else f"{fixes} things to change"
    return f"{overall:.1f} of 5  ·  {change}"
