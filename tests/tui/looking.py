"""What a test sees on a screen, and a library that needs no reading."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.events import Paste
from textual.widgets import Static
from textual.widgets._footer import FooterKey

from coach.config import Home
from coach.practice.banks import load_library
from coach.tui.widgets.fitted_table import FittedTable


def shown(screen, selector: str) -> str:
    """The text of a static."""
    return str(screen.query_one(selector, Static).content)


def rows(screen, column: str = "") -> list[str]:
    """The rows of the table, or one column of them."""
    table = screen.query_one(FittedTable)
    lines = [table.get_row_at(at) for at in range(table.row_count)]
    if column:
        at = [key.value for key in table.columns].index(column)
        return [line[at].plain for line in lines]
    return [" | ".join(cell.plain for cell in line) for line in lines]


def footer_fits(screen, width: int = 80) -> bool:
    """Whether every key of the footer is on the screen."""
    return all(key.region.right <= width and key.region.width for key in screen.query(FooterKey))


async def typed(pilot, text: str) -> None:
    """Bring a text into the focused field: its first letter by key, the rest at once, as it is pasted."""
    await pilot.press("space" if text[0] == " " else text[0])
    if text[1:]:
        pilot.app.post_message(Paste(text[1:]))
        await pilot.pause()


@cache
def _index() -> bytes:
    with TemporaryDirectory() as folder:
        load_library(Home(Path(folder))).close()
        return (Path(folder) / "cache" / "banks.db").read_bytes()


def read_before(home: Home) -> None:
    """Give this home the index that an earlier run would have left, so that no test waits for 23 files to be read."""
    path = home.root / "cache" / "banks.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_index())
