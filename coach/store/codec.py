"""Domain objects as JSON columns and back. Unknown keys of a later version are ignored, missing ones get defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from coach.errors import StoreError

if TYPE_CHECKING:  # loaded with the first object, so that the first screen does not wait for it
    from pydantic import TypeAdapter

T = TypeVar("T")


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401
    if kind not in _ADAPTERS:
        from pydantic import TypeAdapter

        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def dump(value: object) -> str:
    """A domain dataclass as JSON."""
    return _adapter(type(value)).dump_json(value).decode()


def load(kind: type[T], text: str) -> T:
    """The domain dataclass of `kind` in `text`. Raises StoreError when the text is damaged."""
    from pydantic import ValidationError

    try:
        result: T = _adapter(kind).validate_json(text)
    except ValidationError as error:
        raise StoreError(
            f"A kept {kind.__name__.lower()} cannot be read: {error.errors()[0]['msg']}.",
            "The audio is still there. Choose 'Transcribe again' for that answer.",
        ) from error
    return result
