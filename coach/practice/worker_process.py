"""The worker process's own loop: commands from a pipe, events to a pipe, work in between."""

import faulthandler
import os
import signal
from multiprocessing.connection import Connection

from coach.practice.worker_jobs import Workbench
from coach.practice.worker_memory import give_back, tidy_from_now_on
from coach.practice.worker_messages import Command, Event, Judged, Ready, Setup

NICENESS = 1
"""The screen and the recording come first, if only just: at the stop the candidate waits for this process."""
POLL_S = 0.05
IDLE_S = 3600.0


def run(commands: Connection, events: Connection, setup: Setup) -> None:
    """Work until the main process closes the commands, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to answer
    _quiet(setup)
    tidy_from_now_on()
    if hasattr(os, "nice"):
        os.nice(NICENESS)

    def emit(event: Event) -> None:
        events.send(event)
        if isinstance(event, Judged | Ready):
            give_back()

    bench = Workbench(setup, emit)
    try:
        while True:
            busy = bench.step()
            wait = 0.0 if busy else POLL_S if bench.jobs else IDLE_S
            if not commands.poll(wait):
                continue
            command: Command = commands.recv()
            bench.handle(command)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the main process ended; nothing is lost, takes are on disk


def _quiet(setup: Setup) -> None:
    """Keep native libraries from writing over the screen: what they print goes to the log, crashes with their place."""
    try:
        setup.home.root.mkdir(parents=True, exist_ok=True)
        log = setup.home.log.open("a", encoding="utf-8")
    except OSError:
        log = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - stays open as long as the process
    os.dup2(log.fileno(), 1)
    os.dup2(log.fileno(), 2)
    faulthandler.enable(log)
