"""Tables of Django's and allauth's that we do not make: permissions, groups and e-mail addresses. What is not there
holds nothing about anybody, and needs no policy."""

from typing import Any

WITHOUT_TABLES = {"auth", "contenttypes", "account", "sessions"}


class NoUnusedTables:
    def allow_migrate(self, _db: str, app_label: str, **_hints: Any) -> bool | None:
        return False if app_label in WITHOUT_TABLES else None
