"""Views: the first page, the history, ideas and reports, access needs, with their errors and conflicts."""

from datetime import timedelta

from sqlalchemy import select

from booking.bookings.access_models import AccessNeed
from booking.db import execute, unit_of_work
from booking.voices.models import Voice
from tests.browser.staff.views import StaffView, page, visit
from tests.browser.surfer import Surfer
from tests.builders import an_occurrence
from tests.needs import booked_with
from tests.voices import answer, tell

ANSWER = "main form.form button"


def voice_id(surfer: Surfer, *, kind: str = "idea") -> int:
    """Return the number of something that waits for an answer; told now where nothing does."""
    with surfer.demo.machine.inside() as clock:
        wanted = select(Voice.id).where(Voice.kind == kind, Voice.state.in_(("new", "read"))).limit(1)
        found = unit_of_work(lambda: execute(wanted).scalar())
        return int(found) if found else tell(clock, kind=kind).voice_id


def need_id(surfer: Surfer) -> int:
    """Return the number of an access need to arrange; told now where there is none."""
    with surfer.demo.machine.inside() as clock:
        wanted = select(AccessNeed.id).where(AccessNeed.state == "open").limit(1)
        found = unit_of_work(lambda: execute(wanted).scalar())
        if found is None:
            booked_with(an_occurrence(clock, starts_at=clock() + timedelta(days=21)), clock, "quiet")
            found = unit_of_work(lambda: execute(wanted).scalar_one())
        return int(found)


def voice(surfer: Surfer) -> None:
    visit(surfer, "voice_page", voice_id=voice_id(surfer))


def barrier(surfer: Surfer) -> None:
    visit(surfer, "voice_page", voice_id=voice_id(surfer, kind="barrier"))


def unanswered(surfer: Surfer) -> None:
    visit(surfer, "voice_page", voice_id=voice_id(surfer))
    surfer.follow(ANSWER, 422)


def looked(surfer: Surfer) -> None:
    visit(surfer, "voice_page", voice_id=voice_id(surfer))
    surfer.page.check("input[name=state][value=taken_up]")
    surfer.type(words="Das probieren wir im Sommer aus.")
    surfer.follow(ANSWER)


def overtaken(surfer: Surfer) -> None:
    number = voice_id(surfer)
    visit(surfer, "voice_page", voice_id=number)
    with surfer.demo.machine.inside() as clock:
        answer(number, "answered", clock, "Das hat schon jemand beantwortet.")
    surfer.page.check("input[name=state][value=taken_up]")
    surfer.type(words="Meine Antwort.")
    surfer.follow(ANSWER, 409)


def need(surfer: Surfer) -> None:
    visit(surfer, "need_arrange", need_id=need_id(surfer))


def declining(surfer: Surfer) -> None:
    visit(surfer, "need_decline", need_id=need_id(surfer))
    surfer.follow(ANSWER, 422)


def declined(surfer: Surfer) -> None:
    visit(surfer, "need_decline", need_id=need_id(surfer))
    surfer.type(words="An diesem Tag leider nicht.")
    surfer.follow(ANSWER)


VIEWS = (
    page("staff_home"),
    page("staff_home", "guide"),
    page("log_list"),
    page("log_list", "auditor", query="?kind=booking&from=2026-01-01&who=visitor"),
    page("log_list", "admin", query="?kind=pool&who=desk"),
    page("voice_list"),
    page("voice_list", query="?show=all&q=nothing-that-fits"),
    page("need_list"),
    StaffView("voice_page", "coordinator", voice),
    StaffView("voice_page-barrier", "coordinator", barrier),
    StaffView("voice_page-unanswered", "coordinator", unanswered),
    StaffView("voice_page-mail", "coordinator", looked),
    StaffView("voice_page-overtaken", "coordinator", overtaken),
    StaffView("need_arrange", "coordinator", need),
    StaffView("need_decline-wordless", "coordinator", declining),
    StaffView("need_decline-mail", "coordinator", declined),
)
