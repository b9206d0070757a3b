"""The commercial values a message can name. What they are worth to whom: ``deal``."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """What a quantity or a price counts."""

    PIECE = "piece"
    SET = "set"
    BOX = "box"
    CARTON = "carton"
    PALLET = "pallet"
    CONTAINER = "container"
    KG = "kg"
    TONNE = "tonne"
    METRE = "metre"


class Span(StrEnum):
    """What a span of time is counted in."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class IncotermCode(StrEnum):
    """The eleven rules of Incoterms 2020 (ICC publication 723)."""

    EXW = "EXW"
    FCA = "FCA"
    FAS = "FAS"
    FOB = "FOB"
    CFR = "CFR"
    CIF = "CIF"
    CPT = "CPT"
    CIP = "CIP"
    DAP = "DAP"
    DPU = "DPU"
    DDP = "DDP"


class PaymentMethod(StrEnum):
    """How a buyer pays: T/T, L/C (UCP 600), D/P and D/A (URC 522), open account, PayPal, card."""

    TT = "tt"
    LC = "lc"
    DP = "dp"
    DA = "da"
    OA = "oa"
    PAYPAL = "paypal"
    CARD = "card"


class Balance(StrEnum):
    """When the rest is due after a deposit by T/T."""

    BEFORE_SHIPMENT = "before_shipment"
    BL_COPY = "bl_copy"
    """Against a copy of the bill of lading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A unit price as a message names it."""

    amount: Decimal
    currency: str | None = None
    """ISO 4217 code; ``None`` when the text names none."""
    per: Unit | None = None
    ambiguous: bool = False
    """The figure can be read two ways (``1.250``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How much or how many."""

    amount: Decimal
    unit: Unit | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoterm:
    """A delivery term with its named place, if any was named."""

    code: IncotermCode
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Payment terms; each part is ``None`` when the text does not name it."""

    method: PaymentMethod | None = None
    deposit_pct: Decimal | None = None
    days: int | None = None
    """Days of credit; 0 is at sight."""
    balance: Balance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """How long an offer stands: an end ("30 June", in English) or a number of days."""

    until: str | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """All commercial values of one message; absent ones are ``None``."""

    price: Price | None = None
    quantity: Quantity | None = None
    incoterm: Incoterm | None = None
    payment: Payment | None = None
    lead_time_days: int | None = None
    delivery_date: date | None = None
    discount_pct: Decimal | None = None
    warranty_months: int | None = None
    validity: Validity | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) is not None for field in fields(self))
