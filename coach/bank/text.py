"""Text from others, made harmless before it reaches a terminal, a screen, or a spreadsheet."""

import re
import unicodedata

_BRACKETS = str.maketrans({"[": "(", "]": ")"})
_ESCAPE = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|[@-Z\\-_])?")
_INVISIBLE = (
    frozenset("\u200b\u200e\u200f\u2060\ufeff\u061c")
    | {chr(c) for c in (*range(0x202A, 0x202F),)}
    | {chr(c) for c in range(0x2066, 0x206A)}
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def hidden_character(text: str) -> str:
    """The first character that a reader cannot see but a terminal obeys, as `U+001B`; "" when there is none.

    Line breaks and tabs are allowed. Direction marks are not: they can show a text other than the one that is stored.
    """
    if text.isascii() and text.isprintable():
        return ""
    for character in text:
        if character in "\n\t" or (character.isascii() and character.isprintable()):
            continue
        if unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} or character in _INVISIBLE:
            return f"U+{ord(character):04X}"
    return ""


def harmless(text: str) -> str:
    """`text` on plain lines: terminal escapes and hidden characters dropped, square brackets made round.

    Square brackets are how Rich and Textual mark styles and actions; round ones read the same and do nothing.
    """
    text = _ESCAPE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")) if not _is_simple(text) else text
    if not text.isascii() or not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or not hidden_character(c))
    return text.translate(_BRACKETS).strip()


def one_line(text: str) -> str:
    """`harmless`, with every run of white space made one space."""
    return " ".join(harmless(text).split())


def spreadsheet_cell(text: str) -> str:
    """`text` so that a spreadsheet shows it and never computes it: a leading formula sign gets an apostrophe."""
    return "'" + text if text.startswith(_FORMULA) else text


def from_spreadsheet_cell(text: str) -> str:
    """The reverse of `spreadsheet_cell`."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text


def _is_simple(text: str) -> bool:
    return text.isascii() and text.isprintable()
