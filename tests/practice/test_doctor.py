"""What the doctor says about the home."""

import pytest

from coach.domain.session import Session
from coach.practice import doctor
from coach.practice.archive import Archive
from tests import builders
from tests.conftest import EVENING


def test_the_kept_answers_are_counted_without_reading_them(home, monkeypatch):
    archive = Archive(home)
    archive.answers.add_session(Session("s", EVENING))
    for number in (1, 2, 3):
        archive.answers.add_answer(f"s-0{number}", "s", builders.question(), "Tell me.", EVENING)
    archive.close()
    monkeypatch.setattr(Archive, "sessions", lambda *_: pytest.fail("all answers were read"))
    assert doctor._home(home) == f"{home.root} (3 answers kept)"
