"""Where words are mentioned, and by whom: wordings found in an answer, with subject, denial and quotation."""

from collections.abc import Mapping, Sequence

from coach.judge.schema import Mention
from coach.judge.view import Place, View
from coach.judge.wordings import Index, Token, Wording, compile_wording, find, index


class Finder:
    """Finds wordings in answers; compiles each list once."""

    def __init__(self, named: Mapping[str, Sequence[str]]) -> None:
        self._named = named
        self._compiled: dict[tuple[str, ...], tuple[Wording, ...]] = {}

    def compiled(self, lines: tuple[str, ...]) -> tuple[Wording, ...]:
        """The lines as wordings."""
        if lines not in self._compiled:
            self._compiled[lines] = tuple(w for line in lines for w in compile_wording(line, self._named))
        return self._compiled[lines]

    def places(self, lines: tuple[str, ...], view: View) -> list[Place]:
        """Where any of the lines stands in the answer, in order, overlaps and what reaches over sentences left out."""
        wordings = self.compiled(lines)
        words, places = view.indexed(lemmas=any(w.needs_lemmas for w in wordings))
        found = [(words[a].start, words[b - 1].end) for a, b in _ranges(wordings, words, places)]
        return [p for p in found if view.sentence_at(p[0]) == view.sentence_at(p[1] - 1)]

    def stands(self, lines: tuple[str, ...], words: Sequence[Token]) -> bool:
        """Whether any of the lines stands in these words."""
        return any(find(w, words) for w in self.compiled(lines))


def _ranges(wordings: Sequence[Wording], words: Sequence[Token], places: Index) -> list[tuple[int, int]]:
    every = sorted((p for w in wordings for p in find(w, words, places)), key=lambda p: (p[0], -p[1]))
    kept: list[tuple[int, int]] = []
    for begin, end in every:
        if not kept or begin >= kept[-1][1]:
            kept.append((begin, end))
    return kept


def find_mentions(mention: Mention, view: View, finder: Finder) -> list[Place] | None:
    """The mentions, counted as the rule says (each place is one); None when a needed model is missing."""
    if mention.where == "question":
        words = view.question_words()
        return [
            (words[a].start, words[b - 1].end)
            for a, b in _ranges(finder.compiled(mention.wordings), words, index(words))
        ]
    places = finder.places(mention.wordings, view)
    allowed = set(view.range(mention.where))
    placed = [(view.sentence_at(p[0]), p) for p in places]
    placed = [(i, p) for i, p in placed if i in allowed]
    if placed and (mention.subject, mention.negated, mention.quoted) != ("any", "any", "any"):
        facts = view.facts()
        if facts is None:
            return None
        placed = [(i, p) for i, p in placed if _fits(mention, view, p)]
    if mention.unless_near:
        near = {view.sentence_at(p[0]) for p in finder.places(mention.unless_near, view)}
        placed = [(i, p) for i, p in placed if i not in near]
    if mention.count_by == "mention":
        return [p for _, p in placed]
    apart = 0 if mention.count_by == "sentence" else mention.apart
    joined: list[tuple[int, Place]] = []
    for i, place in placed:
        if joined and i - joined[-1][0] <= apart:
            joined[-1] = (i, (joined[-1][1][0], place[1]))
        else:
            joined.append((i, place))
    return [p for _, p in joined]


def _fits(mention: Mention, view: View, place: Place) -> bool:
    facts = view.facts() or {}
    inside = [f for start, f in facts.items() if place[0] <= start < place[1]]
    if mention.subject == "others" and not any(f.subject == "others" for f in inside):
        return False
    # Who does it is often not said ("No visa needed"): only a clearly other subject is refused.
    if mention.subject == "speaker" and inside and all(f.subject == "others" for f in inside):
        return False
    if mention.negated != "any" and any(f.negated for f in inside) != (mention.negated == "yes"):
        return False
    return mention.quoted == "any" or any(f.quoted for f in inside) == (mention.quoted == "yes")
