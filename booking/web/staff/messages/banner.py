"""Above every staff page while mail does not leave."""

from booking.messages import queries
from booking.messages.queries import Trouble
from booking.web.roof import roof
from booking.web.staff.doors import signed_in


def mail_trouble() -> Trouble | None:
    """Return what is wrong with the mail of the house, for whoever is signed in; one small statement."""
    person = signed_in()
    if person is None:
        return None
    return queries.trouble(house_id=person.house_id, now=roof().clock())
