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
GET = "SELECT value::text FROM accounts_cacheentry WHERE key = %s AND expires_at > clock_timestamp()"
TOUCH = "UPDATE accounts_cacheentry SET expires_at = %s WHERE key = %s AND expires_at > clock_timestamp()"
SET = """INSERT INTO accounts_cacheentry AS old (key, value, expires_at) VALUES (%s, %s::jsonb, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at"""
ADD = SET + " WHERE old.expires_at <= clock_timestamp()"
DELETE = "DELETE FROM accounts_cacheentry WHERE key = %s"
CLEAR = "DELETE FROM accounts_cacheentry"


class JsonCache(BaseCache):
    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def make_key(self, key: str, version: int | None = None) -> str:
        return salted_hmac("familieplan.accounts.cache", super().make_key(key, version), algorithm="sha256").hexdigest()

    def add(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask(ADD, self._key(key, version), json.dumps(value), self._until(timeout)) > 0

    def set(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._ask(SET, self._key(key, version), json.dumps(value), self._until(timeout))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(GET, [self._key(key, version)])
            row = cursor.fetchone()
        return json.loads(row[0]) if row else default

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask(TOUCH, self._until(timeout), self._key(key, version)) > 0

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._ask(DELETE, self._key(key, version)) > 0

    def clear(self) -> None:
        self._ask(CLEAR)

    @staticmethod
    def _ask(statement: str, *values: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)

    def _key(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _until(self, timeout: float | None) -> datetime:
        seconds = self.get_backend_timeout(timeout)
        return NEVER if seconds is None else datetime.fromtimestamp(seconds, UTC)
