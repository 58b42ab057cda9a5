"""Answers from files: what is read, what is refused, and the public form of the output."""

import json
from pathlib import Path

import pytest

from coach.commands.score import as_json, as_text
from coach.domain.question import Program
from coach.errors import CoachError, UsageError
from coach.judge.engine import Judge
from coach.practice import scoring
from coach.practice.scoring import Asked, Scored, program_of, score_files, score_row, score_text
from tests.judge.fakes import criterion, judge, rubric

TEXT = "I was on nights and late with a result. I am sorry for my score. I check twice now."
SORRY = {"id": "sorry", "gives": "yes", "when": {"mention": {"wordings": ["sorry"]}}}


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> Judge:
    made = judge(rubric(criterion([SORRY])))
    monkeypatch.setattr(scoring, "load_judge", lambda home, name: made)
    return made


def score(tmp_path: Path, name: str, content: str) -> list[Scored]:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return list(score_files(None, [path], Asked()))  # type: ignore[arg-type]


def test_a_line_an_answer(tmp_path: Path, shipped: Judge) -> None:
    rows = [
        {"id": "a", "text": TEXT},
        {"id": 7, "text": "I check every result twice now and I call.", "duration_s": 61},
    ]
    found = score(tmp_path, "x.jsonl", "\n".join(json.dumps(r) for r in rows) + "\n\n")
    assert [(s.id, s.feedback.labels) for s in found] == [("a", {"thing": "yes"}), ("7", {"thing": "no"})]


def test_a_text_and_a_transcript(tmp_path: Path, shipped: Judge) -> None:
    assert score(tmp_path, "mine.txt", TEXT)[0].id == "mine"
    words = [{"text": w, "start": i, "end": i + 0.5} for i, w in enumerate(TEXT.split())]
    (heard,) = score(tmp_path, "t.json", json.dumps({"text": TEXT, "duration_s": 20, "words": [*words, {"text": 1}]}))
    assert heard.feedback.findings[0].evidence[0].start_s == 9


def test_it_is_known_whether_a_file_says_what_was_asked(tmp_path: Path, shipped: Judge) -> None:
    asked = {"text": TEXT, "question": "Why us?", "category": "program_specific"}
    for name, content, says in (
        ("a.txt", TEXT, False),
        ("a.json", json.dumps({"text": TEXT}), False),
        ("a.json", json.dumps(asked), True),
        ("a.jsonl", json.dumps(asked), True),
    ):
        assert [one.says_asked for one in score(tmp_path, name, content)] == [says]


def test_the_public_form_of_a_line(shipped: Judge) -> None:
    line = as_json(Scored("a", score_text(shipped, TEXT, Asked())))
    assert list(line) == [
        "id", "labels", "overall", "findings", "groups", "not_scored", "rubric", "rubric_hash",
    ]  # fmt: skip
    (finding,) = line["findings"]
    assert {"criterion", "value", "evidence", "confidence", "why", "advice", "follow_up"} <= set(finding)
    assert finding["evidence"][0] == {"start": 45, "end": 50, "text": "sorry", "start_s": None, "end_s": None}
    assert line["labels"] == {"thing": "yes", "overall": line["overall"]}
    assert line["not_scored"] is None


def test_what_is_not_scored_has_no_number(shipped: Judge) -> None:
    scored = Scored("a", score_text(shipped, "Hm yes.", Asked()))
    assert as_json(scored)["overall"] is None
    assert "not scored" in as_text(scored)


def test_for_people_it_says_what_to_change_first(shipped: Judge) -> None:
    text = as_text(Scored("a", score_text(shipped, TEXT, Asked())))
    assert text.index("What to change next") < text.index('"sorry"') < text.index("Next time: Do this.")


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("x.jsonl", '{"id": "a"}', '"text"'),
        ("x.jsonl", '{"id": "a", "text": "t"}\n{broken', "x.jsonl:2"),
        ("x.jsonl", "[1]", "one answer"),
        ("x.jsonl", '{"text": "t", "category": "wrong"}', "about_you"),
        ("x.jsonl", '{"text": "t", "duration_s": "long"}', "seconds"),
        ("x.jsonl", '{"text": "t", "duration_s": NaN}', "seconds"),
        ("x.jsonl", '{"text": "t", "program": "Lakes"}', "program"),
        ("x.jsonl", "[" * 150_000, "not JSON"),
        ("x.jsonl", '"' + "x" * 300_000 + '"', "too long"),
        ("x.json", "{}", '"text"'),
        ("x.json", "{", "not JSON"),
        ("x.docx", "x", "cannot be scored"),
    ],
)
def test_a_bad_file_says_where_and_what_is_allowed(
    tmp_path: Path, shipped: Judge, name: str, content: str, complaint: str
) -> None:
    with pytest.raises(CoachError, match=complaint.replace("[", r"\[")):
        score(tmp_path, name, content)


def test_a_missing_file_is_told_before_anything_is_judged(tmp_path: Path, shipped: Judge) -> None:
    with pytest.raises(CoachError, match="no file"):
        list(score_files(None, [tmp_path / "none.txt"], Asked()))  # type: ignore[arg-type]


def test_the_kind_of_file_is_wrong_usage(tmp_path: Path, shipped: Judge) -> None:
    with pytest.raises(UsageError):
        score(tmp_path, "x.pdf", "x")


def test_a_program_is_taken_as_it_is_given_but_within_limits() -> None:
    assert program_of({"name": "Lakes", "facts": ["a", 2]}) == Program("", "Lakes", facts=("a", "2"))
    made = program_of({"name": "x" * 999, "facts": ["y" * 999] * 99})
    assert made is not None
    assert (len(made.name), len(made.facts), len(made.facts[0])) == (200, 40, 300)


def test_a_long_text_is_judged_and_does_not_run_away(shipped: Judge) -> None:
    feedback = score_row(shipped, {"text": "I am so sorry for it. " * 4000})
    assert feedback.labels == {"thing": "yes"}
