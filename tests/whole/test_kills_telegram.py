"""The app is killed in the middle of 200 updates from 20 chats: nothing is lost, nothing happens
twice, every chat keeps its order. Messages may come twice, but only those on their way just then.
"""

from pathlib import Path

import pytest

from tests.emulator import Emulator
from tests.kontor import free_port
from tests.postgres import Cluster
from tests.whole.drill import (
    TEXTS,
    UPDATES,
    Drill,
    by_webhook,
    database_of,
    ended,
    environment,
    new_app,
)
from tests.whole.proxy import RoundRobin

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]

ALL_TURNS = UPDATES - UPDATES // (len(TEXTS) + 1)


async def test_kill_of_a_polling_app_loses_nothing_and_repeats_nothing(
    emulator: Emulator, tmp_path: Path
):
    app = new_app(tmp_path / "app", environment(emulator))
    drill = Drill(emulator, database_of(app))
    async with ended(app):
        await app.start()
        await drill.begin()

        await drill.all_at_once()
        await drill.until_answers(30)
        await app.kill()
        assert 0 < await drill.turns_taken() < ALL_TURNS
        assert await drill.updates_in_inbox() > 0

        await app.start()
        print(await drill.verdict())
        assert await drill.updates_in_inbox() == 0
        assert await app.stop() == 0


async def test_kill_of_a_webhook_app_loses_nothing_and_repeats_nothing(
    emulator: Emulator, tmp_path: Path
):
    port = free_port()
    settings = environment(emulator, KONTOR_PORT=str(port))
    app = new_app(tmp_path / "app", settings | by_webhook(f"http://127.0.0.1:{port}"))
    drill = Drill(emulator, database_of(app))
    async with ended(app):
        await app.start()
        await drill.begin()

        await drill.all_at_once()
        await drill.until_answers(30)
        await app.kill()
        assert 0 < await drill.turns_taken() < ALL_TURNS

        await app.start()
        print(await drill.verdict())
        assert drill.refused_deliveries > 0
        assert await app.stop() == 0


async def test_two_apps_on_one_postgresql_go_on_when_one_is_killed(
    emulator: Emulator, tmp_path: Path, postgres: Cluster
):
    ports = free_port(), free_port()
    database = postgres.new_database()
    async with RoundRobin.before(*(f"http://127.0.0.1:{port}" for port in ports)) as proxy:
        one, other = (
            new_app(
                tmp_path / str(port),
                environment(emulator, KONTOR_PORT=str(port), KONTOR_DATABASE=database)
                | by_webhook(proxy.url),
            )
            for port in ports
        )
        drill = Drill(emulator, database)
        async with ended(one, other):
            await one.start()
            await other.start()
            await drill.begin()

            await drill.all_at_once()
            await drill.until_answers(30)
            await one.kill()
            assert 0 < await drill.turns_taken() < ALL_TURNS
            await drill.until_answers(60)
            await one.start()

            print(await drill.verdict(), dict(proxy.answers))
            assert drill.refused_deliveries > 0
            assert await one.stop() == 0
            assert await other.stop() == 0
    postgres.drop(database)
