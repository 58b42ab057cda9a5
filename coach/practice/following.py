"""The question that an interviewer would ask because of what was said."""

from dataclasses import replace

from coach.domain.finding import Finding
from coach.domain.question import Question


def follow_up(question: Question, finding: Finding) -> Question:
    """What `finding` provokes, as a question of its own kind: who asks, category and program stay.

    Its history is its own: the same follow-up to the same question has the same key.
    """
    return replace(
        question,
        id=f"{question.id}+{finding.criterion}",
        text=finding.follow_up,
        rephrasings=(),
        why=f'It follows from your answer to "{question.text}" {finding.why}',
        strong="",
        sinks="",
        structure="",
        follow_ups=(),
        think_s=0.0,
    )
