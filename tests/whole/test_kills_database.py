"""The database cuts every connection, again and again, in the middle of 200 updates: the app waits
and goes on, nothing is lost and nothing happens twice."""

from pathlib import Path

import asyncpg
import pytest

from bot.channels.telegram.webhook import TRIES
from tests.emulator import Emulator
from tests.kontor import free_port
from tests.postgres import Cluster
from tests.whole.drill import (
    TOKEN,
    Drill,
    begin_talk,
    by_webhook,
    ended,
    environment,
    new_app,
)

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]


async def test_cut_connections_lose_nothing_and_repeat_nothing(
    emulator: Emulator, tmp_path: Path, postgres: Cluster
):
    database = postgres.new_database()
    app = new_app(tmp_path / "app", environment(emulator, KONTOR_DATABASE=database))
    drill = Drill(emulator, database)
    async with ended(app):
        await app.start()
        await drill.begin()

        await drill.all_at_once()
        for answers in (20, 50, 80):
            await drill.until_answers(answers)
            assert await _cut_all_connections(database, database) > 0

        print(await drill.verdict())
        assert await drill.updates_in_inbox() == 0
        assert await app.stop() == 0
    postgres.drop(database)


async def test_text_survives_a_database_that_is_away_longer_than_bad_updates_are_tried(
    tmp_path: Path, postgres: Cluster
):
    database, port = postgres.new_database(), free_port()
    async with Emulator.start(token=TOKEN, time_scale=0.01) as emulator:
        settings = environment(emulator, KONTOR_DATABASE=database, KONTOR_PORT=str(port))
        app = new_app(tmp_path / "app", settings | by_webhook(f"http://127.0.0.1:{port}"))
        person = emulator.user(1, language_code="fr")
        async with ended(app):
            await app.start()
            await begin_talk(person)
            await _let_in(postgres, database, is_allowed=False)
            await _cut_all_connections(postgres.url("postgres"), database)
            emulator.deliveries.clear()

            await person.send("Wir bieten 8,50 EUR pro Stück.")
            await emulator.wait_until(lambda: len(emulator.deliveries) > 2 * TRIES, timeout=60)
            assert {delivery.status for delivery in emulator.deliveries} == {503}
            await _let_in(postgres, database, is_allowed=True)

            await person.wait_for("Katrin Vogel", timeout=30)
            assert "Traceback" not in app.log.read_text()
            assert await app.stop() == 0
    postgres.drop(database)


async def _let_in(postgres: Cluster, database: str, *, is_allowed: bool) -> None:
    connection = await asyncpg.connect(postgres.url("postgres"))
    name = database.rsplit("/", 1)[1]
    await connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {is_allowed}")
    await connection.close()


async def _cut_all_connections(url: str, database: str) -> int:
    """As a restart of PostgreSQL does; how many there were."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = $1 AND pid <> pg_backend_pid()",
            database.rsplit("/", 1)[1],
        )
    finally:
        await connection.close()
