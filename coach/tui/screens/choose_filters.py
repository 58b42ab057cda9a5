"""The filters of the chooser: what to list, and how long and in which order a session is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Label, Select, Static

from coach.domain.question import CATEGORIES
from coach.practice.banks import Library
from coach.practice.programs import ProgramRecord
from coach.tui.plain_errors import PlainDialog
from coach.tui.screens.choice import LENGTHS, ORDER_NAMES, SHOWS, Choice

MOST_TAGS = 300
"""So many tags can be picked, the most used ones; the others are found by searching."""

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be picked: counts by value, and banks and programs as (title, id)."""

    categories: Mapping[str, int]
    tags: Mapping[str, int]
    specialties: Mapping[str, int]
    countries: Mapping[str, int]
    banks: Options
    programs: Options


def offer_of(library: Library, records: Sequence[ProgramRecord]) -> Offer:
    """What can be picked in this library and of these programs; takes a while for tens of thousands of questions."""
    return Offer(
        library.counts("category"),
        library.counts("tag"),
        library.counts("specialty"),
        library.counts("country"),
        [(bank.info.title, bank.id) for bank in library.banks if bank.usable and bank.info],
        [(record.name, record.id) for record in records],
    )


class FiltersScreen(PlainDialog[Choice]):
    """One line a filter; leaving keeps them."""

    HELP = """\
Each line narrows what is listed. The last two say how a session is made.

tab / shift+tab  next line / the one before
enter            open the list of a line; enter again takes what is marked
c                clear all
escape           done; what you picked is used"""
    BINDINGS = [
        Binding("escape", "done", "Done"),
        Binding("c", "clear", "Clear all"),
    ]

    def __init__(self, choice: Choice, offer: Offer) -> None:
        super().__init__()
        self._choice, self._offer = choice, offer

    def _rows(self) -> tuple[tuple[str, str, Options], ...]:
        offer = self._offer
        categories = [(f"{c.replace('_', ' ')} ({offer.categories.get(c, 0)})", c) for c in CATEGORIES]
        return (
            ("Category", "category", [("any", ""), *categories]),
            ("Tag", "tag", [("any", ""), *_most_used(offer.tags)]),
            ("Specialty", "specialty", [("any", ""), *_by_name(offer.specialties)]),
            ("Program", "program", [("any", ""), *offer.programs]),
            ("Bank", "bank", [("all banks", ""), *offer.banks]),
            ("Country", "country", [("any", ""), *_by_name(offer.countries)]),
            ("Show", "show", SHOWS),
            ("Session order", "order", [(title, name) for name, title in ORDER_NAMES.items()]),
            ("Session length", "length", LENGTHS),
        )

    def compose(self) -> ComposeResult:
        """A line for each filter."""
        with Vertical(classes="dialog", id="filters"):
            yield Static("What to practise", classes="dialog-title", markup=False)
            for title, name, options in self._rows():
                value = getattr(self._choice, name)
                known = options if value in [v for _, v in options] else [*options, (value, value)]
                with Horizontal(classes="filter"):
                    yield Label(title)
                    shown = [(Content(text), one) for text, one in known]
                    yield Select(shown, value=value, allow_blank=False, compact=True, id=f"filter-{name}")
            yield Static("tab: next line    enter: open its list", classes="quiet", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Done (esc)", id="done", variant="primary")
                yield Button("Clear all (c)", id="clear")

    def on_select_changed(self, event: Select.Changed) -> None:
        """Take a filter."""
        name = (event.select.id or "").removeprefix("filter-")
        self._choice = replace(self._choice, **{name: str(event.value)})

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A button does as its key does."""
        if event.button.id == "done":
            self.action_done()
        else:
            self.action_clear()

    def action_clear(self) -> None:
        """Everything, in sessions of the usual length."""
        fresh = Choice(text=self._choice.text)
        for _, name, _ in self._rows():
            self.query_one(f"#filter-{name}", Select).value = getattr(fresh, name)

    def action_done(self) -> None:
        """Back with what was picked."""
        self.dismiss(self._choice)


def _most_used(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    most = sorted(counts.items(), key=lambda pair: -pair[1])[:MOST_TAGS]
    return [(f"{name} ({number})", name) for name, number in sorted(most)]


def _by_name(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    return [(f"{name} ({number})", name) for name, number in sorted(counts.items()) if name]
