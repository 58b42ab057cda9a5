"""What several commands print in the same way: the public JSON of transcripts, findings and answers."""

from collections.abc import Sequence
from pathlib import Path

from coach.commands.output import plain, warn
from coach.config import UnknownUserError, expanded
from coach.domain.finding import Feedback, Finding
from coach.domain.measures import Measures
from coach.domain.question import CATEGORIES, DEFAULT_QUESTION
from coach.domain.session import Answer
from coach.domain.transcript import Transcript
from coach.errors import UsageError
from coach.practice.delivery import clock_text, delivery, sound_warnings
from coach.practice.feedback_order import headline, in_order
from coach.practice.plain_words import shortened, standing, told

QUOTED = 160
"""Characters of a quotation; all of it stands in the transcript and in the JSON."""


def transcript_json(transcript: Transcript, measures: Measures | None) -> dict[str, object]:
    """What `coach transcribe --json` prints."""
    signal = transcript.signal
    return {
        "text": transcript.text,
        "duration_s": transcript.duration_s,
        "model": transcript.model,
        "words": [plain(w) for w in transcript.words],
        "pauses": [{"start": p.start, "end": p.end} for p in signal.pauses] if signal else [],
        "quality": plain(signal.quality) if signal else None,
        "measures": plain(measures) if measures else None,
    }


def finding_json(finding: Finding) -> dict[str, object]:
    """One finding as `coach score --json` prints it."""
    return {
        "criterion": finding.criterion,
        "value": plain(finding.value),
        "verdict": finding.verdict,
        "title": finding.title,
        "evidence": [plain(e) for e in finding.evidence],
        "confidence": finding.confidence,
        "why": finding.why,
        "advice": finding.advice,
        "follow_up": finding.follow_up,
        "guide": finding.guide,
    }


def feedback_json(feedback: Feedback | None, why_not: str = "") -> dict[str, object]:
    """Labels, overall, findings and groups, or why nothing was scored; `why_not` where there is no feedback."""
    if feedback is None:
        return {"labels": {}, "overall": None, "findings": [], "groups": [], "not_scored": why_not}
    return {
        "labels": plain(feedback.labels),
        "overall": feedback.overall,
        "findings": [finding_json(f) for f in feedback.findings],
        "groups": [plain(g) for g in feedback.groups],
        "not_scored": feedback.not_scored,
    }


def why_missing(answer: Answer) -> str:
    """Why an answer has no transcript, no feedback or no score, in one line; "" when it has everything."""
    feedback = answer.feedback
    if answer.problem or feedback is not None:
        not_scored = f"Not scored: {feedback.not_scored}" if feedback is not None and feedback.not_scored else ""
        return " ".join(f"{answer.problem} {not_scored}".split())
    if answer.state == "discarded":
        return "Not judged, because it was set aside. The recording is kept."
    if answer.take is None:
        return "Not judged, because nothing was recorded."
    return "Not judged yet. Do it now with: coach review --again"


def answer_json(answer: Answer) -> dict[str, object]:
    """One kept answer, as `coach answer --json` and `coach review --json` print it."""
    return {
        "session": answer.session_id,
        "answer": answer.id,
        "question": {
            "key": answer.question.key,
            "text": answer.asked_text,
            "category": answer.question.category,
            "program": answer.question.program.id if answer.question.program else None,
        },
        "attempt": answer.attempt,
        "started": answer.started.isoformat(),
        "state": answer.state,
        "take": str(answer.take.path) if answer.take else None,
        "transcript": transcript_json(answer.transcript, answer.measures) if answer.transcript else None,
        **feedback_json(answer.feedback, why_missing(answer)),
        "problem": answer.problem,
    }


def answer_text(answer: Answer) -> str:
    """One kept answer for people, in the order of the feedback screen: result, what to change, what was good, words."""
    lines = [answer.asked_text, f"  {answer_line(answer)}"]
    feedback = answer.feedback
    lines += [f"  ! {warning}" for warning in sound_warnings(answer)]
    groups = groups_line(feedback) if feedback is not None else ""
    lines += [f"  {line}" for line in (delivery(answer.measures), groups, why_missing(answer)) if line]
    if feedback is not None and not feedback.not_scored:
        lines += [f"  {line}" for line in findings_lines(feedback.findings)]
    if answer.transcript is not None:
        lines += ["  What was heard:", f"    {answer.transcript.text or '(nothing)'}"]
    lines.append(f"  Kept as {answer.id}" + (f", recording {answer.take.path}" if answer.take is not None else ""))
    return "\n".join(lines)


def answer_line(answer: Answer) -> str:
    """Length, attempt and result of an answer, as the feedback screen tells them."""
    length = clock_text(answer.take.seconds) if answer.take is not None else "-"
    return f"{length}  ·  attempt {answer.attempt}  ·  {headline(answer)}"


def findings_lines(findings: Sequence[Finding]) -> list[str]:
    """Findings for people under their headings, in the order of the feedback screen; [] where there are none."""
    lines: list[str] = []
    for verdict, heading in (("fix", "What to change next"), ("good", "What was good"), ("note", "Also seen")):
        chosen = [f for f in in_order(findings) if f.verdict == verdict]
        lines += [f"{heading}:"] if chosen else []
        for finding in chosen:
            lines += [f"  {finding.title}", *(f'    "{shortened(e.text, QUOTED)}"' for e in finding.evidence[:3])]
            lines += [f"    {label}: {text}" if label else f"    {text}" for label, text in told(finding)]
            lines.append(f"    {' '.join(standing(finding))}")
    return lines


def groups_line(feedback: Feedback) -> str:
    """The score of each group that was judged."""
    return "   ".join(f"{group.name} {group.score:.1f}" for group in feedback.groups)


def say_assumed(question: str, category: str, to_name_another: str) -> None:
    """Say on standard error what is taken for granted where no question or no category was named."""
    if not question:
        warn(f'No question was named, so this is judged as an answer to "{DEFAULT_QUESTION}"')
        warn(f"To name another: {to_name_another}")
    elif not category:
        warn("No category was named, so this is judged by the criteria for questions about you.")
        warn(f"To name another: --category, one of {', '.join(CATEGORIES)}")


def existing_file(text: str) -> Path:
    """A path from the command line, made absolute; that it exists is checked where it is read. Raises UsageError."""
    try:
        return expanded(text)
    except UnknownUserError as error:
        raise UsageError(str(error)) from error
