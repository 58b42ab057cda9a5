"""At 80 columns every key that a screen offers can be read in its footer."""

from textual.widgets._footer import FooterKey

from coach.practice.programs import load_programs
from coach.tui.app import CoachApp
from coach.tui.screens.bank_preview import BankPreviewScreen
from coach.tui.screens.banks import BanksScreen
from coach.tui.screens.choose import ChooseScreen
from coach.tui.screens.doctor import DoctorScreen
from coach.tui.screens.drill import DrillScreen
from coach.tui.screens.facts import FactsScreen
from coach.tui.screens.history import HistoryScreen
from coach.tui.screens.program_compare import CompareScreen
from coach.tui.screens.program_form import ProgramFormScreen
from coach.tui.screens.program_signals import SignalsScreen
from coach.tui.screens.programs import ProgramsScreen
from coach.tui.screens.rank import RankScreen
from coach.tui.screens.settings import SettingsScreen
from coach.tui.screens.unfinished import UnfinishedScreen
from tests.tui.conftest import QUESTIONS, answer, settle
from tests.tui.looking import footer_fits


def fits(app) -> bool:
    return footer_fits(app.screen) and len(app.screen.query(FooterKey)) > 1


async def test_the_keys_of_a_sitting_fit_whatever_it_does(desk):
    app = CoachApp(desk, QUESTIONS)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert fits(app), "ready"
        await pilot.press("space")
        await settle(pilot)
        assert fits(app), "recording"
        await pilot.press("d")
        await answer(pilot)
        assert fits(app), "feedback"
        await pilot.press("escape")
        await settle(pilot)
        assert fits(app), "ready, with an answer to play"


async def test_the_keys_of_every_other_screen_fit(desk, home, monkeypatch):
    monkeypatch.setattr("coach.practice.doctor.examine", lambda *_: ())
    records = load_programs(home).records
    screens = (
        BanksScreen(desk),
        BankPreviewScreen(desk, desk.library),
        ChooseScreen(desk),
        CompareScreen(records[:2]),
        DoctorScreen(desk),
        DrillScreen(desk),
        FactsScreen(()),
        HistoryScreen(desk),
        ProgramFormScreen(desk, records[0]),
        ProgramsScreen(desk),
        RankScreen(desk),
        SettingsScreen(desk),
        SignalsScreen(desk, records[0]),
        UnfinishedScreen(desk),
    )
    app = CoachApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        cut = [] if fits(app) else ["home"]
        for screen in screens:
            app.push_screen(screen)
            await settle(pilot)
            if not fits(app):
                cut.append(type(screen).__name__)
            app.pop_screen()
            await settle(pilot)
        assert cut == []
