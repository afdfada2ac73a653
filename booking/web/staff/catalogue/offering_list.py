"""View: the offerings that somebody runs, with filters, search and how complete their texts are."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.catalogue import offering_lists, thing_lists
from booking.catalogue.completeness import COMPLETE
from booking.catalogue.offering_lists import OfferingLine
from booking.errors import N_
from booking.messages.plain import one_line
from booking.web.context import language
from booking.web.labels import KINDS
from booking.web.public.rows import named
from booking.web.staff.catalogue.offering_rows import line_row, own_programmes
from booking.web.staff.catalogue.words import LANGUAGES, STATES, choices, say_saved
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address

A_PAGE = 25
NO_PROGRAMME = "none"
SORTS = {"title": N_("title"), "state": N_("state"), "kind": N_("kind"), "missing": N_("missing texts first")}
_STATES = tuple(STATES)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything that is not known is passed over."""

    q: str = ""
    kind: str = ""
    state: str = ""
    programme: str = ""
    topic: str = ""
    missing: str = ""
    sort: str = "title"

    @property
    def is_set(self) -> bool:
        """Whether not all offerings are wanted."""
        return any(value for name, value in asdict(self).items() if name != "sort")

    def href(self, **more: Any) -> str:
        """Return the address of the list with these filters."""
        wanted = {
            name: value
            for name, value in asdict(self).items()
            if value and (name, value) != ("sort", "title")
        }
        return staff_address("offering_list", **(wanted | more))


def offering_list() -> ResponseReturnValue:
    """Show the offerings, a page at a time."""
    person, fields = acting(), _fields()
    asked = _read(request.args, fields)
    topic_id = int(asked.topic) if asked.topic else None
    lines = offering_lists.offerings(editor=person, language=language(), topic_id=topic_id)
    found = _sorted([line for line in lines if _fits(line, asked)], asked.sort)
    last = max(1, -(-len(found) // A_PAGE))
    page = min(_page(request.args.get("page", "")), last)
    return render_template(
        "staff/catalogue/offerings.html",
        saved=say_saved(request.args.get("saved")),
        rows=[line_row(line) for line in found[(page - 1) * A_PAGE : page * A_PAGE]],
        found=len(found),
        filters=asked,
        fields=fields,
        page=page,
        last=last,
        before_href=asked.href(page=page - 1) if page > 1 else "",
        next_href=asked.href(page=page + 1) if page < last else "",
        new_href=staff_address("offering_new"),
    )


def _fields() -> Mapping[str, list[tuple[str, str]]]:
    """Return what each filter offers."""
    person = acting()
    none = [(NO_PROGRAMME, _("without a programme"))] if person.programme_ids is None else []
    topics = thing_lists.topics(person.house_id)
    return {
        "kind": choices(KINDS),
        "state": choices(STATES),
        "programme": [(str(number), name) for number, name in own_programmes(person)] + none,
        "topic": [(str(one.id), named(one.names)) for one in topics],
        "missing": choices(LANGUAGES),
        "sort": choices(SORTS),
    }


def _read(args: Mapping[str, str], fields: Mapping[str, list[tuple[str, str]]]) -> Filters:
    found = {
        name: value
        for name, offered in fields.items()
        if (value := args.get(name, "")) in {key for key, _label in offered}
    }
    return Filters(q=one_line(args.get("q", ""))[:100].strip(), **found)


def _fits(line: OfferingLine, asked: Filters) -> bool:
    programme = str(line.programme_id) if line.programme_id else NO_PROGRAMME
    wanted = ((asked.kind, line.kind), (asked.state, line.state), (asked.programme, programme))
    if any(value and value != own for value, own in wanted):
        return False
    if asked.missing and _state(line, asked.missing) == COMPLETE:
        return False
    return all(word in f"{line.title} {line.key}".casefold() for word in asked.q.casefold().split())


def _state(line: OfferingLine, spoken: str) -> str:
    return next(meter.state for meter in line.meters if meter.language == spoken)


def _sorted(lines: Iterable[OfferingLine], sort: str) -> list[OfferingLine]:
    """Return the lines, which come by title, in another order."""
    keys: Mapping[str, Any] = {
        "state": lambda line: _STATES.index(line.state),
        "kind": lambda line: tuple(KINDS).index(line.kind),
        "missing": lambda line: -sum(len(meter.missing) for meter in line.meters),
    }
    return sorted(lines, key=keys[sort]) if sort in keys else list(lines)


def _page(typed: str) -> int:
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
