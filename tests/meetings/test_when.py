"""On which day a meeting was: what the minutes and the list of meetings say."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from familieplan.meetings.models import Meeting


def copenhagen(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.mark.parametrize(
    ("planned", "began", "was"),
    [
        ("2026-12-02 12:45", None, "2026-12-02 12:45"),
        ("2026-12-02 12:45", "2026-12-02 12:52", "2026-12-02 12:45"),  # a few minutes late: the time it was planned for
        ("2026-12-02 12:45", "2026-11-23 09:00", "2026-11-23 09:00"),  # they were all there already
        ("2026-12-02 23:30", "2026-12-03 00:10", "2026-12-03 00:10"),  # one day in London, two in Copenhagen
        (None, "2026-11-23 09:00", "2026-11-23 09:00"),
        (None, None, None),
    ],
)
def test_planned_and_begun(planned: str | None, began: str | None, was: str | None) -> None:
    starts, started, expected = (moment and copenhagen(moment) for moment in (planned, began, was))
    assert Meeting(starts_at=starts, started_at=started).at == expected
