"""View: the list of what people told the house."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.messages.plain import one_line
from booking.timekit.instants import from_epoch, to_epoch
from booking.voices import listing, states
from booking.voices.listing import DONE, WAITING, Mark, Wanted
from booking.web.labels import voice_kind_label
from booking.web.roof import roof
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address
from booking.web.staff.voices.labels import state_label
from booking.web.staff.voices.rows import voice_line

A_PAGE = 30
LONGEST_WORDS = 100
ALL = "all"
_MARK = re.compile(r"([0-9]{1,11})-([0-9]{1,10})")


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for, read from an address; without anything it is what waits for an answer."""

    show: str
    kind: str
    state: str
    words: str
    after: Mark | None

    @property
    def wanted(self) -> Wanted:
        """What the list is asked for."""
        return Wanted(self.kind, "" if self.show == ALL else self.show, self.state, self.words)

    @property
    def is_set(self) -> bool:
        """Whether anything but the progress was chosen."""
        return bool(self.kind or self.state or self.words)

    def href(self, after: Mark | None = None, *, show: str = "") -> str:
        """Return the address of the list with these filters."""
        values = {
            "show": show or self.show,
            "kind": self.kind,
            "state": "" if show else self.state,
            "q": self.words,
            "after": f"{to_epoch(after.created_at)}-{after.voice_id}" if after else "",
        }
        return staff_address("voice_list", **{name: value for name, value in values.items() if value})


def voice_list() -> ResponseReturnValue:
    """Show what waits for an answer, oldest first; or what is answered; or all."""
    asked, now, house_id = _read(request.args), roof().clock(), acting().house_id
    found = listing.page_of(house_id, asked.wanted, after=asked.after, most=A_PAGE + 1)
    shown = found[:A_PAGE]
    lost = listing.came_back(house_id, [one.id for one in shown])
    waits = listing.waiting(house_id)
    return render_template(
        "staff/voices/list.html",
        rows=[voice_line(one, now=now, came_back=one.id in lost) for one in shown],
        filters=asked,
        waits=sum(one.number for one in waits),
        tabs=[(show, label, asked.href(show=show)) for show, label in _tabs()],
        kinds=[(kind, voice_kind_label(kind)) for kind in states.KINDS],
        states=[(state, state_label(asked.kind or states.IDEA, state)) for state in states.STATES],
        next_href=asked.href(listing.mark_of(shown[-1])) if len(found) > A_PAGE else "",
        first_href=asked.href() if asked.after else "",
        all_href=staff_address("voice_list", show=ALL),
    )


def _tabs() -> list[tuple[str, str]]:
    return [(WAITING, _("To be answered")), (DONE, _("Answered or closed")), (ALL, _("All"))]


def _read(asked: Mapping[str, str]) -> Filters:
    """Return the filters of an address; what is not known there stands for anything."""
    state, kind, show = (asked.get(name, "") for name in ("state", "kind", "show"))
    mark = _MARK.fullmatch(asked.get("after", ""))
    return Filters(
        show=show if show in (WAITING, DONE, ALL) else ALL if state in states.STATES else WAITING,
        kind=kind if kind in states.KINDS else "",
        state=state if state in states.STATES else "",
        words=one_line(asked.get("q", ""))[:LONGEST_WORDS],
        after=Mark(from_epoch(int(mark[1])), int(mark[2])) if mark else None,
    )
