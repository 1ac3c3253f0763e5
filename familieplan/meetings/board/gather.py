"""The board for whoever asks: rows of `queries.py` become the values of `values.py`."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from familieplan.access.actor import Actor
from familieplan.core.parts import Rows
from familieplan.meetings import boards
from familieplan.meetings.board.queries import ALL, MOST, parts_of_the_board
from familieplan.meetings.board.values import Agreed, BoardPage, Cell, GoalLine, Stands, TopicRow, Words
from familieplan.meetings.boards import AGREEMENTS, GOALS, Column
from familieplan.meetings.enums import Stage
from familieplan.meetings.models import Meeting
from familieplan.plan.enums import StatementKind
from familieplan.plan.family import Gathering, Row, base_of, day


def board_page(meeting: Meeting, actor: Actor, *, wall: bool = False) -> BoardPage:
    """Needs the family to have been opened (`board/seat.py`): before that there is nothing to see."""
    rows = parts_of_the_board(family=meeting.family_id, meeting=meeting.pk, wall=wall)
    return OnBoard(rows, actor, meeting, wall=wall).board_page()


def topic_row(meeting: Meeting, topic: UUID, actor: Actor, *, wall: bool = False, whole: bool = False) -> BoardPage:
    """The page with this one topic on it; none where it is hidden. ``whole``: with all that was ever said."""
    rows = parts_of_the_board(
        family=meeting.family_id, meeting=meeting.pk, which="one", topic=topic, wall=wall, most=ALL if whole else MOST
    )
    return OnBoard(rows, actor, meeting, wall=wall, most=ALL if whole else MOST).board_page()


def may_write(meeting: Meeting, *, sits: bool, coordinates: bool) -> bool:
    """While it goes on and while it is put right; after that only the coordinator puts right what the minutes hold."""
    if meeting.stage in (Stage.RUNNING, Stage.ENDED):
        return sits or coordinates
    return coordinates and meeting.stage == Stage.CLOSED


class OnBoard(Gathering):
    """One reader's rows of one meeting. Works on nothing but what it was given."""

    def __init__(self, parts: Rows, actor: Actor, meeting: Meeting, *, wall: bool = False, most: int = MOST) -> None:
        parts["spoken"], parts["words"] = parts["words"], parts["words"] + parts["scales"]
        super().__init__(parts, actor, timezone.localdate())
        self.meeting, self.is_wall, self.most = meeting, wall, most
        self.board = boards.board(meeting.board)
        mine = parts["writes"][0]
        self.is_coordinator, self.sits = mine["coordinates"], mine["sits"]
        self.room = frozenset(mine["room"]) if mine["room"] is not None and not wall else None
        self.writes_here = not wall and may_write(meeting, sits=self.sits, coordinates=self.is_coordinator)
        self.topics_here = {row["id"] for row in parts["topics"]}

    def board_page(self) -> BoardPage:
        base = f"{base_of(self.meeting.family_id)}meetings/{self.meeting.pk}/"
        return BoardPage(
            meeting=self.meeting,
            board=self.board,
            base=base,
            family_base=base_of(self.meeting.family_id),
            topics=tuple(self.row(row) for row in self.parts["topics"]),
            also_words=tuple(self.words(one) for one in self.parts["spoken"] if one["topic"] not in self.topics_here),
            also_agreed=tuple(one for topic, one in self.agreed if topic not in self.topics_here),
            drawers=tuple(self.drawers),
            coordinates=self.is_coordinator,
            may_write=self.writes_here,
            is_wall=self.is_wall,
        )

    def row(self, row: Row) -> TopicRow:
        topic, home = row["id"], self.off_wall(row["drawer"])
        cells = tuple(self.cell(topic, column) for column in self.board.columns)
        return TopicRow(
            id=UUID(topic),
            drawer=row["drawer"],
            title=row["title"],
            about=self.about(row["drawer"]),
            cells=cells,
            scales=self.scales_of[topic],
            drawers=self.drawers_of(row),
            off_wall=home,
            all_off_wall=home and all(one.off_wall for cell in cells for one in cell.cards),
            is_settled=row["closed_on"] is not None,
            may_write=self.writes_here,
        )

    def off_wall(self, drawer: int) -> bool:
        """Only the coordinator, who leads the meeting, is told – and never because of whom."""
        return self.room is not None and drawer not in self.room

    def drawers_of(self, row: Row) -> tuple[int, ...]:
        """What stands there, and what could be written there next: about the same people, of the same kind."""
        home = self.drawers[row["drawer"]]
        likely = {
            id
            for id, one in self.drawers.items()
            if one["kind"] == home["kind"] and one["subjects"] == home["subjects"]
        }
        shown = {
            one["drawer"]
            for part in ("words", "agreements", "goals")
            for one in self.parts[part]
            if one["topic"] == row["id"]
        }
        return tuple(sorted({row["drawer"]} | likely | shown))

    def cell(self, topic: str, column: Column) -> Cell:
        said = [one for kind in column.shows for one in self.spoken[topic, kind]]
        kept = [self.words(one) for one in said if one["place"] <= self.most or one["is_now"]]
        kept.sort(key=lambda one: not one.is_now)
        return Cell(
            column=column,
            family=tuple(one for one in kept if not one.is_staff),
            staff=tuple(one for one in kept if one.is_staff),
            agreements=tuple(one for of, one in self.agreed if of == topic) if AGREEMENTS in column.shows else (),
            goals=tuple(self.goals_here[topic]) if GOALS in column.shows else (),
            scales=self.scales_of[topic] if StatementKind.SCALE in column.shows else (),
            has_more=len(kept) < len(said),
        )

    # --- words ---

    @cached_property
    def spoken(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.parts["spoken"]:
            found[row["topic"], row["kind"]].append(row)
        return found

    def words(self, row: Row) -> Words:
        return Words(self.said(row), row["kind"], row["is_now"], row["staff"] is not None, self.off_wall(row["drawer"]))

    @cached_property
    def scales_of(self) -> dict[str, tuple[Stands, ...]]:
        """Each person once: the family first, in the order of the page; then the professionals."""
        by: dict[tuple[str, str], dict[bool, Row]] = defaultdict(dict)
        for row in self.parts["scales"]:
            by[row["topic"], row["person"] or row["staff"]][row["is_now"]] = row
        order = {person: number for number, person in enumerate(self.people)}
        found: dict[str, list[Stands]] = defaultdict(list)
        for (topic, _who), rows in sorted(by.items(), key=lambda one: (order.get(one[0][1], len(order)), one[0][1])):
            found[topic].append(self.stands(rows))
        return defaultdict(tuple, {topic: tuple(some) for topic, some in found.items()})

    def stands(self, rows: dict[bool, Row]) -> Stands:
        latest = rows.get(True) or rows[False]
        said = self.said(latest)
        return Stands(
            who=said.speaker,
            now=rows[True]["scale"] if True in rows else None,
            before=rows[False]["scale"] if False in rows else None,
            word=latest["text"],
            is_staff=latest["staff"] is not None,
            department=said.department,
            told_to=said.told_to,
        )

    # --- goals and agreements ---

    @cached_property
    def goals_here(self) -> dict[str, list[GoalLine]]:
        found: dict[str, list[GoalLine]] = defaultdict(list)
        for row in self.parts["goals"]:
            found[row["topic"]].append(GoalLine(row["text"], row["is_done"]))
        return found

    @cached_property
    def agreed(self) -> list[tuple[str | None, Agreed]]:
        return [(row["topic"], self.agree(row)) for row in self.parts["agreements"]]

    def agree(self, row: Row) -> Agreed:
        return Agreed(
            one=self.agreement(row, ""),
            is_now=row["is_now"],
            off_wall=self.off_wall(row["drawer"]),
            first_step=row["first_step"],
            review_on=day(row["review_on"]),
            stop_rule=row["stop_rule"],
        )


def needing(page: BoardPage) -> Iterable[TopicRow]:
    """Topics on which nothing has been agreed at this meeting."""
    return (row for row in page.topics if not any(one.is_now for cell in row.cells for one in cell.agreements))
