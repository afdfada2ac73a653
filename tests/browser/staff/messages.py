"""Views: mail texts with their errors, conflict and previews; the outbox, one mail, the banner."""

from datetime import timedelta

from sqlalchemy import select, update

from booking.db import execute, unit_of_work
from booking.messages import house_texts, text_queries
from booking.messages.models import OutgoingMail
from tests.browser.staff.views import StaffView, page, visit
from tests.browser.surfer import Surfer
from tests.builders import house_id

SAVE = "main form.message-form button:not([name])"
PREVIEW = "main form.message-form button[name=preview]"


def open_mail(surfer: Surfer) -> None:
    visit(surfer, "message_edit", kind="moved", spoken="de")


def mistyped(surfer: Surfer) -> None:
    open_mail(surfer)
    surfer.type(opening="Hallo {nmae}", extra="Bitte {")
    surfer.follow(SAVE, 422)


def tried(surfer: Surfer) -> None:
    open_mail(surfer)
    surfer.type(opening="Hallo {name}", signature="Ihr Team")
    surfer.follow(PREVIEW)


def overtaken(surfer: Surfer) -> None:
    open_mail(surfer)
    surfer.type(opening="Meine Worte, {name}")
    with surfer.demo.machine.inside() as clock:
        stored = text_queries.texts("moved", "de", house_id=house_id(), offering_id=None)
        opening = f"Andere Worte {stored.version}"
        unit_of_work(
            lambda: house_texts.save(
                "moved",
                "de",
                {"opening": opening},
                house_id=house_id(),
                offering_id=None,
                version=stored.version,
                actor="staff:1",
                now=clock(),
            )
        )
    surfer.follow(SAVE, 409)


def lost(surfer: Surfer) -> int:
    """Let the newest mail of the house be one that was refused, and return its number."""
    with surfer.demo.machine.inside() as clock:
        newest = select(OutgoingMail.id).where(
            OutgoingMail.house_id == house_id(), OutgoingMail.recipient != ""
        )
        mail_id = unit_of_work(
            lambda: int(execute(newest.order_by(OutgoingMail.id.desc())).scalars().first() or 0)
        )
        values = {"state": "failed", "done_at": clock() - timedelta(minutes=5), "due_at": clock()}
        values |= {"fault": "550 5.1.1 <nobody@demo.example>: user unknown"}
        unit_of_work(lambda: execute(update(OutgoingMail).where(OutgoingMail.id == mail_id).values(**values)))
    return mail_id


def outbox_with_a_loss(surfer: Surfer) -> None:
    lost(surfer)
    visit(surfer, "outbox_list")


def a_lost_mail(surfer: Surfer) -> None:
    visit(surfer, "outbox_mail", mail_id=lost(surfer))


VIEWS = (
    page("message_list"),
    StaffView("message_edit", "coordinator", open_mail),
    StaffView("message_edit-mistyped", "coordinator", mistyped),
    StaffView("message_edit-tried", "coordinator", tried),
    StaffView("message_edit-overtaken", "coordinator", overtaken),
    page("message_preview", kind="confirmation", spoken="ls"),
    page("message_preview", kind="every", spoken="en", query="?reference=AAAAAAAA"),
    page("outbox_list", query="?state=waiting&kind=moved&reference=AAAAAAAA"),
    StaffView("outbox_list-lost", "coordinator", outbox_with_a_loss),
    StaffView("outbox_mail-lost", "admin", a_lost_mail),
)
