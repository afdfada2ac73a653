"""Message-IDs of our mails: which row of the outbox one names, and whether it is ours."""

import re

from booking.houses.facts import House
from booking.links.tokens import keyed_hash
from booking.web.roof import roof

_MESSAGE_ID = re.compile(r"<mail-([0-9]{1,18})\.([A-Za-z0-9_-]{22})@[^>]+>")


def message_id(mail_id: int, found: House) -> str:
    """Return the Message-ID of an outbox row: the same at every try, and not to be guessed by others."""
    host = roof().base_url(found).partition("://")[2].partition(":")[0]
    return f"<mail-{mail_id}.{keyed_hash(f'mail {mail_id}', key=roof().keys[0])}@{host}>"


def mail_of_message_id(text: str) -> int | None:
    """Return the outbox row that a Message-ID of ours names, or None for anybody else's."""
    found = _MESSAGE_ID.search(text)
    if found is None:
        return None
    mail_id, mac = int(found[1]), found[2]
    return mail_id if mac in {keyed_hash(f"mail {mail_id}", key=key) for key in roof().keys} else None
