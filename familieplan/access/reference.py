"""Reference data: kinds, thresholds and what other apps add. Files with a source, loaded by ``prepare_database``."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from familieplan.access.enums import Kind
from familieplan.access.models import Category, Threshold

Loader = Callable[[str], None]
REFERENCE: list[Loader] = []


def reference(loader: Loader) -> Loader:
    """Register ``loader(database alias)``. Apps register in ``AppConfig.ready``; it must be safe to run again."""
    REFERENCE.append(loader)
    return loader


def read_toml(beside: str, name: str) -> dict[str, Any]:
    """``<app>/data/<name>``; ``beside`` is the caller's ``__file__``."""
    return tomllib.loads((Path(beside).resolve().parent / "data" / name).read_text(encoding="utf-8"))


@reference
def load_access(using: str) -> None:
    kinds = read_toml(__file__, "kinds.toml")
    missing = set(Kind.values) ^ set(kinds)
    if missing:
        raise ValueError(f"kinds.toml and Kind disagree on: {', '.join(sorted(missing))}")
    for key, row in kinds.items():
        Category.objects.using(using).update_or_create(key=key, defaults={"consentable": True, "early": ""} | row)
    for key, row in read_toml(__file__, "thresholds.toml").items():
        Threshold.objects.using(using).update_or_create(key=key, defaults=row)
