"""Instants as people type them after an option."""

from datetime import UTC, datetime

import click


def instant(text: str) -> datetime:
    """Return the instant of an ISO date or date and time; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as fault:
        raise click.BadParameter(
            f"{text!r} is not a date such as 2027-01-12 or 2027-01-12T14:00+01:00"
        ) from fault
    return found if found.tzinfo else found.replace(tzinfo=UTC)
