"""A form that is sent: checked, done in one unit of work, or shown again with what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request

from booking.db import unit_of_work
from booking.errors import DomainError, NotFound, Stale
from booking.web.errors import say
from booking.web.public.forms import TokenForm
from booking.web.staff.conflicts import Difference, conflict
from booking.web.staff.forms import VersionedForm


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of a form: ``is_done`` with its ``result``, or a status and what to tell beside the form."""

    is_done: bool = False
    result: Any = None
    status: int = 200
    errors: list[str] = field(default_factory=list)
    differences: tuple[Difference, ...] = ()
    is_conflict: bool = False
    refusal: DomainError | None = None

    @property
    def shown(self) -> dict[str, Any]:
        """What templates know of it."""
        return {
            "form_errors": self.errors,
            "differences": self.differences,
            "is_conflict": self.is_conflict,
        }


def attempt(
    form: TokenForm,
    deed: Callable[[], Any],
    *,
    stored: Callable[[], Mapping[str, object]] | None = None,
    at: Mapping[type[DomainError], str] | None = None,
) -> Attempt:
    """Do the deed of a form that was sent and is fit; a form that was not sent is shown.

    ``stored``  what is stored now, by the name of the field, with "version": for two who edit the same thing
    ``at``      the field at which a refusal stands
    """
    if request.method != "POST":
        return Attempt()
    if not form.validate():
        is_stale = form.is_stale()
        return Attempt(status=400 if is_stale else 422, errors=form.forgive_token() if is_stale else [])
    try:
        return Attempt(is_done=True, result=unit_of_work(deed))
    except NotFound:
        raise
    except Stale as refusal:
        return _conflict(form, refusal, stored)
    except DomainError as refusal:
        name = (at or {}).get(type(refusal))
        if name is None:
            return Attempt(status=int(refusal.status), errors=[say(refusal)], refusal=refusal)
        form[name].errors = [say(refusal)]
        return Attempt(status=422, refusal=refusal)


def _conflict(form: TokenForm, refusal: Stale, stored: Callable[[], Mapping[str, object]] | None) -> Attempt:
    if stored is None or not isinstance(form, VersionedForm):
        return Attempt(status=int(refusal.status), errors=[say(refusal)], refusal=refusal)
    return Attempt(status=409, differences=conflict(form, stored()), is_conflict=True, refusal=refusal)
