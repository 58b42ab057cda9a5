"""What a mentor does with bank files: nothing is overwritten, nothing is lost, and a preview comes first."""

from datetime import UTC, datetime

import pytest

from coach.bank.folders import write_atomically
from coach.errors import BankError
from coach.practice.bank_files import (
    add_bank,
    check_file,
    export_bank,
    new_bank_file,
    preview_path,
    remove_bank,
)
from tests.bank.banks import GOOD, bank_text

NOW = datetime(2026, 11, 22, 18, 15, 2, tzinfo=UTC)


@pytest.fixture
def bank(tmp_path):
    path = tmp_path / "from-mentor.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_new_bank_is_right_as_it_stands_and_explains_itself(tmp_path):
    path = new_bank_file(tmp_path / "My Ward.yaml")
    assert check_file(path) == ()
    assert "id: my-ward" in path.read_text(encoding="utf-8")
    with pytest.raises(BankError, match="already there"):
        new_bank_file(path)
    with pytest.raises(BankError, match="cannot be used as an id"):
        new_bank_file(tmp_path / "x.yaml", "No Good")


def test_checking_never_changes_the_file(bank):
    before = (bank.read_bytes(), bank.stat().st_mtime_ns)
    bank.write_text(GOOD.replace("ask:", "asks:"), encoding="utf-8")
    before = (bank.read_bytes(), bank.stat().st_mtime_ns)
    assert check_file(bank)
    assert (bank.read_bytes(), bank.stat().st_mtime_ns) == before
    with pytest.raises(BankError, match="is not a file"):
        check_file(bank.parent)


def test_a_previewed_bank_is_installed_as_it_is(home, library, bank):
    (seen,) = preview_path(library(), bank)
    assert (seen.change, seen.added) == ("new", ("first-night", "handover"))
    assert not home.banks.exists()
    assert add_bank(home, seen, NOW).read_text(encoding="utf-8") == GOOD
    assert library().question("nights/handover")


def test_an_update_is_asked_for_says_what_changes_and_keeps_the_old_file(home, library, bank):
    add_bank(home, preview_path(library(), bank)[0], NOW)
    assert preview_path(library(), bank)[0].change == "same"
    changed = GOOD.replace("How do you hand over", "How would you hand over").replace(
        "id: first-night", "id: night-one"
    )
    bank.write_text(changed, encoding="utf-8")
    (seen,) = preview_path(library(), bank)
    assert (seen.change, seen.added, seen.changed, seen.gone) == (
        "update",
        ("night-one",),
        ("handover",),
        ("first-night",),
    )
    with pytest.raises(BankError, match="already installed"):
        add_bank(home, seen, NOW)
    target = add_bank(home, seen, NOW, update=True)
    assert target.read_text(encoding="utf-8") == changed
    assert (home.banks / "earlier" / "nights-20261122-181502.yaml").read_text(encoding="utf-8") == GOOD
    assert library().question("nights/handover").text.startswith("How would you")


def test_a_shipped_bank_is_never_replaced_but_another_id_works(home, library, bank):
    bank.write_text("# kept\n" + GOOD.replace("id: nights", "id: visa   # mine"), encoding="utf-8")
    (seen,) = preview_path(library(), bank)
    assert seen.change == "clash"
    with pytest.raises(BankError, match="--as NEW-ID"):
        add_bank(home, seen, NOW, update=True)
    (seen,) = preview_path(library(), bank, as_id="my-visa")
    text = add_bank(home, seen, NOW).read_text(encoding="utf-8")
    assert "id: my-visa   # mine" in text
    assert text.startswith("# kept\n")
    assert library().question("my-visa/handover")


def test_a_refused_bank_in_a_folder_keeps_nobody_out(home, library, tmp_path):
    folder = tmp_path / "banks"
    folder.mkdir()
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "bad.yaml").write_text("format: 1\n", encoding="utf-8")
    bad, good = preview_path(library(), folder)
    assert (bad.change, good.change) == ("refused", "new")
    with pytest.raises(BankError, match="problems"):
        add_bank(home, bad, NOW)
    add_bank(home, good, NOW)
    assert [path.name for path in home.banks.iterdir()] == ["nights.yaml"]
    with pytest.raises(BankError, match="holds no bank files"):
        preview_path(library(), home.banks / "earlier" if (home.banks / "earlier").is_dir() else tmp_path)


def test_a_file_that_is_in_the_way_is_not_overwritten(home, library, bank):
    home.banks.mkdir(parents=True)
    other = home.banks / "nights.yaml"
    other.write_text(bank_text("other", "Mine?"), encoding="utf-8")
    with pytest.raises(BankError, match="in the way"):
        add_bank(home, preview_path(library(), bank)[0], NOW)
    assert "Mine?" in other.read_text(encoding="utf-8")


def test_a_removed_bank_is_set_aside_and_shipped_ones_stay(home, library, bank):
    add_bank(home, preview_path(library(), bank)[0], NOW)
    kept = remove_bank(library(), "nights", NOW)
    assert kept.read_text(encoding="utf-8") == GOOD
    assert not [b for b in library().banks if b.id == "nights"]
    with pytest.raises(BankError, match="comes with the coach"):
        remove_bank(library(), "visa", NOW)


def test_a_write_that_fails_leaves_the_old_file(tmp_path):
    path = tmp_path / "bank.yaml"
    path.write_text("old", encoding="utf-8")

    def broken(source, target):
        raise OSError(28, "No space left on device")

    with pytest.raises(BankError, match="No space left"):
        write_atomically(path, b"new", broken)
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["bank.yaml"]


def test_yaml_export_is_the_installed_file(home, library, bank):
    add_bank(home, preview_path(library(), bank)[0], NOW)
    assert export_bank(library(), "nights", "yaml") == GOOD.encode()
    with pytest.raises(BankError, match="Choose one of"):
        export_bank(library(), "nights", "pdf")
