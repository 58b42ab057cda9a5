"""Why nothing is listed, or no session can be made, and what to do about it."""

from coach.practice.banks import Filter, Library
from coach.tui.screens.sessions import Plan

STILL_SEARCHING = "Still searching. Try again in a moment."
NO_FIT = "No question fits. Use fewer words, or press f and then c to clear the filters."
NO_SUCH = "No bank has such questions."
NO_BANKS = (
    "There are no question banks. The coach comes with some: if they are gone, install it again.\n"
    "To add a bank, press m on the first screen and then a. It can be a bank file from a mentor or a friend,"
    " or a table, a list or Anki cards."
)
NONE_IN_USE = "Every question bank has problems, so none is asked. Press m on the first screen to see what to mend."
NOT_NOW = (
    "There are such questions, but none for a session now. They are hidden, or they need a program, a specialty"
    " or a setting of their own: press f to choose it."
)


def why_empty(library: Library) -> str:
    """Why a search finds nothing."""
    if not library.banks:
        return NO_BANKS
    return NO_FIT if any(bank.usable for bank in library.banks) else NONE_IN_USE


def why_no_session(library: Library, plan: Plan, listed: int) -> str:
    """Why a session has no questions. `listed`: how many are, for a session of the list; -1 for the other kinds."""
    why = why_empty(library)
    if why != NO_FIT:
        return why
    if listed >= 0:
        return NOT_NOW if listed else NO_FIT
    tag = "baseline" if plan.first_day else plan.choice.tag
    return NOT_NOW if library.keys(Filter(tags=(tag,) if tag else ())) else NO_SUCH
