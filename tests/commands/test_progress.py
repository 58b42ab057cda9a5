"""How far long work is, told on standard error."""

import contextlib
import io

from coach.commands.progress import Bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_in_a_terminal_a_bar_grows():
    with contextlib.redirect_stderr(Terminal()) as shown:
        bar = Bar("Reading.")
        bar(0, 4_000_000)
        bar(2_000_000, 4_000_000)
        bar.close()
    told = shown.getvalue()
    assert told.startswith("Reading.\n\r[")
    assert " 50 %  2 of 4 MB\n" in told


def test_elsewhere_only_the_title_is_told():
    with contextlib.redirect_stderr(io.StringIO()) as shown:
        bar = Bar("Reading.")
        for done in range(5):
            bar(done, 4)
        bar.close()
    assert shown.getvalue() == "Reading.\n"


def test_while_it_waits_it_says_for_what_and_shows_no_bar():
    with contextlib.redirect_stderr(Terminal()) as shown:
        bar = Bar("Reading.", "Another coach is reading.")
        for _ in range(3):
            bar(0, 0)
        assert shown.getvalue() == "Another coach is reading.\n"
        bar(1_000_000, 1_000_000)
        bar.close()
    assert "100 %  1 of 1 MB" in shown.getvalue()
