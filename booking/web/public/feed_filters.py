"""Which dates a feed tells: read from its address, named for people, and addresses of feeds with their webcal twins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from flask import abort
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from booking.catalogue import overview, topics
from booking.catalogue.overview import OfferingFacts
from booking.messages import wording
from booking.schedule.feeds import FeedDate
from booking.schedule.queries import Date
from booking.timekit.instants import local_date
from booking.web.context import address, house, language
from booking.web.labels import audience_label, kind_label
from booking.web.public.programme_filters import STEP_FREE, Filters, filters_from
from booking.web.public.programme_search import Known, fitting
from booking.web.public.rows import named
from booking.web.roof import roof

TAKEN = ("kind", "topic", "audience", "language", "part", "weekday", "access", "q")
"""What feeds take of the programme's filters: what does not change because somebody books or a day goes by."""


def told_by(filters: Filters) -> dict[str, object]:
    """Return the parameters of the feed that tells what a page with these filters shows, as far as feeds can."""
    return {name: value for name, value in filters.values().items() if name in TAKEN}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a feed tells: filters, the offering if it is of one alone, and all that the house offers by id."""

    filters: Filters
    offering: OfferingFacts | None
    offerings: Mapping[int, OfferingFacts]

    def values(self) -> dict[str, object]:
        """Return the parameters of its address, in the one order that we write."""
        return self.filters.values() | ({"offering": self.offering.key} if self.offering else {})

    def of(self, dates: Sequence[FeedDate]) -> list[FeedDate]:
        """Return those of the dates that it tells, in their order."""
        wanted = [one for one in dates if self.offering is None or one.offering_id == self.offering.id]
        known = Known(self.offerings, house().zone, {})
        return cast(list[FeedDate], fitting(cast(list[Date], wanted), self.filters, known))

    def page_href(self) -> str:
        """Return the page that shows the same to people."""
        if self.offering:
            return address("offering", key=self.offering.key)
        return self.filters.href()

    def name(self) -> str:
        """Return the name of the house with what the feed tells of it."""
        return " – ".join([house().text("name", language()), *self._words()])

    def _words(self) -> list[str]:
        filters = self.filters
        words = [self.offering.title] if self.offering else []
        words += [kind_label(kind) for kind in sorted(filters.kinds)]
        words += [self.topic_name()] if filters.topic else []
        words += [_("for %(people)s", people=audience_label(filters.audience))] if filters.audience else []
        words += [wording.say_language(filters.language, language())] if filters.language else []
        words += [wording.say_weekday(day, language()) for day in sorted(filters.weekdays)]
        words += [str(_("step-free"))] if filters.access else []
        return words + ([f"“{filters.words}”"] if filters.words else [])

    def topic_name(self) -> str:
        """Return the name of its topic, or an empty string for one of which nothing is offered."""
        marked = (one.topics.get(self.filters.topic) for one in self.offerings.values())
        return next((named(names) for names in marked if names), "") or _name_of_page(self.filters.topic)


def _name_of_page(key: str) -> str:
    pages = topics.topics(house().id, language=language())
    return next((one.name for one in pages if one.key == key), "")


def chosen_from(args: MultiDict[str, str]) -> Chosen:
    """Return what an address asks for, in two statements.

    Aborts with 404 where it names what the house does not know: nobody shall find in a calendar what they did
    not ask for.  Parameters that no feed takes are passed over.
    """
    offerings = {one.id: one for one in overview.offerings(house().id, language=language())}
    taken = MultiDict((name, value) for name, value in args.items(multi=True) if name in TAKEN)
    filters, notes = filters_from(taken, today=local_date(roof().clock(), house().zone))
    chosen = Chosen(filters, _offering(args, offerings), offerings)
    if notes or filters.access - {STEP_FREE} or (filters.topic and not chosen.topic_name()):
        abort(404)
    return chosen


def _offering(args: MultiDict[str, str], offerings: Mapping[int, OfferingFacts]) -> OfferingFacts | None:
    key = args.get("offering", "")
    found = next((one for one in offerings.values() if one.key == key), None)
    if key and found is None:
        abort(404)
    return found


@dataclass(frozen=True, slots=True)
class FeedLinks:
    """One feed as people add it: to a calendar by https or webcal, or to a news reader."""

    name: str
    calendar_href: str
    webcal_href: str
    news_href: str


def feed_links(name: str, **values: object) -> FeedLinks:
    """Return the absolute addresses of the feed with these parameters."""
    base = roof().base_url(house())
    calendar = base + address_of("calendar_feed", values)
    return FeedLinks(
        name=name,
        calendar_href=calendar,
        webcal_href="webcal:" + calendar.partition(":")[2],
        news_href=base + address_of("news_feed", values),
    )


def address_of(feed: str, values: Mapping[str, object]) -> str:
    """Return the path of a feed; of its parameters, ``language`` is that of the dates."""
    return address(feed, **values)
