"""Playing a take from a screen: one key starts it and stops it."""

from textual.screen import Screen

from coach.domain.take import Take
from coach.practice.desk import Desk
from coach.practice.playback import Playing


class Player:
    """Plays one take at a time for `screen`; while the desk records, nothing is played into the recording."""

    def __init__(self, screen: Screen[None], desk: Desk) -> None:
        self._screen, self._desk = screen, desk
        self._playing: Playing | None = None

    def toggle(self, take: Take | None) -> None:
        """Play `take` from its beginning, or stop what plays. Raises AudioError."""
        if self._playing is not None and not self._playing.over:
            self.stop()
        else:
            self.play(take)

    def play(self, take: Take | None, start_s: float = 0.0, end_s: float | None = None) -> None:
        """Play this part now, in place of what plays. Raises AudioError."""
        self.stop()
        if take is None:
            self._screen.notify("This answer has no recording.")
        elif self._desk.recording:
            self._screen.notify("You are recording now: it would hear this. Stop with space first.")
        else:
            from coach.practice.playback import play_take

            self._playing = play_take(take, start_s, end_s)

    def stop(self) -> None:
        """Be silent."""
        playing, self._playing = self._playing, None
        if playing is not None and not playing.over:
            playing.stop()
