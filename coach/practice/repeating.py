"""Transcribing and judging again what was kept but never finished, without a screen."""

import queue
from collections.abc import Iterator

from coach.config import Home
from coach.practice.desk import Desk
from coach.practice.events import AnswerFailed, AnswerJudged, Event


def judge_unfinished(home: Home) -> Iterator[str]:
    """Finish every answer whose take was never judged; gives a line for each."""
    desk = Desk(home)
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    try:
        for answer in desk.archive.unfinished():
            desk.repeat(answer, events.put)
            while True:
                event = events.get()
                if isinstance(event, AnswerJudged):
                    yield f"{answer.id}: judged"
                    break
                if isinstance(event, AnswerFailed):
                    yield f"{answer.id}: {event.message} {event.mend}".rstrip()
                    break
    finally:
        desk.close()
