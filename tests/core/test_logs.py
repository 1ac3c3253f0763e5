"""A log line says what failed and where, never whom it was about."""

import io
import logging

from familieplan.core.logs import NothingPersonal


def logged(problem: Exception) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(NothingPersonal())
    logger = logging.Logger("test")  # noqa: LOG001: nobody else hears it
    logger.addHandler(handler)
    try:
        raise problem
    except Exception:
        logger.exception("It failed")
    return stream.getvalue()


def test_keeps_kind_and_place_but_no_message() -> None:
    line = logged(ValueError("Key (login)=(sara) already exists"))
    assert "It failed" in line
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "sara" not in line


def test_says_nothing_of_what_caused_it_either() -> None:
    outer = RuntimeError("Sara")
    outer.__cause__ = ValueError("Anton")
    assert not {"Sara", "Anton"} & set(logged(outer).split())
