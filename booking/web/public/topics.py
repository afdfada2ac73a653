"""Views: topics and cooperations, and what can be booked on each."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.catalogue import overview
from booking.catalogue import topics as catalogue
from booking.catalogue.topics import TopicPage
from booking.messages import wording
from booking.schedule import expert_queries, topic_queries
from booking.web.context import address, house, language, render_markdown
from booking.web.pictures import PictureRow, picture_row
from booking.web.public.answers import cacheable
from booking.web.public.consultations import ConsultationRow, consultation_rows
from booking.web.public.offering_rows import OfferRow, offer_row
from booking.web.public.rows import date_rows
from booking.web.roof import roof
from booking.web.sharing import tell

MOST_DATES = 5


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A topic or a cooperation in a list."""

    key: str
    name: str
    title: str
    lead: str
    href: str
    picture: PictureRow | None


def topics() -> ResponseReturnValue:
    """The topics of the house, and the way to its cooperations."""
    pages = _pages()
    return cacheable(
        render_template(
            "public/topics.html",
            topics=cards(pages, kind="topic"),
            cooperations=cards(pages, kind="cooperation"),
        )
    )


def cooperations() -> ResponseReturnValue:
    """With whom the house works, on what, and where to meet them."""
    return cacheable(
        render_template("public/cooperations.html", cooperations=cards(_pages(), kind="cooperation"))
    )


def topic(key: str) -> ResponseReturnValue:
    """What there is to know of a topic, and what can be booked on it."""
    return _page(key, kind="topic")


def cooperation(key: str) -> ResponseReturnValue:
    """Who works with whom, on what, where to meet them, and what can be booked on it."""
    return _page(key, kind="cooperation")


def cards(pages: Sequence[TopicPage], *, kind: str) -> list[TopicCard]:
    """Return the pages of a kind as lists show them."""
    return [
        TopicCard(
            one.key,
            one.name,
            one.title,
            one.lead,
            address(kind, key=one.key),
            picture_row(one.picture) if one.picture else None,
        )
        for one in pages
        if one.kind == kind
    ]


def _page(key: str, *, kind: str) -> ResponseReturnValue:
    pages = _pages()
    page = catalogue.one_of(pages, key, kind=kind)
    dates = topic_queries.next_dates(
        page.id, house_id=house().id, language=language(), now=roof().clock(), most=MOST_DATES
    )
    others = [one for one in pages if one.key != key]
    tell(description=page.lead, feed={"topic": key})
    return cacheable(
        render_template(
            "public/topic.html",
            topic=page,
            kind=kind,
            kind_label=_("Topic") if kind == "topic" else _("Cooperation"),
            body=render_markdown(page.body),
            meet=render_markdown(page.meet) if page.meet else None,
            picture=picture_row(page.picture) if page.picture else None,
            dates=date_rows(dates),
            programme_href=address("programme", topic=page.key),
            offers=_offers(page),
            consultations=_consultations(page),
            experts=_experts(page),
            others=cards(others, kind="topic"),
            cooperations=cards(others, kind="cooperation"),
        )
    )


def _pages() -> list[TopicPage]:
    return catalogue.topics(house().id, language=language())


def _offers(page: TopicPage) -> list[OfferRow]:
    """What is given by date on the topic, also where no date can be booked at the moment."""
    offered = overview.offerings(house().id, language=language())
    return [offer_row(one) for one in offered if page.key in one.topics and one.booked_by == "date"]


def _consultations(page: TopicPage) -> list[ConsultationRow]:
    given = expert_queries.consultations(house().id, language=language())
    found = [one for one in given if page.key in one.topics]
    rows = consultation_rows(found)
    return [rows[one.id] for one in found]


def _experts(page: TopicPage) -> list[dict[str, str]]:
    found = topic_queries.experts(page.id, house_id=house().id)
    return [
        {
            "first_name": one.first_name,
            "languages": ", ".join(wording.say_language(spoken, language()) for spoken in one.languages),
            "href": address("expert", key=one.key),
        }
        for one in found
    ]
