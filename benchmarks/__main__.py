"""``make benchmark``: how well messages are read, and how long things take beside others.

``make model`` makes the weights of the judge of messages from the corpus.
"""

import asyncio
import resource
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

import spacy
from aiohttp import web
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from benchmarks import training
from benchmarks.reading import context_of, corpus, is_held_out, report
from bot.channels.telegram.transport import AiohttpRequest
from bot.domain.languages import Language
from bot.domain.understanding import Context
from bot.language.understanding import SpacyUnderstander

MESSAGES = {
    Language.EN: "Dear Mike, we can offer 10,000 pcs at USD 8.90 FOB Ningbo, 30% deposit by T/T.",
    Language.DE: "Wir könnten in sechs Wochen liefern, wenn Sie 30 % Anzahlung leisten.",
    Language.FR: "Nous vous proposons 4 000 pièces à 8,20 EUR, livraison sous six semaines.",
}
ROUNDS = 200
CHATS, SENDS = 50, 400


def main() -> None:
    """Print one line per measurement, or make the weights."""
    if sys.argv[1:] == ["model"]:
        training.write()
        return
    start = time.perf_counter()
    understander = SpacyUnderstander(today=lambda: datetime.now(UTC).date())
    asyncio.run(understander.warm())
    print(f"understanding is ready after {time.perf_counter() - start:.1f} s")
    understanding(understander)
    report(training.judge_of_dev())
    asyncio.run(transports())


def understanding(understander: SpacyUnderstander) -> None:
    """Reading a message, against tokenising it with the same library; the mean over a mixture."""
    mixture = [(one, item) for one in Language for item in corpus(one) if is_held_out(item)]
    start = time.process_time()
    for language, item in mixture:
        understander.read(item["text"], language, context_of(item))
    spent = (time.process_time() - start) * 1000 / len(mixture)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"understand: {spent:.1f} ms of CPU a message over {len(mixture)}; {memory:.0f} MB")
    for language, text in MESSAGES.items():
        blank = spacy.blank(language.value)
        ours = _median_ms(partial(understander.read, text, language, Context()))
        theirs = _median_ms(partial(blank, text))
        print(f"understand {language}: {ours:.2f} ms, {ours / theirs:.0f} x tokenising alone")


async def transports() -> None:
    """Messages a second through our transport, against python-telegram-bot's own."""
    ours = await _sends_per_second(AiohttpRequest(connection_pool_size=CHATS))
    theirs = await _sends_per_second(HTTPXRequest(connection_pool_size=CHATS, pool_timeout=60))
    print(f"send over {CHATS} chats: {ours:.0f}/s, {ours / theirs:.1f} x the stock transport")


async def _sends_per_second(request: BaseRequest) -> float:
    async def answer(_: web.Request) -> web.Response:
        message = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "x"}
        return web.json_response({"ok": True, "result": message})

    server = web.Application()
    server.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(server)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    bot = Bot("1:benchmark", base_url=f"http://127.0.0.1:{port}/bot", request=request)
    await request.initialize()
    try:
        return await _rate(lambda number: bot.send_message(number % CHATS + 1, "x"))
    finally:
        await request.shutdown()
        await runner.cleanup()


async def _rate(send: Callable[[int], Awaitable[object]]) -> float:
    start = time.perf_counter()
    await asyncio.gather(*(send(number) for number in range(SENDS)))
    return SENDS / (time.perf_counter() - start)


def _median_ms(work: Callable[[], object]) -> float:
    work()
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
