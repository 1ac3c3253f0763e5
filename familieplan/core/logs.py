"""Log lines that name what failed and where, never whom it was about."""

import logging
import traceback
from types import TracebackType


class NothingPersonal(logging.Formatter):
    """An exception's message may quote a row (PostgreSQL's "Key (login)=(…)"): we keep its type and its frames."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatException(  # noqa: N802  (logging names it)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        return f"{''.join(traceback.format_tb(trace))}{kind.__name__ if kind else 'no exception'}"
