"""`python3 run.py <command>`: demo, test, check, bench, population, manage, messages, assets."""

import os
import signal
import sys
from collections.abc import Callable, Sequence

from familieplan.launcher import assets, checks, environment, messages, serve
from familieplan.launcher.home import ROOT, home
from familieplan.launcher.trouble import Trouble

Arguments = Sequence[str]


def set_up() -> None:
    """What the pages need besides the database."""
    assets.install(home())
    messages.compile_into(home())


def demo(arguments: Arguments) -> int:
    set_up()
    return serve.demo(arguments)


def manage(arguments: Arguments) -> int:
    set_up()
    with environment.connected() as connected:
        environment.manage(connected, *arguments)
    return 0


def bench(arguments: Arguments) -> int:
    """The figures of the benchmark, on a database of its own."""
    set_up()
    return checks.bench(arguments)


def population(arguments: Arguments) -> int:
    """Needs neither database nor pages."""
    return environment.patiently([sys.executable, "-m", "familieplan.population", *arguments], os.environ)


def test(arguments: Arguments) -> int:
    set_up()
    return checks.test(arguments)


def collect_assets(_arguments: Arguments) -> int:
    """For an own server: everything the web process serves besides pages."""
    set_up()
    assets.collect(home())
    return 0


def check(_arguments: Arguments) -> int:
    set_up()
    return checks.check()


def update_messages(_arguments: Arguments) -> int:
    for path in messages.update_all():
        print(f"updated {path.relative_to(ROOT)}")
    messages.compile_into(home())
    return 0


COMMANDS: dict[str, Callable[[Arguments], int]] = {
    "demo": demo,
    "test": test,
    "bench": bench,
    "manage": manage,
    "population": population,
    "check": check,
    "messages": update_messages,
    "assets": collect_assets,
}


def main(arguments: Arguments) -> int:
    command = COMMANDS.get(arguments[0] if arguments else "")
    if command is None:
        print(f"Usage: python3 run.py [{' | '.join(COMMANDS)}]", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every `with` closes
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` would have us ignore it
    try:
        return command(arguments[1:])
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
