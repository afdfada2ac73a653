"""What invented people told the houses of the demo: ideas in every state, and a barrier; no mail leaves for them."""

from datetime import datetime, timedelta

from booking.db import unit_of_work
from booking.houses.facts import House
from booking.voices import queries, service
from booking.voices.service import Said
from booking.voices.states import ANSWERED, BARRIER, DECLINED, IDEA, INVITED, READ, TAKEN_UP

IDEAS = (
    (28, "citizen", "Bänke mit Sensoren, die sagen, ob sie im Schatten stehen.", INVITED),
    (24, "science", "Messwerte der Sensoren als offene Daten, jede Stunde neu.", TAKEN_UP),
    (19, "school", "Ein Spiel, in dem eine Klasse die Ampeln einer Kreuzung steuert.", ANSWERED),
    (12, "business", "Freie Ladeplätze für Lastenräder in der Leipzig App.", DECLINED),
    (6, "citizen", "Die KI soll bei jedem Formular sagen, welche Angaben fehlen.", READ),
    (1, "other", "Ein Stadtplan zum Tasten in der Eingangshalle.", ""),
)
WORDS = {
    INVITED: "Das möchten wir mit Ihnen ausprobieren. Kommen Sie in die Werkstatt oder in die Sprechstunde.",
    TAKEN_UP: "Die Daten stehen seit dieser Woche im Open-Data-Portal.",
    ANSWERED: "Danke! Wir haben die Idee an das Team der Schulangebote gegeben.",
    DECLINED: "Das gibt es schon in einer anderen App der Stadt; dort pflegen wir es weiter.",
}


def fill(house: House, *, now: datetime) -> None:
    """Tell the house some ideas, for its topics in turn, and a barrier."""
    topics = [one.key for one in unit_of_work(lambda: queries.topics(house.id))]
    for number, (days, who, words, state) in enumerate(IDEAS):
        topic = topics[number % len(topics)] if topics else ""
        said = Said(kind=IDEA, language="de", words=words, who=who, topic=topic)
        unit_of_work(lambda: _tell(said, state, house, now=now - timedelta(days=days)))  # noqa: B023 - called at once
    barrier = Said(
        kind=BARRIER, language="de", words="Die Schrift im Plan ist zu klein.", page="/de/programm"
    )
    unit_of_work(lambda: _tell(barrier, "", house, now=now - timedelta(days=3)))


def _tell(said: Said, state: str, house: House, *, now: datetime) -> None:
    once = f"demo-{house.key}-{said.words}"
    told = service.tell(said, house=house, once=once, tells_house=lambda: False, now=now)
    if state == READ:
        service.read(told.voice_id, actor="system", now=now + timedelta(hours=3))
    elif state:
        service.answer(told.voice_id, state, WORDS[state], actor="system", now=now + timedelta(hours=20))
