"""`coach models` from the outside."""

import json

import pytest

from coach.cli import main
from coach.speech import pace


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(pace, "_trial", lambda home: 0.1)
    return str(tmp_path)


def run(capsys, *arguments) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_the_list_says_what_is_installed_and_keeps_up(capsys, home):
    code, out, _ = run(capsys, "models", "list", "--json", "--home", home)
    found = {model["name"]: model for model in json.loads(out)}
    assert code == 0
    assert found["base"]["chosen"]
    assert found["tiny.en"]["installed"]
    assert found["tiny.en"]["keeps_up"]
    assert not found["medium.en"]["keeps_up"]
    assert not found["small.en"]["installed"]


def test_the_machine_is_measured_once(capsys, home, monkeypatch):
    run(capsys, "models", "list", "--json", "--home", home)
    monkeypatch.setattr(pace, "_trial", lambda home: pytest.fail("measured again"))
    assert run(capsys, "models", "list", "--json", "--home", home)[0] == 0


def test_a_model_is_chosen_and_stays_chosen(capsys, home):
    assert run(capsys, "models", "use", "tiny.en", "--home", home)[0] == 0
    found = json.loads(run(capsys, "models", "list", "--json", "--home", home)[1])
    assert [model["name"] for model in found if model["chosen"]] == ["tiny.en"]


def test_a_model_that_is_not_there_cannot_be_chosen(capsys, home):
    code, out, err = run(capsys, "models", "use", "small.en", "--home", home)
    assert (code, out) == (1, "")
    assert "coach models get small.en" in err


def test_verify_checks_what_is_installed(capsys, home):
    code, out, _ = run(capsys, "models", "verify", "tiny.en", "--json", "--home", home)
    assert code == 0
    assert json.loads(out)[0]["ok"]


def test_getting_what_is_installed_needs_no_network(capsys, home):
    code, out, _ = run(capsys, "models", "get", "tiny.en", "--json", "--home", home)
    assert code == 0
    assert json.loads(out)["ok"]


def test_an_unknown_model_is_refused_with_those_that_are_known(capsys, home):
    code, _, err = run(capsys, "models", "get", "huge", "--home", home)
    assert code == 1
    assert "small.en" in err
