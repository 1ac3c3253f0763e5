"""The demo municipality, served at a local address until Ctrl-C."""

from collections.abc import Sequence


def demo(arguments: Sequence[str]) -> int:
    raise NotImplementedError
