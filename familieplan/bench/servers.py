"""The processor time of all that serves: whatever this process has started, and what that has started. Linux only."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")  # a second
PARENT, TIMES = 3, slice(13, 17)  # /proc/<pid>/stat: user and system, own and of children that have ended


def spent() -> float:
    """Seconds so far, all processors together; 0.0 where the system does not tell."""
    stats = [_stat(path) for path in Path("/proc").glob("[0-9]*/stat")]
    children: dict[int, list[list[str]]] = {}
    for one in filter(None, stats):
        children.setdefault(int(one[PARENT]), []).append(one)
    below, ticks = [os.getpid()], 0
    while below:
        for one in children.get(below.pop(), ()):
            below.append(int(one[0]))
            ticks += sum(map(int, one[TIMES]))
    return ticks / TICK


def _stat(path: Path) -> list[str]:
    """Its fields; a name may hold anything, so it is cut out. Empty for a process that has ended meanwhile."""
    try:
        before, _, after = path.read_text().rpartition(")")
    except OSError:
        return []
    return [before.partition(" ")[0], "", *after.split()]
