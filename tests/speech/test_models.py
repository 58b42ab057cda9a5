"""Recognisers on disk: found, joined, verified once, and refused when they are not the original."""

import hashlib
import os
import sys

import pytest

from coach.config import Home
from coach.errors import ModelError
from coach.speech import models
from coach.speech.catalogue import MODELS, KnownModel, ModelFile, Part


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def packaged(tmp_path, monkeypatch):
    """A model whose weights come in two packages."""
    for name, content in (("toy_part_one", b"first half, "), ("toy_part_two", b"second half")):
        folder = tmp_path / "packages" / name
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("raise RuntimeError('the package must not be imported')")
        (folder / "weights").write_bytes(content)
        (folder / "config.json").write_text("{}")
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    whole = b"first half, second half"
    return KnownModel(
        name="toy",
        about="",
        multilingual=False,
        repository="nobody/toy",
        revision="0",
        files=(
            ModelFile(
                "model.bin",
                len(whole),
                hashlib.sha256(whole).hexdigest(),
                (Part("toy_part_one", "weights"), Part("toy_part_two", "weights")),
            ),
            ModelFile("config.json", 2, hashlib.sha256(b"{}").hexdigest(), (Part("toy_part_one", "config.json"),)),
        ),
    )


@pytest.fixture
def known(packaged, monkeypatch):
    monkeypatch.setattr(models, "find", lambda name: packaged if name == "toy" else None)
    return packaged


def test_a_model_in_pieces_is_joined_once(home, known):
    folder = models.resolve("toy", home)
    assert (folder / "model.bin").read_bytes() == b"first half, second half"
    joined = (folder / "model.bin").stat().st_mtime_ns
    assert models.resolve("toy", home) == folder
    assert (folder / "model.bin").stat().st_mtime_ns == joined
    assert "toy_part_one" not in sys.modules


def test_the_checksum_is_computed_once(home, known, monkeypatch):
    models.resolve("toy", home)
    monkeypatch.setattr(models, "sha256_of", lambda path: pytest.fail("computed again"))
    models.resolve("toy", home)


def test_a_changed_file_is_refused_with_what_to_do(home, known):
    path = models.resolve("toy", home) / "model.bin"
    path.write_bytes(b"FIRST half, second half")
    os.utime(path, ns=(1, 1))
    with pytest.raises(ModelError, match=r"damaged or not the original.*Install the coach again"):
        models.resolve("toy", home)


def test_a_damaged_package_leaves_nothing_behind(home, known, tmp_path):
    (tmp_path / "packages" / "toy_part_two" / "weights").write_bytes(b"second HALF")
    with pytest.raises(ModelError, match=r"is not the original"):
        models.resolve("toy", home)
    assert not list((home.models / "toy").glob("model*"))


def test_a_missing_package_is_named(home, known, tmp_path):
    (tmp_path / "packages" / "toy_part_two" / "weights").unlink()
    assert not models.installed(known, home)
    with pytest.raises(ModelError, match=r"toy_part_two"):
        models.resolve("toy", home)


def test_an_unknown_name_says_which_are_known(home):
    with pytest.raises(ModelError, match=r"tiny.en, base"):
        models.resolve("gigantic", home)


def test_any_folder_with_a_converted_model_may_be_used(home, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    with pytest.raises(ModelError, match=r"model.bin, config.json, tokenizer.json is missing"):
        models.resolve(str(folder), home)
    for name in models.NEEDED:
        (folder / name).write_text("")
    assert models.resolve(str(folder), home) == folder


def test_a_model_that_is_not_here_says_how_to_fetch_it(home):
    with pytest.raises(ModelError, match=r"coach models get small.en"):
        models.resolve("small.en", home)


def test_the_list_tells_what_is_installed(home):
    found = {model.name: model for model in models.listed(home)}
    assert found["tiny.en"].installed
    assert found["base"].installed
    assert not found["small.en"].installed
    assert all(len(model.sha256) == 64 for model in found.values())


def test_every_known_model_is_pinned():
    for model in MODELS:
        assert len(model.revision) == 40
        assert all(len(file.sha256) == 64 and file.size > 0 for file in model.files)


def test_stamps_that_cannot_be_read_only_cost_time(home, known):
    models.resolve("toy", home)
    (home.models / models.STAMPS).write_text("{half")
    assert models.resolve("toy", home)
