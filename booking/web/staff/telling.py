"""Before an action that mails people: how many mails leave, to whom none can, the text of one, send or not.

How a page of a deed uses it (three places):

1.  The form takes the choice as a mixin, and the view passes it on to the deed::

        class CancelForm(TellingFields, VersionedForm): ...


        deed(..., tells=form.tells(), now=now)  # False: the deed owes no mail

2.  The view, when it shows the form (GET, and again when something is to be mended or asked)::

        audience = telling_queries.of_dates([occurrence_id], house_id=acting().house_id, ends_after=now)
        told = telling(audience, acting(), lambda booking_id: telling_queries.one_mail(
            booking_id, CANCELLED_BY_HOUSE, house_id=acting().house_id, method="CANCEL", reason="…", now=now))
        form.suit_telling(told)
        return render_template(..., form=form, told=told)

    ``of_bookings``, ``of_dates`` and ``of_offering`` count in one statement; ``one_mail`` makes the mail that the
    deed would owe, with facts as they will be (``starts_at=…, former_starts_at=…`` in epoch seconds).

3.  The template, inside the form, before its button::

        {% from "staff/macros/telling.html" import telling with context %}
        {{ telling(told, form) }}

Nothing is written.  The links in the text that is shown open nothing.  Who sees first names alone (guide, expert)
sees no whole name and no phone number in the text either.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from booking.bookings.delivering import Renderer
from booking.bookings.telling_queries import NO_LINK, Audience
from booking.messages.facts import BookingFacts, StaffFacts, VoiceFacts, read
from booking.messages.outbox import Leased, Owed
from booking.people.permissions import Acting
from booking.web.roof import roof
from booking.web.variants import LABELS, locale_of

SEND, KEEP_QUIET = "send", "not"
_YES, _NO = _l("Yes, send them"), _l("No, send nothing: I tell people myself")
_CHOOSE = _l("Choose whether the mails are sent.")


@dataclass(frozen=True, slots=True)
class Sample:
    """One of the mails as it would leave; ``code`` is the tag of its language for HTML."""

    subject: str
    text: str
    language: str
    code: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What a page says before an action that mails people; without mails there is no sample."""

    mails: int
    nobody: int
    came_back: int
    sample: Sample | None


class TellingFields(Form):
    """Mixin of forms: send the mails, or not; left out where no mail would leave."""

    tell = RadioField(
        _l("Send these mails?"),
        choices=[
            SelectChoice(SEND, _YES),  # type: ignore[arg-type]  # a lazy text
            SelectChoice(KEEP_QUIET, _NO),  # type: ignore[arg-type]  # as above
        ],
        default=SEND,
        validators=[AnyOf((SEND, KEEP_QUIET), message=_CHOOSE)],
        validate_choice=False,
    )

    def suit_telling(self, told: Telling) -> None:
        """Leave the choice out where no mail would leave; call it before the form is validated, too."""
        if not told.mails and "tell" in self:
            del self["tell"]

    def tells(self) -> bool:
        """Return whether the mails shall be sent."""
        return "tell" not in self or self["tell"].data == SEND


def telling(audience: Audience, acting: Acting, mail: Callable[[int], Owed]) -> Telling:
    """Return what the page says of an action.

    ``mail``  makes the mail to the booking that serves as the example; only called where a mail leaves
    """
    sample = None if audience.sample_id is None else sample_of(mail(audience.sample_id), acting)
    return Telling(audience.mails, audience.nobody, audience.came_back, sample)


def telling_one(owed: Owed | None, acting: Acting, *, came_back: bool = False) -> Telling:
    """Return what the page says of an action about one booking; None: it has no address."""
    if owed is None or not owed.recipient:
        return Telling(0, 1, 0, None)
    return Telling(1, 0, int(came_back), sample_of(owed, acting))


def sample_of(owed: Owed, acting: Acting) -> Sample:
    """Return a mail as the worker would write it now; it is written nowhere, and its links open nothing."""
    told = [_shown(one, acting) for one in read(owed.kind, owed.facts)]
    renderer: Renderer = current_app.extensions["booking_letters"]
    letter = renderer.letter(_unsent(owed), told)  # type: ignore[arg-type]  # of one kind, as they were read
    return Sample(letter.subject, letter.text, LABELS[owed.language], locale_of(owed.language))


def _shown(
    facts: BookingFacts | VoiceFacts | StaffFacts, acting: Acting
) -> BookingFacts | VoiceFacts | StaffFacts:
    """Return facts whose link opens nothing, with no more of a person than this one may know."""
    if not isinstance(facts, BookingFacts):
        return replace(facts, link_id=NO_LINK if facts.link_id else "")
    shown = replace(facts, link_id=NO_LINK if facts.link_id else "")
    if acting.may("bookings.change"):
        return shown
    return replace(shown, name=facts.name.partition(" ")[0], phone="")


def _unsent(owed: Owed) -> Leased:
    return Leased(
        id=0,
        lease="",
        house_id=owed.house_id,
        thread=owed.thread,
        kind=owed.kind,
        method=owed.method,
        language=owed.language,
        recipient=owed.recipient,
        facts=owed.facts,
        request_id="",
        tries=0,
        created_at=roof().clock(),
        replies_to=None,
    )
