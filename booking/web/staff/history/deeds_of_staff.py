"""What staff do with accounts and messages, in words."""

from collections.abc import Mapping

from booking.errors import N_

DEEDS: Mapping[str, str] = {}
"""Deeds of the journal, each with its sentence; who did it is filled in."""
