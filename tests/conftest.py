"""What every test stands on: a home of its own, no network, a fixed clock, no virtual microphone left over."""

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.config import Home

EVENING = datetime(2026, 11, 22, 18, 15, 2, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    """An empty home; also what COACH_HOME says, so that nothing touches the developer's own."""
    root = tmp_path / "home"
    monkeypatch.setenv("COACH_HOME", str(root))
    return Home(root)


@pytest.fixture
def clock():
    """A clock that moves on by a second each time it is read."""

    class Clock:
        def __init__(self) -> None:
            self.now = EVENING

        def __call__(self) -> datetime:
            self.now += timedelta(seconds=1)
            return self.now

    return Clock()


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Nothing leaves the machine, not even in a test: only local sockets can be opened."""
    connect = socket.socket.connect

    def local_only(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


def project() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parent.parent
