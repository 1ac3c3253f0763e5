"""The street of tests/street.py."""

from tests.street import sign_in, street

__all__ = ["sign_in", "street"]
