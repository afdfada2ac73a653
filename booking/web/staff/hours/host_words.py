"""What kinds of hosts are called, and the languages they may speak."""

from flask_babel import gettext as _

from booking.errors import N_
from booking.messages import wording
from booking.messages.wording import LANGUAGES
from booking.web.context import language

KINDS = {"expert": N_("Expert"), "guide": N_("Guide"), "interpreter": N_("Interpreter")}


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds with what they are called."""
    return [(key, _(words)) for key, words in KINDS.items()]


def language_choices() -> list[tuple[str, str]]:
    """Return the languages with what they are called."""
    return [(code, wording.say_language(code, language())) for code in LANGUAGES]
