"""Emergency access in one's families: the coordinator hears of it, a second pair of eyes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

# The latest of each: one use for several persons is several notices. To have read it is to have read them.
UNREAD = """
SELECT DISTINCT ON (n.family_id, n.by) n.id, n.family_id, s.name, coalesce(u.name, ''), n.at
FROM consent_notice n JOIN people_staff s ON s.id = n.by
LEFT JOIN people_teammember t ON t.family_id = n.family_id AND t.staff_id = n.by
LEFT JOIN people_unit u ON u.id = t.unit_id
WHERE n.person = %s AND n.what = 'break_glass' AND n.read_at IS NULL
ORDER BY n.family_id, n.by, n.at DESC
"""


@dataclass(frozen=True, slots=True)
class Emergency:
    """Who, when. Why is the family's to read, and to tell."""

    id: UUID
    family: UUID
    who: str
    unit: str
    at: datetime


def unread(*, me: UUID) -> list[Emergency]:
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [me])
        return [Emergency(*row) for row in cursor.fetchall()]
