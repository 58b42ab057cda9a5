"""What only shows over several answers: interviewers compare notes (guide 0, sections 3, 5, 10 and question 2)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from coach.domain.finding import SessionFinding, Value
from coach.domain.session import Answer
from coach.judge.embed import Vectors
from coach.judge.mentions import Finder
from coach.judge.schema import RubricFile, SessionRule
from coach.judge.sentences import split
from coach.judge.view import Models
from coach.judge.wordings import tokens

SENIOR = frozenset({"faculty", "program_director", "panel", "chair"})
"""Interviewers who are met as faculty; all others are residents and staff."""
MOST_ANSWERS = 60
"""Stories are compared within this many latest answers."""
LEAST_SENTENCES = 3
LEAST_WORDS = 5
"""Shorter sentences ("That was hard.") are alike in every story and are not compared."""


def judge_session(answers: Sequence[Answer], rubric: RubricFile, models: Models) -> tuple[SessionFinding, ...]:
    """Every session rule that holds, in the order of the rubric.

    Of several attempts at one question only the last counts; answers that were not scored are left out.
    """
    counted = last_attempts(answers)
    finder = Finder(rubric.wordings)
    found: list[SessionFinding] = []
    for rule in rubric.session:
        if rule.kind == "same_story":
            found.extend(_same_story(rule, counted, models))
        elif rule.kind == "habit":
            found.extend(_habit(rule, counted))
        else:
            found.extend(_by_labels(rule, counted, finder))
    return tuple(found)


def last_attempts(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """The scored answers in order, the last attempt of each question in each sitting."""
    latest: dict[tuple[str, str], Answer] = {}
    for answer in answers:
        if answer.state == "discarded" or answer.feedback is None or answer.feedback.not_scored:
            continue
        key = (answer.session_id, answer.question.key if answer.question.id else answer.asked_text)
        if key not in latest or latest[key].attempt <= answer.attempt:
            latest[key] = answer
    return tuple(a for a in answers if a in latest.values())


def _value(answer: Answer, criterion: str) -> Value:
    return answer.feedback.labels.get(criterion) if answer.feedback else None


def _by_labels(rule: SessionRule, answers: Sequence[Answer], finder: Finder) -> list[SessionFinding]:
    having = [a for a in answers if _value(a, rule.criterion) in rule.values]
    if rule.kind == "again":
        return _told(rule, rule.criterion, having) if len(having) >= rule.answers else []
    if rule.kind == "unasked":
        later = [a for a in having[1:] if not finder.stands(rule.question, tokens(a.asked_text or a.question.text))]
        return _told(rule, rule.criterion, [having[0], *later]) if later else []
    if rule.kind == "contradiction":
        others = [a for a in answers if _value(a, rule.other) in rule.other_values]
        apart = [a for a in others if a not in having]
        return _told(rule, rule.criterion, [*having[:1], *apart[:1]]) if having and apart else []
    # Tone: seen with one side of the table only, while both sides asked something.
    senior = [a for a in answers if a.question.asked_by in SENIOR]
    if not senior or len(senior) == len(answers):
        return []
    sides = {a.question.asked_by in SENIOR for a in having}
    return _told(rule, rule.criterion, having) if len(sides) == 1 else []


def _told(rule: SessionRule, criterion: str, answers: Sequence[Answer], **more: str) -> list[SessionFinding]:
    words = {"count": str(len(answers)), **more}
    detail, advice, title = rule.detail, rule.advice, rule.title
    for name, text in words.items():
        detail, advice, title = (t.replace("{" + name + "}", text) for t in (detail, advice, title))
    return [SessionFinding(criterion or rule.id, title, detail, tuple(a.id for a in answers), advice)]


def _habit(rule: SessionRule, answers: Sequence[Answer]) -> list[SessionFinding]:
    """The one gap that costs most over the answers: what to work on next."""
    costs: dict[str, float] = defaultdict(float)
    where: dict[str, list[Answer]] = defaultdict(list)
    said: dict[str, tuple[str, str]] = {}
    for answer in answers:
        for finding in answer.feedback.findings if answer.feedback else ():
            if finding.verdict == "fix":
                costs[finding.criterion] += finding.weight * finding.confidence
                where[finding.criterion].append(answer)
                said[finding.criterion] = (finding.title, finding.advice)
    often = [c for c in costs if len({a.id for a in where[c]}) >= rule.answers]
    if not often:
        return []
    worst = max(often, key=lambda c: (costs[c], len(where[c])))
    title, advice = said[worst]
    once = list({a.id: a for a in where[worst]}.values())
    return _told(rule, worst, once, habit=title, advice=advice)


@dataclass(frozen=True, slots=True)
class Story:
    """What two answers are compared by: the vectors of longer sentences, and the base forms of telling words."""

    sentences: Vectors
    words: frozenset[str]


def _same_story(rule: SessionRule, answers: Sequence[Answer], models: Models) -> list[SessionFinding]:
    """Every story that answers to different questions share, once, with all of these answers in their order."""
    stories = [(a, s) for a in answers[-MOST_ANSWERS:] if (s := _story(a, models)) is not None]
    shared: list[set[int]] = []
    for (at, (a, one)), (later, (b, other)) in combinations(enumerate(stories), 2):
        if _asked(a) != _asked(b) and likeness(one, other) >= rule.close:
            # A story that is like one answer of a group is told in all of them.
            same = [group for group in shared if at in group or later in group]
            shared = [group for group in shared if group not in same] + [{at, later}.union(*same)]
    found: list[SessionFinding] = []
    for group in sorted(shared, key=min):
        told = [stories[at][0] for at in sorted(group)]
        count = len({_asked(a) for a in told})
        found.extend(_told(rule, rule.criterion or "same_story", told, count=str(count)))
    return found


def _asked(answer: Answer) -> str:
    """What was asked first: a follow-up is about the same story."""
    return (answer.question.follows or answer.question.text).casefold()


def _story(answer: Answer, models: Models) -> Story | None:
    """What the answer is compared by, or None when a model is missing or there is too little to be a story."""
    if answer.transcript is None or models.embedder is None or models.reader is None:
        return None
    long = [s.text for s in split(answer.transcript) if s.words >= LEAST_WORDS]
    if len(long) < LEAST_SENTENCES:
        return None
    words = frozenset(f.lemma for f in models.reader(answer.transcript.text) if f.content)
    return Story(models.embedder(long), words)


def likeness(one: Story, other: Story) -> float:
    """How much of the shorter story stands in the other, from 0 to 1.

    The mean of two shares: of meaning (over its sentences, the nearest cosine) and of telling words (names, things).
    Retold stories reached 0.45 to 0.48, the most alike of 2,500 pairs of unrelated answers 0.43.
    """
    near = one.sentences @ other.sentences.T
    meaning = float(max(np.mean(near.max(axis=1)), np.mean(near.max(axis=0))))
    shared = len(one.words & other.words) / max(1, min(len(one.words), len(other.words)))
    return (meaning + shared) / 2
