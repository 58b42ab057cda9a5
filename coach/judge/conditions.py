"""Whether a rule's condition holds for an answer, how surely, and in which words that shows.

A condition holds, does not hold, or cannot be told (None) where what it needs is not there: no sound, no model.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from coach.judge.embed import Embedder, Vectors
from coach.judge.mentions import Finder, find_mentions
from coach.judge.schema import (
    Condition,
    Count,
    Coverage,
    Learned,
    Meaning,
    Order,
    Part,
    Passages,
    Proportion,
    Repetition,
    Timing,
)
from coach.judge.view import Place, View, alike

STRONG_SENTENCE = 0.5
"""A sentence is shown as evidence when it speaks at least half as much for a reading as the strongest one."""
MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Held:
    """`holds` is None when it cannot be told; `sure` from 0 to 1; `places` are the words it rests on."""

    holds: bool | None
    sure: float = 1.0
    places: tuple[Place, ...] = ()


T = TypeVar("T")
UNKNOWN = Held(None, 0.0)


class Conditions:
    """Evaluates conditions; keeps compiled wordings and vectors of examples between answers."""

    def __init__(self, named: Mapping[str, Sequence[str]], embedder: Embedder | None) -> None:
        self.finder = Finder(named)
        self._embedder = embedder
        self._examples: dict[tuple[str, ...], Vectors] = {}

    def holds(self, condition: Condition, view: View, criterion: str) -> Held:
        """Evaluate one condition for a rule of `criterion`."""
        if condition.all_ is not None:
            return _every([self.holds(c, view, criterion) for c in condition.all_])
        if condition.any_ is not None:
            return _some([self.holds(c, view, criterion) for c in condition.any_])
        if condition.not_ is not None:
            inner = self.holds(condition.not_, view, criterion)
            return UNKNOWN if inner.holds is None else Held(not inner.holds, inner.sure)
        return self._kind(condition, view, criterion)

    def _kind(self, condition: Condition, view: View, criterion: str) -> Held:
        if condition.learned is not None:
            return _learned(condition.learned, view, criterion)
        if condition.mention is not None:
            found = find_mentions(condition.mention, view, self.finder)
            if found is None:
                return UNKNOWN
            most = condition.mention.at_most
            holds = len(found) >= condition.mention.at_least and (most is None or len(found) <= most)
            return Held(holds, 1.0, tuple(found) if condition.mention.where != "question" else ())
        if condition.meaning is not None:
            return self._meaning(condition.meaning, view)
        if condition.passages is not None:
            return _passages(condition.passages, view, criterion)
        if condition.timing is not None:
            return _timing(condition.timing, view)
        simple: tuple[tuple[object, Callable[[], Held]], ...] = (
            (condition.count, lambda: _count(_given(condition.count), view)),
            (condition.order, lambda: self._order(_given(condition.order), view)),
            (condition.proportion, lambda: self._proportion(_given(condition.proportion), view)),
            (condition.repetition, lambda: _repetition(_given(condition.repetition), view)),
            (condition.coverage, lambda: self._coverage(_given(condition.coverage), view)),
        )
        return next((evaluate() for given, evaluate in simple if given is not None), UNKNOWN)

    def vectors(self, texts: tuple[str, ...]) -> Vectors | None:
        """The vectors of example sentences, made once."""
        if self._embedder is None:
            return None
        if texts not in self._examples:
            self._examples[texts] = self._embedder(texts)
        return self._examples[texts]

    def _meaning(self, meaning: Meaning, view: View) -> Held:
        vectors, like = view.vectors(), self.vectors(meaning.like)
        unlike = self.vectors(meaning.unlike)
        if vectors is None or like is None or unlike is None:
            return UNKNOWN
        near, far = alike(vectors, like), alike(vectors, unlike)
        chosen = [
            i for i in view.range(meaning.where) if near[i] >= meaning.close and near[i] - far[i] >= meaning.margin
        ]
        sure = max((float(near[i]) for i in chosen), default=1.0 - meaning.close)
        return Held(len(chosen) >= meaning.at_least, min(1.0, sure), view.sentence_places(chosen))

    def _order(self, order: Order, view: View) -> Held:
        first = self.finder.places(order.first, view)
        then = self.finder.places(order.then, view)
        pair = next(((a, b) for a in first for b in then if a[1] <= b[0]), None)
        return Held(pair is not None, 1.0, pair or ())

    def _proportion(self, proportion: Proportion, view: View) -> Held:
        part, rest = self._belong(proportion.part, view), self._belong(proportion.rest, view)
        if part is None or rest is None:
            return UNKNOWN
        only = part - rest
        words = sum(view.sentences[i].words for i in only)
        both = words + sum(view.sentences[i].words for i in rest)
        if both < proportion.least_words:
            return UNKNOWN
        share = words / both
        holds = proportion.at_least <= share < proportion.below
        return Held(holds, 1.0, view.sentence_places(sorted(only)))

    def _belong(self, part: Part, view: View) -> set[int] | None:
        chosen = {view.sentence_at(place[0]) for place in self.finder.places(part.wordings, view)}
        if part.like:
            vectors, like = view.vectors(), self.vectors(part.like)
            if vectors is None or like is None:
                return None
            chosen |= {i for i, near in enumerate(alike(vectors, like)) if near >= part.close}
        return chosen

    def _coverage(self, coverage: Coverage, view: View) -> Held:
        found = [places[0] for lines in coverage.parts.values() if (places := self.finder.places(lines, view))]
        return Held(len(found) >= coverage.at_least, 1.0, tuple(found))


def _given(value: T | None) -> T:
    if value is None:
        raise AssertionError("a condition was chosen that is not given")
    return value


def _every(held: Sequence[Held]) -> Held:
    if any(h.holds is False for h in held):
        return Held(False, max(h.sure for h in held if h.holds is False))
    if any(h.holds is None for h in held):
        return UNKNOWN
    return Held(True, min(h.sure for h in held), tuple(p for h in held for p in h.places))


def _some(held: Sequence[Held]) -> Held:
    true = [h for h in held if h.holds]
    if true:
        return Held(True, max(h.sure for h in true), tuple(p for h in true for p in h.places))
    return UNKNOWN if any(h.holds is None for h in held) else Held(False, min(h.sure for h in held))


def _learned(learned: Learned, view: View, criterion: str) -> Held:
    name = learned.criterion or criterion
    chances, reading = view.chances(name), view.readings().get(name)
    if chances is None or reading is None or learned.value not in chances:
        return UNKNOWN
    if learned.unlike and learned.unlike not in reading.by_value:
        return UNKNOWN
    probability = chances[learned.value]
    likeliest = probability >= max(chances.values()) or not learned.likeliest
    if not (likeliest and learned.at_least <= probability < learned.below):
        return Held(False, 1.0 - probability)
    question = view.question_for(name, learned.value)
    if question is not None:
        return Held(True, probability, view.sentence_places([question]))
    if learned.unlike:
        # What comes back stands in at least two places.
        against = tuple(-w for w in reading.by_value[learned.unlike])
        return Held(True, probability, strongest(view, against, least=2))
    return Held(True, probability, strongest(view, reading.by_value.get(learned.value, ())))


def _passages(passages: Passages, view: View, criterion: str) -> Held:
    reading = view.readings().get(passages.criterion or criterion)
    if reading is None or passages.unlike not in reading.by_value:
        return UNKNOWN
    telling = [i for i, share in enumerate(reading.by_value[passages.unlike]) if -share >= passages.strong]
    number = sum(i == 0 or telling[i] - telling[i - 1] > passages.apart for i in range(len(telling)))
    holds = number >= passages.at_least and (passages.at_most is None or number <= passages.at_most)
    return Held(holds, 1.0, view.sentence_places(telling) if holds else ())


def strongest(view: View, weights: Sequence[float], least: int = 1) -> tuple[Place, ...]:
    """The sentences that speak most for a reading, at most MOST_SENTENCES of them.

    `least` sentences are shown even where the second speaks much less than the first, as long as it does speak for it.
    """
    top = max(weights, default=0.0)
    if top <= 0 or len(weights) != len(view.sentences):
        return ()
    chosen = sorted(range(len(weights)), key=lambda i: -weights[i])[:MOST_SENTENCES]
    shown = [i for n, i in enumerate(chosen) if weights[i] >= STRONG_SENTENCE * top or (n < least and weights[i] > 0)]
    return view.sentence_places(shown)


def _timing(timing: Timing, view: View) -> Held:
    measures = view.measures
    if measures is None:
        return UNKNOWN
    given = getattr(measures, timing.measure)
    if given is None or (timing.measure == "duration_s" and given <= 0):
        return UNKNOWN
    value = float(len(given)) if timing.measure == "long_pauses" else float(given)
    if timing.zone is not None and view.question.band.zone(value) != timing.zone:
        return Held(False)
    above = timing.at_least is None or value >= timing.at_least
    return Held(above and (timing.below is None or value < timing.below))


def _count(count: Count, view: View) -> Held:
    if count.where == "question":
        number = len(view.question_words())
    elif count.of == "words":
        number = sum(view.sentences[i].words for i in view.range(count.where))
    elif count.of == "sentences":
        number = len(view.range(count.where))
    else:
        number = sum(view.sentences[i].text.rstrip("\"'”)").endswith("?") for i in view.range(count.where))
    return Held(count.at_least <= number < count.below)


def _repetition(repetition: Repetition, view: View) -> Held:
    seen: dict[tuple[str, ...], list[Place]] = {}
    words, size = view.words, repetition.words
    for i in range(len(words) - size + 1):
        run = words[i : i + size]
        places = seen.setdefault(tuple(w.text for w in run), [])
        # Overlapping runs ("very very very very") are one.
        if not places or run[0].start >= places[-1][1]:
            places.append((run[0].start, run[-1].end))
    often = [p for places in seen.values() if len(places) >= repetition.at_least for p in places]
    return Held(bool(often), 1.0, tuple(often[: 2 * repetition.at_least]))
