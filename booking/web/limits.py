"""Basic limits of anonymous deeds: by client and by mail address, counted over attempts."""

import ipaddress
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from flask import request

from booking.db import unit_of_work
from booking.errors import DomainError
from booking.limits import service
from booking.limits.rules import Attempt, Limit
from booking.limits.service import TooMany
from booking.links.tokens import keyed_hash
from booking.messages.plain import mailbox
from booking.people.staff_refusals import Throttled
from booking.web.roof import roof

_ATTEMPTS_PER_ADDRESS = Limit("book-address", attempts=60, window=timedelta(hours=1))
_MAILS_PER_ADDRESS = Limit("mails-address-day", attempts=10, window=timedelta(days=1))
_LINKS_PER_ADDRESS = Limit("links-address", attempts=3, window=timedelta(hours=1))
_LINKS_PER_ADDRESS_AND_DAY = Limit("links-address-day", attempts=5, window=timedelta(days=1))
_DRAWS = timedelta(minutes=30)
_VOICES_PER_ADDRESS = Limit("voices-address-day", attempts=5, window=timedelta(days=1))
_VOICES_OF_HOUSE = Limit("voices-house-day", attempts=100, window=timedelta(days=1))
_SIGN_INS_PER_ACCOUNT = Limit("sign-in-account", attempts=10, window=timedelta(minutes=15))
_WARNINGS_PER_ACCOUNT = Limit("sign-in-warning-day", attempts=1, window=timedelta(days=1))
_RESETS_PER_ADDRESS = Limit("reset-address", attempts=3, window=timedelta(hours=1))
_RESETS_PER_ADDRESS_AND_DAY = Limit("reset-address-day", attempts=6, window=timedelta(days=1))
_INVITATIONS_PER_ADDRESS = Limit("invite-address-day", attempts=5, window=timedelta(days=1))
_LINKS_PER_CLIENT = Limit("links-client", attempts=60, window=timedelta(minutes=10))


@contextmanager
def booking_attempt(email: str) -> Iterator[None]:
    """Count an attempt to book or to change an address around it; raises TooMany.

    What is refused sends no mail, so it does not use up the mails of an
    address: nobody can lock a stranger out by asking for full dates.
    """
    per_client = Limit("book-client", attempts=roof().client_limit, window=timedelta(minutes=10))
    mails = Attempt(_MAILS_PER_ADDRESS, _mailbox(email))
    _count(Attempt(per_client, _client()), Attempt(_ATTEMPTS_PER_ADDRESS, _mailbox(email)), mails)
    try:
        yield
    except DomainError:
        unit_of_work(lambda: service.give_back(mails, now=roof().clock()), lasting=False)
        raise


def client() -> str:
    """Return a keyed hash of whoever asks: of an IPv4 address, or of the /64 that one IPv6 household has."""
    return _client()


def draw_attempt() -> None:
    """Count an attempt to draw a number; raises TooMany for a client that draws without end."""
    _count(Attempt(Limit("draw-client", attempts=_draws(roof().client_limit), window=_DRAWS), _client()))


def _draws(client_limit: int) -> int:
    """Return how many numbers one client may draw: a tenth of its bookings, a few at least."""
    return min(client_limit, max(5, client_limit // 10))


@contextmanager
def voice_attempt(email: str) -> Iterator[None]:
    """Count an attempt to tell us something around it; raises TooMany.

    A client may send a tenth of what it may book; an address gets a handful of
    receipts a day, whoever enters it, and what is refused uses up none of them.
    """
    per_client = Limit("voices-client", attempts=_draws(roof().client_limit), window=_DRAWS)
    receipts = [Attempt(_VOICES_PER_ADDRESS, _mailbox(email))] if email else []
    _count(Attempt(per_client, _client()), *receipts)
    try:
        yield
    except DomainError:
        for one in receipts:
            unit_of_work(partial(service.give_back, one, now=roof().clock()), lasting=False)
        raise


def house_may_be_told(house_id: int) -> bool:
    """Count a mail to a house about what somebody told, and return whether it shall get one: else it has a list.

    Part of the deed that keeps it: what is refused or sent twice counts for nothing.
    """
    return service.count([Attempt(_VOICES_OF_HOUSE, str(house_id))], now=roof().clock())


def links_attempt_by_client() -> None:
    """Count an attempt to ask for links; raises TooMany for a client that asks without end."""
    _count(Attempt(_LINKS_PER_CLIENT, _client()))


def links_attempt_is_allowed(email: str) -> bool:
    """Count a request for links to an address, and return whether a mail may be owed: the page must not tell."""
    attempts = [
        Attempt(_LINKS_PER_ADDRESS, _mailbox(email)),
        Attempt(_LINKS_PER_ADDRESS_AND_DAY, _mailbox(email)),
    ]
    return unit_of_work(lambda: service.count(attempts, now=roof().clock()), lasting=False)


def sign_in_attempt(email: str, *, house_id: int, warn: Callable[[], None]) -> None:
    """Count an attempt to sign in, alike for every address; raises TooMany for a client, Throttled for an account.

    ``warn``  tells whoever has the address, part of the deed that counts; at most once a day
    """
    now = roof().clock()
    per_client = Limit("sign-in-client", attempts=roof().client_limit, window=timedelta(minutes=10))
    _count(Attempt(per_client, _client()))
    account = Attempt(_SIGN_INS_PER_ACCOUNT, _account(email, house_id))
    if unit_of_work(lambda: service.count([account], now=now), lasting=False):
        return
    warning = Attempt(_WARNINGS_PER_ACCOUNT, account.who)
    unit_of_work(lambda: warn() if service.count([warning], now=now) else None)
    left = _SIGN_INS_PER_ACCOUNT.window_end(now) - now
    raise Throttled(minutes=max(1, round(left / timedelta(minutes=1))))


def sign_in_succeeded(email: str, *, house_id: int) -> None:
    """Take back an attempt that was none: whoever knows the password is not shut out by it."""
    account = Attempt(_SIGN_INS_PER_ACCOUNT, _account(email, house_id))
    unit_of_work(lambda: service.give_back(account, now=roof().clock()), lasting=False)


def reset_attempt_is_allowed(email: str) -> bool:
    """Count a request for a new password, and return whether a mail may be owed: the page must not tell."""
    attempts = [
        Attempt(_RESETS_PER_ADDRESS, _mailbox(email)),
        Attempt(_RESETS_PER_ADDRESS_AND_DAY, _mailbox(email)),
    ]
    return unit_of_work(lambda: service.count(attempts, now=roof().clock()), lasting=False)


def invitation_attempt(email: str) -> None:
    """Count an invitation to an address; raises TooMany: a stranger's mailbox gets a handful a day."""
    _count(Attempt(_INVITATIONS_PER_ADDRESS, _mailbox(email)))


def _account(email: str, house_id: int) -> str:
    return _hash(f"{house_id} {email}")


def _count(*attempts: Attempt) -> None:
    if not unit_of_work(lambda: service.count(attempts, now=roof().clock()), lasting=False):
        raise TooMany


def _client() -> str:
    """Return a keyed hash of the client: an IPv4 address, or the /64 that one IPv6 household has."""
    told = request.remote_addr or "unknown"
    told = told.partition(":")[0] if told.count(":") == 1 else told  # some proxies add the port
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return _hash(told)
    address = getattr(address, "ipv4_mapped", None) or address
    if address.version == 6:
        return _hash(str(ipaddress.ip_network((address, 64), strict=False)))
    return _hash(str(address))


def _mailbox(email: str) -> str:
    """Return a keyed hash of the mailbox behind an address: no case, no +tag, no dots where they do not count."""
    local, _, domain = mailbox(email).lower().rpartition("@")
    local = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return _hash(f"{local}@{domain}")


def _hash(text: str) -> str:
    return keyed_hash(text, key=roof().keys[0])
