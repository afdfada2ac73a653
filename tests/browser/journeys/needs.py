"""The needs of citizens, each with the journey that shows it, or the reason why nothing shows it yet."""

from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import ROOT

FOLDER = ROOT / "docs/journeys"
PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody needs; ``test`` walks it, or ``later`` says what it waits for."""

    key: str
    title: str
    test: str = ""
    later: str = ""

    @property
    def page(self) -> Path:
        return FOLDER / f"{self.key}.md"


_WAYS = "tests/browser/journeys"
NEEDS = (
    Need(
        "01-see-what-exists",
        "See at once what exists, for whom, how long, in which language, step-free or not, and what it costs",
        f"{_WAYS}/test_finding.py::test_somebody_sees_what_exists_before_any_form",
    ),
    Need(
        "02-outside-working-hours",
        "Find a time outside working hours",
        f"{_WAYS}/test_finding.py::test_an_evening_is_found_for_a_family_with_a_wheelchair",
    ),
    Need(
        "03-times-as-a-list",
        "Read times as a list in which each entry stands alone; the calendar is a second view of the same",
        f"{_WAYS}/test_finding.py::test_times_are_a_list_first_and_a_calendar_second",
    ),
    Need(
        "04-kept-while-typing",
        "What is picked is kept while one types, with a timer that can be extended; what is typed stays",
        f"{_WAYS}/test_booking.py::test_places_are_kept_while_somebody_types",
    ),
    Need(
        "05-no-account",
        "Book without an account; each field that may stay empty says why it is asked",
        f"{_WAYS}/test_booking.py::test_a_name_an_address_and_a_number_are_enough",
    ),
    Need(
        "06-bring-others",
        "Bring others: counts, not names, and children count",
        f"{_WAYS}/test_booking.py::test_others_are_counted_and_not_named",
    ),
    Need(
        "07-access-needs",
        "Say what one needs to take part, and learn at once whether there is enough time to arrange it",
        f"{_WAYS}/test_booking.py::test_access_needs_are_answered_at_once",
    ),
    Need(
        "08-done",
        "Know that it is done: one end page, one mail, and no harm from a reload",
        f"{_WAYS}/test_booking.py::test_it_is_plain_that_it_is_done",
    ),
    Need(
        "09-the-mail",
        "Get a mail with everything in it, and a calendar entry",
        f"{_WAYS}/test_booking.py::test_the_mail_has_everything_in_it",
    ),
    Need(
        "10-links-that-last",
        "Old links go on working; a link opens a page, and only a button changes anything",
        f"{_WAYS}/test_changing.py::test_an_old_link_works_and_changes_nothing",
    ),
    Need(
        "11-move",
        "Move a booking instead of cancelling it and booking again",
        f"{_WAYS}/test_changing.py::test_a_talk_is_moved_to_another_day",
    ),
    Need(
        "12-cancel",
        "Cancel in one step until shortly before",
        f"{_WAYS}/test_changing.py::test_a_visit_is_cancelled_in_one_step",
    ),
    Need("13-waiting-list", "Wait for a full date", later="the waiting list"),
    Need("14-wish", "Leave a wish when nothing fits", later="wishes"),
    Need("15-reminder", "Be reminded, with one button for those who cannot come", later="reminders"),
    Need("16-replacements", "Get held replacements when the house cancels", later="offers and plans"),
    Need(
        "17-without-internet",
        "Come without internet: walk in and draw a number; by phone everything is possible",
        f"{_WAYS}/test_around.py::test_somebody_walks_in_and_draws_a_number",
    ),
    Need(
        "18-unseen",
        "Nobody else ever sees one's name or topic",
        f"{_WAYS}/test_around.py::test_nobody_else_sees_a_name",
    ),
    Need(
        "19-stored-data",
        "See what is stored and until when, take it along, have it deleted",
        f"{_WAYS}/test_changing.py::test_stored_data_are_seen_taken_along_and_deleted",
    ),
    Need(
        "20-no-damage",
        "Going back, a stale page and a slow phone do no damage",
        f"{_WAYS}/test_changing.py::test_going_back_and_a_stale_page_do_no_damage",
    ),
    Need(
        "21-idea",
        "Bring an idea, and learn what becomes of it",
        f"{_WAYS}/test_around.py::test_an_idea_is_brought_and_followed",
    ),
    Need(
        "22-easy-language",
        "Book, move and cancel in easy language",
        f"{_WAYS}/test_easy.py::test_the_whole_way_in_easy_language",
    ),
)


def needed(key: str) -> Need:
    """Return the need of a number such as "02"."""
    return next(one for one in NEEDS if one.key.startswith(f"{key}-"))


def index() -> str:
    """Return the first page of the book."""
    lines = [
        "# Journeys",
        "",
        "What citizens need, walked in a real browser: a picture and a sentence for each step. The pictures",
        "are taken by the tests named on each page (`make journeys`), so they show what is true now. The tests",
        "run in CI, and one fails when its journey no longer reads as it stands here.",
        "",
    ]
    for number, one in enumerate(NEEDS, 1):
        lines.append(
            f"{number}. [{one.title}]({one.page.name})"
            if one.test
            else f"{number}. {one.title}: {_not_yet(one)}"
        )
    return "\n".join(lines) + "\n"


def _not_yet(need: Need) -> str:
    return f"not built yet, it comes with {need.later}"
