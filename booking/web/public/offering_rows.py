"""What lists show of offerings: for whom, how long, in which languages, what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.catalogue.overview import OfferingFacts
from booking.messages import wording
from booking.schedule.queries import Date
from booking.web.context import address, language
from booking.web.labels import age_label, audiences_label, kind_label, medium_label
from booking.web.public.rows import date_row
from booking.web.public.slot_rows import TimeRow


@dataclass(frozen=True, slots=True)
class NextRow:
    """What can be booked next: ``after`` goes on for those who hear the link alone."""

    label: str
    when: str
    after: str
    href: str


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offering in a list; ``next`` is None where nothing can be booked online at the moment."""

    key: str
    title: str
    summary: str
    kind_label: str
    facts: tuple[str, ...]
    href: str
    next: NextRow | None
    all_label: str
    all_href: str


def offer_row(
    one: OfferingFacts,
    *,
    next_date: Date | None = None,
    next_time: TimeRow | None = None,
    languages: Iterable[str] = (),
) -> OfferRow:
    """Return an offering as lists show it."""
    is_by_slot = one.booked_by == "slot"
    return OfferRow(
        key=one.key,
        title=one.title,
        summary=one.summary,
        kind_label=kind_label(one.kind),
        facts=tuple(str(fact) for fact in _facts(one, languages) if fact),
        href=address("offering", key=one.key),
        next=_next_date(next_date) or _next_time(next_time),
        all_label=_("Choose a time") if is_by_slot else _("See all dates"),
        all_href=address("times", key=one.key) if is_by_slot else address("offering", key=one.key) + "#dates",
    )


def _next_date(found: Date | None) -> NextRow | None:
    if found is None:
        return None
    row = date_row(found)
    return NextRow(_("Next date:"), row.when, f", {row.title}, {row.places_label}", row.href)


def _next_time(found: TimeRow | None) -> NextRow | None:
    return NextRow(_("Next free time:"), found.when, found.after, found.href) if found else None


def _facts(one: OfferingFacts, languages: Iterable[str]) -> Sequence[str]:
    audiences = audiences_label(one.audiences)
    spoken = [known for known in wording.LANGUAGES if known in set(languages)]
    return (
        ngettext("%(num)s minute", "%(num)s minutes", one.minutes),
        _("for %(people)s", people=audiences) if audiences else "",
        age_label(one.age_min),
        _grades(one),
        _(" or ").join(medium_label(medium) for medium in one.media) if one.media != ("on_site",) else "",
        ", ".join(wording.say_language(known, language()) for known in spoken),
        _("step-free") if one.is_step_free and "on_site" in one.media else "",
        _("free of charge"),
    )


def _grades(one: OfferingFacts) -> str:
    if one.grade_first is None or one.grade_last is None:
        return ""
    return str(_("grades %(first)s to %(last)s", first=one.grade_first, last=one.grade_last))
