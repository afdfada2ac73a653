"""The catalogue, edited by staff: offerings, programmes, topics, rooms, equipment, repairs."""

from booking.web.staff.catalogue import (
    offering_list,
    offering_needs,
    offering_steps,
    offering_texts,
    offerings,
    programmes,
    repairs,
    things,
    topic_entries,
    topics,
)
from booking.web.staff.pages import Address

_MOST = 2147483647
_OFFERING = f"<int(max={_MOST}):offering_id>"
_NEED = f"<int(max={_MOST}):need_id>"
_PLACE = f"<int(max={_MOST}):place_id>"
_POOL = f"<int(max={_MOST}):pool_id>"
_REPAIR = f"<int(max={_MOST}):repair_id>"
_TOPIC = f"<int(max={_MOST}):topic_id>"
_PROGRAMME = f"<int(max={_MOST}):programme_id>"
_OF = "<any(de, en, ls):of>"
_NUMBER = "<int(max=999):number>"
_EDIT, _THINGS = "programme.edit", "things.edit"
_AT, _ON = f"/angebote/{_OFFERING}", f"/offerings/{_OFFERING}"

ADDRESSES: tuple[Address, ...] = (
    Address(offering_list.offering_list, "/angebote", "/offerings", _EDIT),
    Address(offerings.offering_new, "/angebote/neu", "/offerings/new", _EDIT, takes_form=True),
    Address(offerings.offering_page, _AT, _ON, _EDIT),
    Address(offerings.offering_facts, f"{_AT}/angaben", f"{_ON}/facts", _EDIT, takes_form=True),
    Address(offerings.offering_policy, f"{_AT}/buchung", f"{_ON}/booking", _EDIT, takes_form=True),
    Address(offering_needs.offering_needs, f"{_AT}/bedarf", f"{_ON}/needs", _EDIT),
    Address(
        offering_needs.offering_need_new,
        f"{_AT}/bedarf/neu/<any(host, room, pool):kind>",
        f"{_ON}/needs/new/<any(host, room, pool):kind>",
        _EDIT,
        takes_form=True,
    ),
    Address(
        offering_needs.offering_need, f"{_AT}/bedarf/{_NEED}", f"{_ON}/needs/{_NEED}", _EDIT, takes_form=True
    ),
    Address(
        offering_needs.offering_need_drop,
        f"{_AT}/bedarf/{_NEED}/entfernen",
        f"{_ON}/needs/{_NEED}/remove",
        _EDIT,
        takes_form=True,
    ),
    Address(offering_texts.offering_text, f"{_AT}/texte/{_OF}", f"{_ON}/texts/{_OF}", _EDIT, takes_form=True),
    Address(offering_texts.offering_preview, f"{_AT}/vorschau/{_OF}", f"{_ON}/preview/{_OF}", _EDIT),
    Address(
        offering_steps.offering_publish,
        f"{_AT}/veroeffentlichen",
        f"{_ON}/publish",
        _EDIT,
        takes_form=True,
    ),
    Address(offering_steps.offering_archive, f"{_AT}/archivieren", f"{_ON}/archive", _EDIT, takes_form=True),
    Address(offering_steps.offering_copy, f"{_AT}/kopieren", f"{_ON}/copy", _EDIT, takes_form=True),
    Address(things.thing_list, "/raeume-und-geraete", "/rooms-and-equipment", _THINGS),
    Address(
        things.place_new,
        "/orte/neu/<any(room, meeting_point):kind>",
        "/places/new/<any(room, meeting_point):kind>",
        _THINGS,
        takes_form=True,
    ),
    Address(things.place_page, f"/orte/{_PLACE}", f"/places/{_PLACE}", _THINGS, takes_form=True),
    Address(things.pool_new, "/geraete/neu", "/equipment/new", _THINGS, takes_form=True),
    Address(things.pool_page, f"/geraete/{_POOL}", f"/equipment/{_POOL}", _THINGS, takes_form=True),
    Address(repairs.repair_list, "/reparaturen", "/repairs", _THINGS),
    Address(
        repairs.repair_new,
        f"/geraete/{_POOL}/reparatur",
        f"/equipment/{_POOL}/repair",
        _THINGS,
        takes_form=True,
    ),
    Address(
        repairs.repair_end,
        f"/reparaturen/{_REPAIR}/beenden",
        f"/repairs/{_REPAIR}/end",
        _THINGS,
        takes_form=True,
    ),
    Address(topics.topic_list, "/themen", "/topics", _THINGS),
    Address(topics.topic_new, "/themen/neu", "/topics/new", _THINGS, takes_form=True),
    Address(topics.topic_page, f"/themen/{_TOPIC}", f"/topics/{_TOPIC}", _THINGS, takes_form=True),
    Address(
        topics.topic_text,
        f"/themen/{_TOPIC}/texte/{_OF}",
        f"/topics/{_TOPIC}/texts/{_OF}",
        _THINGS,
        takes_form=True,
    ),
    Address(
        topic_entries.topic_partner,
        f"/themen/{_TOPIC}/partner/{_NUMBER}",
        f"/topics/{_TOPIC}/partners/{_NUMBER}",
        _THINGS,
        takes_form=True,
    ),
    Address(
        topic_entries.topic_link,
        f"/themen/{_TOPIC}/links/{_NUMBER}",
        f"/topics/{_TOPIC}/links/{_NUMBER}",
        _THINGS,
        takes_form=True,
    ),
    Address(
        topics.topic_delete,
        f"/themen/{_TOPIC}/loeschen",
        f"/topics/{_TOPIC}/delete",
        _THINGS,
        takes_form=True,
    ),
    Address(programmes.programme_list, "/programme", "/programmes", _THINGS),
    Address(programmes.programme_new, "/programme/neu", "/programmes/new", _THINGS, takes_form=True),
    Address(
        programmes.programme_page,
        f"/programme/{_PROGRAMME}",
        f"/programmes/{_PROGRAMME}",
        _THINGS,
        takes_form=True,
    ),
    Address(
        programmes.programme_delete,
        f"/programme/{_PROGRAMME}/loeschen",
        f"/programmes/{_PROGRAMME}/delete",
        _THINGS,
        takes_form=True,
    ),
)
