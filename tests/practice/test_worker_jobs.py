"""The worker's work, in this process: takes that grow, files, failures, and who comes first."""

import wave

import numpy as np
import pytest

from coach.config import Home
from coach.domain.question import Question
from coach.practice import worker_messages as m
from coach.practice.worker_jobs import TakeTail, Workbench
from coach.speech.vocabulary import Vocabulary

QUESTION = Question("q", "b", "Why?", "about_you")
PLAIN = Vocabulary()
LOUD = np.full(16_000, 8000, dtype="<i2")


class GrowingTake:
    """A take as the recorder writes it."""

    def __init__(self, path) -> None:
        self.path = path
        self._file = path.open("wb", buffering=0)
        self._wave = wave.open(self._file, "wb")  # noqa: SIM115 - closed by close()
        self._wave.setnchannels(1)
        self._wave.setsampwidth(2)
        self._wave.setframerate(16_000)
        self._wave.writeframes(b"")

    def speak(self, seconds: int) -> None:
        for _ in range(seconds):
            self._wave.writeframes(LOUD.tobytes())

    def close(self) -> None:
        self._wave.close()
        self._file.close()


@pytest.fixture
def take(tmp_path):
    growing = GrowingTake(tmp_path / "take.wav")
    yield growing
    growing.close()


@pytest.fixture
def told():
    return []


@pytest.fixture
def bench(tmp_path, told):
    setup = m.Setup(
        Home(tmp_path / "home"),
        None,
        recogniser="tests.practice.worker_parts:ears",
        judge="tests.practice.worker_parts:judge",
    )
    return Workbench(setup, told.append)


def drain(bench: Workbench) -> None:
    while bench.step():
        pass


def test_an_answer_is_followed_finished_and_judged(bench, told, take):
    bench.handle(m.Follow("a", take.path, PLAIN, captions=True))
    take.speak(3)
    drain(bench)
    assert told[-1].caption.final == "word word word"
    take.speak(2)
    take.close()
    bench.handle(m.Finish("a", QUESTION))
    drain(bench)
    transcribed, judged = told[-2:]
    assert transcribed.transcript.text == "word " * 4 + "word"
    assert transcribed.measures.words == 5
    assert judged.feedback.labels == {"words": "5"}
    assert not bench.jobs


def test_without_captions_none_are_sent(bench, told, take):
    bench.handle(m.Follow("a", take.path, PLAIN, captions=False))
    take.speak(3)
    drain(bench)
    assert told == []


def test_a_take_that_does_not_exist_yet_is_waited_for(bench, tmp_path, told):
    bench.handle(m.Follow("a", tmp_path / "later.wav", PLAIN, captions=True))
    assert not bench.step()
    assert told == []


def test_half_a_sample_at_the_end_of_a_growing_file_is_left_for_later(tmp_path):
    path = tmp_path / "take.wav"
    path.write_bytes(b"\0" * 44 + b"\1\0\2")
    tail = TakeTail(path)
    assert len(tail.next()) == 1
    with path.open("ab") as file:
        file.write(b"\0")
    assert len(tail.next()) == 1
    assert len(tail.next()) == 0


def test_a_file_is_transcribed_and_judged_only_with_a_question(bench, told, take):
    take.speak(4)
    take.close()
    bench.handle(m.Transcribe("f", take.path, PLAIN, None))
    drain(bench)
    assert [type(event) for event in told] == [m.Transcribed]
    bench.handle(m.Transcribe("g", take.path, PLAIN, QUESTION))
    drain(bench)
    assert [type(event) for event in told[1:]] == [m.Transcribed, m.Judged]


def test_a_file_that_is_no_sound_fails_in_a_sentence(bench, told, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear program director")
    bench.handle(m.Transcribe("f", path, PLAIN, None))
    assert told[0].stage == "transcribe"
    assert "cannot be read as sound" in told[0].message


def test_a_missing_model_fails_the_job_with_what_to_do(tmp_path, told, take):
    setup = m.Setup(Home(tmp_path), "missing", recogniser="tests.practice.worker_parts:ears")
    bench = Workbench(setup, told.append)
    bench.handle(m.Follow("a", take.path, PLAIN, captions=True))
    assert told == [m.Failed("a", "transcribe", "There is no such model.", "Choose another.")]
    bench.handle(m.Finish("a", QUESTION))
    drain(bench)
    assert len(told) == 1


def test_a_bug_ends_one_job_is_logged_without_spoken_words_and_the_others_go_on(bench, told, take, tmp_path):
    take.speak(1)
    take.close()
    bench.handle(m.Transcribe("bad", take.path, Vocabulary(("stumble",)), None))
    bench.handle(m.Transcribe("good", take.path, PLAIN, None))
    drain(bench)
    assert [type(event) for event in told] == [m.Failed, m.Transcribed]
    log = (tmp_path / "home" / "coach.log").read_text()
    assert "ValueError" in log
    assert "a bug" not in log


def test_when_judging_fails_the_transcript_is_there_all_the_same(bench, told, take):
    take.speak(2)
    take.close()
    bench.handle(m.Transcribe("a", take.path, PLAIN, Question("q", "b", "Why?", "red_flag")))
    drain(bench)
    assert [type(event) for event in told] == [m.Transcribed, m.Failed]
    assert told[1].stage == "judge"


def test_a_transcript_can_be_judged_again(bench, told, take):
    take.speak(2)
    take.close()
    bench.handle(m.Transcribe("a", take.path, PLAIN, None))
    drain(bench)
    bench.handle(m.Judge("again", told[0].transcript, QUESTION))
    assert told[-1].job == "again"


def test_a_cancelled_job_is_forgotten(bench, told, take):
    bench.handle(m.Follow("a", take.path, PLAIN, captions=True))
    take.speak(2)
    bench.handle(m.Cancel("a"))
    drain(bench)
    bench.handle(m.Finish("a", QUESTION))
    drain(bench)
    assert told == []


def test_an_answer_that_ended_comes_before_the_one_being_recorded(bench, told, take, tmp_path):
    first = GrowingTake(tmp_path / "first.wav")
    first.speak(3)
    first.close()
    bench.handle(m.Follow("second", take.path, PLAIN, captions=False))
    bench.handle(m.Follow("first", first.path, PLAIN, captions=False))
    bench.handle(m.Finish("first", QUESTION))
    take.speak(20)
    steps = 0
    while not any(isinstance(event, m.Judged) for event in told):
        bench.step()
        steps += 1
    assert steps <= 4


def test_warming_up_says_which_model_is_ready(bench, told):
    bench.handle(m.Warm())
    assert told == [m.Ready("counting")]
