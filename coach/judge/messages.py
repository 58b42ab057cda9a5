"""Turns a criterion's value into a finding: verdict, evidence, words that explain, and what to do next."""

from coach.domain.finding import Finding, Value
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
    return view.sentence_places(range(len(view.sentences)))
