"""The worker as the main process sees it: a real process with fake parts."""

import queue
import time
import wave

import numpy as np
import pytest

from coach.config import Home
from coach.domain.question import Question
from coach.practice import worker_messages as m
from coach.practice.worker import Died, Failed, Judged, Ready, Transcribed, Worker
from coach.speech.vocabulary import Vocabulary

QUESTION = Question("q", "b", "Why?", "about_you")
PLAIN = Vocabulary()


@pytest.fixture
def told():
    return queue.Queue()


@pytest.fixture
def worker(tmp_path, told):
    setup = m.Setup(
        Home(tmp_path / "home"),
        None,
        recogniser="tests.practice.worker_parts:ears",
        judge="tests.practice.worker_parts:judge",
    )
    made = Worker(setup.home, None, told.put, setup=setup)
    yield made
    made.stop()


@pytest.fixture
def take(tmp_path):
    path = tmp_path / "take.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.full(48_000, 8000, dtype="<i2").tobytes())
    return path


def next_of(told, *kinds):
    while True:
        event = told.get(timeout=60)
        if isinstance(event, kinds):
            return event


def test_a_followed_answer_comes_back_transcribed_and_judged(worker, told, take):
    worker.warm()
    assert next_of(told, Ready).model == "counting"
    worker.follow("a", take, PLAIN, captions=True)
    worker.finish("a", QUESTION)
    assert next_of(told, Transcribed).transcript.text == "word word word"
    assert next_of(told, Judged).job == "a"


def test_a_dead_process_is_told_and_the_next_call_starts_a_new_one(worker, told, take):
    worker.transcribe("a", take, Vocabulary(("crash",)), None)
    assert "safe" in next_of(told, Died).message
    assert not worker.alive
    worker.transcribe("b", take, PLAIN, None)
    assert next_of(told, Transcribed).job == "b"


def test_after_stop_the_process_is_gone_and_nothing_more_is_told(worker, told, take):
    worker.start()
    assert worker.alive
    worker.stop()
    assert not worker.alive
    worker.transcribe("a", take, PLAIN, None)
    time.sleep(0.2)
    assert told.empty()


def test_a_cancelled_job_tells_nothing_and_its_name_may_be_used_again(worker, told, take):
    worker.follow("a", take, PLAIN, captions=True)
    worker.cancel("a")
    worker.transcribe("b", take, PLAIN, None)
    assert next_of(told, Transcribed, Failed).job == "b"
    worker.transcribe("a", take, PLAIN, None)
    assert next_of(told, Transcribed, Failed).job == "a"
