"""Views: all offerings by kind, and the page of one."""

from dataclasses import dataclass
from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from booking.catalogue import overview
from booking.catalogue import queries as catalogue
from booking.schedule import expert_queries, next_dates, queries
from booking.schedule.queries import Date
from booking.web.context import address, house, language
from booking.web.labels import KINDS
from booking.web.linked_data import dates_listed, service
from booking.web.public.answers import cacheable
from booking.web.public.next_times import next_times, times_to_choose
from booking.web.public.offering_rows import OfferRow, offer_row
from booking.web.public.programme_labels import kind_plural
from booking.web.public.rows import date_row, offering_row
from booking.web.roof import roof
from booking.web.sharing import tell

OFFERING_DAYS = 60


@dataclass(frozen=True, slots=True)
class KindRow:
    """The offerings of one kind."""

    key: str
    label: str
    offers: list[OfferRow]


def offerings() -> ResponseReturnValue:
    """Everything that the house offers, by kind: for whom, how long, in which languages, and what comes next."""
    offers = offer_rows()
    kinds = [
        KindRow(kind, kind_plural(kind), [row for one, row in offers if one.kind == kind]) for kind in KINDS
    ]
    return cacheable(render_template("public/offerings.html", kinds=[kind for kind in kinds if kind.offers]))


def offering(key: str) -> ResponseReturnValue:
    """One offering with its next dates, or the next free times of a consultation."""
    page = catalogue.offering(key, house_id=house().id, language=language())
    is_by_date = page.booked_by == "date"
    dates = _next_dates(page.id) if is_by_date else []
    linked = dates_listed(dates) if is_by_date else service(page)
    tell(description=page.summary, feed={"offering": key} if is_by_date else None, linked=[linked])
    return cacheable(
        render_template(
            "public/offering.html",
            offering=offering_row(page),
            dates=[date_row(one) for one in dates],
            choice=None if is_by_date else times_to_choose(key),
            queue_href=address("queue", key=page.key) if page.is_walk_in else None,
        )
    )


def offer_rows() -> list[tuple[overview.OfferingFacts, OfferRow]]:
    """Return every offering of the house as lists show it, with what comes next of it."""
    now, spoken, house_id = roof().clock(), language(), house().id
    dates = next_dates.next_of_each(house_id, language=spoken, now=now)
    languages: dict[int, list[str]] = next_dates.languages_of_each(house_id, now=now)
    consultations = expert_queries.consultations(house_id, language=spoken)
    times = next_times(consultations)
    languages |= {one.id: list(one.languages) for one in consultations}
    return [
        (
            one,
            offer_row(
                one,
                next_date=dates.get(one.id),
                next_time=next(iter(times.get(one.id, [])), None),
                languages=languages.get(one.id, []),
            ),
        )
        for one in overview.offerings(house_id, language=spoken)
    ]


def _next_dates(offering_id: int) -> list[Date]:
    now, spoken, last = roof().clock(), language(), timedelta(days=OFFERING_DAYS)
    return queries.dates(
        house().id, language=spoken, now=now, first=now, last=now + last, offering_id=offering_id
    )
