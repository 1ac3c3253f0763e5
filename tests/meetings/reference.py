"""The rules of the table, said a second time: from facts read past row security and the model's own keys."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from tests.histories.errands import Errands
from tests.histories.loader import world_of
from tests.histories.model import Drawer, Moment

TABLES = ("meetings_meeting", "meetings_agendaitem", "meetings_participant", "meetings_minutes", "meetings_minutesline")
Row = dict[str, Any]


@dataclass
class Reference:
    """Every fact about meetings, and the model's keys at one moment."""

    superuser: psycopg.Connection
    town: Errands
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cursor = self.superuser.cursor(row_factory=dict_row)
        for table in (*TABLES, "meetings_told", "plan_statement"):
            self.rows[table] = cursor.execute(f"SELECT * FROM {table}".encode()).fetchall()
        self.world = world_of(self.superuser)
        self.moment = Moment(self.world, self.town.now)
        self.drawers = {drawer.id: drawer for drawer in self.world.all(Drawer)}

    def reads(self, holder: UUID, scope: int) -> bool:
        return self.moment.may_read(str(holder), self.drawers[str(scope)])

    def old_enough(self, person: UUID, years: int) -> bool:
        return self.moment.ages[str(person)] >= years

    def works_with(self, staff: UUID, family: UUID) -> bool:
        return any((who, whose) == (str(staff), str(family)) for who, _unit, whose in self.moment.team)

    def coordinates(self, holder: UUID, family: UUID) -> bool:
        return self.moment.coordinates(str(holder), str(family))

    def seats(self, meeting: UUID) -> list[Row]:
        found = self.rows["meetings_participant"]
        return [row for row in found if row["meeting_id"] == meeting and row["removed_at"] is None]

    def chosen(self, meeting: UUID) -> list[Row]:
        found = self.rows["meetings_agendaitem"]
        return [row for row in found if row["meeting_id"] == meeting and row["status"] == "chosen"]

    def concerned(self, item: Row) -> set[UUID]:
        """Whom an item is about, and who decides for them: as far as they may read it."""
        about: set[UUID] = set()
        for subject in self.drawers[str(item["scope_id"])].subjects:
            about |= {UUID(one) for one in self.moment.authority(subject)}
            about |= {UUID(subject)} if self.moment.ages[subject] >= 12 else set()
        return {one for one in about if self.reads(one, item["scope_id"])}

    def at_the_table(self, holder: UUID, meeting: Row) -> bool:
        sits = any(holder in (seat["person_id"], seat["staff_id"]) for seat in self.seats(meeting["id"]))
        if holder in self.town.staff:
            return sits and meeting["stage"] != "preparing" and self.works_with(holder, meeting["family_id"])
        return sits

    def hears_of(self, holder: UUID, meeting: Row) -> bool:
        is_ahead = meeting["stage"] in ("preparing", "called", "running")
        return is_ahead and any(holder in self.concerned(item) for item in self.chosen(meeting["id"]))

    def visible(self, holder: UUID, family: UUID) -> set[tuple[str, str]]:
        meetings = {row["id"]: row for row in self.rows["meetings_meeting"] if row["family_id"] == family}
        leads = self.coordinates(holder, family)
        seated = {id for id, row in meetings.items() if self.at_the_table(holder, row)}
        heard = {id for id, row in meetings.items() if self.hears_of(holder, row)}
        of_minutes = {row["id"]: row["meeting_id"] for row in self.rows["meetings_minutes"]}
        found = set()
        for table in TABLES:
            for row in self.rows[table]:
                if row["family_id"] != family:
                    continue
                meeting = row["id"] if table == TABLES[0] else row.get("meeting_id") or of_minutes[row["minutes_id"]]
                knows = seated | heard if table in ("meetings_meeting", "meetings_agendaitem") else seated
                by_seat = meeting in knows and table not in ("meetings_agendaitem", "meetings_minutesline")
                if by_seat or (self.reads(holder, row["scope_id"]) and (meeting in knows or leads)):
                    found.add((table, str(row["id"])))
        return found

    def untold(self, meeting: UUID) -> set[tuple[UUID, UUID]]:
        """Who has to be told of what."""
        told = {(row["person_id"], row["about"]) for row in self.rows["meetings_told"]}
        comes = {
            seat["person_id"]
            for seat in self.seats(meeting)
            if seat["person_id"] and (seat["reply"] != "no" or seat["came"])
        }
        comes = {person for person in comes if self.old_enough(person, 12)}
        needed = {
            (person, seat["id"]) for person in comes for seat in self.seats(meeting) if seat["person_id"] != person
        }
        for item in self.chosen(meeting):
            hears = {person for person in comes if self.reads(person, item["scope_id"])} | self.concerned(item)
            needed |= {(person, item["id"]) for person in hears}
        return needed - told

    def on_the_wall(self, meeting: UUID, family: UUID) -> set[str]:
        present = [seat["person_id"] or seat["staff_id"] for seat in self.seats(meeting)
                   if seat["companion"] == "" and not seat["stepped_out"]
                   and (seat["came"] if seat["came"] is not None else seat["reply"] != "no")]  # fmt: skip
        drawers = [id for id, drawer in self.drawers.items() if drawer.family == str(family)]
        return {id for id in drawers if present and all(self.reads(one, int(id)) for one in present)}

    def in_the_minutes(self, holder: UUID, meeting: Row) -> set[str] | None:
        """What was said and is theirs to read, of the newest version; None: there are no minutes for them."""
        visible = self.visible(holder, meeting["family_id"])
        shared = [row for row in self.rows["meetings_minutes"] if row["meeting_id"] == meeting["id"]]
        shared = [row for row in shared if ("meetings_minutes", str(row["id"])) in visible]
        if ("meetings_meeting", str(meeting["id"])) not in visible or not shared:
            return None
        newest, said = (
            max(shared, key=lambda row: row["number"]),
            {row["id"]: row for row in self.rows["plan_statement"]},
        )
        lines = [
            line for line in self.rows["meetings_minutesline"]
            if line["minutes_id"] == newest["id"] and line["what"] == "statement"
        ]  # fmt: skip
        return {said[line["row"]]["text"] for line in lines if self.reads(holder, line["scope_id"])}

    def is_called(self, holder: UUID, meeting: Row) -> bool:
        """Called to a time that has been found, by their own seat, while it is theirs to come."""
        sits = any(holder in (seat["person_id"], seat["staff_id"]) for seat in self.seats(meeting["id"]))
        works = holder not in self.town.staff or self.works_with(holder, meeting["family_id"])
        return sits and works and meeting["stage"] in ("called", "running") and meeting["starts_at"] is not None
