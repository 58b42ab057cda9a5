"""In which order feedback is told: what to change first, then what was good."""

from collections.abc import Sequence

from coach.domain.finding import Finding
from coach.domain.session import Answer

_ORDER = {"fix": 0, "good": 1, "note": 2}


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Things to change first, the heaviest and surest on top; then what was good; then notes."""
    return tuple(sorted(findings, key=lambda f: (_ORDER.get(f.verdict, 3), -f.weight * f.confidence)))


def headline(answer: Answer) -> str:
    """One line over the feedback."""
    feedback = answer.feedback
    if feedback is None:
        return {
            "failed": "not judged: your recording is kept",
            "discarded": "set aside",
            "transcribed": "judging ...",
        }.get(answer.state, "listening ...")
    if feedback.not_scored is not None or feedback.overall is None:
        return "not scored"
    fixes = sum(f.verdict == "fix" for f in feedback.findings)
    change = "nothing to change" if fixes == 0 else "1 thing to change" if fixes == 1 else f"{fixes} things to change"
    return f"{feedback.overall:.1f} of 5  ·  {change}"
