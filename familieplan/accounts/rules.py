"""How long a session lasts, and what we call a browser. Pure: the clock is passed in."""

from datetime import datetime, timedelta

# In the order in which they must be tried: Edge says it is Chrome, Chrome says it is Safari.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung", "Firefox": "Firefox", "FxiOS": "Firefox"} | {
    "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari"
}  # fmt: skip
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "CrOS": "Chromebook"} | {
    "Windows": "Windows", "Mac OS": "Mac", "Linux": "Linux"
}  # fmt: skip


def is_over(*, started_at: datetime, seen_at: datetime, idle: timedelta, longest: timedelta, now: datetime) -> bool:
    """A session ends when nobody has used it for `idle`, and in any case `longest` after sign-in."""
    return now >= seen_at + idle or now >= started_at + longest


def name_of_browser(user_agent: str) -> str:
    """'Firefox · Windows': enough to know one's own machine again, too little to follow anybody by."""
    named = (next((name for sign, name in names.items() if sign in user_agent), "") for names in (BROWSERS, SYSTEMS))
    return " · ".join(name for name in named if name)
