"""When a question is due again: spaced repetition with the `fsrs` library, rated by how good the answer was judged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

RATINGS = ("again", "hard", "good", "easy")
"""The four ratings of spaced repetition, 1 to 4 in this order."""

LONGEST_DAYS = 60
"""A question comes back at least so often: an interview season lasts about three months."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One judged answer to a question: when it was given and its overall mark (1 to 5, None if it was not scored).

    `rating` (1 to 4) is the candidate's own word on how well it went, in place of the one derived from the mark.
    `wording` is how the question was asked.
    """

    key: str
    when: datetime
    overall: float | None = None
    rating: int | None = None
    answer_id: str = ""
    wording: str = ""


def rating_of(overall: float) -> int:
    """The rating (1 to 4) that an overall mark of 1 to 5 stands for.

    A committee would cross off (1), have a concern (2), accept (3) or like the answer (4, 5): again, hard, good, easy.
    """
    return 1 if overall < 2 else 2 if overall < 3 else 3 if overall < 4.5 else 4


def due_dates(attempts: Iterable[Attempt]) -> Mapping[str, datetime]:
    """When each question that was answered and scored (or rated) is due again, by question key; times in UTC."""
    from fsrs import Card, Rating, Scheduler

    # Whole days without learning steps of minutes, because a spoken answer is practised once a sitting, and without
    # random shifts, so that the same history always gives the same dates.
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False)
    cards: dict[str, Card] = {}
    for attempt in sorted(attempts, key=lambda a: a.when):
        rating = attempt.rating or (None if attempt.overall is None else rating_of(attempt.overall))
        if rating is not None:
            card = cards.get(attempt.key) or Card(card_id=1)
            cards[attempt.key], _ = scheduler.review_card(card, Rating(rating), attempt.when.astimezone(UTC))
    return {key: card.due for key, card in cards.items()}
