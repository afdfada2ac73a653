"""The banner on every staff page while mail does not leave."""

from tests.builders import an_occurrence, an_offering, house_id
from tests.deeds.post import Carrier, deliver
from tests.web.staff.test_outbox import LIST, booked
from tests.web.ways import statements

HOME = "/de/intern/"


def test_staff_are_told_on_every_page_while_mail_does_not_leave(staff, clock):
    desk, dana = staff("desk"), staff("coordinator")
    booked(clock)
    assert 'class="mail-banner"' not in dana.client.get(HOME).get_data(as_text=True)

    clock.forward(minutes=15)

    assert "15" in dana.get(HOME).text
    assert LIST in str(dana.get(HOME).links())
    assert 'class="mail-banner"' in desk.client.get(HOME).get_data(as_text=True)
    assert LIST not in str(desk.get(HOME).links())
    deliver(Carrier(), clock)
    assert 'class="mail-banner"' not in dana.client.get(HOME).get_data(as_text=True)


def test_the_banner_is_for_the_house_whose_mail_it_is(staff, clock):
    library = house_id("library")
    theirs = an_occurrence(clock, house_id=library, offering_id=an_offering(house_id=library))
    booked(clock, occurrence_id=theirs, house_id=library)
    clock.forward(hours=1)

    assert 'class="mail-banner"' not in staff("coordinator").client.get(HOME).get_data(as_text=True)


def test_the_banner_costs_one_statement(staff, clock):
    dana, page = staff("coordinator"), "/de/intern/mailtexte"
    dana.get(page)
    with statements() as seen:
        dana.get(page)

    assert len([one for one in seen if "outgoing_mail" in one]) == 1
