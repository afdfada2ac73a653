"""What must always be true of the data, each as a query that returns what breaks it."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from booking.schedule.guard import missing_guards

_OVERBOOKED = """
    SELECT DISTINCT 'resource ' || peak.id || ' holds more than its capacity from ' || peak.instant
      FROM (SELECT r.id, r.capacity,
                   CASE WHEN a.starts_at > r.capacity_since THEN a.starts_at ELSE r.capacity_since END AS instant
              FROM allocation a JOIN resource r ON r.id = a.resource_id WHERE a.ends_at > r.capacity_since) AS peak
     WHERE (SELECT sum(b.quantity) FROM allocation b
             WHERE b.resource_id = peak.id
               AND b.starts_at <= peak.instant AND b.ends_at > peak.instant) > peak.capacity"""

_TAKING = "('confirmed', 'declined_in_calendar')"
_STOOD = "('confirmed', 'declined_in_calendar', 'attended', 'no_show')"
_PEOPLE = "(SELECT coalesce(sum(p.people), 0) FROM party_count p WHERE p.booking_id = b.id)"
_SEATS = """(SELECT coalesce(sum(a.quantity), 0) FROM allocation a JOIN resource r ON r.id = a.resource_id
              WHERE a.claim_id = b.claim_id AND r.occurrence_id = b.occurrence_id)"""

INVARIANTS: Mapping[str, str] = {
    "no resource is overbooked": _OVERBOOKED,
    "a confirmed booking holds exactly its seats": f"""
        SELECT 'booking ' || b.id || ' brings ' || {_PEOPLE} || ' people and holds ' || {_SEATS} || ' seats'
          FROM booking b WHERE b.state IN {_TAKING} AND {_PEOPLE} <> {_SEATS}""",
    "a cancelled booking holds nothing": """
        SELECT 'booking ' || b.id || ' is ' || b.state || ' and still has a claim'
          FROM booking b WHERE b.state IN ('cancelled_by_visitor', 'cancelled_by_house') AND b.claim_id IS NOT NULL""",
    "a confirmed booking brings somebody": f"""
        SELECT 'booking ' || b.id || ' brings nobody' FROM booking b WHERE b.state IN {_TAKING} AND {_PEOPLE} = 0""",
    "a booking is at the time of its occurrence": f"""
        SELECT 'booking ' || b.id || ' has other times than occurrence ' || o.id
          FROM booking b JOIN occurrence o ON o.id = b.occurrence_id
         WHERE b.state IN {_TAKING} AND (b.starts_at <> o.starts_at OR b.ends_at <> o.ends_at)""",
    "a booking and its occurrence belong to one house": """
        SELECT 'booking ' || b.id || ' belongs to another house than its occurrence'
          FROM booking b JOIN occurrence o ON o.id = b.occurrence_id WHERE b.house_id <> o.house_id""",
    "a confirmed booking has its confirmation in the outbox": f"""
        SELECT 'booking ' || b.id || ' has no confirmation in the outbox' FROM booking b
         WHERE b.state IN {_TAKING} AND b.email <> '' AND b.channel = 'online'
           AND NOT EXISTS (SELECT 1 FROM outgoing_mail m
                            WHERE m.thread = 'booking:' || b.id AND m.kind = 'confirmation')""",
    "a cancelled date has no confirmed booking": f"""
        SELECT 'booking ' || b.id || ' is confirmed for the cancelled occurrence ' || o.id
          FROM booking b JOIN occurrence o ON o.id = b.occurrence_id
         WHERE o.state = 'cancelled' AND b.state IN {_TAKING}""",
    "a slot that somebody comes to takes its hosts for good": f"""
        SELECT 'booking ' || b.id || ' comes to slot ' || o.id || ', which does not hold its hosts'
          FROM booking b JOIN occurrence o ON o.id = b.occurrence_id JOIN claim c ON c.id = o.claim_id
         WHERE o.is_slot AND b.state IN {_TAKING}
           AND (c.expires_at IS NOT NULL OR (SELECT count(*) FROM allocation a JOIN resource r ON r.id = a.resource_id
                 WHERE a.claim_id = o.claim_id AND r.host_id IS NOT NULL)
                <> (SELECT count(*) FROM occurrence_host h WHERE h.occurrence_id = o.id))""",
    "a slot that nobody comes to takes nothing for good": """
        SELECT 'slot ' || o.id || ' takes hosts or rooms, and nobody comes' FROM occurrence o
          JOIN claim c ON c.id = o.claim_id
         WHERE o.is_slot AND c.expires_at IS NULL
           AND EXISTS (SELECT 1 FROM allocation a WHERE a.claim_id = o.claim_id)
           AND NOT EXISTS (SELECT 1 FROM allocation a JOIN resource r ON r.id = a.resource_id
                            WHERE r.occurrence_id = o.id)""",
    "a claim without an end belongs to somebody or holds something": """
        SELECT 'claim ' || c.id || ' never ends, holds nothing and is nobody''s' FROM claim c
         WHERE c.expires_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.claim_id = c.id)
           AND NOT EXISTS (SELECT 1 FROM occurrence o WHERE o.claim_id = c.id)
           AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.claim_id = c.id)
           AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.claim_id = c.id)
           AND NOT EXISTS (SELECT 1 FROM held_back k WHERE k.claim_id = c.id)
           AND NOT EXISTS (SELECT 1 FROM access_need n WHERE n.claim_id = c.id)""",
    "a booking that waits for its address has a claim that ends": """
        SELECT 'booking ' || b.id || ' waits for its address and holds its seats for ever'
          FROM booking b JOIN claim c ON c.id = b.claim_id
         WHERE b.state = 'to_be_confirmed' AND c.expires_at IS NULL""",
    "what somebody needs is taken for a booking that stands": f"""
        SELECT 'need ' || n.id || ' of booking ' || b.id || ', which is ' || b.state || ', still takes something'
          FROM access_need n JOIN booking b ON b.id = n.booking_id
         WHERE n.claim_id IS NOT NULL AND b.state NOT IN {_STOOD}""",
    "what was taken for a need is there": """
        SELECT 'need ' || n.id || ' has a claim that holds nothing' FROM access_need n
         WHERE n.claim_id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.claim_id = n.claim_id)""",
    "who came is counted of a booking that was attended": """
        SELECT DISTINCT 'booking ' || b.id || ' is ' || b.state || ', and somebody came with it' FROM attendance a
          JOIN booking b ON b.id = a.booking_id WHERE b.state <> 'attended'""",
    "somebody came with a booking that was attended": """
        SELECT 'booking ' || b.id || ' was attended by nobody' FROM booking b WHERE b.state = 'attended'
           AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.booking_id = b.id)""",
    "places that are held back are taken on their date": """
        SELECT 'occurrence ' || k.occurrence_id || ' holds back ' || k.places || ' places and takes others'
          FROM held_back k JOIN claim c ON c.id = k.claim_id
         WHERE c.expires_at IS NULL AND k.places <> (SELECT coalesce(sum(a.quantity), 0) FROM allocation a
                 JOIN resource r ON r.id = a.resource_id
                WHERE a.claim_id = k.claim_id AND r.occurrence_id = k.occurrence_id)""",
    "an occurrence's seats are its capacity": """
        SELECT 'occurrence ' || o.id || ' publishes ' || o.seats || ' seats and has a capacity of ' || r.capacity
          FROM occurrence o JOIN resource r ON r.occurrence_id = o.id WHERE r.capacity <> o.seats""",
    "every occurrence has its seats": """
        SELECT 'occurrence ' || o.id || ' has no seats to book' FROM occurrence o
         WHERE NOT EXISTS (SELECT 1 FROM resource r WHERE r.occurrence_id = o.id)""",
    "a manage link opens a booking": """
        SELECT 'link of booking ' || l.subject_id || ' opens nothing' FROM link l
         WHERE l.purpose = 'manage' AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.id = l.subject_id)""",
    "an erased booking holds nothing personal": """
        SELECT 'booking ' || b.id || ' is erased and still says something' FROM booking b
         WHERE b.erased_at IS NOT NULL AND (b.name <> '' OR b.email <> '' OR b.phone <> '' OR b.note <> '')""",
}


def broken(connection: Connection) -> list[str]:
    """Return a line for each guard that is missing and each row that breaks an invariant."""
    lines = [f"the guard {name} is missing" for name in missing_guards(connection)]
    for name, query in INVARIANTS.items():
        lines += [f"{name}: {row[0]}" for row in connection.execute(text(query))]
    return lines
