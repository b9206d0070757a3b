"""The ways in which traders write the terms of an offer, by language and term.

A way is a template; what is put into it is drawn by ``benchmarks.offers``. ``{a}`` is a price,
``{n}`` a number, ``{d}`` a date as that language writes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.languages import Language
from bot.domain.terms import PaymentMethod, Unit

EN, DE, FR = Language.EN, Language.DE, Language.FR


class Term(StrEnum):
    """A term as ``Terms`` names it."""

    PRICE = "price"
    QUANTITY = "quantity"
    INCOTERM = "incoterm"
    PAYMENT = "payment"
    LEAD_TIME = "lead_time_days"
    DELIVERY_DATE = "delivery_date"
    DISCOUNT = "discount_pct"
    WARRANTY = "warranty_months"
    VALIDITY = "validity"


LISTED: Mapping[Language, Mapping[Term, tuple[str, ...]]] = {
    EN: {
        Term.PRICE: (
            "{code} {a}/{per}",
            "{code}{a}/{per}",
            "{a} {code}/{per}",
            "{a} {code} per {per}",
            "{a}{code} per {per}",
            "{symbol}{a}/{per}",
            "{symbol}{a} per {per}",
            "{a}{symbol}/{per}",
            "{a} {word} per {per}",
            "{a} {word} a {per}",
            "{a} {word} for one {per}",
            "unit price {code} {a}",
            "price: {symbol}{a}",
            "price {a} {word}",
            "{code} {a}",
            "{a} {code}",
            "{symbol}{a}",
        ),
        Term.QUANTITY: (
            "{n} {unit}",
            "{n}{unit}",
            "quantity {n} {unit}",
            "Qty: {n} {unit}",
            "MOQ {n} {unit}",
            "minimum order {n} {unit}",
            "an order of {n} {unit}",
        ),
        Term.INCOTERM: (
            "{rule} {place}",
            "{rule}, {place}",
            "{lower} {place}",
            "{rule} port of {place}",
        ),
        Term.LEAD_TIME: (
            "delivery in {n} {span}",
            "delivery within {n} {span}",
            "lead time {n} {span}",
            "lead time: {n} {span}",
            "delivery time {n} {span} after order",
            "shipment within {n} {span} after deposit",
            "ready in {n} {span}",
        ),
        Term.DELIVERY_DATE: (
            "delivery by {d}",
            "delivery on {d}",
            "shipment on {d}",
            "shipment before {d}",
            "delivery date {d}",
        ),
        Term.DISCOUNT: (
            "{n}% discount",
            "{n} % discount",
            "a discount of {n}%",
            "discount {n}%",
            "{n} percent discount",
            "{n}% off",
        ),
        Term.WARRANTY: (
            "{n} {span} warranty",
            "warranty {n} {span}",
            "warranty: {n} {span}",
            "{n} {span} guarantee",
            "a warranty of {n} {span}",
        ),
        Term.VALIDITY: (
            "valid until {d}",
            "valid till {d}",
            "offer valid until {d}",
            "validity: {d}",
            "valid for {n} days",
            "validity {n} days",
        ),
    },
    DE: {
        Term.PRICE: (
            "{a} {code}/{per}",
            "{a} {code} pro {per}",
            "{a} {symbol} pro {per}",
            "{a}{symbol}/{per}",
            "{a} {symbol} je {per}",
            "{a} {word} pro {per}",
            "{a} {word} je {per}",
            "{code} {a} pro {per}",
            "{code} {a}/{per}",
            "{symbol} {a} pro {per}",
            "Preis: {a} {code}",
            "Preis {a} {symbol}",
            "zum Preis von {a} {word}",
            "zu {a} {code} pro {per}",
            "{a} {code}",
            "{a} {symbol}",
        ),
        Term.QUANTITY: (
            "{n} {unit}",
            "{n}{unit}",
            "Menge {n} {unit}",
            "Menge: {n} {unit}",
            "Mindestmenge {n} {unit}",
            "MOQ {n} {unit}",
            "ab {n} {unit}",
        ),
        Term.INCOTERM: (
            "{rule} {place}",
            "{rule}, {place}",
            "{lower} {place}",
            "{rule} Hafen {place}",
        ),
        Term.LEAD_TIME: (
            "Lieferung in {n} {span}",
            "Lieferung innerhalb von {n} {span}",
            "Lieferzeit {n} {span}",
            "Lieferzeit: {n} {span}",
            "Lieferzeit {n} {span} nach Auftrag",
            "Lieferfrist {n} {span}",
            "lieferbar in {n} {span}",
        ),
        Term.DELIVERY_DATE: (
            "Lieferung am {d}",
            "Lieferung bis {d}",
            "Lieferung bis zum {d}",
            "Versand am {d}",
            "Liefertermin {d}",
        ),
        Term.DISCOUNT: (
            "{n} % Rabatt",
            "{n}% Rabatt",
            "Rabatt {n} %",
            "ein Rabatt von {n} %",
            "{n} Prozent Rabatt",
            "{n} % Nachlass",
            "Mengenrabatt {n} %",
        ),
        Term.WARRANTY: (
            "{n} {span} Garantie",
            "Garantie {n} {span}",
            "Garantie: {n} {span}",
            "{n} {span} Gewährleistung",
            "eine Garantie von {n} {span}",
        ),
        Term.VALIDITY: (
            "gültig bis {d}",
            "gültig bis zum {d}",
            "Angebot gültig bis {d}",
            "gültig für {n} Tage",
            "{n} Tage gültig",
            "Gültigkeit {n} Tage",
        ),
    },
    FR: {
        Term.PRICE: (
            "{a} {code}/{per}",
            "{a} {code} par {per}",
            "{a} {symbol} par {per}",
            "{a}{symbol}/{per}",
            "{a} {word} par {per}",
            "{code} {a}/{per}",
            "{symbol}{a}/{per}",
            "{a} {symbol} {the}{per}",
            "{a} {word} {the}{per}",
            "prix : {a} {code}",
            "prix {a} {symbol}",
            "au prix de {a} {word}",
            "à {a} {code} {the}{per}",
            "{a} {code}",
            "{a} {symbol}",
        ),
        Term.QUANTITY: (
            "{n} {unit}",
            "{n}{unit}",
            "quantité {n} {unit}",
            "quantité : {n} {unit}",
            "quantité minimum {n} {unit}",
            "MOQ {n} {unit}",
            "une commande de {n} {unit}",
        ),
        Term.INCOTERM: (
            "{rule} {place}",
            "{rule}, {place}",
            "{lower} {place}",
            "{rule} port de {place}",
        ),
        Term.LEAD_TIME: (
            "livraison en {n} {span}",
            "livraison sous {n} {span}",
            "livraison dans {n} {span}",
            "délai {n} {span}",
            "délai : {n} {span}",
            "délai de livraison {n} {span}",
            "délai de {n} {span} après commande",
        ),
        Term.DELIVERY_DATE: (
            "livraison le {d}",
            "livraison avant le {d}",
            "livraison au plus tard le {d}",
            "expédition le {d}",
            "date de livraison : {d}",
        ),
        Term.DISCOUNT: (
            "{n} % de remise",
            "{n}% de remise",
            "remise de {n} %",
            "remise {n} %",
            "une réduction de {n} %",
            "{n} pour cent de remise",
            "rabais de {n} %",
        ),
        Term.WARRANTY: (
            "garantie {n} {span}",
            "garantie : {n} {span}",
            "garantie de {n} {span}",
            "{n} {span} de garantie",
        ),
        Term.VALIDITY: (
            "valable jusqu'au {d}",
            "offre valable jusqu'au {d}",
            "valide jusqu'au {d}",
            "valable {n} jours",
            "validité {n} jours",
            "valable pendant {n} jours",
        ),
    },
}
"""In a list: "Our offer: 5,000 pcs, USD 8.20/pc, FOB Ningbo"."""

TT, LC, DP, DA, OA = (PaymentMethod(code) for code in ("tt", "lc", "dp", "da", "oa"))


@dataclass(frozen=True, slots=True)
class Paid:
    """A way of writing payment terms, and what it names: ``{p}`` a share, ``{n}`` days."""

    way: str
    method: PaymentMethod | None = None
    at_sight: bool = False


PAYMENTS: Mapping[Language, tuple[Paid, ...]] = {
    EN: (
        Paid("T/T {p}% deposit", TT),
        Paid("T/T, {p}% deposit, balance before shipment", TT),
        Paid("T/T {p}% in advance", TT),
        Paid("{p}% T/T in advance", TT),
        Paid("{p}% deposit by T/T", TT),
        Paid("{p}% deposit"),
        Paid("deposit {p}%"),
        Paid("{p}% in advance"),
        Paid("payment: {p}% deposit, the rest before shipment"),
        Paid("{p}% deposit and the balance against copy of B/L"),
        Paid("{p}/{q} T/T", TT),
        Paid("T/T {p}/{q}", TT),
        Paid("L/C at sight", LC, at_sight=True),
        Paid("irrevocable L/C at sight", LC, at_sight=True),
        Paid("payment by letter of credit at sight", LC, at_sight=True),
        Paid("L/C {n} days", LC),
        Paid("L/C {n} days after sight", LC),
        Paid("D/P at sight", DP, at_sight=True),
        Paid("D/A {n} days", DA),
        Paid("O/A {n} days", OA),
        Paid("open account {n} days", OA),
        Paid("net {n} days", OA),
        Paid("payment {n} days after invoice", OA),
        Paid("{n} days net", OA),
        Paid("payment by PayPal", PaymentMethod.PAYPAL),
    ),
    DE: (
        Paid("T/T {p} % Anzahlung", TT),
        Paid("T/T, {p} % Anzahlung, Rest vor Versand", TT),
        Paid("{p} % Anzahlung per T/T", TT),
        Paid("{p} % Anzahlung per Überweisung", TT),
        Paid("{p} % Anzahlung"),
        Paid("{p}% Anzahlung"),
        Paid("Anzahlung {p} %"),
        Paid("{p} Prozent Anzahlung"),
        Paid("{p} % im Voraus"),
        Paid("Zahlung: {p} % Anzahlung, Rest vor Lieferung"),
        Paid("{p}/{q} T/T", TT),
        Paid("T/T {p}/{q}", TT),
        Paid("L/C bei Sicht", LC, at_sight=True),
        Paid("Akkreditiv bei Sicht", LC, at_sight=True),
        Paid("L/C at sight", LC, at_sight=True),
        Paid("L/C {n} Tage", LC),
        Paid("D/P bei Sicht", DP, at_sight=True),
        Paid("D/A {n} Tage", DA),
        Paid("O/A {n} Tage", OA),
        Paid("{n} Tage netto", OA),
        Paid("netto {n} Tage", OA),
        Paid("Zahlung {n} Tage nach Rechnung", OA),
        Paid("Zahlungsziel {n} Tage", OA),
        Paid("{n} Tage Zahlungsziel", OA),
        Paid("Zahlung per PayPal", PaymentMethod.PAYPAL),
    ),
    FR: (
        Paid("T/T {p} % d'acompte", TT),
        Paid("T/T, {p} % d'acompte, solde avant expédition", TT),
        Paid("{p} % d'acompte par T/T", TT),
        Paid("{p} % d'acompte par virement", TT),
        Paid("acompte de {p} %"),
        Paid("acompte {p}%"),
        Paid("{p} % d'acompte"),
        Paid("{p} pour cent d'acompte"),
        Paid("{p} % à la commande"),
        Paid("{p} % d'avance"),
        Paid("paiement : {p} % d'acompte, le solde avant l'expédition"),
        Paid("{p}/{q} T/T", TT),
        Paid("T/T {p}/{q}", TT),
        Paid("L/C à vue", LC, at_sight=True),
        Paid("crédit documentaire à vue", LC, at_sight=True),
        Paid("lettre de crédit à vue", LC, at_sight=True),
        Paid("L/C {n} jours", LC),
        Paid("D/P à vue", DP, at_sight=True),
        Paid("D/A {n} jours", DA),
        Paid("O/A {n} jours", OA),
        Paid("{n} jours net", OA),
        Paid("net {n} jours", OA),
        Paid("paiement à {n} jours après facture", OA),
        Paid("paiement par PayPal", PaymentMethod.PAYPAL),
    ),
}

FRAMES: Mapping[Language, tuple[tuple[str, str, str], ...]] = {
    EN: (
        ("Our offer: ", ", ", "."),
        ("We can offer: ", "; ", ""),
        ("Our offer:\n", "\n", ""),
        ("Here is our quotation:\n- ", "\n- ", ""),
        ("we offer ", ", ", ""),
        ("Our offer：", "，", "。"),
    ),
    DE: (
        ("Unser Angebot: ", ", ", "."),
        ("Wir bieten an: ", "; ", ""),
        ("Unser Angebot:\n", "\n", ""),
        ("Hier ist unser Angebot:\n- ", "\n- ", ""),
        ("wir bieten ", ", ", ""),
        ("Unser Angebot：", "，", "。"),
    ),
    FR: (
        ("Notre offre : ", ", ", "."),
        ("Nous proposons : ", " ; ", ""),
        ("Notre offre :\n", "\n", ""),
        ("Voici notre offre :\n- ", "\n- ", ""),
        ("nous offrons ", ", ", ""),
        ("Notre offre：", "，", "。"),
    ),
}
"""What stands before a list of terms, between them and after them."""

MONEY: Mapping[str, tuple[tuple[str, ...], Mapping[Language, str]]] = {
    "USD": (("$", "US$"), {EN: "dollars", DE: "Dollar", FR: "dollars"}),
    "EUR": (("€",), {EN: "euros", DE: "Euro", FR: "euros"}),
    "GBP": (("£",), {EN: "pounds", DE: "Pfund", FR: "livres"}),
    "CNY": (("¥",), {EN: "yuan", DE: "Yuan", FR: "yuans"}),
}
"""Each currency's signs and its word."""

PER: Mapping[Language, Mapping[Unit, tuple[str, ...]]] = {
    EN: {
        Unit.PIECE: ("piece", "pc", "unit"),
        Unit.SET: ("set",),
        Unit.BOX: ("box",),
        Unit.CARTON: ("carton", "ctn"),
        Unit.PALLET: ("pallet",),
        Unit.KG: ("kg", "kilo"),
        Unit.TONNE: ("tonne", "ton"),
        Unit.METRE: ("metre", "meter"),
    },
    DE: {
        Unit.PIECE: ("Stück", "Stk"),
        Unit.SET: ("Set", "Satz"),
        Unit.BOX: ("Schachtel", "Kiste"),
        Unit.CARTON: ("Karton",),
        Unit.PALLET: ("Palette",),
        Unit.KG: ("kg", "Kilo"),
        Unit.TONNE: ("Tonne",),
        Unit.METRE: ("Meter",),
    },
    FR: {
        Unit.PIECE: ("pièce", "unité"),
        Unit.SET: ("set",),
        Unit.BOX: ("boîte",),
        Unit.CARTON: ("carton",),
        Unit.PALLET: ("palette",),
        Unit.KG: ("kg", "kilo"),
        Unit.TONNE: ("tonne",),
        Unit.METRE: ("mètre",),
    },
}
COUNTED: Mapping[Language, Mapping[Unit, tuple[str, ...]]] = {
    EN: {
        Unit.PIECE: ("pcs", "pieces", "units", "PCS"),
        Unit.SET: ("sets",),
        Unit.BOX: ("boxes",),
        Unit.CARTON: ("cartons", "ctns"),
        Unit.PALLET: ("pallets",),
        Unit.CONTAINER: ("containers",),
        Unit.KG: ("kg", "kilos"),
        Unit.TONNE: ("tonnes", "tons"),
        Unit.METRE: ("metres", "meters"),
    },
    DE: {
        Unit.PIECE: ("Stück", "Stk.", "pcs"),
        Unit.SET: ("Sets",),
        Unit.BOX: ("Schachteln", "Kisten"),
        Unit.CARTON: ("Kartons",),
        Unit.PALLET: ("Paletten",),
        Unit.CONTAINER: ("Container",),
        Unit.KG: ("kg", "Kilo"),
        Unit.TONNE: ("Tonnen",),
        Unit.METRE: ("Meter",),
    },
    FR: {
        Unit.PIECE: ("pièces", "pcs", "unités"),
        Unit.SET: ("sets",),
        Unit.BOX: ("boîtes",),
        Unit.CARTON: ("cartons",),
        Unit.PALLET: ("palettes",),
        Unit.CONTAINER: ("conteneurs",),
        Unit.KG: ("kg", "kilos"),
        Unit.TONNE: ("tonnes",),
        Unit.METRE: ("mètres",),
    },
}
IN_WORDS: Mapping[Language, Mapping[int, str]] = {
    EN: {
        500: "five hundred",
        1200: "one thousand two hundred",
        2500: "two thousand five hundred",
        5000: "five thousand",
        10_000: "ten thousand",
        20_000: "twenty thousand",
    },
    DE: {
        500: "fünfhundert",
        1200: "eintausendzweihundert",
        2500: "zweitausendfünfhundert",
        5000: "fünftausend",
        10_000: "zehntausend",
        20_000: "zwanzigtausend",
    },
    FR: {
        500: "cinq cents",
        1200: "mille deux cents",
        2500: "deux mille cinq cents",
        5000: "cinq mille",
        10_000: "dix mille",
        20_000: "vingt mille",
    },
}
SPANS: Mapping[Language, Mapping[str, str]] = {
    EN: {"day": "days", "week": "weeks", "month": "months", "year": "years"},
    DE: {"day": "Tage", "week": "Wochen", "month": "Monate", "year": "Jahre"},
    FR: {"day": "jours", "week": "semaines", "month": "mois", "year": "ans"},
}
PLACES = ("Ningbo", "Shanghai", "Shenzhen", "Hamburg", "Rotterdam", "Le Havre", "Los Angeles")
DATES: Mapping[Language, tuple[str, ...]] = {
    EN: ("d MMMM y", "MMMM d, y", "d MMM y", "y-MM-dd", "d MMMM"),
    DE: ("d. MMMM y", "dd.MM.y", "d. MMMM", "d.M.y", "y-MM-dd"),
    FR: ("d MMMM y", "dd/MM/y", "d MMMM", "y-MM-dd"),
}
"""Patterns of Unicode TR35; those without a year mean the next such day."""
POLITE: Mapping[Language, tuple[tuple[str, ...], tuple[str, ...]]] = {
    EN: (
        (
            "Dear Mr Brown, ",
            "Good morning! ",
            "Hello, how are you? ",
            "Thank you very much for your mail. ",
            "Sorry for the late reply. ",
            "Please see below. ",
            "I hope you are well. ",
        ),
        (
            " Thank you!",
            " Best regards, Li Na",
            " We look forward to hearing from you.",
            " Sorry again for the delay.",
            " Have a nice day!",
            " Thanks in advance.",
            " Yours sincerely",
        ),
    ),
    DE: (
        (
            "Sehr geehrter Herr Braun, ",
            "Guten Morgen! ",
            "Hallo, wie geht es Ihnen? ",
            "Vielen Dank für Ihre Nachricht. ",
            "Entschuldigung für die späte Antwort. ",
            "Ich hoffe, es geht Ihnen gut. ",
        ),
        (
            " Vielen Dank!",
            " Mit freundlichen Grüßen, Li Na",
            " Wir freuen uns auf Ihre Antwort.",
            " Nochmals Entschuldigung.",
            " Einen schönen Tag noch!",
            " Danke im Voraus.",
        ),
    ),
    FR: (
        (
            "Bonjour Monsieur, ",
            "Bonjour ! ",
            "Bonjour, comment allez-vous ? ",
            "Merci beaucoup pour votre message. ",
            "Désolé pour le retard de ma réponse. ",
            "J'espère que vous allez bien. ",
        ),
        (
            " Merci beaucoup !",
            " Cordialement, Li Na",
            " Dans l'attente de votre réponse.",
            " Encore désolé.",
            " Bonne journée !",
            " Merci d'avance.",
        ),
    ),
}
"""Polite words that can stand before and after anything."""
