"""Views: weekly hours of a host, a room or one's own are changed, looked at, and then saved."""

import re
from functools import partial
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.db import unit_of_work
from booking.errors import DomainError, NotFound, Stale
from booking.schedule import host_queries, weekly
from booking.schedule.unsaved import with_rules
from booking.web.context import language
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.conflicts import Difference
from booking.web.staff.doors import acting
from booking.web.staff.hours import subjects
from booking.web.staff.hours.previews import Preview, preview
from booking.web.staff.hours.subjects import Subject
from booking.web.staff.hours.week_forms import Rows, WeekForm, choices
from booking.web.staff.hours.week_remarks import Remarks, remarks
from booking.web.staff.hours.words import say_rule

_REMOVE = re.compile(r"remove-(\d{1,4})")


def hours_week(host_id: int) -> ResponseReturnValue:
    """Change the weekly hours of a host."""
    return _week(subjects.of_host(host_id))


def hours_room_week(place_id: int) -> ResponseReturnValue:
    """Change the weekly hours of a room."""
    return _week(subjects.of_room(place_id))


def hours_own_week() -> ResponseReturnValue:
    """Change one's own weekly hours."""
    return _week(subjects.own())


def _week(subject: Subject) -> ResponseReturnValue:
    offerings = host_queries.offerings(acting().house_id, language=language())
    form = WeekForm()
    rows = Rows(subjects.today(), choices([(number, title) for number, title, _kind in offerings]))
    if request.method != "POST":
        stored = weekly.rules_of(subject.of, house_id=acting().house_id)
        form.version.data = str(weekly.version_of(stored))
        rows.show(stored)
        if not stored:
            rows.add()
        return _page(subject, form, rows)
    rows.read()
    if not form.validate():
        errors = form.forgive_token() if form.is_stale() else []
        return _page(subject, form, rows, errors=errors, status=400 if errors else 422)
    return _pressed(subject, form, rows, request.form.get("do", ""))


def _pressed(subject: Subject, form: WeekForm, rows: Rows, button: str) -> ResponseReturnValue:
    if button == "add":
        return _page(subject, form, rows, focus=rows.add().number)
    if match := _REMOVE.fullmatch(button):
        rows.remove(int(match[1]))
        return _page(subject, form, rows)
    if not rows.validate():
        return _page(subject, form, rows, errors=[rows.fault] if rows.fault else [], status=422)
    seen, wanted = form.seen.data, str(weekly.version_of(rows.rules()))
    form.seen.data = wanted
    if button != "save" or seen != wanted:
        return _preview_page(subject, form, rows, is_changed=button == "save")
    return _save(subject, form, rows)


def _save(subject: Subject, form: WeekForm, rows: Rows) -> ResponseReturnValue:
    try:
        unit_of_work(
            partial(
                weekly.save_rules,
                rows.rules(),
                of=subject.of,
                house_id=acting().house_id,
                version=form.seen_version(),
                now=roof().clock(),
                actor=acting().actor,
            )
        )
    except NotFound:
        raise
    except Stale:
        return _conflict_page(subject, form, rows)
    except DomainError as refusal:
        return _page(subject, form, rows, errors=[say(refusal)], status=refusal.status)
    return redirect(f"{subject.page_href}?saved=week", 303)


def _conflict_page(subject: Subject, form: WeekForm, rows: Rows) -> ResponseReturnValue:
    stored = weekly.rules_of(subject.of, house_id=acting().house_id)
    form.version.data = str(weekly.version_of(stored))
    titles = _titles()
    mine, theirs = ("; ".join(say_rule(one, titles) for one in some) for some in (rows.rules(), stored))
    where = f"r{rows.rows[0].number}-weekday" if rows.rows else "add"
    difference = Difference(_("Weekly hours"), where, mine or "–", theirs or "–")
    return _preview_page(subject, form, rows, differences=(difference,), status=409)


def _preview_page(
    subject: Subject, form: WeekForm, rows: Rows, *, is_changed: bool = False, **more: Any
) -> ResponseReturnValue:
    rules = rows.rules()
    shown = preview(subject, lambda known: with_rules(known, subject.of, rules))
    return _page(subject, form, rows, shown=shown, said=remarks(subject, rows), is_changed=is_changed, **more)


def _page(
    subject: Subject,
    form: WeekForm,
    rows: Rows,
    *,
    shown: Preview | None = None,
    said: Remarks | None = None,
    errors: list[str] | None = None,
    differences: tuple[Difference, ...] = (),
    is_changed: bool = False,
    focus: int = 0,
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "staff/hours/week.html",
        subject=subject,
        form=form,
        rows=rows.rows,
        wrong=list(rows.wrong()),
        preview=shown,
        said=said or Remarks(),
        errors=errors or [],
        differences=differences,
        is_changed=is_changed,
        focus=focus,
        week=subjects.today().isocalendar().week,
    )
    return page, status


def _titles() -> dict[int, str]:
    found = host_queries.offerings(acting().house_id, language=language())
    return {number: title for number, title, _kind in found}
