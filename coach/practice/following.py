"""The question that an interviewer would ask because of what was said."""

from dataclasses import replace

from coach.domain.finding import Finding
from coach.domain.question import Question
from coach.domain.session import Answer

AFTER = " (You were asked: "


def follow_up(answer: Answer, finding: Finding) -> Question:
    """What `finding` provokes, as a question of its own kind: who asks, category and program stay.

    It names what was asked first, in the wording of then, since "And how did it end?" means nothing alone, to a reader
    or to the judge. Its history is its own: the same follow-up to the same question has the same key.
    """
    question = answer.question
    first = answer.asked_text.partition(AFTER)[2].removesuffix(")") or answer.asked_text
    return replace(
        question,
        id=f"{question.id}+{finding.criterion}-{finding.value}",
        text=f"{finding.follow_up}{AFTER}{first})",
        rephrasings=(),
        why=finding.why,
        strong="",
        sinks="",
        structure="",
        follow_ups=(),
        think_s=0.0,
        follows=question.follows or question.text,
    )
