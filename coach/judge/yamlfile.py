"""Reads a YAML file from anyone into plain values, with the place of each, and refuses everything that is not data."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, DocumentStartEvent, MappingStartEvent, SequenceStartEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from coach.domain.problem import Problem

MOST_BYTES = 512 * 1024
MOST_DEPTH = 16
Path_ = tuple[str | int, ...]


@dataclass
class Loaded:
    """Plain values, the line and column (from 1) of each path into them, and what was wrong."""

    value: Any = None
    places: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path_) -> tuple[int, int]:
        """Line and column of a path, or of the nearest part of the file that holds it."""
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path, (1, 1))


def read_yaml(path: Path) -> Loaded:
    """Read a file; nothing is raised, every problem is in `problems`."""
    name, loaded = str(path), Loaded()
    try:
        raw = path.read_bytes()[: MOST_BYTES + 1]
    except OSError as error:
        loaded.problems.append(Problem(name, 0, 0, f"The file cannot be read ({error.strerror})."))
        return loaded
    if len(raw) > MOST_BYTES:
        loaded.problems.append(Problem(name, 0, 0, "The file is too large.", f"at most {MOST_BYTES // 1024} kB"))
        return loaded
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        loaded.problems.append(Problem(name, line, 1, "The file is not UTF-8 text.", "save it as UTF-8"))
        return loaded
    return read_text(name, text)


def read_text(name: str, text: str) -> Loaded:
    """Read YAML text; `name` is what problems call the file."""
    loaded = Loaded()
    odd = next((i for i, c in enumerate(text) if ord(c) < 32 and c not in "\n\r\t"), None)
    if odd is not None:
        line = text.count("\n", 0, odd) + 1
        loaded.problems.append(Problem(name, line, 1, "The file holds a control character.", "plain text"))
        return loaded
    try:
        if not _only_data(name, text, loaded):
            return loaded
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = (error.problem or error.context or "unknown").strip()
        loaded.problems.append(Problem(name, line, column, f"This is not well-formed YAML: {what}."))
        return loaded
    except (YAMLError, RecursionError, ValueError) as error:
        loaded.problems.append(Problem(name, 1, 1, f"This is not well-formed YAML: {error}."))
        return loaded
    if node is None:
        loaded.problems.append(Problem(name, 1, 1, "The file is empty."))
        return loaded
    loaded.value = _plain(name, node, (), loaded)
    return loaded


def _only_data(name: str, text: str, loaded: Loaded) -> bool:
    """Whether there is one document without aliases, anchors and tags, and not too deep; stops at the first that is."""
    depth, documents = 0, 0
    for event in YAML(typ="safe", pure=True).parse(text):
        mark = event.start_mark
        documents += isinstance(event, DocumentStartEvent)
        problem = ""
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            problem = "Anchors and aliases (& and *) are not allowed. Write the text out, or put it in quotes."
        elif getattr(event, "ctag", None) is not None and event.ctag.suffix is not None:
            problem = "Tags (!) are not allowed. Put the text in quotes."
        elif documents > 1:
            problem = "The file holds more than one document (---)."
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            depth += 1
            if depth > MOST_DEPTH:
                problem = f"The file is nested too deeply; at most {MOST_DEPTH} levels are allowed."
        elif type(event).__name__.endswith("EndEvent") and depth and "Document" not in type(event).__name__:
            depth -= 1
        if problem:
            loaded.problems.append(Problem(name, mark.line + 1, mark.column + 1, problem))
            return False
    return True


def _plain(name: str, node: Node, path: Path_, loaded: Loaded) -> Any:  # noqa: ANN401 - whatever the file holds
    loaded.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, ScalarNode):
        return _scalar(node)
    if isinstance(node, SequenceNode):
        return [_plain(name, child, (*path, i), loaded) for i, child in enumerate(node.value)]
    result: dict[str, Any] = {}
    if isinstance(node, MappingNode):
        for key, value in node.value:
            word = str(key.value)
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            if word in result:
                loaded.problems.append(Problem(name, line, column, f'"{word}" stands twice in the same place.'))
                continue
            result[word] = _plain(name, value, (*path, word), loaded)
            loaded.places[(*path, word)] = (value.start_mark.line + 1, value.start_mark.column + 1)
            loaded.places[(*path, word, "key")] = (line, column)
    return result


def _scalar(node: ScalarNode) -> str | int | float | bool | None:
    """A number, true, false or null where the file says so plainly; all else is text ("yes" and "no" too)."""
    text = node.value
    if node.style is not None:
        return str(text)
    kind = str(node.tag).rsplit(":", 1)[-1]
    if kind == "int" and text.lstrip("+-").isdigit() and len(text) < 12:
        return int(text)
    if kind == "float" and len(text) < 20:
        try:
            number = float(text)
        except ValueError:
            return str(text)
        return number if abs(number) < 1e12 else str(text)
    if kind == "bool" and text.casefold() in ("true", "false"):
        return bool(text.casefold() == "true")
    return None if kind == "null" else str(text)
