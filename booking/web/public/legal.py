"""Views: what the law wants shown, filled from the house's data and from what the code stores and for how long."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from booking.bookings import access_rules, rules, walking_in
from booking.houses.legal import Body, Names
from booking.messages import wording
from booking.voices.rules import ANSWER_WITHIN
from booking.web.context import house, house_text, language
from booking.web.public.answers import cacheable
from booking.web.public.inventory_rows import inventory_rows
from booking.web.public.rows import named


@dataclass(frozen=True, slots=True)
class Office:
    """An office with its address, as legal pages show it; "" for what is not known."""

    name: str
    address: str
    phone: str
    phone_href: str
    email: str
    website: str


def imprint() -> ResponseReturnValue:
    """Who publishes these pages, and who is responsible."""
    legal = house().legal
    return _page(
        "imprint",
        publisher=_office(legal.publisher),
        represented_by=_text(legal.represented_by),
        editor=_text(legal.editor),
        supervision=_text(legal.supervision),
        vat_id=legal.vat_id,
    )


def privacy() -> ResponseReturnValue:
    """What is stored of whom, why, by which law, how long, and what rights people have (Article 13 GDPR)."""
    legal = house().legal
    return _page(
        "privacy",
        publisher=_office(legal.publisher),
        represented_by=_text(legal.represented_by),
        officer=_office(legal.officer),
        authority=_office(legal.authority),
        privacy_law=_text(legal.privacy_law),
        inventory=inventory_rows(),
        hours_unconfirmed=round(rules.KEPT_UNCONFIRMED.total_seconds() / 3600),
        days_after_visit=rules.KEPT_AFTER_VISIT.days,
        days_of_needs=access_rules.KEPT_AFTER_VISIT.days,
        days_of_numbers=walking_in.TICKETS_KEPT.days,
    )


def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    legal = house().legal
    day = legal.statement_date
    return _page(
        "accessibility",
        law=_text(legal.accessibility_law),
        known_faults=[named(one) for one in legal.known_faults],
        is_external=legal.method == "external",
        statement_day=wording.say_day(day, language()) if day else "",
        enforcement=_office(legal.enforcement),
        answer_days=ANSWER_WITHIN.days,
    )


def contact() -> ResponseReturnValue:
    """How to reach the house."""
    return _page("contact")


def _page(name: str, **words: object) -> ResponseReturnValue:
    """Draw a page with the house's own text below, and a note while nobody has checked it."""
    is_checked = house().legal.is_reviewed and not house().is_demo
    return cacheable(
        render_template(f"public/{name}.html", own=house_text(name), is_checked=is_checked, **words)
    )


def _office(body: Body) -> Office:
    return Office(
        name=_text(body.name),
        address=_text(body.address),
        phone=body.phone,
        phone_href="tel:" + "".join(character for character in body.phone if character in "+0123456789"),
        email=body.email,
        website=body.website,
    )


def _text(names: Names) -> str:
    """Return a text of the house in the language of the page, or ""."""
    return named(names)
