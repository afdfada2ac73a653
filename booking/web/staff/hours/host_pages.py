"""Views: who gives what: hosts and rooms with hours in a list, a host is entered and changed."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.bookings.planned import planned_for
from booking.db import unit_of_work
from booking.errors import DomainError, NotFound, Stale
from booking.messages.plain import one_line
from booking.schedule import host_queries, hosting, hours_queries
from booking.schedule.host_queries import HostFilter, HostRow
from booking.schedule.hours import Of
from booking.schedule.staff_refusals import StillPlanned
from booking.web.context import language
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.conflicts import conflict
from booking.web.staff.doors import acting
from booking.web.staff.history.rows import history_of
from booking.web.staff.hours import planned_rows
from booking.web.staff.hours.host_forms import HostForm, stored
from booking.web.staff.hours.host_words import kind_choices, language_choices
from booking.web.staff.pages import staff_address

ON_A_PAGE = 50
_SORTS = ("name", "kind", "rules")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is asked for, as the address says it; anything unknown is left out."""

    words: str
    kind: str
    spoken: str
    skill: str
    topic: str
    active: str
    sort: str
    page: int

    def wanted(self) -> HostFilter:
        """Return the filter of the query."""
        return HostFilter(
            words=self.words,
            kind=self.kind,
            language=self.spoken,
            offering_id=int(self.skill) if self.skill else None,
            topic_id=int(self.topic) if self.topic else None,
            is_active={"all": None, "no": False}.get(self.active, True),
        )

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return any((self.words, self.kind, self.spoken, self.skill, self.topic, self.active))

    def page_href(self, number: int) -> str:
        """Return the list with the same filters, another page of it."""
        asked = {"q": self.words, "kind": self.kind, "language": self.spoken, "skill": self.skill}
        asked |= {"topic": self.topic, "active": self.active, "sort": self.sort, "page": str(number)}
        values = {name: value for name, value in asked.items() if value}
        spoken = values.pop("language", "")
        path = staff_address("hours_list", **values)
        return f"{path}{'&' if '?' in path else '?'}language={spoken}" if spoken else path


def hours_list() -> ResponseReturnValue:
    """Show hosts by name, filtered, and the rooms with their hours."""
    house_id, filters = acting().house_id, _filters()
    offerings = host_queries.offerings(house_id, language=language())
    topics = host_queries.topics(house_id, language=language())
    found = sorted(
        host_queries.hosts(house_id, wanted=filters.wanted(), language=language()), key=_order(filters.sort)
    )
    pages = max(1, -(-len(found) // ON_A_PAGE))
    number = min(filters.page, pages)
    return render_template(
        "staff/hours/list.html",
        hosts=found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE],
        count=len(found),
        number=number,
        pages=pages,
        filters=filters,
        kinds=kind_choices(),
        languages=language_choices(),
        offering_options=[(number, title) for number, title, _kind in offerings],
        kind_names=dict(kind_choices()),
        language_names=dict(language_choices()),
        topics=topics,
        rooms=hours_queries.rooms(house_id, language=language()),
        may_edit=acting().may("hosts.edit"),
    )


def hours_host_new() -> ResponseReturnValue:
    """Enter a host."""
    form = _form()
    if request.method != "POST":
        form.version.data = "1"
        form.languages.data = ["de"]
        return _page(form)
    if not form.validate():
        return _invalid(form)
    try:
        deed = partial(hosting.enter, form.wish(), house_id=acting().house_id)
        host_id = unit_of_work(partial(deed, now=roof().clock(), actor=acting().actor))
    except DomainError as refusal:
        return _page(form, errors=[say(refusal)], status=_status(refusal))
    return redirect(staff_address("hours_page", host_id=host_id, saved="entered"), 303)


def hours_host_edit(host_id: int) -> ResponseReturnValue:
    """Change a host."""
    found = host_queries.host(host_id, house_id=acting().house_id)
    form = _form()
    if request.method != "POST":
        form.fill(stored(found))
        return _page(form, host=found)
    if not form.validate():
        return _invalid(form, host=found)
    try:
        deed = partial(hosting.change, host_id, form.wish(), house_id=acting().house_id)
        deed = partial(deed, version=form.seen_version(), despite=int(form.despite.data or 0))
        unit_of_work(partial(deed, now=roof().clock(), actor=acting().actor))
    except Stale:
        return _conflict(form, host_id)
    except StillPlanned as refusal:
        return _planned_page(form, host_id, refusal)
    except DomainError as refusal:
        return _page(form, host=found, errors=[say(refusal)], status=_status(refusal))
    return redirect(staff_address("hours_page", host_id=host_id, saved="person"), 303)


def _conflict(form: HostForm, host_id: int) -> ResponseReturnValue:
    found = host_queries.host(host_id, house_id=acting().house_id)
    return _page(form, host=found, differences=conflict(form, stored(found)), status=409)


def _planned_page(form: HostForm, host_id: int, refusal: StillPlanned) -> ResponseReturnValue:
    """Show for what somebody is still planned; sent again, it is done knowingly."""
    found = host_queries.host(host_id, house_id=acting().house_id)
    planned = planned_for(
        Of(host_id=host_id), house_id=acting().house_id, since=roof().clock(), language=language()
    )
    form.despite.data = str(refusal.facts["num"])
    rows = planned_rows.rows(planned, acting())
    return _page(form, host=found, planned=rows, errors=[say(refusal)], status=409)


def _form() -> HostForm:
    form, house_id = HostForm(), acting().house_id
    form.suit(
        offerings=host_queries.offerings(house_id, language=language()),
        topics=host_queries.topics(house_id, language=language()),
    )
    return form


def _invalid(form: HostForm, **more: Any) -> ResponseReturnValue:
    errors = form.forgive_token() if form.is_stale() else []
    return _page(form, errors=errors, status=400 if errors else 422, **more)


def _page(
    form: HostForm,
    *,
    host: host_queries.HostPage | None = None,
    planned: list[planned_rows.PlannedRow] | None = None,
    errors: list[str] | None = None,
    differences: tuple[Any, ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "staff/hours/host.html",
        form=form,
        host=host,
        planned=planned or [],
        errors=errors or [],
        differences=differences,
        history=history_of("host", host.id, acting()) if host else [],
    )
    return page, status


def _status(refusal: DomainError) -> int:
    if isinstance(refusal, NotFound):  # an offering or topic that is gone by now
        return 422
    return int(refusal.status)


def _filters() -> Filters:
    asked = request.args
    page = asked.get("page", "1")
    return Filters(
        words=one_line(asked.get("q", ""))[:100],
        kind=_one_of(asked.get("kind"), [key for key, _words in kind_choices()]),
        spoken=_one_of(asked.get("language"), [key for key, _words in language_choices()]),
        skill=_number(asked.get("skill")),
        topic=_number(asked.get("topic")),
        active=_one_of(asked.get("active"), ["all", "no"]),
        sort=_one_of(asked.get("sort"), _SORTS[1:]),
        page=max(1, int(page)) if _number(page) else 1,
    )


def _order(sort: str) -> Any:
    def name(row: HostRow) -> Any:
        return row.name.lower(), row.id

    return {"kind": lambda row: (row.kind, name(row)), "rules": lambda row: (-row.rules, name(row))}.get(
        sort, name
    )


def _one_of(value: str | None, known: Any) -> str:
    return value if value and value in known else ""


def _number(value: str | None) -> str:
    return value if value and value.isascii() and value.isdigit() and len(value) < 10 else ""
