"""How a form over a booking runs: check, show the mail, do it, or say why not and keep what was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.bookings.hands import By
from booking.bookings.rehearsing import rehearse
from booking.bookings.staff_pages import Seen
from booking.errors import DomainError, NotFound, Stale
from booking.messages.outbox import Owed
from booking.web.errors import say
from booking.web.public.forms import TokenForm
from booking.web.staff.bookings.forms import PreviewedForm
from booking.web.staff.bookings.rows import facts_of
from booking.web.staff.bookings.seen import hands, page_href, seen_booking
from booking.web.staff.conflicts import Difference, conflict
from booking.web.staff.doors import acting
from booking.web.staff.telling import Telling, telling_one

NO_MAIL = Telling(0, 0, 0, None)


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page with one deed.

    ``fields``  the names of those that are asked for; ``wrong`` are the faults that a refusal tells at a field
    ``stored``  what the form would hold of a booking as it is now: shown where somebody was faster
    """

    heading: str
    lead: str
    button: str
    action_href: str
    back_href: str
    fields: Sequence[str]
    done: str
    facts: Sequence[tuple[str, str]] = ()
    stored: Callable[[Seen], Mapping[str, object]] = lambda _seen: {}
    wrong: Mapping[type[DomainError], str] | None = None
    previews: bool = True


def run(
    form: PreviewedForm,
    seen: Seen,
    page: Page,
    *,
    deed: Callable[[By], object],
    mail: Callable[[], Owed | None] | None,
    overrules: Callable[[], bool] = lambda: False,
) -> ResponseReturnValue:
    """Show a form over a booking, or do its deed once its mail was shown; what is refused is so before that.

    ``deed``  does it in a unit of work of its own
    ``mail``  makes the mail that would leave, None where the deed tells nobody
    """
    if request.method != "POST":
        form.version.data = str(seen.page.version)
        return draw(form, seen, page)
    if not form.validate():
        stale = form.is_stale()
        return draw(form, seen, page, errors=faults(form), status=400 if stale else 422)
    told = _told(seen, mail)
    form.suit_telling(told)
    is_shown_first = bool(told.mails and not form.was_shown())
    seen_told = NO_MAIL if is_shown_first else told
    do = partial(deed, hands(tells=form.tells(), version=form.seen_version(), overrules=overrules()))
    try:
        rehearse(do) if is_shown_first else do()
    except Stale:
        return _overtaken(form, seen, page, seen_told)
    except NotFound:
        raise
    except DomainError as refusal:
        return _refused(form, seen, page, refusal, seen_told)
    if is_shown_first:
        form.show()
        return draw(form, seen, page, told=told)
    return redirect(page_href(seen, done=page.done), 303)


def draw(
    form: PreviewedForm,
    seen: Seen,
    page: Page,
    *,
    told: Telling | None = None,
    errors: Sequence[str] = (),
    differences: tuple[Difference, ...] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """Draw a page with one deed."""
    body = render_template(
        "staff/bookings/deed.html",
        page=page,
        form=form,
        facts=[*facts_of(seen)[:9], *page.facts],
        told=told,
        form_errors=list(errors),
        differences=differences,
    )
    return body, status


def faults(form: TokenForm) -> list[str]:
    """Return what no field says; a stale token is told as something to press again."""
    return form.forgive_token() if form.is_stale() else []


def _told(seen: Seen, mail: Callable[[], Owed | None] | None) -> Telling:
    if mail is None:
        return NO_MAIL
    return telling_one(mail(), acting(), came_back=seen.page.is_unreachable)


def _overtaken(form: PreviewedForm, seen: Seen, page: Page, told: Telling) -> ResponseReturnValue:
    """Show what somebody else saved meanwhile beside what was typed here."""
    now = seen_booking(seen.page.reference)
    differences = conflict(form, {**page.stored(now), "version": now.page.version})
    return draw(form, now, page, told=told if told.mails else None, differences=differences, status=409)


def _refused(
    form: PreviewedForm, seen: Seen, page: Page, refusal: DomainError, told: Telling
) -> ResponseReturnValue:
    errors = [say(refusal)]
    field = (page.wrong or {}).get(type(refusal), "")
    if field and field in form:
        form[field].errors, errors = tuple(errors), []
    return draw(
        form, seen, page, told=told if told.mails else None, errors=errors, status=int(refusal.status)
    )
