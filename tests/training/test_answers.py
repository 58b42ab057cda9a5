"""Labelled answers in their compact form: what is wrong is told with its place, and what is held out stays together."""

import json
from pathlib import Path
from typing import Any

import pytest

from training import answers
from training.answers import FOLDER, BadAnswer, defaults, held_out, held_out_rows, load, load_all


def base(name: str = "x-1", text: str = "I was late. I told them.", **more: Any) -> dict[str, Any]:
    kept = {"category": "behavioral", "question": "Why?", "program": None, "labels": {}, "overall": 3}
    return {"id": name, "text": text, **kept, **more}


def variant(name: str, of: str, edits: list[list[str]], **more: Any) -> dict[str, Any]:
    return {"id": name, "of": of, "edits": edits, "labels": {}, **more}


@pytest.fixture
def written(tmp_path: Path):
    def write(*lines: dict[str, Any] | str, name: str = "some.jsonl") -> Path:
        path = tmp_path / name
        told = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(told) + "\n", encoding="utf-8")
        return path

    return write


def test_a_base_has_the_labels_of_its_category_and_its_own(written) -> None:
    (row,) = load(written(base(labels={"complaint": "yes"})))
    assert row["labels"] == {**defaults("behavioral"), "complaint": "yes"}


def test_a_variant_is_its_base_with_edits_and_changed_labels(written) -> None:
    told = base(labels={"complaint": "yes"}, overall=2)
    edits = [["late", "early"], [" I told them.", "  "]]
    _, row = load(written(told, "", variant("x-1b", "x-1", edits, labels={"closing_summary": "missing"})))
    assert (row["text"], row["overall"], row["question"]) == ("I was early.", 2, "Why?")
    assert row["labels"] == {**defaults("behavioral"), "complaint": "yes", "closing_summary": "missing"}


def test_the_base_is_not_changed_by_its_variants(written) -> None:
    change = variant("x-1b", "x-1", [["late", "ill"]], labels={"complaint": "yes"})
    again = variant("x-1c", "x-1", [["late", "lost"]])
    first, _, last = load(written(base(), change, again))
    assert first["text"] == base()["text"]
    assert (last["text"], last["labels"]) == ("I was lost. I told them.", defaults("behavioral"))


@pytest.mark.parametrize("value", ["met", "weak", "met|weak", "missing|weak", "na"])
def test_one_value_or_two_that_are_both_right(written, value: str) -> None:
    (row,) = load(written(base(labels={"closing_summary": value})))
    assert row["labels"]["closing_summary"] == value


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        ({"closing_summary": "good"}, "closing_summary: 'good'"),
        ({"closing_summary": "met|good"}, "closing_summary: 'met|good'"),
        ({"closing_summary": "met|"}, "closing_summary: 'met|'"),
        ({"closing_summary": "met|na"}, "closing_summary: 'met|na'"),
        ({"closing_summary": ["met"]}, "closing_summary: .'met'."),
        ({"question_kind": "training"}, "question_kind: 'training'"),
        ({"question_kind": ["salary"]}, "question_kind: .'salary'."),
        ({"politeness": "yes"}, "unknown criterion 'politeness'"),
    ],
)
def test_a_label_that_does_not_exist_is_refused(written, labels: dict[str, Any], why: str) -> None:
    why = why.replace("|", r"\|")
    with pytest.raises(BadAnswer, match=rf"^some\.jsonl:2: .*{why}"):
        list(load(written(base(), base("x-2", labels=labels))))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (variant("x-1b", "x-1", [["I ", "We "]]), "stands 2 times in the base, must be once: 'I '"),
        (variant("x-1b", "x-1", [["never", "ever"]]), "stands 0 times in the base"),
        (variant("x-1b", "x-1", [["late", "I"], ["I told", "She told"], ["She", "I"], ["I", "He"]]), "stands 3 times"),
        (variant("x-9b", "x-9", []), "base 'x-9' does not stand before it"),
        (base("x-2", category="hobby"), "unknown category 'hobby'; allowed: behavioral, "),
        (base("x-2", overall=6), "overall must be 1 to 5, is 6"),
        (base("x-2", overall="3"), "overall must be 1 to 5, is '3'"),
        ({"id": "x-2", "text": "No more."}, "KeyError.*category"),
        ("{not json", "JSONDecodeError"),
        ("[]", "TypeError"),
        (base("x-1"), "id 'x-1' stands twice"),
    ],
)
def test_a_wrong_line_is_named_with_its_file_and_number(written, line: dict[str, Any] | str, why: str) -> None:
    with pytest.raises(BadAnswer, match=rf"^some\.jsonl:3: .*{why}"):
        list(load(written(base(), "", line)))


@pytest.mark.parametrize(
    "line",
    [{k: v for k, v in base().items() if k != "id"}, variant("x-1b", "x-1", [["late"]])],
    ids=["no id", "half an edit"],
)
def test_a_line_without_an_id_or_with_half_an_edit_is_named_too(written, line: dict[str, Any]) -> None:
    with pytest.raises(BadAnswer, match=r"^some\.jsonl:2: "):
        list(load(written(base(), line)))


@pytest.fixture
def held(written, monkeypatch: pytest.MonkeyPatch):
    """Two files, of which base a-1 and base b-2 are held out."""
    written(
        base("a-1"),
        variant("a-1b", "a-1", [["late", "ill"]], overall=1),
        base("a-2"),
        variant("a-2b", "a-2", [["late", "ill"]]),
        variant("a-1c", "a-1b", [["told", "asked"]]),
        variant("a-1d", "a-1c", [["them", "her"]]),
        variant("a-2c", "a-2b", [["told", "asked"]]),
        name="a.jsonl",
    )
    folder = written(base("b-1"), base("b-2"), variant("b-2b", "b-2", []), name="b.jsonl").parent
    monkeypatch.setattr(answers, "load_all", lambda files: load_all(folder, files))
    monkeypatch.setattr(answers, "held_out", lambda: frozenset({"a-1", "b-2"}))


@pytest.mark.usefixtures("held")
def test_held_out_are_bases_with_their_variants_and_the_variants_of_these() -> None:
    groups = {row["id"]: row["group"] for row in held_out_rows()}
    assert groups == {"a-1": "a-1", "a-1b": "a-1", "a-1c": "a-1", "a-1d": "a-1", "b-2": "b-2", "b-2b": "b-2"}


@pytest.mark.usefixtures("held")
def test_held_out_answers_of_some_files_only() -> None:
    assert [row["id"] for row in held_out_rows("b.*")] == ["b-2", "b-2b"]


@pytest.mark.usefixtures("held")
def test_the_mark_stands_among_the_labels_of_a_held_out_answer() -> None:
    rows = held_out_rows("a.jsonl")
    assert [row["labels"]["overall"] for row in rows] == [3, 1, 1, 1]
    assert rows[0]["labels"] == {**defaults("behavioral"), "overall": 3}


@pytest.fixture(scope="module")
def shipped() -> dict[Path, list[dict[str, Any]]]:
    return {path: list(load(path)) for path in sorted(FOLDER.glob("*.jsonl"))}


def test_every_shipped_file_loads_and_no_answer_stands_twice(shipped) -> None:
    assert all(shipped.values())
    names = [row["id"] for rows in shipped.values() for row in rows]
    assert len(names) == len(set(names))


def test_everything_held_out_is_a_base_that_is_there(shipped) -> None:
    bases = {row["id"] for rows in shipped.values() for row in rows if "of" not in row}
    assert held_out() - bases == set()
    listed = answers.HELD_OUT.read_text(encoding="utf-8").split()
    assert len(listed) == len(held_out()), "each is listed once"


def test_no_text_is_seen_in_training_and_held_out_too(shipped) -> None:
    kept = {row["id"]: row for row in held_out_rows()}
    seen = {row["text"] for rows in shipped.values() for row in rows if row["id"] not in kept}
    assert [name for name, row in kept.items() if row["text"] in seen] == []
