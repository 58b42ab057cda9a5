"""What several commands print in the same way: the public JSON of transcripts, findings and answers."""

from pathlib import Path

from coach.commands.output import plain
from coach.config import UnknownUserError, expanded
from coach.domain.finding import Feedback, Finding
from coach.domain.measures import Measures
from coach.domain.session import Answer
from coach.domain.transcript import Transcript
from coach.errors import UsageError
from coach.practice.delivery import delivery, sound_warnings


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
    """One kept answer for people: question, what to change, what was good, the words."""
    lines = [f"{answer.asked_text}", f"  {answer.id}, attempt {answer.attempt}, {answer.state}"]
    if answer.take is not None:
        lines.append(f"  recording: {answer.take.path} ({answer.take.seconds:.0f} s)")
    told = delivery(answer.measures)
    if told:
        lines.append(f"  {told}")
    lines += [f"  ! {warning}" for warning in sound_warnings(answer)]
    why = why_missing(answer)
    if why:
        lines.append(f"  {why}")
    feedback = answer.feedback
    if feedback is not None and not feedback.not_scored:
        lines.append(f"  Overall {feedback.overall:.1f} of 5" if feedback.overall is not None else "  Not scored")
        for verdict, heading in (("fix", "Change next"), ("good", "Good")):
            chosen = [f for f in feedback.findings if f.verdict == verdict]
            if chosen:
                lines.append(f"  {heading}:")
            for finding in chosen:
                lines.append(f"    - {finding.title}")
                lines += [f'      "{e.text}"' for e in finding.evidence[:3]]
                if verdict == "fix":
                    lines.append(f"      Next time: {finding.advice}")
    if answer.transcript is not None:
        lines += ["  What was heard:", f"    {answer.transcript.text or '(nothing)'}"]
    return "\n".join(lines)


def existing_file(text: str) -> Path:
    """A path from the command line, made absolute; that it exists is checked where it is read. Raises UsageError."""
    try:
        return expanded(text)
    except UnknownUserError as error:
        raise UsageError(str(error)) from error
