"""Every error Kontor raises on purpose. A code and values; the words live in ``channels/render``.

KontorError
├── ContentError        an exercise, phrase or lexicon file is not usable
├── CurrencyMismatch    two currencies met in one sum
├── NotAllowed          the person may not do this
├── NotFound            the thing asked for is not there (any more)
├── SettingsError       the environment does not make a valid configuration
├── StorageUnavailable  the database is away, full, locked too long or not readable
└── VersionConflict     another process changed the session meanwhile: read again, decide again
"""

from collections.abc import Mapping


class KontorError(Exception):
    """Base of all deliberate errors.

    ``code`` is stable and machine-readable; ``values`` fill the words a renderer finds for it.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, object] = values

    def __str__(self) -> str:
        return f"{self.code} {dict(self.values)}" if self.values else self.code


class ContentError(KontorError):
    """An exercise, phrase or lexicon file is not usable."""


class CurrencyMismatch(KontorError):
    """Two currencies met in one sum."""


class NotAllowed(KontorError):
    """The person may not do this."""


class NotFound(KontorError):
    """The thing asked for is not there (any more)."""


class SettingsError(KontorError):
    """The environment does not make a valid configuration."""


class StorageUnavailable(KontorError):
    """The database is away, full, locked for too long or not readable by this program."""


class VersionConflict(KontorError):
    """Another process changed the session meanwhile: read again, decide again."""
