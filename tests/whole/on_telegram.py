"""Transcripts played on Telegram: the emulator's people, and the app as a process."""

from collections.abc import Callable, Sequence

from tests.emulator import Emulator, Person, Received
from tests.kontor import Kontor
from tests.whole.ready import with_languagetool
from tests.whole.talks import Line, Transcript, plain

PATIENCE_S = 60.0  # for an answer; a machine that runs many tests at once is slow


class OnTelegram:
    """A stage: one person's chat with the bot."""

    has_coach = True

    def __init__(self, emulator: Emulator, app: Kontor, person: Person) -> None:
        self._emulator = emulator
        self._app = app
        self.person = person
        self._said: list[tuple[int, str]] = []
        self._buyer = ""
        self._begun_at = 0

    async def begin(self, transcript: Transcript) -> None:
        """See ``talks.Stage``; the menus' language is chosen by hand."""
        person = self.person
        self._buyer = transcript.buyer
        await person.send("/start")
        await self._offered("language:de")
        await person.send("/settings")
        for press, expected in (
            (f"interface:{transcript.interface}", f"language:{transcript.language}"),
            (f"language:{transcript.language}", f"band:{transcript.band}"),
            (f"band:{transcript.band}", "show:desk_lamp"),
            ("show:desk_lamp", "begin:desk_lamp"),
            ("begin:desk_lamp", "hint"),
        ):
            await self._offered(press)
            await person.press(press)
            await self._offered(expected)
        self._begun_at = person.shown()[-1].id
        await self.until(lambda lines: any(line.who == "buyer" for line in lines))

    async def say(self, text: str) -> None:
        """See ``talks.Stage``."""
        await self.person.send(text)
        self._said.append((self.person.last_message_id, text))

    async def press(self, action: str) -> None:
        """See ``talks.Stage``."""
        await self.person.press(action)

    async def come_back(self) -> None:
        """See ``talks.Stage``."""
        await self._app.kill()
        await self._app.start()
        await with_languagetool(self._app)

    async def until(self, is_reached: Callable[[Sequence[Line]], bool]) -> None:
        """See ``talks.Stage``."""
        try:
            await self._emulator.wait_until(lambda: is_reached(self.lines), PATIENCE_S)
        except TimeoutError:
            seen = "\n".join(f"{line.who}: {line.text}" for line in self.lines)
            raise TimeoutError(
                f"what was expected did not come; the last lines:\n{seen}"
            ) from None

    @property
    def lines(self) -> Sequence[Line]:
        """See ``talks.Stage``; from the beginning of the talk."""
        told = [(one.id, self._line(one)) for one in self.person.shown()]
        said = [(id, Line(who="learner", text=text)) for id, text in self._said]
        ordered = sorted([*told, *said], key=lambda pair: pair[0])
        return [line for id, line in ordered if id >= self._begun_at]

    async def picture(self) -> bytes:
        """See ``talks.Stage``."""
        return next(one.photo for one in reversed(self.person.shown()) if one.photo)

    def _line(self, received: Received) -> Line:
        text = plain(received.text)
        is_buyer = received.html.startswith(f"<b>{self._buyer}</b>\n")
        return Line(
            who="buyer" if is_buyer else "coach",
            text=text.partition("\n")[2] if is_buyer else text,
            actions=tuple(button.data or "" for button in received.buttons),
            has_picture=received.photo is not None,
        )

    async def _offered(self, action: str) -> None:
        def is_offered() -> bool:
            last = [one for one in self.person.shown() if one.buttons][-1:]
            return any(button.data == action for one in last for button in one.buttons)

        await self._emulator.wait_until(is_offered, PATIENCE_S)
