"""One sitting, from the question to the feedback; nothing that was said is lost on any way out."""

import threading

import numpy as np
import pytest

from coach.audio.takefile import read_take
from coach.domain.session import Session
from coach.domain.transcript import Caption
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
    SessionFailed,
    SessionReviewed,
)
from coach.practice.worker import CaptionChanged, Failed
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


def full_disk(*_, **__):
    raise StoreError("coach.db cannot be written: disk full.", "Free some space.")


def test_a_full_disk_at_the_stop_is_told_and_the_take_is_found_later(sitting, monkeypatch):
    answer = sitting.conductor.record()
    sitting.microphone.speak(tone(0.3))
    with monkeypatch.context() as full:
        full.setattr(sitting.archive.answers, "keep_take", full_disk)
        full.setattr(sitting.archive.answers, "keep_transcript", full_disk)
        stopped = sitting.conductor.stop()
    assert sitting.kinds() == [RecordingStopped, AnswerFailed]
    assert "disk full" in next(e for e in sitting.events if isinstance(e, RecordingStopped)).message
    assert stopped.take.frames == 4800
    monkeypatch.setattr("coach.practice.archive.ALIVE_S", -1.0)
    assert [a.id for a in sitting.archive.unfinished()] == [answer.id]


def test_a_store_that_is_locked_when_the_words_come_is_told_not_raised(sitting, monkeypatch):
    monkeypatch.setattr(sitting.archive.answers, "keep_transcript", full_disk)
    sitting.conductor.record()
    sitting.microphone.speak(tone(0.1))
    sitting.conductor.stop()
    assert sitting.kinds() == [RecordingStopped, AnswerFailed]


def test_a_vocabulary_that_cannot_be_read_is_said_before_anything_is_recorded(home, clock):
    made = Sitting(home, clock)
    tools = made.conductor._tools

    def refuse(_):
        raise CoachError("vocabulary.txt is too large.", "Shorten it.")

    conductor = Conductor(
        Tools(tools.archive, tools.helper, tools.source, clock, refuse),
        Session("t", EVENING),
        (builders.question(),),
        made.events.append,
    )
    with pytest.raises(CoachError, match="too large"):
        conductor.record()
    assert not conductor.recording
    assert made.microphone.receive is None
    made.archive.close()


def test_live_text_of_the_answer_before_is_not_shown_in_the_next(sitting):
    sitting.worker.silent = True
    sitting.conductor.record()
    sitting.microphone.speak(tone(0.1))
    first = sitting.conductor.stop()
    sitting.conductor.record()
    sitting.conductor.hear(CaptionChanged(first.id, Caption("late words")))
    assert CaptionShown not in sitting.kinds()


def test_answers_judged_together_come_back_under_the_id_that_was_given(sitting):
    sitting.conductor.record()
    sitting.microphone.speak(tone(0.1))
    answer = sitting.conductor.stop()
    kept = sitting.archive.answer(answer.id)
    job = sitting.conductor.review((kept,))
    assert sitting.events[-1] == SessionReviewed(job, ())
    sitting.conductor.hear(Failed(job, "judge", "late"))
    assert sitting.events[-1] == SessionReviewed(job, ())


def test_answers_that_cannot_be_judged_together_say_so(sitting):
    sitting.worker.judge_session = lambda job, answers: None
    sitting.conductor.record()
    sitting.microphone.speak(tone(0.1))
    answer = sitting.conductor.stop()
    job = sitting.conductor.review((sitting.archive.answer(answer.id),))
    sitting.conductor.hear(Failed(job, "judge", "The rubric is gone.", "Choose another."))
    assert sitting.events[-1] == SessionFailed(job, "The rubric is gone. Choose another.")


def test_leaving_while_events_arrive_always_stops_the_recorder(sitting):
    sitting.worker.silent = True
    for _ in range(3):
        sitting.conductor.record()
        sitting.microphone.speak(tone(0.1))
        sitting.conductor.stop()
    answer = sitting.conductor.record()
    sitting.microphone.speak(tone(0.1))
    busy = threading.Thread(target=lambda: [sitting.worker.die() for _ in range(50)])
    busy.start()
    sitting.conductor.leave()
    busy.join()
    assert sitting.microphone.receive is None
    assert sitting.archive.answer(answer.id).state == "recorded"
