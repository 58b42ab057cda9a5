"""`coach bank` and `coach program`, as a person and as another program calls them."""

import argparse
import json

import pytest

from coach import cli
from coach.commands import bank, program
from coach.errors import BankError
from coach.practice import banks
from tests.bank.banks import GOOD, write_bank
from tests.bank.test_check import TEN_MISTAKES


@pytest.fixture
def coach(home, capsys):
    """Runs a command; gives its exit code and what it printed (parsed, with --json)."""

    def run(*words):
        top = argparse.ArgumentParser()
        groups = top.add_subparsers()
        for module in (bank, program):
            module.add_parser(groups).set_defaults(run=module.run)
        arguments = top.parse_args([str(word) for word in words])
        arguments.home = str(home.root)
        code = arguments.run(arguments)
        out = capsys.readouterr().out
        return code, json.loads(out) if "--json" in words else out

    return run


def test_the_list_counts_questions_by_category(coach):
    code, listed = coach("bank", "list", "--json")
    assert code == 0
    assert sum(listed["categories"].values()) == listed["questions"] >= 220
    assert {"visa", "program"} <= {one["id"] for one in listed["banks"]}
    assert "questions  shipped" in coach("bank", "list")[1]


def test_a_search_says_what_it_could_not_find(home, capsys):
    search = ["bank", "list", "--home", str(home.root), "--search"]
    for typed, told in (
        ("visa", ""),
        ("visa zzzz", "No question has all these words."),
        ("zzzz", "No question fits.\n"),
    ):
        assert cli.main([*search, typed]) == 0
        out, err = capsys.readouterr()
        assert err.startswith(told)
        assert bool(err) == bool(told)
        assert bool(out) == ("visa" in typed)


def test_reading_many_banks_is_told_on_standard_error_and_only_when_it_takes_long(home, capsys, monkeypatch):
    write_bank(home)
    at_once = banks.paced
    monkeypatch.setattr(banks, "paced", lambda tell, after_s, every_s: at_once(tell, 0.0, 0.0))
    for told in ("Reading the question banks. This is done once", ""):
        assert cli.main(["bank", "list", "--json", "--home", str(home.root)]) == 0
        out, err = capsys.readouterr()
        assert json.loads(out)["questions"] > 200
        assert err.startswith(told)
        assert bool(err) == bool(told)


def test_check_prints_every_problem_and_says_so_by_its_exit_code(coach, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(TEN_MISTAKES, encoding="utf-8")
    code, problems = coach("bank", "check", path, "--json")
    assert code == 1
    assert len(problems) >= 10
    assert set(problems[0]) == {"file", "line", "column", "problem", "allowed"}
    code, text = coach("bank", "check", path)
    assert (code, text.splitlines()[-1]) == (1, f"{len(problems)} problems.")
    path.write_text(GOOD, encoding="utf-8")
    assert coach("bank", "check", path, "--json") == (0, [])


def test_a_bank_from_new_to_removed(coach, tmp_path, home):
    path = tmp_path / "ward.yaml"
    assert coach("bank", "new", path)[0] == 0
    assert coach("bank", "add", path, "--dry-run", "--json")[1][0]["change"] == "new"
    assert not home.banks.exists()
    assert coach("bank", "add", path, "--json")[1][0]["installed"].endswith("ward.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("too full", "too long"), encoding="utf-8")
    code, result = coach("bank", "add", path, "--json")
    assert code == 1
    assert "--update" in result[0]["error"]
    assert coach("bank", "add", path, "--update")[0] == 0
    code, shown = coach("bank", "show", "ward", "--json")
    assert "too long" in str(shown["questions"][0]["rephrasings"])
    assert coach("bank", "list", "--search", "shift too long", "--json")[1][0]["key"] == "ward/first-question"
    assert coach("bank", "remove", "ward")[0] == 0
    with pytest.raises(BankError, match="no bank"):
        coach("bank", "show", "ward")


def test_import_and_export(coach, tmp_path, home):
    write_bank(home)
    table = tmp_path / "nights.csv"
    assert coach("bank", "export", "nights", "--output", table)[0] == 0
    assert coach("bank", "import", table, "--id", "copy", "--json")[1][0]["added"] == ["first-night", "handover"]
    assert "#separator:tab" in coach("bank", "export", "nights", "--to", "anki")[1]
    out = tmp_path / "copy.yaml"
    assert coach("bank", "import", table, "--output", out, "--json")[1]["questions"] == 2
    assert coach("bank", "check", out)[0] == 0
    table.write_text("question,category\nWhy?,nothing\n", encoding="utf-8")
    code, problems = coach("bank", "import", table, "--id", "bad", "--json")
    assert (code, problems[0]["line"], problems[0]["column"]) == (1, 2, 2)


def test_programs_from_new_to_the_spreadsheet(coach, tmp_path):
    assert coach("program", "new", "Mercy Rural")[0] == 0
    said = ("--signal", "visas", "--heard", "GME does it", "--reading", "supportive")
    assert coach("program", "signal", "mercy-rural", *said)[0] == 0
    assert len(coach("program", "signal", "--json")[1]) == 9
    assert "supportive" in coach("program", "signal", "mercy-rural")[1]
    assert coach("program", "rank", "usc-keck", "mercy-rural", "--json")[1]["order"][1]["id"] == "mercy-rural"
    assert coach("program", "rank", "mercy-rural", "--reason", "I liked the residents")[1].count("I liked") == 1
    shown = coach("program", "show", "usc-keck", "--json")[1]
    assert shown["verdict"]["kind"] == "unclear"
    assert "Why University of Southern California, Keck School of Medicine?" in shown["questions"] or shown["questions"]
    assert coach("program", "compare", "usc-keck", "mercy-rural", "--json")[1]["programs"] == [
        "usc-keck",
        "mercy-rural",
    ]
    table = tmp_path / "programs.csv"
    assert coach("program", "export", "--output", table)[0] == 0
    assert "GME does it" in table.read_text(encoding="utf-8-sig")
    assert len(coach("program", "list", "--json")[1]) >= 6
