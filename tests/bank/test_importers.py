"""Importing what other software wrote, and refusing what nobody should open."""

import io
import sqlite3
import zipfile

import genanki
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bank.check import check_bank
from coach.bank.convert import questions
from coach.bank.export import to_anki, to_csv
from coach.bank.importers.anki import from_anki_text, from_apkg, plain_text
from coach.bank.importers.archive import check_archive, member_bytes
from coach.bank.importers.choose import read_rows
from coach.bank.importers.markdown import from_markdown
from coach.bank.importers.rows import About, question_id, to_bank
from coach.bank.importers.tables import from_csv, from_xlsx
from coach.errors import BankError
from coach.practice.bank_files import import_questions
from tests.bank.banks import GOOD

ABOUT = About("mine", "Mine", category="behavioral")


def imported(found, about=ABOUT):
    checked = to_bank(found, about, "file")[1]
    assert checked.bank, checked.problems
    return questions(checked.bank)


def problems(found, about=ABOUT):
    return found.problems or to_bank(found, about, "file")[1].problems


def test_a_mentors_excel_sheet_with_his_own_column_names(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Question", "Category", "Good answer", "Max seconds", "Follow-ups", "Colour"])
    sheet.append(["Why us?", "Program specific", "Names a fact.", 60, "Which fact?\nWho told you?", "red"])
    sheet.append(["Describe a conflict.", "Teamwork", None, None, None, None])
    sheet.append([None, None, None, None, None, None])
    sheet.append(["Born on", "behavioral", None, 90.5, None, None])
    path = tmp_path / "My Questions.xlsx"
    book.save(path)
    found = import_questions(path, ABOUT)
    first, second, third = found.questions
    assert (first.text, first.category, first.strong) == ("Why us?", "program_specific", "Names a fact.")
    assert (first.band.low_s, first.band.high_s, first.band.stop_s) == (60, 60, 80)
    assert first.follow_ups == ("Which fact?", "Who told you?")
    assert (second.category, second.tags) == ("behavioral", ("teamwork",))
    assert third.band.high_s == 90.5
    assert found.notes == ("Column 'Colour' is not known and was left out.",)
    assert check_bank(found.yaml.encode(), "again.yaml").problems == ()


def test_problems_in_a_sheet_carry_row_and_column():
    text = "question,category,tags\nWhy us?,behavoral,x\n,behavioral,\nA question?,visa,y\n"
    found = {(p.line, p.column): p for p in problems(from_csv(text, "f.csv"), About("mine", "Mine"))}
    assert "did you mean behavioral?" in found[(2, 2)].allowed
    assert "ask is missing" in found[(3, 1)].problem


def test_csv_in_the_dialects_that_spreadsheets_write():
    semicolons = 'sep=;\nquestion;tags\n"Why; us?";"a, b"\n'
    assert imported(from_csv(semicolons, "f.csv"))[0].tags == ("a", "b")
    assert imported(from_csv("Ask\tWhy asked\nWho?\tBecause\n", "f.csv"))[0].why == "Because"
    lone = imported(from_csv("Tell me about a night.\nTell me about a day, please.\n", "f.csv"))
    assert lone[0].text == "Tell me about a night."
    assert "no column of questions" in problems(from_csv("name,age\nAnn,3\n", "f.csv"))[0].problem
    assert problems(from_csv("question\n" + "x" * 200_000 + "\n", "f.csv"))


def test_formulas_in_a_csv_are_text_and_come_back_as_they_were():
    bank = check_bank(
        GOOD.replace("How do you hand over a complex patient?", "'=SUM(A1) what is that?'").encode(), "f"
    ).bank
    text = to_csv(questions(bank))
    assert "'=SUM" in text
    assert imported(from_csv(text, "f.csv"))[1].text == "=SUM(A1) what is that?"


def test_csv_keeps_everything_on_the_way_out_and_in():
    before = questions(check_bank(GOOD.encode(), "f").bank)
    after = imported(from_csv(to_csv(before), "f.csv"), About("nights", "Night float"))
    assert after == before


def test_anki_text_keeps_ids_and_texts_on_the_way_out_and_in():
    before = questions(check_bank(GOOD.encode(), "f").bank)
    text = to_anki(before, "Night float")
    assert text.splitlines()[:4] == ["#separator:tab", "#html:true", "#guid column:1", "#tags column:10"]
    after = imported(from_anki_text(text, "f.txt"))
    for old, new in zip(before, after, strict=True):
        assert (new.id, new.text, new.rephrasings, new.why) == (old.id, old.text, old.rephrasings, old.why)
        assert (new.category, new.tags, new.sinks) == (old.category, old.tags, old.sinks)


def test_an_old_anki_text_export_without_headers():
    rows = imported(from_anki_text("Why us?\tName a fact\nTell me about <b>you</b>.\t\n", "f.txt"))
    assert [(q.text, q.strong) for q in rows] == [("Why us?", "Name a fact"), ("Tell me about you.", "")]


@pytest.fixture
def deck(tmp_path):
    fields = [{"name": "Question"}, {"name": "Answer"}, {"name": "Why asked"}]
    model = genanki.Model(
        1607392319, "Interview", fields=fields, templates=[{"name": "C", "qfmt": "{{Question}}", "afmt": ""}]
    )
    made = genanki.Deck(2059400110, "Interview")
    note = ["Tell me about<br><b>yourself</b> &amp; us [sound:a.mp3]", "Present, past, future", "To hear order"]
    made.add_note(genanki.Note(model=model, fields=note, tags=["day::one", "c"], guid="abc"))
    path = tmp_path / "deck.apkg"
    genanki.Package(made).write_to_file(path)
    return path


def test_an_anki_package_that_genanki_made(deck):
    (question,) = import_questions(deck, ABOUT).questions
    assert question.text == "Tell me about yourself & us"
    assert (question.strong, question.why) == ("Present, past, future", "To hear order")
    assert question.tags == ("day-one", "c")
    assert question.id == "anki-616263"


def test_the_compressed_package_of_todays_anki_is_refused_with_what_to_tick():
    found = from_apkg(archive({"collection.anki21b": b"\x28\xb5\x2f\xfd", "collection.anki2": b""}), "f.apkg")
    assert "Support older Anki versions" in found.problems[0].allowed


def test_damaged_and_hostile_collections_end_in_one_problem(tmp_path):
    path = tmp_path / "evil.db"
    db = sqlite3.connect(path)
    db.execute("CREATE VIEW notes AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
    db.commit()
    db.close()
    for data in (b"", b"SQLite format 3\0 and then nothing", path.read_bytes(), b"\x00" * 5_000):
        found = from_apkg(archive({"collection.anki2": data}), "f.apkg")
        assert len(found.problems) == 1


def test_clozes_scripts_and_styles_of_a_card():
    assert plain_text("The {{c1::first::hint}} call<script>alert(1)</script><style>b{}</style>") == "The first call"


def archive(members, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def test_zip_bombs_and_paths_that_lead_out_are_refused():
    bomb = archive({"xl/workbook.xml": b"0" * 30_000_000})
    assert "unfold" in check_archive(bomb, "f.xlsx").problem
    assert "unfold" in from_xlsx(bomb, "f.xlsx").problems[0].problem
    for name in ("../../evil", "/etc/passwd", "a/../../b", "C:evil", "..\\evil"):
        assert "leads out" in check_archive(archive({name: b""}), "f").problem
    assert "files" in check_archive(archive({f"f{n}": b"" for n in range(20_001)}), "f").problem
    assert check_archive(b"not a zip", "f").problem.startswith("the file is damaged")
    assert member_bytes(archive({"a": b"12345"}), "a", 4) is None
    assert member_bytes(archive({"a": b"12345"}), "a", 5) == b"12345"


def test_a_workbook_that_is_none_and_a_workbook_without_questions():
    assert "not an Excel workbook" in from_xlsx(archive({"a.txt": b"x"}), "f.xlsx").problems[0].problem
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Name", "Age"])
    book.save(out)
    assert "no column of questions" in from_xlsx(out.getvalue(), "f.xlsx").problems[0].problem


MARKDOWN = """\
# Questions for my candidates
## Behavioural
- [ ] Tell me about a **mistake** you made, [see](http://example.org).
  - or: Have you ever erred?
  - why: They look for ownership.
  - What did the patient say?
* Another one {foo}?
## Night shift
1. Who helps at night?
```
- not a question
```
"""


def test_a_markdown_list_with_headings_and_details():
    first, second, third = imported(from_markdown(MARKDOWN, "f.md"), About("md", "Md"))
    assert first.text == "Tell me about a mistake you made, see."
    assert (first.rephrasings, first.why) == (("Have you ever erred?",), "They look for ownership.")
    assert first.follow_ups == ("What did the patient say?",)
    assert (second.text, second.category) == ("Another one (foo)?", "behavioral")
    assert (third.text, third.tags) == ("Who helps at night?", ("night-shift",))
    assert "no list of questions" in from_markdown("Just prose.\n", "f.md").problems[0].problem


def test_ids_come_from_the_text_and_stay_the_same():
    assert question_id("Tell me about a time you failed, please!") == "tell-me-about-a-time-you-failed"
    taken = {"why-us"}
    assert question_id("Why us?", taken) != question_id("Why, us?", taken)
    assert question_id("为什么") == question_id("为什么")


def test_unknown_kinds_are_refused_and_a_text_list_is_read():
    with pytest.raises(BankError, match=r"\.docx|cannot be imported"):
        read_rows(b"", "questions.docx")
    assert read_rows(b"- Why us?\n- Who are you?\n", "list.txt").rows[1].fields["ask"] == "Who are you?"
    assert read_rows(b"question\n\xff", "f.csv").problems[0].problem == "the text is not UTF-8."


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_rows_or_problems(text):
    for read in (from_csv, from_markdown, from_anki_text):
        found = read(text, "f")
        checked = to_bank(found, ABOUT, "f")[1]
        assert checked.bank or checked.problems


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_in_a_package_or_workbook_give_problems(data):
    assert from_apkg(archive({"collection.anki2": data}), "f").problems
    assert from_xlsx(archive({"xl/workbook.xml": data, "[Content_Types].xml": data}), "f").problems
    from_xlsx(data, "f")
