"""What a rubric file may hold. Every model is frozen and refuses unknown fields; nothing in it can run."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Message = Annotated[str, StringConstraints(strip_whitespace=True, max_length=600)]
Passage = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Share = Annotated[float, Field(ge=0, le=1)]
Small = Annotated[int, Field(ge=1, le=50)]
Wordings = Annotated[tuple[Line, ...], Field(min_length=1, max_length=200)]
Sentences = Annotated[tuple[Line, ...], Field(min_length=1, max_length=100)]
Category = Literal[
    "about_you", "behavioral", "program_specific", "red_flag", "visa", "future_plans", "clinical", "strengths",
    "time_management", "questions_for_us", "resident_lunch",
]  # fmt: skip
Seconds = Annotated[float, Field(gt=0, le=3600)]
Band = tuple[Seconds, Seconds, Seconds]
"""Seconds: short below the first, right up to the second, long up to the third."""
Verdict = Literal["good", "fix", "note"]
Where = Literal["answer", "opening", "closing", "first sentence", "last sentence", "question", "asked"]
"""Opening and closing are the first and the last three sentences; `question` is what the interviewer asked, `asked` are
the sentences in which the speaker asks."""


class Strict(BaseModel):
    """Base of all parts of a rubric."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Mention(Strict):
    """Words that are said (kind: mention). Counts between `at_least` and `at_most` make the condition true.

    `count_by` passage joins mentions that stand at most `apart` sentences from each other into one.
    """

    wordings: Wordings
    where: Where = "answer"
    at_least: Annotated[int, Field(ge=0, le=50)] = 1
    at_most: Annotated[int, Field(ge=0, le=50)] | None = None
    count_by: Literal["mention", "sentence", "passage"] = "mention"
    apart: Small = 1
    subject: Literal["any", "speaker", "others"] = "any"
    negated: Literal["any", "yes", "no"] = "any"
    quoted: Literal["any", "yes", "no"] = "any"
    unless_near: tuple[Line, ...] = ()


class Meaning(Strict):
    """Sentences that mean the same as examples (kind: meaning).

    A sentence counts when it is at least as `close` to one of `like` (cosine), and closer by `margin` than to any of
    `unlike`.
    """

    like: Sentences
    unlike: tuple[Line, ...] = ()
    where: Where = "answer"
    close: Share = 0.55
    margin: Share = 0.05
    at_least: Small = 1


class Learned(Strict):
    """The shipped encoder's reading (kind: learned) of `value`: its probability is from `at_least` and below `below`.

    With `likeliest`, `value` must also be the most probable of the criterion's values. Shown are the sentences that
    speak most for `value`, or, where `unlike` is given, those that speak most against that value.
    """

    criterion: Identifier | Literal[""] = ""
    value: Line
    unlike: Line | Literal[""] = ""
    likeliest: bool = False
    at_least: Share = 0.0
    below: Annotated[float, Field(gt=0, le=1.01)] = 1.01


class Passages(Strict):
    """Separate passages in which the shipped encoder sees something other than the value `unlike` (kind: passages).

    A sentence counts when it lowers the score of `unlike`, beside the mean of all values, by at least `strong`;
    sentences at most `apart` sentences from each other are one passage. True between `at_least` and `at_most` passages.
    """

    criterion: Identifier | Literal[""] = ""
    unlike: Line
    strong: Annotated[float, Field(gt=0, le=6)] = 0.5
    apart: Small = 1
    at_least: Annotated[int, Field(ge=0, le=50)] = 1
    at_most: Annotated[int, Field(ge=0, le=50)] | None = None


class Timing(Strict):
    """A measure of delivery (kind: timing) from `at_least` and below `below`, or in a zone of the question's band."""

    measure: Literal[
        "duration_s", "rate_wpm", "speech_rate_wpm", "first_word_s", "longest_run_s", "long_pauses",
        "pauses_inside_sentences", "hesitations_per_minute", "repeated_words", "restarts", "sentence_end_drop_db",
    ]  # fmt: skip
    at_least: float | None = None
    below: float | None = None
    zone: Literal["short", "right", "long", "too_long"] | None = None


class Count(Strict):
    """How many there are (kind: count), at least `at_least` and below `below`."""

    of: Literal["words", "sentences", "questions"]
    where: Where = "answer"
    at_least: Annotated[int, Field(ge=0, le=5000)] = 0
    below: Annotated[int, Field(ge=1, le=5000)] = 5000


class Order(Strict):
    """Words that come before other words (kind: order)."""

    first: Wordings
    then: Wordings


class Part(Strict):
    """A part of an answer: sentences that hold the wordings, or that mean the same as the examples."""

    wordings: tuple[Line, ...] = ()
    like: tuple[Line, ...] = ()
    close: Share = 0.5


class Proportion(Strict):
    """The share of `part` in the words of `part` and `rest` together (kind: proportion).

    True from `at_least` and below `below`; not judged when fewer than `least_words` belong to either.
    """

    part: Part
    rest: Part
    at_least: Share = 0.0
    below: Annotated[float, Field(gt=0, le=1.01)] = 1.01
    least_words: Small = 10


class Repetition(Strict):
    """The same run of words said again (kind: repetition): `words` words, at least `at_least` times."""

    words: Annotated[int, Field(ge=2, le=12)] = 4
    at_least: Annotated[int, Field(ge=2, le=20)] = 2


class Coverage(Strict):
    """How many of several lists of wordings are met (kind: coverage), as in situation, action, result."""

    parts: Annotated[dict[Identifier, Wordings], Field(min_length=1, max_length=20)]
    at_least: Small


class Condition(Strict):
    """One condition: exactly one of its fields is given. `all`, `any` and `not` hold further conditions."""

    all_: Annotated[tuple["Condition", ...] | None, Field(alias="all", min_length=1, max_length=12)] = None
    any_: Annotated[tuple["Condition", ...] | None, Field(alias="any", min_length=1, max_length=12)] = None
    not_: Annotated["Condition | None", Field(alias="not")] = None
    mention: Mention | None = None
    meaning: Meaning | None = None
    learned: Learned | None = None
    passages: Passages | None = None
    timing: Timing | None = None
    count: Count | None = None
    order: Order | None = None
    proportion: Proportion | None = None
    repetition: Repetition | None = None
    coverage: Coverage | None = None


class Example(Strict):
    """A whole answer that tests a rule, with what was asked when that matters."""

    text: Passage
    question: Line = "Tell me about yourself."
    category: Category = "about_you"
    duration_s: Annotated[float, Field(ge=0, le=3600)] = 0.0
    facts: Annotated[tuple[Line, ...], Field(max_length=20)] = ()


class Examples(Strict):
    """Answers for which the rule must hold (`met`) and must not hold (`missed`)."""

    met: Annotated[tuple[Example | Passage, ...], Field(max_length=30)] = ()
    missed: Annotated[tuple[Example | Passage, ...], Field(max_length=30)] = ()


class Rule(Strict):
    """Gives the criterion the value `gives` when its condition holds. `sure` is how far a match can be trusted."""

    id: Identifier
    gives: Line
    when: Condition
    sure: Share = 0.8
    about: Message = ""
    examples: Examples = Examples()


class Outcome(Strict):
    """What is said when a criterion has this value.

    `costs` is the share of the score above 1 that the gap takes, `show` is where it is shown: where it was found, or
    where it should have been.
    """

    verdict: Verdict
    costs: Share = 0.0
    title: Line = ""
    why: Message = ""
    advice: Message = ""
    follow_up: Message = ""
    show: Literal["found", "opening", "closing", "answer", "longest", "time over"] = "found"
    silent: bool = False


class Lean(Strict):
    """Something that can be counted, and that speaks for a value beside what the shipped encoder reads.

    When the condition holds, the odds of `toward` are raised by e to the power of `by` before rules with "learned" look
    at the probabilities; a negative `by` lowers them. Without a condition it always counts: how much the encoder is to
    be believed for this value. Fitted on held-out answers, see docs/judgement.md.
    """

    toward: Line
    by: Annotated[float, Field(ge=-6, le=6)]
    when: Condition | None = None


class Applies(Strict):
    """Where a criterion applies: all that is given here must hold."""

    categories: tuple[Category, ...] = ()
    not_in: tuple[Category, ...] = Field(default=(), alias="not in")
    tags: tuple[Line, ...] = ()
    question: tuple[Line, ...] = ()
    unless_question: tuple[Line, ...] = ()


class Criterion(Strict):
    """One thing that is judged: its values, the rules that decide between them in order, and what is said."""

    id: Identifier
    title: Line
    group: Identifier
    guide: Line = ""
    why: Message = ""
    applies: Annotated[tuple[Applies, ...], Field(max_length=10)] = ()
    many: bool = False
    otherwise: Line | None = None
    weight: Annotated[float, Field(ge=0, le=3)] = 1.0
    values: Annotated[dict[Line, Outcome], Field(min_length=1, max_length=12)]
    leans: Annotated[tuple[Lean, ...], Field(max_length=20)] = ()
    rules: Annotated[tuple[Rule, ...], Field(max_length=40)] = ()


class SessionRule(Strict):
    """A judgement over the answers of one sitting, or over the history.

    Kinds: `again` (one of `values` in at least `answers` answers), `unasked` (one of `values` where the question does
    not hold `question`, after it was answered once), `same_story` (answers to different questions at least as `close`),
    `contradiction` (`values` in one answer and `other_values` of `other` in another), `tone` (`values` with some
    interviewers and not with others), `habit` (the costliest gap seen in at least `answers` answers).
    """

    id: Identifier
    kind: Literal["again", "unasked", "same_story", "contradiction", "tone", "habit"]
    criterion: Identifier | Literal[""] = ""
    values: tuple[Line, ...] = ()
    other: Identifier | Literal[""] = ""
    other_values: tuple[Line, ...] = ()
    question: tuple[Line, ...] = ()
    answers: Annotated[int, Field(ge=2, le=20)] = 2
    close: Share = 0.45
    title: Line
    detail: Message
    advice: Message


class Impression(Strict):
    """How far the shipped encoder's mark for the whole answer counts in the overall score (`share`, 0 to 1).

    Readers weigh gaps against the whole answer, and the encoder learned from their marks. It counts only where a gap is
    named, so that no point is lost without one.
    """

    share: Share
    criterion: Literal["overall"] = "overall"


class RubricFile(Strict):
    """A whole rubric."""

    format: Literal[1]
    id: Identifier
    title: Line
    author: Message = ""
    language: Literal["en"] = "en"
    about: Annotated[str, StringConstraints(max_length=2000)] = ""
    least_words: Annotated[int, Field(ge=1, le=200)] = 8
    groups: Annotated[dict[Identifier, Line], Field(min_length=1, max_length=12)]
    impression: Impression | None = None
    bands: dict[Category | Literal["default"], Band] = {}
    wordings: Annotated[dict[Identifier, Wordings], Field(max_length=100)] = {}
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=80)]
    session: Annotated[tuple[SessionRule, ...], Field(max_length=30)] = ()
