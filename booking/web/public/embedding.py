"""Views: a list of dates to be shown in a frame of another site, and the page that tells how."""

from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.catalogue import overview
from booking.catalogue.overview import OfferingFacts
from booking.schedule import queries
from booking.schedule.queries import Date
from booking.timekit.instants import local_date
from booking.web.calendars import absolute
from booking.web.context import address, house, language
from booking.web.labels import AUDIENCES, KINDS, audience_label, kind_label
from booking.web.public.answers import cacheable
from booking.web.public.programme_dates import known
from booking.web.public.programme_filters import Filters, filters_from
from booking.web.public.programme_search import Known, fitting
from booking.web.public.rows import date_row, named
from booking.web.roof import roof

USUAL, MOST = 6, 30
AHEAD_DAYS = 180


def embed() -> ResponseReturnValue:
    """The next dates that fit the address, for a frame: it lists, and links out; nothing is done in it."""
    facts = known()
    filters, notes = filters_from(request.args, today=local_date(roof().clock(), house().zone))
    wanted = _offering(facts)
    found = _dates(filters, facts, wanted)
    body = render_template(
        "public/embed.html",
        dates=[date_row(one) for one in found[: _number()]],
        notes=notes + _unknown_offering(wanted),
        programme_href=filters.href() if wanted is None else address("offering", key=wanted.key),
    )
    return cacheable(body, ancestors=house().ancestors)


def embed_guide() -> ResponseReturnValue:
    """How to show the list on another site, with what to copy."""
    offerings = overview.offerings(house().id, language=language())
    dated = [one for one in offerings if one.booked_by == "date"]
    return cacheable(
        render_template(
            "public/embed_guide.html",
            source=absolute(house(), "embed", spoken=language()),
            ancestors=house().ancestors,
            parameters=_parameters(dated),
            deep_links=_deep_links(dated),
            name=house().text("name", language()),
        )
    )


def _offering(facts: Known) -> OfferingFacts | None:
    wanted = request.args.get("offering")
    return next((one for one in facts.offerings.values() if one.key == wanted), None)


def _unknown_offering(wanted: OfferingFacts | None) -> tuple[str, ...]:
    is_unknown = wanted is None and bool(request.args.get("offering"))
    return (_("There is no such offering here. All are shown."),) if is_unknown else ()


def _number() -> int:
    """Return how many dates are shown: as the address asks, within bounds."""
    typed = request.args.get("number", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else USUAL
    return min(max(number, 1), MOST)


def _dates(filters: Filters, facts: Known, wanted: OfferingFacts | None) -> list[Date]:
    now = roof().clock()
    found = queries.dates(
        house().id,
        language=language(),
        now=now,
        first=now,
        last=now + timedelta(days=AHEAD_DAYS),
        offering_id=wanted.id if wanted else None,
    )
    return [one for one in fitting(found, filters, facts) if one.state != "cancelled"]


def _parameters(dated: list[OfferingFacts]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what the address of the list takes, by name, with each value and what it means."""
    topics = {key: named(names) for one in dated for key, names in one.topics.items()}
    kinds, audiences = {one.kind for one in dated}, {whom for one in dated for whom in one.audiences}
    return [
        ("kind", [(kind, kind_label(kind)) for kind in KINDS if kind in kinds]),
        ("topic", sorted(topics.items())),
        ("audience", [(whom, audience_label(whom)) for whom in AUDIENCES if whom in audiences]),
        ("offering", [(one.key, one.title) for one in dated]),
        ("number", [(f"1–{MOST}", _("how many dates are shown; %(usual)s unless told", usual=USUAL))]),
    ]


def _deep_links(dated: list[OfferingFacts]) -> list[tuple[str, str]]:
    """Return examples of addresses that preset something, each with what it does."""
    base, tours = roof().base_url(house()), [kind for kind in KINDS if kind in {one.kind for one in dated}]
    links = [(_("The programme, filtered"), base + address("programme", kind=kind)) for kind in tours[:1]]
    links += [
        (_("One offering with its dates"), base + address("offering", key=one.key)) for one in dated[:1]
    ]
    return links + [
        (_("The form of a date, for three people"), base + address("book", occurrence_id=one.id, people=3))
        for one in queries.next_bookable(
            house().id, language=language(), now=roof().clock(), people=3, most=1
        )
    ]
