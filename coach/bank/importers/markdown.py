"""Questions from a Markdown list: headings group, list items ask, what hangs below an item belongs to it."""

import re

from coach.bank.importers.rows import Found, Row, column_of
from coach.bank.names import MAX_QUESTIONS
from coach.domain.problem import Problem
from coach.domain.question import CATEGORIES

_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_ITEM = re.compile(r"^(\s*)(?:[-*+]|\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=[\w.?!])[*_](?!\w))")
_LABELLED = re.compile(r"^([A-Za-z][A-Za-z _-]{1,24}):\s+(.+)$")
_OTHER_WORDINGS = frozenset({"or", "also", "rephrasing", "rephrasings", "variant", "alternative", "otherwise"})


def from_markdown(text: str, file: str) -> Found:
    """Rows of a Markdown text.

    `## Behavioral` sets the category, any other heading a tag. `- A question?` or `1. A question?` is a question.
    Below it, indented: `- or: other wording`, `- why: ...`, `- strong: ...`, `- tags: a, b`; an item without such a
    word is a follow-up question.
    """
    rows: list[Row] = []
    category, tag, indent, fenced = "", "", 0, False
    for number, line in enumerate(text.expandtabs(4).splitlines(), start=1):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if fenced or not (heading or item):
            continue
        if heading:
            title = _plain(heading[1])
            name = title.casefold().replace("behavioural", "behavioral").replace(" ", "_").replace("-", "_")
            category, tag = (name, "") if name in CATEGORIES else (category, title)
        elif item and _plain(item[2]):
            depth = len(item[1])
            if not rows or depth <= indent:
                if len(rows) >= MAX_QUESTIONS:
                    return Found(tuple(rows), (), (f"Only the first {MAX_QUESTIONS} questions were read.",))
                indent = depth
                fields = {"ask": _plain(item[2]), "category": category, "tags": tag}
                rows.append(Row({k: v for k, v in fields.items() if v}, number))
            else:
                rows[-1] = _with_detail(rows[-1], _plain(item[2]))
    if not rows:
        return Found(
            (), (Problem(file, 1, 1, "no list of questions was found.", "lines such as `- Tell me about ...`"),)
        )
    return Found(tuple(rows))


def _with_detail(row: Row, text: str) -> Row:
    labelled = _LABELLED.match(text)
    column = "follow_ups"
    if labelled:
        label = labelled[1].casefold().strip()
        known = "rephrasings" if label in _OTHER_WORDINGS else column_of(label)
        if known and known != "ask":
            column, text = known, labelled[2]
    before = row.fields.get(column, "")
    return Row({**row.fields, column: f"{before}\n{text}" if before else text}, row.line, row.columns)


def _plain(text: str) -> str:
    return _MARKS.sub("", _LINK.sub(r"\1", text)).strip()
