"""The strict reader: data with positions, everything that can surprise refused, and never an exception."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bank.export import to_yaml
from coach.bank.names import MAX_FILE_BYTES
from coach.bank.strictyaml import decode, read
from coach.bank.yamlevents import events


@pytest.fixture(params=["libyaml", "ruamel"])
def parser(request, monkeypatch):
    """Once with the fast parser, once with the one that stands in for it."""
    if request.param == "ruamel":
        monkeypatch.setattr("coach.bank.strictyaml.events", lambda text: events(text, fast=False))
    return request.param


def said(text):
    return [(p.line, p.column, p.problem) for p in read(text, "f.yaml").problems]


def test_every_scalar_is_text_and_empty_keys_are_not_there(parser):
    document = read('language: no\nversion: 1.10\nabout:\nnote: ""\nyes: true\nlist: [1, ~]\n', "f.yaml")
    assert document.data == {"language": "no", "version": "1.10", "yes": "true", "list": ["1", None]}
    assert not document.problems


def test_values_and_keys_know_where_they_stand(parser):
    document = read("a: 1\nlist:\n  - x: deep\n", "f.yaml")
    assert document.place(("list", 0, "x")) == (3, 8)
    assert document.keys[("list", 0, "x")] == (3, 5)
    assert document.place(("list", 0, "missing")) == (3, 5)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\na: 2\n", 2, "given twice (first in line 1)"),
        ("a: &x 1\nb: *x\n", 1, "an anchor (&x)"),
        ("a: 1\nb: *x\n", 2, "an alias (*x)"),
        ("a: !!python/object:os.system 1\n", 1, "a tag"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("%YAML 1.1\n---\na: 1\n", 1, "directives"),
        ("? [a, b]\n: 1\n", 1, "a key must be a word"),
        ("a: [1, 2\nb: 3\n", 2, "not valid YAML"),
        ("a: 'open\n", 2, "not valid YAML"),
        ("a: b: c\n", 1, "a colon followed by a space"),
        ("a:\n\t- b\n", 2, "not valid YAML"),
        ("a: \x07\n", 1, "control character"),
        ("a: {" * 20 + "}" * 20, 1, "levels of nesting"),
    ],
)
def test_what_can_surprise_is_refused_with_its_line(parser, text, line, words):
    problems = said(text)
    assert any(at == line and words in problem for at, _, problem in problems), problems


def test_a_refused_key_does_not_move_the_places_of_the_first():
    document = read("a: {b: 1}\na: {b: 2}\n", "f.yaml")
    assert document.data == {"a": {"b": "1"}}
    assert document.place(("a", "b")) == (1, 8)


def test_a_billion_laughs_are_refused_without_unfolding():
    text = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(9))
    assert len(read(text, "f.yaml").problems) >= 9


def test_question_marks_in_short_lists_are_text(parser):
    document = read("a: [Who are you?, Why us?]\n", "f.yaml")
    assert document.data == {"a": ["Who are you?", "Why us?"]}


def test_a_huge_file_and_a_file_in_another_encoding_are_refused():
    assert "too big" in decode(b"a" * (MAX_FILE_BYTES + 1), "f.yaml")[1][0].problem
    problem = decode("format: 1\ntitle: Ärzte".encode("latin-1"), "f.yaml")[1][0]
    assert (problem.line, problem.column) == (2, 8)
    assert decode(b"\xef\xbb\xbfa: 1", "f.yaml") == ("a: 1", ())


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_data_or_problems_never_an_exception(raw):
    text, refused = decode(raw, "f.yaml")
    if not refused:
        read(text, "f.yaml")


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab:-[]{}#&*!|>'\"%@`,? \n\t0~")), max_size=60))
def test_any_yaml_like_text_gives_data_or_problems(text):
    for problem in read(text, "f.yaml").problems:
        assert problem.line >= 1


plain = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1).filter(
    str.strip
)


@settings(deadline=None)
@given(st.dictionaries(plain, st.one_of(plain, st.lists(plain, min_size=1)), min_size=1, max_size=5))
def test_what_is_written_is_read_back_the_same(data):
    document = read(to_yaml(data), "f.yaml")
    assert document.data == data
    assert not document.problems
