"""One sitting, from the question to the feedback; nothing that was said is lost on any way out."""

import numpy as np
import pytest

from coach.audio.takefile import read_take
from coach.domain.session import Session
from coach.errors import AudioError, CoachError, StoreError
from coach.practice.archive import Archive
from coach.practice.conductor import Conductor, Tools
from coach.practice.events import (
    AnswerFailed,
    AnswerJudged,
    AnswerTranscribed,
    CaptionShown,
    HelperState,
    LevelChanged,
    RecordingStopped,
)
from coach.practice.worker import Failed
from coach.speech.vocabulary import Vocabulary
from tests import builders
from tests.builders import tone
from tests.conftest import EVENING
from tests.fakes import FakeMicrophone, FakeWorker


class Sitting:
    """A conductor over two questions with a fake microphone and a fake worker."""

    def __init__(self, home, clock) -> None:
        self.archive = Archive(home, clock)
        self.microphone = FakeMicrophone()
        self.worker = FakeWorker(home, None, lambda event: self.conductor.hear(event))
        self.events = []
        tools = Tools(self.archive, self.worker, lambda: self.microphone, clock, lambda _: Vocabulary())
        questions = (builders.question(), builders.question(id="why-us", text="Why us?"))
        self.conductor = Conductor(tools, Session("s", EVENING), questions, self.events.append)

    def kinds(self):
        return [type(e) for e in self.events if not isinstance(e, LevelChanged)]


@pytest.fixture
def sitting(home, clock):
    made = Sitting(home, clock)
    yield made
    made.conductor.leave()
    made.archive.close()


def test_an_answer_is_recorded_transcribed_judged_and_kept(sitting):
    sitting.conductor.record("Tell me about a mistake, please.")
    sitting.microphone.speak(tone(0.5))
    answer = sitting.conductor.stop()
    assert sitting.kinds() == [RecordingStopped, AnswerTranscribed, AnswerJudged]
    kept = sitting.archive.answer(answer.id)
    assert (kept.state, kept.asked_text) == ("judged", "Tell me about a mistake, please.")
    assert np.array_equal(read_take(kept.take.path), tone(0.5))
    assert kept.feedback.overall == 3.6


def test_the_attempt_is_in_the_store_before_a_sample_is_recorded(sitting):
    seen = []
    sitting.microphone.start = lambda receive: seen.append(sitting.archive.sessions()[0].answers[0].state)
    sitting.conductor.record()
    assert seen == ["recording"]
    sitting.microphone.stop()


def test_a_second_attempt_gets_its_own_number_and_file(sitting):
    takes = []
    for _ in range(2):
        sitting.conductor.record()
        sitting.microphone.speak(tone(0.1))
        takes.append(sitting.conductor.stop())
    assert [a.attempt for a in takes] == [1, 2]
    assert takes[0].take.path != takes[1].take.path


def test_a_discarded_take_stays_on_disk_but_is_not_judged_nor_offered(sitting):
    answer = sitting.conductor.record()
    sitting.microphone.speak(tone(0.1))
    sitting.conductor.discard()
    kept = sitting.archive.answer(answer.id)
    assert (kept.state, kept.take.frames) == ("discarded", 1600)
    assert kept.take.path.exists()
    assert sitting.archive.unfinished() == ()
    assert ("cancel", answer.id) in sitting.worker.calls


def test_leaving_while_recording_keeps_what_was_said(sitting):
    answer = sitting.conductor.record()
    sitting.microphone.speak(tone(0.2))
    sitting.conductor.leave()
    assert [a.id for a in sitting.archive.unfinished()] == [answer.id]
    assert sitting.archive.answer(answer.id).take.frames == 3200


def test_a_failed_transcription_keeps_the_take_and_can_be_repeated(sitting):
    sitting.worker.fail = "The recogniser could not be loaded."
    sitting.conductor.record()
    sitting.microphone.speak(tone(0.2))
    answer = sitting.conductor.stop()
    assert sitting.kinds() == [RecordingStopped, AnswerFailed]
    failed = sitting.archive.answer(answer.id)
    assert "could not be loaded" in failed.problem
    sitting.worker.fail = ""
    sitting.conductor.repeat(failed)
    assert sitting.archive.answer(answer.id).state == "judged"


def test_when_the_worker_dies_open_answers_wait_and_the_user_is_told(sitting):
    sitting.worker.silent = True
    sitting.conductor.record()
    sitting.microphone.speak(tone(0.2))
    answer = sitting.conductor.stop()
    sitting.worker.die()
    assert sitting.kinds() == [RecordingStopped, HelperState, AnswerFailed]
    assert [a.id for a in sitting.archive.unfinished()] == [answer.id]


def test_a_worker_that_dies_while_speaking_does_not_stop_the_recording(sitting):
    sitting.conductor.record()
    sitting.microphone.speak(tone(0.1))
    sitting.worker.die()
    sitting.microphone.speak(tone(0.1))
    assert sitting.conductor.recording
    answer = sitting.conductor.stop()
    assert answer.take.frames == 3200
    assert ("transcribe", answer.id, answer.take.path) in sitting.worker.calls
    assert sitting.archive.answer(answer.id).state == "judged"


def test_a_failure_while_speaking_waits_until_the_take_is_whole(sitting):
    answer = sitting.conductor.record()
    sitting.conductor.hear(Failed(answer.id, "load", "The recogniser could not be loaded."))
    sitting.microphone.speak(tone(0.1))
    assert sitting.conductor.recording
    sitting.conductor.stop()
    assert sitting.archive.answer(answer.id).state == "judged"


def test_a_microphone_that_does_not_open_leaves_no_open_answer(sitting):
    def refuse(_):
        raise AudioError("No microphone was found.", "Plug one in.")

    sitting.microphone.start = refuse
    with pytest.raises(AudioError, match="No microphone"):
        sitting.conductor.record()
    assert not sitting.conductor.recording
    assert sitting.archive.unfinished() == ()


def test_live_text_reaches_the_listener_only_when_wanted(sitting):
    sitting.conductor.record(captions=True)
    assert CaptionShown in sitting.kinds()


def test_questions_go_on_and_back_but_not_while_recording(sitting):
    assert sitting.conductor.position == (1, 2)
    sitting.conductor.record()
    sitting.conductor.next()
    assert sitting.conductor.position == (1, 2)
    sitting.conductor.discard()
    assert sitting.conductor.next().id == "why-us"
    assert sitting.conductor.back().id == "mistake"
    sitting.conductor.insert(builders.question(id="follow-up"))
    assert [sitting.conductor.next().id, sitting.conductor.next().id, sitting.conductor.next()] == [
        "follow-up",
        "why-us",
        None,
    ]
    with pytest.raises(CoachError):
        sitting.conductor.record()


def test_events_of_a_cancelled_answer_change_nothing(sitting):
    sitting.worker.silent = True
    answer = sitting.conductor.record()
    sitting.microphone.speak(tone(0.1))
    sitting.conductor.discard()
    sitting.worker.silent = False
    sitting.worker._answer(answer.id)
    assert sitting.archive.answer(answer.id).transcript is None


def test_nothing_is_kept_of_a_sitting_without_an_answer(sitting):
    assert sitting.archive.sessions() == ()
    with pytest.raises(StoreError):
        sitting.archive.answers.session("s")
