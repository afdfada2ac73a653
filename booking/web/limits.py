"""Basic limits of anonymous deeds: by client and by mail address, counted over attempts."""

import ipaddress
from datetime import timedelta

from flask import request

from booking.db import unit_of_work
from booking.limits import service
from booking.limits.rules import Attempt, Limit
from booking.limits.service import TooMany
from booking.links.tokens import keyed_hash
from booking.web.roof import roof

_BOOKINGS_PER_ADDRESS = Limit("book-address", attempts=20, window=timedelta(hours=1))
_BOOKINGS_PER_ADDRESS_AND_DAY = Limit("book-address-day", attempts=40, window=timedelta(days=1))
_LINKS_PER_ADDRESS = Limit("links-address", attempts=3, window=timedelta(hours=1))
_LINKS_PER_ADDRESS_AND_DAY = Limit("links-address-day", attempts=5, window=timedelta(days=1))
_LINKS_PER_CLIENT = Limit("links-client", attempts=60, window=timedelta(minutes=10))


def booking_attempt(email: str) -> None:
    """Count an attempt to book or to change an address; raises TooMany."""
    per_client = Limit("book-client", attempts=roof().client_limit, window=timedelta(minutes=10))
    _count(
        Attempt(per_client, _client()),
        Attempt(_BOOKINGS_PER_ADDRESS, _mailbox(email)),
        Attempt(_BOOKINGS_PER_ADDRESS_AND_DAY, _mailbox(email)),
    )


def links_attempt_by_client() -> None:
    """Count an attempt to ask for links; raises TooMany for a client that asks without end."""
    _count(Attempt(_LINKS_PER_CLIENT, _client()))


def links_attempt_is_allowed(email: str) -> bool:
    """Count a request for links to an address, and return whether a mail may be owed: the page must not tell."""
    attempts = [
        Attempt(_LINKS_PER_ADDRESS, _mailbox(email)),
        Attempt(_LINKS_PER_ADDRESS_AND_DAY, _mailbox(email)),
    ]
    return unit_of_work(lambda: service.count(attempts, now=roof().clock()))


def _count(*attempts: Attempt) -> None:
    if not unit_of_work(lambda: service.count(attempts, now=roof().clock())):
        raise TooMany


def _client() -> str:
    """Return a keyed hash of the client: an IPv4 address, or the /64 that one IPv6 household has."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return _hash(request.remote_addr or "unknown")
    if address.version == 6:
        return _hash(str(ipaddress.ip_network((address, 64), strict=False)))
    return _hash(str(address))


def _mailbox(email: str) -> str:
    """Return a keyed hash of the mailbox behind an address: no case, no +tag, no dots where they do not count."""
    local, _, domain = email.lower().rpartition("@")
    local = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return _hash(f"{local}@{domain}")


def _hash(text: str) -> str:
    return keyed_hash(text, key=roof().keys[0])
