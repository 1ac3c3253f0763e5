"""The house of the plan's tests."""

from tests.plan.conftest import built, house

__all__ = ["built", "house"]
