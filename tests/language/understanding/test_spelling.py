"""Mistyped words of trade are read, and nothing else is touched."""

import pytest

from bot.domain.languages import Language
from bot.language.understanding.spelling import correct_spelling

EN, DE, FR = Language.EN, Language.DE, Language.FR


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        (EN, "7 weaks after depost", "7 weeks after deposit"),
        (EN, "2 contaners, waranty 2 yaers", "2 containers, warranty 2 years"),
        (EN, "5000 peices til 20 Febuary", "5000 pieces til 20 February"),
        (EN, "we acept the discont", "we accept the discount"),
        (DE, "6 wochn nach anzalung", "6 Woche nach Anzahlung"),
        (DE, "2 prosent rabat", "2 Prozent Rabatt"),
        (DE, "Die Lifrung kostet 4 dolar", "Die Lieferung kostet 4 Dollar"),
        (FR, "livrason 7 semène", "livraison 7 semaine"),
        (FR, "l'acompt et le rabai", "l'acompte et le rabais"),
    ],
)
def test_mistyped_words_of_trade_are_read(language: Language, typed: str, meant: str) -> None:
    assert correct_spelling(typed, language) == meant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (EN, "Dear Mr Prices, I am Monty from Pallett Ltd in Porto."),
        (EN, "We write to week.ly@example.com about the form."),
        (DE, "Sehr geehrter Herr Wochner, der Preis von Frau Rabat steht."),
        (DE, "Wir haben die Ventile in Verpackungen aus Pappe."),
        (FR, "C'est déjà vraiment bien, pourtant Monsieur Acompt attend."),
        (FR, "Le prêt est certes vivement souhaité."),
        (FR, "La journee de nos meres en Europe."),
    ],
)
def test_names_and_words_that_exist_stay(language: Language, text: str) -> None:
    assert correct_spelling(text, language) == text


def test_a_word_that_may_be_two_words_of_trade_stays() -> None:
    assert correct_spelling("our pices", EN) == "our pices"


def test_after_a_number_it_is_what_is_counted() -> None:
    assert correct_spelling("5000 pices", EN) == "5000 pieces"
