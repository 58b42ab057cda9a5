"""Answers as they may also be spoken and heard: recogniser text, hesitations, an added thank-you, a passage put in.

Putting a labelled passage into an answer turns that passage's criterion and nothing that is certain otherwise: what the
passage might touch is masked. A near miss put in leaves the label as it was. So a few hundred answers teach the
decision about a whole answer from several thousand passages.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from training.criteria import QUIET
from training.data import Example, Targets

_SPELLINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\bH-?1B\b", ("H1B", "h one b", "H 1B", "h1 b", "age one b", "H-1 B")),
    (r"\bJ-?1\b", ("J1", "j one", "J 1", "jay one", "J-one")),
    (r"\bUSMLE\b", ("usmle", "you smile e", "U.S.M.L.E.", "us mle")),
    (r"\bECFMG\b", ("e c f m g", "ecfmg", "EC FMG", "E-C-F-M-G")),
    (r"\b[Ss]tep (?:2|two)(?: CK)?\b", ("step two", "step 2", "step two c k", "step to")),
)
_HESITATIONS = ("um", "uh", "you know", "like", "so", "I mean")
_TAILS = ("Thank you.", "Thank you so much.", "Thanks.", "Yeah. Thank you.", "Thank you for the question.")
_UNSURE_AFTER_INSERTION = ("meandering", "answers_question", "overall", "underdog_identity", "stock_phrases")
_COUNTED = {"score_apology", "visa_mentions"}
_ANYWHERE = {
    "score_apology",
    "visa_mentions",
    "visa_stance",
    "blame_or_victim",
    "complaint",
    "commitment_risk",
    "commitment_signal",
    "contempt",
    "oversharing",
    "asks_to_clarify",
}


def sentences(text: str) -> list[str]:
    """A text cut after its sentence marks; without marks, into pieces of 18 words."""
    parts = [p for p in re.split(r"(?<=[.!?])\s+", text.strip()) if p]
    if len(parts) > 1:
        return parts
    words = text.split()
    return [" ".join(words[i : i + 18]) for i in range(0, len(words), 18)]


def as_heard(text: str, rng: random.Random) -> str:
    """The text as a recogniser might write it: other spellings of names, hesitations, lost capitals and marks."""
    for pattern, forms in _SPELLINGS:
        if rng.random() < 0.7:
            text = re.sub(pattern, rng.choice(forms), text)
    if rng.random() < 0.5:
        words = text.split()
        for _ in range(max(1, len(words) // 40)):
            words.insert(rng.randrange(len(words) + 1), rng.choice(_HESITATIONS))
        text = " ".join(words)
    draw = rng.random()
    if draw < 0.45:
        text = re.sub(r"[.,;:!?\"]+(?=\s|$)", "", text).lower()
    elif draw < 0.6:
        text = re.sub(r"[.,;:!?\"]+(?=\s|$)", "", text)
    return text


def with_tail(text: str, rng: random.Random) -> str:
    """The text with an empty thank-you at its end, which changes no label."""
    return f"{text} {rng.choice(_TAILS)}"


def _masked(targets: Targets, keep: str) -> Targets:
    unsure = {name for name, quiet in QUIET.items() if quiet in targets.get(name, {})} | set(_UNSURE_AFTER_INSERTION)
    return {name: value for name, value in targets.items() if name == keep or name not in unsure}


def _turned(answer: Example, criterion: str, value: str) -> dict[str, float] | None:
    """The criterion's right values after a passage of `value` was put in; None if that is not certain."""
    before = answer.targets.get(criterion)
    if before is None or len(before) > 1:
        return None
    quiet = QUIET[criterion]
    if value == quiet:
        return before
    if criterion in _COUNTED:
        return {"once": 1.0} if quiet in before else {"repeated": 1.0}
    if criterion == "visa_stance":
        return {value: 1.0} if quiet in before and value != "avoiding" else None
    return {value: 1.0}


def put_in(answer: Example, passage: Example, rng: random.Random) -> Example | None:
    """The answer with the passage in it, relabelled; None where the new label would not be certain."""
    ((criterion, values),) = passage.targets.items() if len(passage.targets) == 1 else ((("", {})),)
    value = next(iter(values), "")
    parts = sentences(answer.text)
    if len(parts) < 5:
        return None
    if criterion == "closing_summary" and criterion in answer.targets:
        text = " ".join([*parts[:-2], passage.text])
        targets = {
            k: v for k, v in _masked(answer.targets, "").items() if k not in ("result_stated", "cause_or_change")
        }
        return _rebuilt(answer, passage, text, targets | {criterion: {value: 1.0}})
    if criterion == "gratitude_first" and "no" in answer.targets.get(criterion, {}):
        targets = _masked(answer.targets, criterion) | {criterion: {value: 1.0}}
        return _rebuilt(answer, passage, f"{passage.text} {answer.text}", targets)
    if criterion not in _ANYWHERE:
        return None
    turned = _turned(answer, criterion, value)
    if turned is None:
        return None
    place = rng.randint(1, len(parts) - 3)
    text = " ".join([*parts[:place], passage.text, *parts[place:]])
    return _rebuilt(answer, passage, text, _masked(answer.targets, criterion) | {criterion: turned})


def _rebuilt(answer: Example, passage: Example, text: str, targets: Targets) -> Example:
    return replace(answer, id=f"{answer.id}+{passage.id}", text=text, targets=targets)


def two_put_in(answer: Example, passages: Sequence[Example], rng: random.Random) -> Example | None:
    """The answer with two set phrases (or two phrases of the speaker's own) in it, for `stock_phrases`."""
    before = answer.targets.get("stock_phrases", {})
    parts = sentences(answer.text)
    first, second = rng.sample(list(passages), 2)
    if first.targets != second.targets or len(parts) < 6 or before != {"no": 1.0}:
        return None
    label = "yes" if "stock" in first.targets["stock_phrase"] else "no"
    a, b = sorted(rng.sample(range(1, len(parts) - 1), 2))
    text = " ".join([*parts[:a], first.text, *parts[a:b], second.text, *parts[b:]])
    return _rebuilt(answer, first, text, _masked(answer.targets, "") | {"stock_phrases": {label: 1.0}})


_STORIES = ("behavioral", "clinical", "strengths", "time_management")
_PROGRAM = ("program_specific", "future_plans")
_THEIRS = ("questions_for_us", "resident_lunch")
_OFF_TOPIC: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_STORIES, ("red_flag", "visa", *_PROGRAM, *_THEIRS)),
    **dict.fromkeys(_PROGRAM, (*_STORIES, "red_flag", "about_you", "visa", *_THEIRS)),
    **dict.fromkeys(_THEIRS, (*_STORIES, "red_flag", "about_you", "visa", *_PROGRAM)),
    "visa": (*_STORIES, "red_flag", "about_you", *_PROGRAM, *_THEIRS),
    "about_you": (*_STORIES, "red_flag", "visa"),
    "red_flag": ("about_you", "visa", *_PROGRAM, *_THEIRS),
}
"""The categories of questions that an answer to a question of the first category certainly does not answer."""


_UNANSWERED: Targets = {"answers_question": {"no": 1.0}}
_WHATEVER_WAS_ASKED = {*QUIET} - {"visa_stance", "meandering"}
"""The criteria whose right values do not hang on the question."""


def asked_otherwise(answer: Example, asked: Example) -> Example | None:
    """The answer under a question that it certainly does not answer; None where that is not certain.

    Labels that may hang on the question are left out. It stays in the group of the answer, so that the same words meet
    under both questions in one batch: only the question then tells them apart.
    """
    answered = answer.targets.get("answers_question", {}) == {"yes": 1.0}
    if not answered or asked.category not in _OFF_TOPIC.get(answer.category, ()):
        return None
    targets = {k: v for k, v in answer.targets.items() if k in _WHATEVER_WAS_ASKED} | _UNANSWERED
    return replace(asked, id=f"{answer.id}?{asked.id}", group=answer.group, text=answer.text, targets=targets)


def swapped(answers: Sequence[Example], rng: random.Random, wanted: int) -> list[Example]:
    """At most `wanted` answers under questions that they do not answer."""
    found: list[Example] = []
    for _ in range(wanted * 10):
        if len(found) >= wanted:
            break
        made = asked_otherwise(rng.choice(answers), rng.choice(answers))
        if made is not None:
            found.append(made)
    return found


def epoch(
    answers: Sequence[Example], passages: Sequence[Example], rng: random.Random, composites: float, share: float
) -> list[Example]:
    """What one pass of training reads: all answers, a share of the passages, `composites` times as many of both in one.

    Each is changed afresh in every epoch. Passages of rare criteria are drawn as often as those of frequent ones.
    """
    drawn = rng.sample(list(passages), int(share * len(passages)))
    found = [_varied(x, rng, 0.35, 0.1) for x in answers] + [_varied(x, rng, 0.25, 0.0) for x in drawn]
    by_value: dict[tuple[str, str], list[Example]] = {}
    for passage in passages:
        if len(passage.targets) == 1:
            ((criterion, values),) = passage.targets.items()
            by_value.setdefault((criterion, next(iter(values))), []).append(passage)
    kinds = [k for k in by_value if k[0] in _ANYWHERE or k[0] in ("closing_summary", "gratitude_first", "stock_phrase")]
    wanted = int(len(answers) * composites)
    made = 0
    for _ in range(wanted * 5):
        if made >= wanted or not kinds:
            break
        kind = rng.choice(kinds)
        answer = rng.choice(answers)
        if kind[0] == "stock_phrase":
            composite = two_put_in(answer, by_value[kind], rng)
        else:
            composite = put_in(answer, rng.choice(by_value[kind]), rng)
        if composite is not None:
            found.append(_varied(composite, rng, 0.3, 0.05))
            made += 1
    return found


def _varied(example: Example, rng: random.Random, heard: float, tail: float) -> Example:
    text = example.text
    if rng.random() < tail and "closing_summary" in example.targets:
        text = with_tail(text, rng)
    if rng.random() < heard:
        text = as_heard(text, rng)
    if text is example.text:
        return example
    return replace(example, text=text)
