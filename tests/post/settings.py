"""The settings of the tests, with a room above that knows a meeting."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.post.meeting.MeetingConfig"]
