"""What every test may ask for. The same few fixtures everywhere; see tests/databases.py for what lies behind."""

import os
from collections.abc import Iterator

import django
import psycopg
import pytest

from tests.databases import Databases

pytest_plugins = ["tests.browser", "tests.plan.built"]
databases = Databases()
databases.set_environment()
django.setup()

from django.test import TransactionTestCase  # noqa: E402

from familieplan.launcher import chromium  # noqa: E402

DATABASE_FIXTURES = {
    *("db", "transactional_db", "live_server", "demo_db"),
    *("app_connection", "owner_connection", "superuser_connection"),
}
NO_BROWSER = "No Chromium here: the browser tests did not run. On Debian: apt install chromium libatomic1."


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--doors", action="store_true", help="print who gets in where, as the table of tests/doors")


def pytest_configure(config: pytest.Config) -> None:
    if not config.option.collectonly:
        databases.start()


def pytest_unconfigure() -> None:
    databases.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks from what a test asks for, so that nobody forgets one."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if fixtures & {"browser", "page"}:
            item.add_marker("browser")
            if not chromium.find():
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if any(NO_BROWSER in str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(NO_BROWSER, red=True, bold=True)
    for report in terminalreporter.stats.get("passed", []):  # the figures a test has measured
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a test that could not run is a test that failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") and any(NO_BROWSER in str(report.longrepr) for report in skipped):
        session.exitstatus = exitstatus or pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, worker_id: str) -> None:
    """In place of pytest-django's: the app's role may not create a database, and must not."""
    databases.use(f"test_{worker_id}", databases.prepared())


@pytest.fixture(autouse=True, scope="session")
def _throw_away_after_commits() -> None:
    """A test that commits leaves its database to be thrown away: the app's role may not TRUNCATE."""

    def renew(_case: TransactionTestCase) -> None:
        databases.use(databases.current, databases.prepared())

    TransactionTestCase._fixture_teardown = renew  # type: ignore[attr-defined]


@pytest.fixture
def demo_db(transactional_db: None) -> None:
    """A database with the demo municipality in it; what the test commits is gone afterwards."""
    databases.use(databases.current, databases.demo())


@pytest.fixture
def owner_connection(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The owner of the tables, beside the app: for catalogues and planted faults. Sees what is committed."""
    with psycopg.connect(databases.addresses()["DATABASE_OWNER_URL"], autocommit=True) as connection:
        yield connection


@pytest.fixture
def app_connection(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The app's own role without Django: what an injected statement would be."""
    with psycopg.connect(databases.addresses()["DATABASE_URL"], autocommit=True) as connection:
        yield connection


@pytest.fixture
def superuser_connection(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """Sees past row security: only to compare what there is with what may be seen."""
    with psycopg.connect(databases.cluster.url(databases.current), autocommit=True) as connection:
        yield connection
