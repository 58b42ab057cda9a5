"""The only errors that a user sees: one sentence that says what, where and what is allowed, and one that mends it."""


class CoachError(Exception):
    """Something the user can understand and act on.

    `message` says what is wrong, where, and what is allowed; `mend` says what to do next (a command or a step), or is
    empty where the message already does.
    """

    exit_code = 1

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.message} {self.mend}".strip()


class UsageError(CoachError):
    """The command was called in a wrong way."""

    exit_code = 2


class AudioError(CoachError):
    """No sound library, no device, no permission, or a sound file that cannot be read."""


class ModelError(CoachError):
    """A recogniser or language model is missing, damaged or unknown."""


class BankError(CoachError):
    """A question bank or program file cannot be used."""


class RubricError(CoachError):
    """A rubric file cannot be used."""


class StoreError(CoachError):
    """What was kept cannot be read or written."""
