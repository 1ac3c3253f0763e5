"""Django's cache in a table of ours: the counters of attempts to sign in are shared by all processes and survive
a restart, with PostgreSQL as the only moving part.

Not Django's own DatabaseCache: it stores pickles, so one injected write would become code that runs. This one stores
JSON, and its keys are keyed hashes, because allauth's name the caller's address. An unfinished request holds the row,
so two guesses at one account are counted one after the other, never side by side."""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils.crypto import salted_hmac

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
LIVE = "expires_at > clock_timestamp()"


class JsonCache(BaseCache):
    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def make_key(self, key: str, version: int | None = None) -> str:
        return salted_hmac("familieplan.accounts.cache", super().make_key(key, version), algorithm="sha256").hexdigest()

    def add(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return self._write(key, value, timeout, version, unless=f"accounts_cacheentry.{LIVE}")

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._write(key, value, timeout, version, unless="false")

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT value::text FROM accounts_cacheentry WHERE key = %s AND {LIVE}",
                [self.make_and_validate_key(key, version=version)],
            )
            row = cursor.fetchone()
        return json.loads(row[0]) if row else default

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE accounts_cacheentry SET expires_at = %s WHERE key = %s AND {LIVE}",
                [self._until(timeout), self.make_and_validate_key(key, version=version)],
            )
            return cursor.rowcount > 0

    def delete(self, key: str, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM accounts_cacheentry WHERE key = %s", [self.make_and_validate_key(key, version=version)]
            )
            return cursor.rowcount > 0

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_cacheentry")

    def _write(self, key: str, value: Any, timeout: float | None, version: int | None, *, unless: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                f"""INSERT INTO accounts_cacheentry (key, value, expires_at) VALUES (%s, %s::jsonb, %s)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
                WHERE NOT ({unless})""",
                [self.make_and_validate_key(key, version=version), json.dumps(value), self._until(timeout)],
            )
            return cursor.rowcount > 0

    def _until(self, timeout: float | None) -> datetime:
        seconds = self.get_backend_timeout(timeout)
        return NEVER if seconds is None else datetime.fromtimestamp(seconds, UTC)
