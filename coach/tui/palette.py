"""The command palette finds every screen by name."""

from textual.command import DiscoveryHit, Hit, Hits, Provider

from coach.tui.screens.home import DOORS

EXTRA = (
    ("Unfinished answers", "recorded but not judged yet", "app.unfinished"),
    ("Help", "explain this screen", "app.help"),
    ("Quit", "leave the coach", "app.quit"),
)


def commands() -> tuple[tuple[str, str, str], ...]:
    """Every command: its title, what it does, the app's action."""
    return (*((d.title, d.about, f"app.{d.action}") for d in DOORS), *EXTRA)


class DoorCommands(Provider):
    """All screens."""

    async def discover(self) -> Hits:
        """Everything, before a word is typed."""
        for title, about, action in commands():
            yield DiscoveryHit(title, self._run(action), help=about)

    async def search(self, query: str) -> Hits:
        """What fits the typed words."""
        matcher = self.matcher(query)
        for title, about, action in commands():
            score = max(matcher.match(title), matcher.match(about))
            if score > 0:
                yield Hit(score, matcher.highlight(title), self._run(action), help=about)

    def _run(self, action: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a coroutine function for Textual
        async def go() -> None:
            await self.app.run_action(action)

        return go
