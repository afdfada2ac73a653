"""Views: the outbox of a house, one mail of it, and trying again."""

from functools import partial

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from booking.bookings import outbox_queries
from booking.bookings.outbox_queries import Mail, Scope
from booking.bookings.trying_again import try_all_again
from booking.db import unit_of_work
from booking.errors import DomainError, NotFound
from booking.messages import trying_again
from booking.people.permissions import ADMIN, Acting
from booking.web.errors import say
from booking.web.public.forms import ButtonForm
from booking.web.roof import roof
from booking.web.staff.doors import acting
from booking.web.staff.messages import outbox_filters
from booking.web.staff.messages.names import KINDS, mail_label, mail_state_label
from booking.web.staff.messages.outbox_filters import DAYS, STATES, TROUBLE, WAITING
from booking.web.staff.messages.outbox_rows import knows, mail_row
from booking.web.staff.pages import staff_address
from booking.web.staff.telling import Sample, sample_of

A_PAGE = 50
_ACTIONS = {"again": trying_again.try_again, "give_up": trying_again.give_up}


def outbox_list() -> ResponseReturnValue:
    """List mails, the newest first; on POST try all of a kind again that were not delivered."""
    form = ButtonForm()
    if request.method == "POST":
        return _try_all(form)
    return _list_page(form)


def outbox_mail(mail_id: int) -> ResponseReturnValue:
    """Show one mail and why it stands so; on POST try it again now, or give it up."""
    found = outbox_queries.mail(_scope(acting()), mail_id)
    if found is None:
        raise NotFound
    form = ButtonForm()
    if request.method != "POST":
        return _mail_page(found, form)
    deed = _ACTIONS.get(request.form.get("press", ""))
    if not form.validate() or deed is None:
        return _mail_page(found, form, errors=tuple(form.forgive_token()), status=400)
    try:
        done = partial(deed, mail_id, house_id=acting().house_id, actor=acting().actor, now=roof().clock())
        unit_of_work(done)
    except NotFound:
        raise
    except DomainError as refusal:
        found = outbox_queries.mail(_scope(acting()), mail_id) or found
        return _mail_page(found, form, errors=(say(refusal),), status=int(refusal.status))
    return redirect(staff_address("outbox_mail", mail_id=mail_id, done=request.form["press"]), 303)


def _try_all(form: ButtonForm) -> ResponseReturnValue:
    kind = request.form.get("kind", "")
    if not form.validate() or kind not in KINDS:
        return _list_page(form, errors=tuple(form.forgive_token()), status=400)
    deed = partial(try_all_again, kind, _scope(acting()), actor=acting().actor, now=roof().clock())
    tried, refused = unit_of_work(deed)
    return redirect(staff_address("outbox_list", kind=kind, tried=tried, refused=refused), 303)


def _list_page(form: ButtonForm, *, errors: tuple[str, ...] = (), status: int = 200) -> ResponseReturnValue:
    person = acting()
    filters = outbox_filters.read(request.args)
    found = outbox_queries.mails(_scope(person), filters.asked(roof().clock()), most=A_PAGE + 1)
    shown = found[:A_PAGE]
    lost = outbox_queries.lost(_scope(person))
    return render_template(
        "staff/messages/outbox.html",
        form=form,
        form_errors=errors,
        done=_told(),
        rows=[mail_row(one, person) for one in shown],
        filters=filters,
        states=[(one, _state_label(one)) for one in STATES],
        kinds=sorted(
            ((one, mail_label(one)) for one in KINDS if one != "every"), key=lambda one: one[1].casefold()
        ),
        ages=[(one, ngettext("since %(num)s day", "since %(num)s days", int(one))) for one in DAYS],
        lost=[(kind, mail_label(kind), number) for kind, number in lost.items()],
        older_href=filters.href(str(shown[-1].id)) if len(found) > A_PAGE else "",
        newest_href=filters.href() if filters.before else "",
        action=staff_address("outbox_list"),
        is_bounded=_scope(person).programme_ids is not None,
    ), status


def _mail_page(
    found: Mail, form: ButtonForm, *, errors: tuple[str, ...] = (), status: int = 200
) -> ResponseReturnValue:
    is_kept = bool(found.recipient)
    return render_template(
        "staff/messages/mail.html",
        form=form,
        form_errors=errors,
        mail=mail_row(found, acting()),
        done=request.args.get("done", ""),
        sample=_sample(found),
        may_try=is_kept and (found.is_lost or found.state == "owed"),
        may_give_up=found.is_lost or found.state == "owed",
        action=staff_address("outbox_mail", mail_id=found.id),
        list_href=staff_address("outbox_list"),
    ), status


def _sample(found: Mail) -> Sample | None:
    """Return a mail as it reads, for whoever may know to whom it went; none that could not be written."""
    person = acting()
    if not knows(found, person) or found.state == "parked":
        return None
    owed = outbox_queries.content(_scope(person), found.id)
    return None if owed is None else sample_of(owed, person)


def _scope(person: Acting) -> Scope:
    """An administrator looks after all mail of the house, without knowing whom it goes to."""
    return Scope(person.house_id, None if ADMIN in person.roles else person.programme_ids)


def _state_label(state: str) -> str:
    return {TROUBLE: _("Not delivered or not written"), WAITING: _("Waiting or on its way")}.get(
        state
    ) or mail_state_label(state)


def _told() -> str:
    """Return what was done before this page, if its address says so."""
    tried, refused = (request.args.get(name, "") for name in ("tried", "refused"))
    if not (tried.isascii() and tried.isdigit() and len(tried) < 6):
        return ""
    told = ngettext("%(num)s mail is sent again now.", "%(num)s mails are sent again now.", int(tried))
    if refused.isascii() and refused.isdigit() and len(refused) < 6 and int(refused):
        told += " " + ngettext(
            "%(num)s cannot be sent again: open it to see why.",
            "%(num)s cannot be sent again: open them to see why.",
            int(refused),
        )
    return str(told)
