import pytest

from coach.practice.banks import load_library


@pytest.fixture
def no_shipped_banks(monkeypatch, tmp_path):
    """Only what a test puts into the home: the shipped banks and programs are somewhere else."""
    empty = tmp_path / "shipped"
    empty.mkdir()
    monkeypatch.setattr("coach.bank.folders.content", lambda kind: empty)
    monkeypatch.setattr("coach.practice.programs.content", lambda kind: empty)
    return empty


@pytest.fixture
def library(home):
    """Loads the library of the home, as often as a test wants; closes them at the end."""
    opened = []

    def load():
        opened.append(load_library(home))
        return opened[-1]

    yield load
    for one in opened:
        one.close()
