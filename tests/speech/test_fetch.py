"""Fetching a model, with a fake hub."""

import hashlib

import pytest

from coach.config import Home
from coach.errors import ModelError
from coach.speech import fetch
from coach.speech.catalogue import KnownModel, ModelFile

WEIGHTS = b"weights" * 100
MODEL = KnownModel(
    "toy",
    "",
    multilingual=False,
    repository="nobody/toy",
    revision="r" * 40,
    files=(
        ModelFile("model.bin", len(WEIGHTS), hashlib.sha256(WEIGHTS).hexdigest()),
        ModelFile("config.json", 2, hashlib.sha256(b"{}").hexdigest()),
    ),
)


@pytest.fixture
def hub(monkeypatch):
    """What the hub holds; each file is told in two halves."""
    held = {"model.bin": WEIGHTS, "config.json": b"{}"}

    def download(repository, name, *, revision, local_dir, tqdm_class, token):
        assert (repository, revision, token) == ("nobody/toy", "r" * 40, False)
        if name not in held:
            raise OSError("no network")
        bar = tqdm_class(total=len(held[name]), initial=0)
        bar.update(len(held[name]) // 2)
        bar.update(len(held[name]) - len(held[name]) // 2)
        local_dir.mkdir(parents=True, exist_ok=True)
        (local_dir / name).write_bytes(held[name])

    monkeypatch.setattr("huggingface_hub.hf_hub_download", download)
    monkeypatch.setattr(fetch, "find", lambda name: MODEL if name == "toy" else None)
    return held


def test_a_model_is_fetched_checked_and_ready(hub, tmp_path):
    told = []
    folder = fetch.get("toy", Home(tmp_path), lambda here, whole: told.append((here, whole)))
    assert (folder / "model.bin").read_bytes() == WEIGHTS
    assert told == sorted(told)
    assert told[-1] == (MODEL.size, MODEL.size)


def test_what_is_not_the_original_is_deleted(hub, tmp_path):
    hub["model.bin"] = b"x" * len(WEIGHTS)
    with pytest.raises(ModelError, match="not the original"):
        fetch.get("toy", Home(tmp_path))
    assert not list((tmp_path / "models").glob("toy*"))


def test_without_a_network_it_says_what_to_do_and_goes_on_later(hub, tmp_path):
    weights = hub.pop("model.bin")
    with pytest.raises(ModelError, match="goes on where it stopped"):
        fetch.get("toy", Home(tmp_path))
    hub["model.bin"] = weights
    assert fetch.get("toy", Home(tmp_path)).is_dir()


def test_a_full_disk_is_noticed_before(hub, tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "ROOM", 1e30)
    with pytest.raises(ModelError, match="are free"):
        fetch.get("toy", Home(tmp_path))


def test_an_unknown_model_is_refused(hub, tmp_path):
    with pytest.raises(ModelError, match="no recogniser called"):
        fetch.get("giant", Home(tmp_path))
