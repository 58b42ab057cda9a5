"""Choices survive a restart, and a strange settings file harms nothing."""

import json

import pytest

from coach.errors import CoachError
from coach.practice.settings import Settings, changed, load_settings, save_settings


def test_choices_come_back(home):
    save_settings(home, Settings(model="tiny.en", captions=True))
    assert load_settings(home) == Settings(model="tiny.en", captions=True)


def test_without_a_file_there_are_defaults(home):
    assert load_settings(home) == Settings()


def test_unknown_names_are_kept_and_wrong_kinds_are_passed_over(home):
    home.root.mkdir(parents=True)
    home.settings.write_text(json.dumps({"of a later version": 1, "captions": "yes", "theme": "textual-light"}))
    settings = load_settings(home)
    assert settings == Settings(theme="textual-light")
    save_settings(home, settings)
    assert json.loads(home.settings.read_text())["of a later version"] == 1


def test_a_broken_file_is_one_sentence_and_is_left_alone(home):
    home.root.mkdir(parents=True)
    home.settings.write_text("{broken")
    with pytest.raises(CoachError, match="cannot be read"):
        load_settings(home)
    assert home.settings.read_text() == "{broken"


def test_changed_takes_only_what_fits():
    assert changed(Settings(), {"theme": "x", "captions": 3, "nonsense": True}) == Settings(theme="x")


def test_a_home_that_cannot_be_written_is_one_sentence(home):
    home.settings.with_suffix(".json.new").mkdir(parents=True)
    with pytest.raises(CoachError, match="cannot be written"):
        save_settings(home, Settings())
