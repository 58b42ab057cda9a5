"""What is drawn arrives, whoever turns standard error away meanwhile."""

import os
import sys

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from coach.tui.terminal import drawing, own_copy


def test_a_copy_of_a_stream_goes_on_when_its_descriptor_is_turned_away(tmp_path):
    with (tmp_path / "screen").open("w", encoding="utf-8") as stream:
        copy = own_copy(stream)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.write("lost")
        copy.write("drawn ✓")
        copy.close()
    assert (tmp_path / "screen").read_text(encoding="utf-8") == "drawn ✓"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows draws on standard output")
def test_the_app_draws_on_its_own_copy_and_gives_it_back(tmp_path, monkeypatch):
    from textual.drivers.linux_driver import LinuxDriver

    monkeypatch.setattr(LinuxDriver, "__init__", lambda *_: None)
    monkeypatch.setattr(LinuxDriver, "start_application_mode", lambda _: None)
    monkeypatch.setattr(LinuxDriver, "close", lambda _: None)
    with (tmp_path / "screen").open("w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "__stderr__", stream)
        driver = drawing(LinuxDriver)(None)
        driver.start_application_mode()
        own = driver._file
        assert own.fileno() != stream.fileno()
        driver.start_application_mode()
        assert driver._file is own
        driver.close()
        assert own.closed
        assert driver._file is stream


def test_other_drivers_stay_as_they_are():
    assert drawing(HeadlessDriver) is HeadlessDriver
