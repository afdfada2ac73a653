"""Views: signing in, the first page."""

from tests.browser.staff.views import StaffView, page, visit
from tests.browser.surfer import Surfer


def wrong_password(surfer: Surfer) -> None:
    visit(surfer, "sign_in")
    surfer.type(email="nobody@example.org", password="not the one")
    surfer.send(422)


VIEWS = (
    page("sign_in", ""),
    StaffView("sign_in-wrong", "", wrong_password),
    page("staff_home"),
)
