"""Which questions a sitting asks."""

import pytest

from coach.domain.session import Session
from coach.errors import BankError, CoachError, UsageError
from coach.practice.desk import Desk
from coach.practice.selection import MIXED, Ask, select, select_at_once
from tests import builders
from tests.fakes import FakeWorker


@pytest.fixture
def desk(home, clock):
    made = Desk(home, clock=clock, make_worker=FakeWorker)
    yield made
    made.close()


def after_one_answer(desk):
    desk.archive.answers.add_session(Session("s", desk.clock()))
    desk.archive.answers.add_answer("s-1", "s", builders.question(), "?", desk.clock())
    desk.archive.answers.set_state("s-1", "judged")


def test_a_newcomer_gets_the_five_that_everybody_is_asked(desk):
    questions = select(desk, Ask())
    assert len(questions) == 5
    assert questions[0].key == "about-you/tell-me-about-yourself"
    assert all("baseline" in q.tags for q in questions)


def test_later_a_mixed_sitting_differs_in_category(desk):
    after_one_answer(desk)
    questions = select(desk, Ask(seed=3))
    assert len({q.category for q in questions}) == 5
    assert {q.category for q in questions} <= set(MIXED)


def test_the_same_seed_gives_the_same_questions(desk):
    after_one_answer(desk)
    assert select(desk, Ask(seed=3)) == select(desk, Ask(seed=3))
    assert select(desk, Ask(seed=3)) != select(desk, Ask(seed=4))


def test_a_category_a_bank_and_a_number_can_be_asked_for(desk):
    assert {q.category for q in select(desk, Ask(category="visa", count=3))} == {"visa"}
    assert {q.bank_id for q in select(desk, Ask(bank="red-flags", count=4))} == {"red-flags"}
    assert len(select(desk, Ask(bank="red-flags", count=4))) == 4


def test_a_program_gives_questions_about_it(desk):
    questions = select(desk, Ask(program="uic-chicago"))
    assert all(q.program is not None and q.program.id == "uic-chicago" for q in questions)
    assert not any("{" in q.text for q in questions)


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (Ask(category="cooking"), UsageError, "There is no category 'cooking'"),
        (Ask(bank="nothing"), BankError, "There is no bank 'nothing'"),
        (Ask(program="nothing"), CoachError, "nothing"),
        (Ask(count=0), UsageError, "Choose 1 to"),
        (Ask(bank="visa", category="clinical"), CoachError, "No question fits"),
    ],
)
def test_what_cannot_be_is_one_sentence(desk, ask, error, says):
    with pytest.raises(error, match=says):
        select(desk, ask)


def test_where_no_bank_must_be_read_the_questions_are_there_at_once(desk):
    desk.library.close()
    desk.reload_library()
    ask = Ask(category="visa", count=2, seed=4)
    assert select_at_once(desk, ask) == select(desk, ask)
    with pytest.raises(BankError):
        select_at_once(desk, Ask(bank="no-such-bank"))


def test_where_banks_must_be_read_only_what_can_never_be_is_told_at_once(desk):
    assert select_at_once(desk, Ask(bank="no-such-bank")) is None
    with pytest.raises(UsageError):
        select_at_once(desk, Ask(category="cooking"))
    with pytest.raises(UsageError):
        select_at_once(desk, Ask(count=0))
