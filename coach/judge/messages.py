"""Turns a criterion's value into a finding: verdict, evidence, words that explain, and what to do next."""

from collections.abc import Sequence

from coach.domain.finding import Evidence, Finding, Value
from coach.judge.conditions import Held, strongest
from coach.judge.schema import Criterion, Outcome
from coach.judge.view import Place, View

PRAISE_FROM = 0.5
"""Below this certainty nothing is praised: praise for what is not there teaches the wrong thing."""


def finding(criterion: Criterion, value: Value, held: Held, view: View) -> Finding | None:
    """The finding for a value, or None when the rubric says nothing about it or there is no evidence to show."""
    outcome = criterion.values.get(value if isinstance(value, str) else "")
    if outcome is None or outcome.silent or (outcome.verdict == "good" and held.sure < PRAISE_FROM):
        return None
    evidence = view.evidence(places(criterion, outcome, value, held, view))
    if not evidence:
        return None
    return Finding(
        criterion=criterion.id,
        title=outcome.title or criterion.title,
        value=value,
        verdict=outcome.verdict,
        evidence=evidence,
        confidence=round(min(1.0, max(0.0, held.sure)), 3),
        why=outcome.why or criterion.why,
        advice=outcome.advice,
        follow_up=outcome.follow_up,
        guide=criterion.guide,
        weight=round(criterion.weight * outcome.costs, 3),
        group=criterion.group,
    )


def places(criterion: Criterion, outcome: Outcome, value: Value, held: Held, view: View) -> tuple[Place, ...]:
    """The words to show: those that were found, or for a missing thing the place where it should have been."""
    if outcome.show == "found":
        if held.places:
            return held.places
        reading = view.readings().get(criterion.id)
        if reading is not None and (found := strongest(view, reading.by_value.get(str(value), ()))):
            return found
        return ()
    if outcome.show == "closing":
        return view.sentence_places(view.range("last sentence"))
    if outcome.show == "opening":
        return view.sentence_places(view.range("first sentence"))
    if outcome.show == "longest":
        longest = max(range(len(view.sentences)), key=lambda i: view.sentences[i].words)
        return view.sentence_places([longest])
    if outcome.show == "time over":
        return view.sentence_places([sentence_at_second(view, view.question.band.high_s)])
    return view.sentence_places(range(len(view.sentences)))


def sentence_at_second(view: View, second: float) -> int:
    """The index of the sentence that is being said at a second of the recording, or the one after it in a pause.

    Seconds count from the beginning of the recording, as on the clock of the practice screen. Without times of words it
    is reckoned by an even pace over the whole answer.
    """
    timed = [(i, s.end_s) for i, s in enumerate(view.sentences) if s.end_s is not None]
    if timed:
        return next((i for i, end in timed if end > second), len(view.sentences) - 1)
    whole = view.measures.duration_s if view.measures else 0.0
    words = sum(s.words for s in view.sentences) * (min(1.0, second / whole) if whole > 0 else 1.0)
    for i, sentence in enumerate(view.sentences):
        words -= sentence.words
        if words < 0:
            return i
    return len(view.sentences) - 1


def without_praised_faults(findings: Sequence[Finding], criteria: Sequence[Criterion]) -> list[Finding]:
    """The findings without praise that rests on words in which a fault was found.

    A result told with contempt is a result, but "say it like this again" would teach the contempt. A fault that is only
    shown at a place (no closing, too long) lies not in the words of that place.
    """
    shows: dict[tuple[str, Value], str] = {
        (c.id, value): outcome.show for c in criteria for value, outcome in c.values.items()
    }
    faults = [
        e for f in findings if f.verdict == "fix" and shows.get((f.criterion, f.value)) == "found" for e in f.evidence
    ]
    return [f for f in findings if f.verdict != "good" or not any(_overlap(e, x) for e in f.evidence for x in faults)]


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.start < other.end and other.start < one.end
