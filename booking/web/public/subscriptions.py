"""View: what can be subscribed to, in a calendar or as news, and how."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.catalogue import overview
from booking.catalogue.overview import OfferingFacts
from booking.web.context import house, language
from booking.web.labels import AUDIENCES, KINDS, audience_label, kind_label
from booking.web.public.answers import cacheable
from booking.web.public.feed_filters import FeedLinks, feed_links
from booking.web.public.rows import named


@dataclass(frozen=True, slots=True)
class Group:
    """Feeds of one sort under a heading."""

    id: str
    heading: str
    feeds: list[FeedLinks]


def subscribe() -> ResponseReturnValue:
    """List the feeds of the house: of all, by kind, topic, audience and offering."""
    dated = [one for one in overview.offerings(house().id, language=language()) if one.booked_by == "date"]
    groups = [
        Group("kinds", _("By kind"), _by_kind(dated)),
        Group("topics", _("By topic"), _by_topic(dated)),
        Group("audiences", _("For whom it is"), _by_audience(dated)),
        Group("offerings", _("By offering"), [feed_links(one.title, offering=one.key) for one in dated]),
    ]
    return cacheable(
        render_template(
            "public/subscribe.html",
            everything=feed_links(house().text("name", language())),
            groups=[group for group in groups if group.feeds],
        )
    )


def _by_kind(dated: list[OfferingFacts]) -> list[FeedLinks]:
    found = {one.kind for one in dated}
    return [feed_links(kind_label(kind), kind=kind) for kind in KINDS if kind in found]


def _by_topic(dated: list[OfferingFacts]) -> list[FeedLinks]:
    topics = {key: named(names) for one in dated for key, names in one.topics.items()}
    by_name = sorted(topics.items(), key=lambda topic: topic[1].casefold())
    return [feed_links(name, topic=key) for key, name in by_name]


def _by_audience(dated: list[OfferingFacts]) -> list[FeedLinks]:
    found = {audience for one in dated for audience in one.audiences}
    return [
        feed_links(audience_label(audience), audience=audience) for audience in AUDIENCES if audience in found
    ]
