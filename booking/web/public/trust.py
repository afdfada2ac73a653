"""Views: what the house promises, how each promise is tested, and how well it is kept just now."""

import json
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from booking.errors import N_
from booking.messages import wording
from booking.reports import promises
from booking.reports.promises import FEWEST, Figures, publishable, share
from booking.web.context import address, house, language
from booking.web.public.answers import cacheable
from booking.web.roof import roof

_SECONDS = 60  # so long one process shows the same figures
_known: dict[tuple[int, int], Figures] = {}


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised, what is done for it, and the files of the tests that check it."""

    text: str
    how: str
    tests: tuple[str, ...]


PROMISES = (
    Promise(
        N_("No place is given away twice."),
        N_("The database itself refuses a booking for which there is no place, also when many book at once."),
        ("tests/races/test_last_place.py", "tests/tables/test_guard.py", "tests/deeds/test_invariants.py"),
    ),
    Promise(
        N_("Our mails arrive, or we notice."),
        N_("What we owe you is written down together with your booking, and sent until it has arrived."),
        ("tests/deeds/test_outbox.py", "tests/mail/test_smtp_faults.py", "tests/races/test_killed.py"),
    ),
    Promise(
        N_("Nobody else sees that you come."),
        N_("Only your link opens your booking. Links are long, end by themselves and stand in no log."),
        ("tests/web/test_links.py", "tests/web/test_log_lines.py", "tests/deeds/test_houses_apart.py"),
    ),
    Promise(
        N_("Nothing comes from others, and nobody follows you."),
        N_(
            "Pages load nothing from elsewhere. There is no statistics program, no advertising and no account."
        ),
        ("tests/browser/test_pages.py", "tests/web/test_headers.py", "tests/web/test_caching.py"),
    ),
    Promise(
        N_("Your data goes when we say it goes."),
        N_("A program deletes it every day. You can see it, take it with you and delete it yourself."),
        ("tests/tables/test_personal.py", "tests/web/test_own_data.py", "tests/web/test_privacy_page.py"),
    ),
    Promise(
        N_("Everybody can use it."),
        N_("Programs look at every page: with the keyboard, in light and dark, on small screens, enlarged."),
        (
            "tests/browser/test_keyboard.py",
            "tests/browser/test_legibility.py",
            "tests/web/test_easy_language.py",
        ),
    ),
    Promise(
        N_("Everything is also possible by phone."),
        N_("The number stands on every page and in every mail. You need no computer and no email address."),
        ("tests/web/test_trust.py", "tests/web/test_letters.py"),
    ),
    Promise(
        N_("Everybody may read and use the program."),
        N_("It is open source under the licence EUPL-1.2, with all its tests."),
        ("tests/house/test_supply.py",),
    ),
)


def trust() -> ResponseReturnValue:
    """What is promised, how it is tested, and the figures."""
    found = _figures()
    return cacheable(
        render_template(
            "public/trust.html",
            promises=[Promise(_(one.text), _(one.how), one.tests) for one in PROMISES],
            figures=_rows(found),
            at=wording.say_instant(found.at, house().zone, language()),
            twice=found.twice,
            data_href=address("trust_data"),
        )
    )


def trust_data() -> ResponseReturnValue:
    """The figures for machines; what is too small to be told is null."""
    found = _figures()
    counts = ("confirmed", "moved", "cancelled", "told", "answered", "erased", "owed", "sent", "undelivered")
    body = {
        "house": house().key,
        "at": found.at.isoformat(),
        "days": promises.SPAN.days,
        "places_sold_twice": found.twice,
        "oldest_owed_mail_seconds": found.oldest_owed,
        **{name: publishable(getattr(found, name)) for name in counts},
    }
    answer = cacheable(json.dumps(body, indent=2) + "\n")
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    return answer


def _figures() -> Figures:
    """Return the figures of the house; remembered for a minute in each process."""
    key, now = (id(roof()), house().id), roof().clock()
    found = _known.get(key)
    if found is None or not 0 <= (now - found.at).total_seconds() < _SECONDS:
        found = promises.figures(house().id, now=now)
        if len(_known) > 100:
            _known.clear()
        _known[key] = found
    return found


def _rows(found: Figures) -> list[tuple[str, str]]:
    days = promises.SPAN.days
    return [
        (_("Bookings confirmed in the last %(days)s days", days=days), _count(found.confirmed)),
        (_("Moved to another time, for each 100 confirmed"), _share(found.moved, found.confirmed)),
        (_("Cancelled by visitors, for each 100 confirmed"), _share(found.cancelled, found.confirmed)),
        (_("Dates with more people than places"), str(found.twice)),
        (_("Mails sent in the last %(days)s days", days=days), _count(found.sent)),
        (_("Mails that could not be delivered"), _count(found.undelivered)),
        (_("Mails that wait to be sent just now"), _waiting(found)),
        (_("Ideas and barrier reports in the last %(days)s days", days=days), _count(found.told)),
        (_("Answers to ideas and barrier reports"), _count(found.answered)),
        (_("Bookings and ideas whose data was deleted"), _count(found.erased)),
    ]


def _count(number: int) -> str:
    told = publishable(number)
    return _fewer() if told is None else str(told)


def _fewer() -> str:
    return str(_("fewer than %(num)s", num=FEWEST))


def _share(part: int, whole: int) -> str:
    percent = share(part, whole)
    return _("too few to tell") if percent is None else str(percent)


def _waiting(found: Figures) -> str:
    if found.oldest_owed is None:
        return str(_("none"))
    minutes = found.oldest_owed // 60
    oldest = ngettext("the oldest for %(num)s minute", "the oldest for %(num)s minutes", minutes)
    return f"{_count(found.owed)}, {oldest}"
