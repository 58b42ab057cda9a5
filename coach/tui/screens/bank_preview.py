"""Adding a bank: first everything that would happen and everything that is wrong, then, if wanted, it is installed."""

from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Header, Input, Static

from coach.domain.problem import Problem
from coach.errors import CoachError
from coach.practice.bank_files import (
    About,
    Preview,
    add_bank,
    import_questions,
    preview_path,
    preview_text,
    suggested_id,
)
from coach.practice.banks import Library
from coach.practice.desk import Desk
from coach.tui.dialogs.ask_text import AskText
from coach.tui.dialogs.confirm import Confirm
from coach.tui.dialogs.message import Note
from coach.tui.plain_errors import PlainScreen
from coach.tui.screens.kept_files import typed_path

SAMPLE = 5
"""So many questions of a new bank are shown."""
MOST_PROBLEMS = 100

START = """\
Type or paste the path of a file or a folder, or drop it on this window. Then press enter.

  .yaml         a bank; a folder adds every bank in it
  .csv .xlsx    a table with a column 'question'
  .md           a list, one question a line
  .apkg .txt    Anki cards

Nothing is installed before you have seen what is in it."""
HELP = """\
enter   look at the file; nothing is written
i       install what is shown
o       install it under another id, beside a bank of the same id
/       another path
escape  back

A file with problems is never installed. Each problem is told with its line and column, and what is allowed there."""
CHANGES = {
    "new": "✓ new",
    "update": "! takes the place of the one you have; your answers stay",
    "same": "✓ installed already, nothing changes",
    "clash": "✗ a bank that comes with the coach has this id; press o for another id",
    "refused": "✗ cannot be installed",
}


def preview_content(seen: Preview) -> Content:
    """What installing one bank would do."""
    info = seen.info
    content = Content(info.title if info else seen.name).stylize("bold")
    content += Content(f"  {CHANGES[seen.change]}\n")
    if info:
        by = f"by {info.author}" if info.author else "no author given"
        about = (f"id {info.id}", by, f"version {info.version}" if info.version else "", info.licence, info.language)
        content += Content("  ·  ".join(part for part in about if part) + "\n").stylize("dim")
        counts = [f"{len(seen.questions)} question{'s' if len(seen.questions) != 1 else ''}"]
        if seen.change == "update":
            changes = ((len(seen.added), "new"), (len(seen.changed), "changed"), (len(seen.gone), "gone"))
            counts += [f"{count} {word}" for count, word in changes]
        content += Content(", ".join(counts) + "\n")
        content += Content("".join(f"  {question.text}\n" for question in seen.questions[:SAMPLE]))
        more = len(seen.questions) - SAMPLE
        content += Content(f"  and {more} more\n" if more > 0 else "").stylize("dim")
    return content + problems_content(seen.problems)


def problems_content(problems: tuple[Problem, ...]) -> Content:
    """Problems with file, line, column, and what is allowed."""
    content = Content("")
    for problem in problems[:MOST_PROBLEMS]:
        place = f"line {problem.line}, column {problem.column}" if problem.line else problem.file
        content += Content(f"✗ {place}: ").stylize("bold") + Content(f"{problem.problem}\n")
        content += Content(f"    allowed: {problem.allowed}\n" if problem.allowed else "").stylize("dim")
    more = len(problems) - MOST_PROBLEMS
    return content + Content(f"and {more} more problems\n" if more > 0 else "")


class BankPreviewScreen(PlainScreen[bool]):
    """A path, a preview, an installation; True if something was installed."""

    TITLE = "Add a bank"
    HELP = HELP
    BINDINGS = [
        Binding("i", "install", "Install"),
        Binding("o", "other_id", "Other id"),
        Binding("slash", "path", "Path"),
        Binding("escape", "back", "Back", key_display="esc"),
    ]

    def __init__(self, desk: Desk, library: Library) -> None:
        super().__init__()
        self._desk, self._library = desk, library
        self._seen: tuple[Preview, ...] = ()
        self._path: Path | None = None
        self._installed = False

    def compose(self) -> ComposeResult:
        """The path line and the preview."""
        yield Header()
        yield Input(placeholder="Path of a file or folder", id="preview-path")
        with VerticalScroll(id="preview"):
            yield Static(START, id="preview-text", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Only what is shown and sound can be installed."""
        if action == "install":
            return any(seen.change in ("new", "update") for seen in self._seen)
        return action != "other_id" or (len(self._seen) == 1 and self._seen[0].info is not None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Look at the file."""
        if event.value.strip():
            self._path = typed_path(event.value)
            self.query_one("#preview-text", Static).update("Reading ...")
            self._look(self._path, "")

    @work(thread=True, exclusive=True, group="preview")
    def _look(self, path: Path, as_id: str) -> None:
        try:
            if path.is_dir() or path.suffix.lower() in (".yaml", ".yml"):
                seen = preview_path(self._library, path, as_id)
                notes: tuple[str, ...] = ()
                problems: tuple[Problem, ...] = ()
            else:
                bank_id = as_id or suggested_id(path)
                found = import_questions(path, About(bank_id, bank_id.replace("-", " ").capitalize()))
                seen = (preview_text(self._library, found.yaml, path.name),) if found.info else ()
                notes, problems = found.notes, found.problems
        except CoachError as error:
            self.call_later(self._show, (), (f"✗ {error.message}", error.mend), ())
            return
        self.call_later(self._show, seen, notes, problems)

    def _show(self, seen: tuple[Preview, ...], notes: tuple[str, ...], problems: tuple[Problem, ...]) -> None:
        if not self.is_mounted:
            return
        self._seen = seen
        content = Content("\n").join([preview_content(one) for one in seen])
        content += problems_content(problems) + Content("".join(f"{note}\n" for note in notes if note))
        if any(one.change in ("new", "update") for one in seen):
            content = Content("Press i to install this.\n\n") + content
            self.query_one("#preview").focus()
        elif problems or any(one.problems for one in seen):
            content += Content("\nNothing was changed. Mend the file and press enter again.")
        self.query_one("#preview-text", Static).update(content)
        self.query_one("#preview").scroll_home(animate=False)
        self.refresh_bindings()

    def action_install(self) -> None:
        """Install; what takes the place of another bank is asked first."""
        updates = [seen for seen in self._seen if seen.change == "update"]
        if not updates:
            self._install(yes=True)
            return
        gone = sum(len(seen.gone) for seen in updates)
        question = f"{len(updates)} of your banks will be replaced by what is shown. Your answers stay."
        question += f" {gone} questions will not be asked any more." if gone else ""
        self.app.push_screen(Confirm(question, "Replace", "Leave it"), lambda yes: self._install(yes=bool(yes)))

    def _install(self, *, yes: bool) -> None:
        if not yes:
            return
        done, left = [], []
        for seen in self._seen:
            if seen.change not in ("new", "update") or seen.info is None:
                left += [seen.name] if seen.change in ("clash", "refused") else []
                continue
            try:
                add_bank(self._desk.home, seen, self._desk.clock(), update=seen.change == "update")
            except CoachError as error:
                self.app.push_screen(Note.of(error))
                break
            done.append(seen.info.title)
        self._installed = self._installed or bool(done)
        if not done:
            return
        said = f"Installed: {', '.join(done)}."
        said += f" Left out, because of problems: {', '.join(left)}." if left else ""
        self.app.notify(said)
        self.dismiss(True)

    def action_other_id(self) -> None:
        """Ask for another id and look again."""
        if not self._seen or self._seen[0].info is None:
            return

        def again(bank_id: str | None) -> None:
            if bank_id and self._path is not None:
                self._look(self._path, bank_id)

        hint = "Small letters, digits and hyphens, for instance dr-rao-2026."
        self.app.push_screen(AskText("Install under which id?", self._seen[0].info.id, hint), again)

    def action_path(self) -> None:
        """To the path line."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """Back."""
        self.dismiss(self._installed)
