"""The events of a YAML parser: libyaml's, which is thirty times as fast, or where it was not built, ruamel's.

PyYAML's own Python parser is no stand-in: it refuses `[Who are you?]`, which libyaml and YAML 1.2 allow.
"""

from collections.abc import Iterator
from typing import Any

import yaml  # type: ignore[import-untyped]

HAS_LIBYAML: bool = yaml.__with_libyaml__


def events(text: str, *, fast: bool = HAS_LIBYAML) -> Iterator[yaml.Event]:
    """The events of `text`. Raises yaml.MarkedYAMLError or yaml.reader.ReaderError where it is not YAML."""
    return iter(yaml.parse(text, Loader=yaml.CSafeLoader)) if fast else _slow(text)


def _slow(text: str) -> Iterator[yaml.Event]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            yield _same(event)
    except MarkedYAMLError as error:
        raise yaml.MarkedYAMLError(error.context, error.context_mark, error.problem, error.problem_mark) from error
    except ReaderError as error:
        raise yaml.reader.ReaderError("", error.position, error.character, error.encoding, error.reason) from error


def _same(event: Any) -> yaml.Event:  # noqa: ANN401 - another library's event of the same name
    name, marks = type(event).__name__, (event.start_mark, event.end_mark)
    tag = str(event.tag) if getattr(event, "tag", None) else None
    if name == "ScalarEvent":
        return yaml.ScalarEvent(event.anchor, tag, event.implicit, event.value, *marks, style=event.style)
    if name in {"SequenceStartEvent", "MappingStartEvent"}:
        return getattr(yaml, name)(event.anchor, tag, event.implicit, *marks)
    if name == "DocumentStartEvent":
        return yaml.DocumentStartEvent(*marks, explicit=event.explicit, version=event.version, tags=event.tags)
    return yaml.AliasEvent(event.anchor, *marks) if name == "AliasEvent" else getattr(yaml, name)(*marks)
