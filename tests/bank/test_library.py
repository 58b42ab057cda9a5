"""The library: all banks together, bad ones beside good ones, changes noticed, and searches that cannot break."""

import sqlite3
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bank import indexing
from coach.bank.check import check_bank
from coach.bank.folders import index_path
from coach.bank.index_file import open_file
from coach.bank.search import sought
from coach.errors import BankError
from coach.practice.banks import Filter, StoppedError, load_library, paced
from tests.bank.banks import GOOD, bank_text, write_bank

pytestmark = pytest.mark.usefixtures("no_shipped_banks")


def texts(questions):
    return [question.text for question in questions]


def test_an_empty_home_has_an_empty_library(library):
    assert list(library().questions) == []
    assert library().banks == ()


def test_a_bad_bank_is_listed_with_its_problems_and_breaks_no_other(home, library):
    write_bank(home)
    write_bank(home, "bad.yaml", "format: 1\nid: bad\n")
    write_bank(home, "worse.yaml", "\x00")
    (home.banks / "latin.yaml").write_bytes(b"title: \xff")
    found = library()
    assert len(found.questions) == 2
    assert [bank.id for bank in found.banks if bank.usable] == ["nights"]
    assert {problem.file for problem in found.problems} == {"bad.yaml", "worse.yaml", "latin.yaml"}


def test_two_files_with_one_bank_id_do_not_overwrite_each_other(home, library):
    write_bank(home, "a.yaml", bank_text("same", "What about A?"))
    write_bank(home, "b.yaml", bank_text("same", "What about B?"))
    found = library()
    assert texts(found.questions) == ["What about A?"]
    assert "already used by a.yaml" in found.problems[0].problem
    (home.banks / "a.yaml").unlink()
    assert texts(library().questions) == ["What about B?"]


def test_a_changed_a_new_and_a_removed_file_are_noticed(home, library):
    path = write_bank(home, "a.yaml", bank_text("a", "First question?"))
    assert texts(library().questions) == ["First question?"]
    path.write_text(bank_text("a", "Other question?", "And one more?"), encoding="utf-8")
    write_bank(home, "b.yaml", bank_text("b", "Third question?"))
    assert texts(library().questions) == ["Other question?", "And one more?", "Third question?"]
    assert texts(library().find(Filter(text="first"))) == []
    path.unlink()
    assert texts(library().questions) == ["Third question?"]


def test_nothing_is_parsed_again_when_nothing_changed(home, library, monkeypatch):
    write_bank(home)
    library()
    monkeypatch.setattr("coach.bank.check.check_bank", lambda *_: pytest.fail("the file was read again"))
    assert len(library().questions) == 2


def test_progress_is_told_in_bytes_and_only_for_what_is_read(home):
    sizes = [write_bank(home, f"{name}.yaml", bank_text(name, f"What of {name}?")).stat().st_size for name in "abc"]
    told = []
    load_library(home, lambda *so_far: told.append(so_far)).close()
    whole = sum(sizes)
    assert told == [(0, whole), (sizes[0], whole), (sizes[0] + sizes[1], whole), (whole, whole)]
    told.clear()
    size = write_bank(home, "b.yaml", bank_text("b", "Another?")).stat().st_size
    load_library(home, lambda *so_far: told.append(so_far)).close()
    assert told == [(0, size), (size, size)]
    told.clear()
    load_library(home, lambda *so_far: told.append(so_far)).close()
    assert told == []


def test_at_the_end_it_is_too_late_to_stop(home):
    for name in "ab":
        write_bank(home, f"{name}.yaml", bank_text(name, f"What of {name}?"))
    told = []

    def leave_at_the_end(done: int, whole: int) -> None:
        told.append(done == whole)
        if done == whole:
            raise StoppedError

    with load_library(home, leave_at_the_end) as found:
        assert texts(found.questions) == ["What of a?", "What of b?"]
    assert told == [False, False, True]


def test_reading_that_is_stopped_goes_on_where_it_was(home, library, monkeypatch):
    for name in "abc":
        write_bank(home, f"{name}.yaml", bank_text(name, f"What of {name}?"))

    told = []

    def leave_at_the_third(done: int, _whole: int) -> None:
        told.append(done)
        if len(told) == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        load_library(home, leave_at_the_third)
    read = []
    check = check_bank
    monkeypatch.setattr("coach.bank.check.check_bank", lambda raw, name: read.append(name) or check(raw, name))
    assert len(library().questions) == 3
    assert read == ["c.yaml"]


def test_ctrl_c_in_the_middle_of_a_file_keeps_the_files_before_it(home, library, monkeypatch):
    for name in "abc":
        write_bank(home, f"{name}.yaml", bank_text(name, f"What of {name}?"))

    def interrupted(raw, name):
        if name == "b.yaml":
            raise KeyboardInterrupt
        return check_bank(raw, name)

    with monkeypatch.context() as at_the_keyboard:
        at_the_keyboard.setattr("coach.bank.check.check_bank", interrupted)
        with pytest.raises(KeyboardInterrupt):
            load_library(home)
    db = sqlite3.connect(index_path(home))
    assert db.execute("SELECT path FROM files").fetchall() == [(str(home.banks / "a.yaml"),)]
    db.close()
    assert texts(library().questions) == ["What of a?", "What of b?", "What of c?"]


@pytest.fixture
def another(home, monkeypatch):
    """Another process that is writing to the index; it has read nothing so far."""
    monkeypatch.setattr(indexing, "_TRY_MS", 1)
    db = open_file(index_path(home))
    db.execute("BEGIN IMMEDIATE")
    yield db
    db.close()


def test_two_at_once_read_the_banks_once(home, monkeypatch):
    monkeypatch.setattr(indexing, "_TRY_MS", 1)
    for name in "ab":
        write_bank(home, f"{name}.yaml", bank_text(name, f"What of {name}?"))
    read, told, waits = [], [], threading.Event()
    monkeypatch.setattr("coach.bank.check.check_bank", lambda raw, name: read.append(name) or check_bank(raw, name))
    found = []

    def wait(*so_far: int) -> None:
        told.append(so_far)
        waits.set()

    def second() -> None:
        with load_library(home, wait) as library:
            found.append(texts(library.questions))

    other = threading.Thread(target=second)

    def begin_the_other(done: int, _whole: int) -> None:
        if not done:
            other.start()
            assert waits.wait(10)

    with load_library(home, begin_the_other) as first:
        other.join(10)
        assert found == [texts(first.questions)] == [["What of a?", "What of b?"]]
    assert read == ["a.yaml", "b.yaml"]
    assert set(told) == {(0, 0)}


def test_what_the_other_did_not_read_is_read_after_it(home, another):
    write_bank(home)
    told = []

    def let_it_end(*so_far: int) -> None:
        told.append(so_far)
        if len(told) == 2:
            another.execute("COMMIT")

    with load_library(home, let_it_end) as found:
        assert len(found.questions) == 2
    assert told[:2] == [(0, 0), (0, 0)]
    assert told[-1][0] == told[-1][1] > 0


@pytest.mark.usefixtures("another")
def test_waiting_for_another_process_can_be_stopped(home):
    write_bank(home)

    def leave(*_so_far: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        load_library(home, leave)


@pytest.mark.usefixtures("another")
def test_another_process_that_hangs_is_not_waited_for_for_ever(home, library, monkeypatch):
    write_bank(home)
    monkeypatch.setattr(indexing, "WAIT_S", 0.0)
    assert len(library().questions) == 2


def test_long_reading_locks_nobody_out_of_what_is_read(home, another):
    sql = "INSERT INTO files (path, stamp, origin, place, problems) VALUES (?, '', '', 0, ?)"
    another.executemany(sql, [(str(number), "x" * 10_000) for number in range(500)])
    reader = open_file(index_path(home))
    reader.execute("PRAGMA busy_timeout = 0")
    assert reader.execute("SELECT count(*) FROM files").fetchone() == (0,)
    reader.close()


def test_short_work_tells_nothing_and_long_work_tells_now_and_then():
    times = iter([0.0, 0.9, 1.0, 1.1, 1.2, 1.35])
    told = []
    tell = paced(lambda done, _whole: told.append(done), 1.0, 0.2, lambda: next(times))
    for done in range(5):
        tell(done, 5)
    assert told == [1, 3]


@pytest.mark.parametrize(("seconds", "ends"), [(0.9, []), (1.05, [2, 3])])
def test_the_end_is_told_at_once_if_anything_was(seconds, ends):
    times = iter([0.0, 0.5, seconds, seconds + 0.01])
    told = []
    tell = paced(lambda done, _whole: told.append(done), 1.0, 0.2, lambda: next(times))
    for done in (1, 2, 3):
        tell(done, 3)
    assert told == ends


def test_a_damaged_index_is_made_anew(home, library):
    write_bank(home)
    library().close()
    index_path(home).write_bytes(b"not a database at all" * 100)
    assert len(library().questions) == 2


def test_an_index_of_another_version_is_made_anew(home, library):
    write_bank(home)
    library().close()
    db = sqlite3.connect(index_path(home))
    db.execute("UPDATE meta SET version = 'other'")
    db.commit()
    db.close()
    assert len(library().questions) == 2


def test_without_a_writable_place_the_index_is_kept_in_memory(home, library):
    write_bank(home)
    (home.root / "cache").write_text("a file where the folder should be")
    assert len(library().questions) == 2


def test_questions_are_found_by_key_and_by_id_alone(home, library):
    write_bank(home)
    write_bank(home, "b.yaml", bank_text("b", "One?"))
    write_bank(home, "c.yaml", bank_text("c", "Two?"))
    found = library()
    assert found.question("nights/handover").category == "clinical"
    assert found.question("handover").key == "nights/handover"
    with pytest.raises(BankError, match="Several banks"):
        found.question("q1")
    with pytest.raises(BankError, match="Did you mean nights/handover"):
        found.question("nights/handovr")
    with pytest.raises(BankError, match="Did you mean nights"):
        found.bank("night")
    assert set(found.by_key(["b/q1", "gone/q"])) == {"b/q1"}


def test_pages_are_slices_of_one_order(home, library):
    write_bank(home, "a.yaml", bank_text("a", *(f"Question number {n}?" for n in range(30))))
    questions = library().questions
    everything = list(questions)
    assert len(questions) == len(everything) == 30
    assert questions[5:12] == tuple(everything[5:12])
    assert questions[::7] == tuple(everything[::7])
    assert (questions[0], questions[-1]) == (everything[0], everything[-1])
    with pytest.raises(IndexError):
        questions[30]


def test_filters_narrow_and_specialties_let_general_questions_through(home, library):
    write_bank(home)
    found = library()
    assert texts(found.find(Filter(categories=("clinical",)))) == ["How do you hand over a complex patient?"]
    assert len(found.find(Filter(tags=("nights",)))) == 2
    assert len(found.find(Filter(tags=("nights", "overload")))) == 1
    assert len(found.find(Filter(specialty="internal-medicine"))) == 2
    assert len(found.find(Filter(specialty="surgery"))) == 1
    assert len(found.find(Filter(specialty="internal medicine", only=True))) == 1
    assert len(found.find(Filter(country="CA"))) == 1
    assert len(found.find(Filter(banks=("other",)))) == 0
    assert found.counts("category") == {"behavioral": 1, "clinical": 1}
    assert found.counts("tag") == {"nights": 2, "overload": 1}


def test_search_looks_at_words_everywhere_and_the_question_counts_most(home, library):
    text = bank_text("a", "What about mistakes?", "Tell me about Málaga.") + "    why: no mistake here\n"
    write_bank(home, "a.yaml", text)
    found = library()
    assert texts(found.find(Filter(text="mistake")))[0] == "What about mistakes?"
    assert texts(found.find(Filter(text="malag"))) == ["Tell me about Málaga."]
    assert texts(found.find(Filter(text="..."))) == []
    assert len(found.find(Filter(text="   "))) == 2


CONSULTANT, NURSE, VISA = "How did the consultant help?", "When did a nurse and a consultant differ?", "Which visa?"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("consul", CONSULTANT),
        ("consultan", CONSULTANT),
        ("consultants help", CONSULTANT),
        ("consultent", CONSULTANT),
        ("differing", NURSE),
        ("nurse helicopter", NURSE),
        ("helicopter consultant nurse", NURSE),
        ("my visa, please!", VISA),
    ],
)
def test_half_words_slips_and_words_that_nothing_has_still_find_something(home, library, typed, first):
    write_bank(home, "a.yaml", bank_text("a", CONSULTANT, NURSE, VISA))
    assert texts(library().find(Filter(text=typed)))[0] == first


def test_where_nothing_has_every_word_those_with_most_of_them_come_first(home, library):
    write_bank(home, "a.yaml", bank_text("a", CONSULTANT, VISA, NURSE))
    found = library()
    some, all_words = Filter(text="nurse consultant helicopter"), Filter(text="nurse consultant")
    assert texts(found.find(some)) == [NURSE, CONSULTANT]
    assert found.partly(some)
    assert texts(found.find(some)[:1]) == [NURSE]
    assert len(found.keys(some)) == len(found.outlines(some)) == len(found.find(some)) == 2
    assert texts(found.find(all_words)) == [NURSE]
    assert not found.partly(all_words)
    assert not found.partly(Filter())
    assert texts(found.find(Filter(text="helicopter"))) == []


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_search_is_a_valid_query(text):
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE words USING fts5 (ask)")
    find = "SELECT * FROM words WHERE words MATCH ?"
    for known in (lambda _: True, lambda way: bool(db.execute(find, (way,)).fetchall()), lambda way: "*" not in way):
        query = sought(text, known).query
        if query:
            db.execute(find, (query,)).fetchall()
    db.close()


def test_links_and_hidden_files_do_not_lead_out_of_the_folder(home, library, tmp_path):
    outside = tmp_path / "outside.yaml"
    outside.write_text(GOOD, encoding="utf-8")
    home.banks.mkdir(parents=True)
    (home.banks / "link.yaml").symlink_to(outside)
    (home.banks / ".hidden.yaml").write_text(GOOD, encoding="utf-8")
    (home.banks / "folder.yaml").mkdir()
    assert library().banks == ()


def test_listing_takes_no_yaml_and_no_pydantic_once_indexed(home):
    import subprocess
    import sys

    write_bank(home)
    code = (
        "import sys; from pathlib import Path; from coach.config import Home\n"
        "from coach.practice.banks import load_library\n"
        "library = load_library(Home(Path(sys.argv[1]))); library.questions[:5]\n"
        "print(sorted({'pydantic', 'yaml', 'ruamel'} & set(sys.modules)))"
    )
    for expected in ("['pydantic', 'yaml']", "[]"):
        done = subprocess.run([sys.executable, "-c", code, str(home.root)], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == expected
