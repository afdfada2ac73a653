"""Feeds for tests: a tour, a cancelled one, one in the doubled hour of autumn, and what stands above them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element, fromstring

from booking.messages.feeds import Feed, FeedEntry
from booking.messages.news import News, NewsEntry

PUBLISHED = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
FEED = Feed(
    name="Digitallabor – Führung",
    description="Termine zum Abonnieren.",
    language="de",
    zone="Europe/Berlin",
    colour="#1d4e89",
    url="https://labor.example/de/programm?kind=tour",
    source="https://labor.example/de/programm.ics?kind=tour",
)
TOUR = FeedEntry(
    uid="5d70bdf5-9442-59b2-8408-3ff3d4a71c6e",
    sequence=0,
    stamp=PUBLISHED,
    created_at=PUBLISHED,
    is_cancelled=False,
    starts_at=datetime(2026, 10, 22, 14, 0, tzinfo=UTC),
    ends_at=datetime(2026, 10, 22, 15, 30, tzinfo=UTC),
    zone="Europe/Berlin",
    online=False,
    language="de",
    summary="Digitallabor: Führung",
    description="Das Lab in 60 Minuten; für alle, die fragen.\n\nKostenlos.",
    location="Foyer, Beispielstraße 1, 04109 Leipzig",
    url="https://labor.example/de/termine/1",
    contact="0341 123456, post@labor.example",
    latitude=51.3406,
    longitude=12.3747,
    categories=("Führung",),
)
OFF = replace(
    TOUR,
    uid="0d1f7b1e-51cf-5b0a-9a59-1f0c8b7d1b55",
    sequence=1,
    stamp=PUBLISHED + timedelta(days=9),
    is_cancelled=True,
    summary="Abgesagt: Führung",
    url="https://labor.example/de/termine/2",
)
DOUBLED = replace(
    TOUR,
    uid="6c2f7b1e-51cf-5b0a-9a59-1f0c8b7d1b56",
    starts_at=datetime(2026, 10, 25, 0, tzinfo=UTC),
    ends_at=datetime(2026, 10, 25, 3, tzinfo=UTC),
    url="https://labor.example/de/termine/3",
)
NEWS = News(
    id="tag:labor.example,2026:de/programm.atom",
    title="Digitallabor",
    subtitle="Neue und abgesagte Termine.",
    author="Digitallabor",
    author_url="https://labor.example/de/",
    language="de",
    url="https://labor.example/de/programm",
    source="https://labor.example/de/programm.atom",
    icon="https://labor.example/static/favicon.svg",
    since=PUBLISHED,
)
PIECE = NewsEntry(
    id="tag:labor.example,2026:dates/1",
    title="Führung, Donnerstag, 22. Oktober 2026, 16:00–17:30 Uhr",
    summary="Foyer, Beispielstraße 1\nFragen & Antworten <für alle>",
    url="https://labor.example/de/termine/1",
    categories=("Führung",),
    published_at=PUBLISHED,
    updated_at=PUBLISHED + timedelta(days=9),
)


def tree_of(document: bytes) -> Element:
    """Return the tree of a document that we wrote ourselves; raises ParseError unless it is well-formed."""
    return fromstring(document)  # noqa: S314 - it is ours
