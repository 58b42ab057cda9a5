"""Programs: files with their comments, what residents said, verdict, comparison, rank order list, questions."""

import csv
import io
from dataclasses import replace

import pytest

from coach.bank.placeholders import filled
from coach.errors import BankError
from coach.practice.banks import load_library
from coach.practice.programs import (
    SIGNALS,
    FactSource,
    Heard,
    Numbers,
    ProgramRecord,
    Rank,
    Visa,
    check_program_file,
    compare,
    fill,
    find_program,
    load_programs,
    new_program,
    offered,
    program_questions,
    programs_csv,
    rank_remarks,
    save_program,
    save_rank_order,
    verdict,
    with_signal,
    write_csv,
)
from tests.bank.banks import bank_text, write_bank
from tests.builders import question

MERCY = ProgramRecord(
    id="mercy",
    name="Mercy Rural",
    specialty="internal medicine",
    setting="300-bed community hospital",
    region="Ohio",
    city="Toledo",
    patients="uninsured farm workers",
    structure="Night float, two wards.",
    tracks=("Rural track", "Hospitalist track"),
    recent_changes=("They opened a dialysis unit.",),
    visa=Visa(("J-1", "H-1B"), "asked the coordinator"),
    img_history="Six of twelve for eight years",
    numbers=Numbers(img_percent=50, img_years=8, step2_low=222, step2_high=250, fellowship_percent=45),
    facts=("residents run a street clinic",),
    sources=(FactSource("page", "program page", "2026-11-02"),),
    vocabulary=("Mercy",),
    notes="Dr. A was kind.\nAsk about parking.",
    signals=(Heard("visas", "who does the papers?", "GME: always", "2026-11", "supportive"),),
    rank=Rank(2, "Close to my work"),
)


def test_a_saved_program_is_read_back_the_same(home):
    save_program(home, MERCY)
    assert load_programs(home).record("mercy") == MERCY
    assert load_programs(home).record("Mercy rural") == MERCY
    with pytest.raises(BankError, match="Did you mean mercy"):
        load_programs(home).record("mercyy")


def test_a_new_program_starts_from_the_blank_form_and_keeps_its_help(home):
    path = save_program(home, new_program(home, "St. Anne's"))
    text = path.read_text(encoding="utf-8")
    assert path.name == "st-anne-s.yaml"
    assert "# A blank program form" in text
    assert check_program_file(path) == ()
    with pytest.raises(BankError, match="already"):
        new_program(home, "St Anne s")


def test_the_candidates_own_comments_survive_saving(home):
    path = save_program(home, MERCY)
    path.write_text("# my own words\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    save_program(home, replace(MERCY, city="Lima"))
    assert path.read_text(encoding="utf-8").startswith("# my own words\n")
    assert load_programs(home).record("mercy").city == "Lima"


def test_an_own_file_stands_in_place_of_the_shipped_one(home):
    shipped = load_programs(home).records[0]
    save_program(home, replace(shipped, notes="I spoke to a resident."))
    entries = [entry for entry in load_programs(home).entries if entry.id == shipped.id]
    assert [(entry.origin, entry.record.notes) for entry in entries] == [("own", "I spoke to a resident.")]


def test_a_bad_program_file_breaks_nothing_and_is_never_written_over(home):
    home.programs.mkdir(parents=True)
    path = home.programs / "mercy.yaml"
    path.write_text("format: 1\nid: mercy\nname: Mercy\nvisa: {types: [J1]}\n", encoding="utf-8")
    programs = load_programs(home)
    assert "did you mean J-1?" in programs.problems[0].allowed
    assert programs.records
    before = path.read_bytes()
    with pytest.raises(BankError, match="has problems and is left as it is"):
        save_program(home, MERCY)
    assert path.read_bytes() == before
    with pytest.raises(BankError, match="Mend it first"):
        programs.record("mercy")


def test_a_file_whose_comments_cannot_be_kept_is_copied_aside_first(home):
    home.programs.mkdir(parents=True)
    old = "# mine\nformat: 1\nid: mercy\nname: Mercy\nsources: [{what: page, checked: 2026-02-31}]\n"
    (home.programs / "mercy.yaml").write_text(old, encoding="utf-8")
    save_program(home, replace(load_programs(home).record("mercy"), city="Toledo"))
    assert load_programs(home).record("mercy").city == "Toledo"
    assert [path.read_text(encoding="utf-8") for path in (home.programs / "earlier").iterdir()] == [old]


def test_what_could_not_be_read_back_is_not_saved(home):
    path = save_program(home, MERCY)
    before = path.read_bytes()
    with pytest.raises(BankError, match="the signal 'visa' is not known"):
        save_program(home, with_signal(MERCY, Heard("visa", "", "x")))
    with pytest.raises(BankError, match="cannot be used as an id"):
        save_program(home, replace(MERCY, id="../mercy"))
    assert path.read_bytes() == before


def test_two_own_files_with_one_id_are_told_apart(home):
    save_program(home, MERCY)
    other = home.programs / "zz.yaml"
    other.write_text("format: 1\nid: mercy\nname: Other\n", encoding="utf-8")
    programs = load_programs(home)
    assert programs.record("mercy").name == "Mercy Rural"
    assert "already has the program id" in programs.problems[0].problem


def test_facts_and_vocabulary_for_judging_and_recognising(home):
    save_program(home, MERCY)
    program = find_program(home, "mercy")
    assert program.region == "Toledo, Ohio"
    assert "residents run a street clinic" in program.facts
    assert "Patients: uninsured farm workers" in program.facts
    assert "Recent change: They opened a dialysis unit." in program.facts
    assert program.vocabulary[:2] == ("Mercy", "Mercy Rural")


# Verdicts


def heard(**readings):
    return tuple(Heard(signal, heard="x", reading=reading) for signal, reading in readings.items())


def test_there_are_nine_signals_each_with_questions_and_both_answers():
    assert len(SIGNALS) == 9
    assert all(len(s.ask) >= 2 and s.supportive and s.weak for s in SIGNALS)


def test_a_supportive_program_by_the_guides_figures_and_signals():
    found = verdict(MERCY)
    assert found.kind == "supportive"
    assert any("8 years" in reason.text for reason in found.reasons)
    assert len(found.missing) == 8


def test_score_mining_and_token_programs():
    mining = ProgramRecord("m", "M", numbers=Numbers(img_percent=15, step2_low=248), signals=heard(scores="weak"))
    assert verdict(mining).kind == "score-mining"
    token = ProgramRecord("t", "T", numbers=Numbers(img_percent=5, img_years=1), signals=heard(committee="weak"))
    assert verdict(token).kind == "token"


def test_too_little_or_mixed_evidence_is_unclear_and_says_what_to_ask():
    nothing = verdict(ProgramRecord("n", "N"))
    assert nothing.kind == "unclear"
    assert len(nothing.missing) == 10
    mixed = replace(MERCY, signals=heard(visas="weak", schedule="weak", accents="weak", struggles="weak"))
    assert verdict(mixed).kind == "unclear"
    assert verdict(ProgramRecord("j", "J", visa=Visa(("J-1",)))).kind == "unclear"


# Comparison and rank order


def test_programs_side_by_side_show_where_they_differ():
    lines = {line.title: line for line in compare([MERCY, ProgramRecord("n", "N", city="Toledo")])}
    assert not lines["city"].differs
    assert lines["visa types"].cells == ("J-1, H-1B", "not known")
    assert lines["verdict"].cells == ("supportive", "unclear")
    assert compare([]) == ()


def test_the_rank_order_list_is_the_candidates_order_and_keeps_reasons(home):
    for name in ("a", "b", "c"):
        save_program(home, ProgramRecord(name, name.upper(), rank=Rank(0, f"because {name}")))
    assert [r.id for r in save_rank_order(home, ["c", "a"])] == ["c", "a"]
    assert [(r.id, r.rank.place, r.rank.reason) for r in save_rank_order(home, ["b", "c"])] == [
        ("b", 1, "because b"),
        ("c", 2, "because c"),
    ]
    assert load_programs(home).record("a").rank == Rank(0, "because a")
    with pytest.raises(BankError, match="more than once"):
        save_rank_order(home, ["a", "A"])


def test_remarks_before_the_list_is_certified():
    remarks = rank_remarks([replace(MERCY, rank=Rank(1, "")), ProgramRecord("n", "N", rank=Rank(2, "x"))])
    assert any("no reason yet" in remark for remark in remarks)
    assert any("visa policy is not written down" in remark for remark in remarks)
    assert rank_remarks([ProgramRecord("n", "N")]) == ()


def test_the_spreadsheet_opens_without_formulas(tmp_path):
    record = replace(MERCY, notes="=HYPERLINK(1)")
    rows = list(csv.DictReader(io.StringIO(programs_csv([record]).decode("utf-8-sig"))))
    assert rows[0]["visa types"] == "J-1, H-1B"
    assert rows[0]["last checked"] == "2026-11-02"
    assert rows[0]["notes"] == "'=HYPERLINK(1)"
    write_csv(tmp_path / "p.csv", [record])
    with pytest.raises(BankError, match="already there"):
        write_csv(tmp_path / "p.csv", [record])


# Questions from a program file


def test_open_places_are_filled_and_unfillable_questions_left_out():
    asked = question("Why {program}?", rephrasings=("Why {city}?", "Why {track}?"), follow_ups=("Not {region}?",))
    bare = replace(MERCY, tracks=(), region="")
    done = fill(asked, bare)
    assert (done.text, done.rephrasings, done.follow_ups) == ("Why Mercy Rural?", ("Why Toledo?",), ())
    assert done.program.name == "Mercy Rural"
    assert fill(question("Do you know {track}?"), bare) is None
    assert fill(question("Why {specialty}?"), None, "surgery").text == "Why surgery?"
    assert fill(question("Why {specialty}?")) is None


def test_filled_sentences_start_with_a_capital_and_take_the_right_article():
    assert filled("One thing. {fact}. Why?", {"fact": "residents lead"}) == "One thing. Residents lead. Why?"
    assert filled("a {specialty} resident", {"specialty": "internal medicine"}) == "an internal medicine resident"
    assert filled("a {specialty} resident", {"specialty": "surgery"}) == "a surgery resident"


def test_facts_tracks_and_changes_alternate():
    asked = question("Tell me about {track}.")
    assert [fill(asked, MERCY, pick=n).text for n in range(3)] == [
        "Tell me about Rural track.",
        "Tell me about Hospitalist track.",
        "Tell me about Rural track.",
    ]


def test_other_specialties_are_not_offered():
    pack = question("Surgery?", specialty="surgery")
    assert offered([pack], MERCY) == ()
    assert offered([pack], None, "Surgery") == (pack,)
    assert offered([pack], None) == (pack,)


@pytest.mark.usefixtures("no_shipped_banks")
def test_program_questions_are_templates_and_the_program_specific_ones(home):
    write_bank(home, "a.yaml", bank_text("a", '"Why {program}?"', '"What about {fact}?"'))
    write_bank(home, "b.yaml", bank_text("b", "Why us?", category="program_specific"))
    write_bank(home, "c.yaml", bank_text("c", "A mistake?"))
    save_program(home, replace(MERCY, facts=()))
    with load_library(home) as library:
        found = program_questions(home, library, "mercy")
    assert [q.text for q in found] == ["Why us?", "Why Mercy Rural?"]
    assert {q.program.id for q in found} == {"mercy"}
