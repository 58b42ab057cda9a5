from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.config import content
from coach.errors import RubricError
from coach.judge.readable import readable
from coach.judge.rubricfile import check_file, load_rubric, rules
from coach.judge.starter import starter_text
from coach.judge.yamlfile import MOST_BYTES, read_text

GOOD = starter_text("good")


def problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "r.yaml"
    path.write_text(text, encoding="utf-8")
    return [str(p).removeprefix(str(tmp_path) + "/") for p in check_file(path)[1]]


def test_the_starter_rubric_is_well(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []


def test_a_misspelt_field_is_named_with_line_and_suggestion(tmp_path: Path) -> None:
    (only,) = problems(tmp_path, GOOD.replace("    otherwise:", "    otherwize:"))
    assert only.startswith("r.yaml:30:5: ")
    assert 'Did you mean "otherwise"?' in only


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        GOOD.replace("verdict: good", "verdict: fine")
        .replace("close: 0.6", "close: 6")
        .replace("costs: 0.5", "cost: 1")
    )
    found = problems(tmp_path, text)
    assert len(found) == 3
    assert [int(f.split(":")[1]) for f in found] == sorted(int(f.split(":")[1]) for f in found)


def test_a_value_that_does_not_exist_lists_those_that_do(tmp_path: Path) -> None:
    found = problems(tmp_path, GOOD.replace('gives: "yes"', "gives: maybe"))
    assert all("Allowed: yes, no" in f for f in found)
    assert len(found) == 2


def test_a_bad_wording_is_shown_at_its_own_line(tmp_path: Path) -> None:
    (only,) = problems(tmp_path, GOOD.replace("- teach back", "- (teach back"))
    assert "bracket" in only
    assert GOOD.splitlines()[int(only.split(":")[1]) - 1].strip() == "- teach back"


@pytest.mark.parametrize(
    ("when", "complaint"),
    [
        ("learned: {criterion: complaints, value: 'yes'}", '"complaints". Allowed: complaint'),
        ("learned: {criterion: complaint, value: often}", 'no value "often" of complaint. Allowed: yes, no'),
        ("learned: {criterion: plans, value: vague, unlike: nonne}", 'no value "nonne" of plans'),
        ("passages: {criterion: score_apology, unlike: nothing}", 'no value "nothing" of score_apology'),
        ("passages: {criterion: score_apology, unlike: none, at_least: 5, at_most: 2}", "at_most 2 is below"),
        ("passages: {unlike: none}", 'does not read "checks_understanding"'),
    ],
)
def test_what_the_shipped_reader_cannot_tell_is_named(tmp_path: Path, when: str, complaint: str) -> None:
    rule = f'      - {{id: extra, gives: "yes", when: {{{when}}}}}\n      # A rule that compares'
    (only,) = problems(tmp_path, GOOD.replace("      # A rule that compares", rule, 1))
    assert complaint in only


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: &x 1\nb: *x\n", "Anchors and aliases"),
        ("a: !!python/object/apply:os.system ['echo']\n", "Tags"),
        ("a: 1\na: 2\n", "stands twice"),
        ("a: [" + "[" * 30 + "]" * 30 + "]\n", "nested too deeply"),
        ("a: 1\n---\nb: 2\n", "more than one document"),
        ("a: \x07\n", "control character"),
        ("a: [1, 2\n", "not well-formed"),
        ("", "empty"),
        ("- 1\n", "cannot be"),
    ],
)
def test_what_is_not_plain_data_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    assert any(complaint in p for p in problems(tmp_path, text))


def test_a_huge_file_and_a_file_that_is_no_text_are_refused(tmp_path: Path) -> None:
    assert any("too large" in p for p in problems(tmp_path, "#" * (MOST_BYTES + 1)))
    path = tmp_path / "b.yaml"
    path.write_bytes(b"a: \xff\xfe\n")
    assert "UTF-8" in check_file(path)[1][0].problem


def test_a_bomb_of_aliases_is_stopped_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    assert "Anchors" in read_text("bomb", "\n".join(lines)).problems[0].problem


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_text_gives_problems_and_never_an_exception(text: str) -> None:
    for problem in read_text("any", text).problems:
        assert problem.problem


def test_loading_a_bad_rubric_says_the_first_problem_and_how_to_see_all(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("format: 2\n", encoding="utf-8")
    with pytest.raises(RubricError, match="coach rubric check"):
        load_rubric(path)


def test_the_shipped_rubric_is_well_and_covers_every_criterion_with_its_values() -> None:
    from training.answers import VALUES

    rubric = load_rubric(content("rubrics") / "residency.yaml")
    values = {c.id: set(c.values) for c in rubric.file.criteria}
    for criterion, wanted in VALUES.items():
        assert values[criterion] - {"nothing"} == set(wanted)


def test_every_gap_of_the_shipped_rubric_says_why_and_what_to_do() -> None:
    rubric = load_rubric(content("rubrics") / "residency.yaml")
    for criterion in rubric.file.criteria:
        assert criterion.guide.startswith("0 §")
        for name, outcome in criterion.values.items():
            if outcome.costs:
                assert outcome.verdict in ("fix", "note"), (criterion.id, name)
                assert outcome.advice, (criterion.id, name)
    assert len(list(rules(rubric))) > 40


@pytest.mark.parametrize("text", [None, "", "[]", "3", '{"outputs": 3}', "{}"])
def test_without_readable_settings_of_the_reader_no_name_is_refused(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "settings.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert readable(path) == {}
