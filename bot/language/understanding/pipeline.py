"""The spaCy pipelines: blank tokenizers with our components, which write on the Doc.

Decides the order of reading: the rules find, the judge weighs what they found, and from what
stands the terms are put together.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from bot.domain.languages import Language
from bot.domain.terms import Terms
from bot.domain.understanding import Act, Context, Register, Stance
from bot.language.understanding.claims import Message
from bot.language.understanding.judge import Judge, Judgement, shared_judge
from bot.language.understanding.judge.clues import Clue, clues
from bot.language.understanding.judge.evidence import Part, Shown, parts
from bot.language.understanding.marking import mark
from bot.language.understanding.matters import find_mentions
from bot.language.understanding.message import read_acts
from bot.language.understanding.normalise import fold
from bot.language.understanding.reading import CLEAR
from bot.language.understanding.references import find_references
from bot.language.understanding.rules import Rules, rules_for
from bot.language.understanding.segments import split
from bot.language.understanding.terms import assemble

_EXTENSIONS: dict[str, Any] = {
    "today": None,
    "context": None,
    "marked": None,
    "sentences": None,
    "reading": None,
    "judge": None,
    "judgement": None,
    "found": None,
    "mentions": (),
    "terms": None,
    "register": None,
    "probes": False,
}
for _name, _default in _EXTENSIONS.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


def _rules(nlp: Pipeline) -> Rules:
    return rules_for(Language(str(nlp.lang)))


@Pipeline.factory("kontor_figures")
def make_figures(nlp: Pipeline, name: str) -> Callable[[Doc], Doc]:
    """Figures as spans under ``doc.spans["figures"]``, the marked text, its sentences."""
    rules = _rules(nlp)

    def figures(doc: Doc) -> Doc:
        doc._.marked = mark(doc.text, rules, doc._.today)
        doc._.sentences = split(doc._.marked.text, rules)
        spans = [
            doc.char_span(f.start, f.end, label=f.kind.name, alignment_mode="expand")
            for f in doc._.marked.figures
        ]
        doc.spans["figures"] = [span for span in spans if span is not None]
        return doc

    return figures


@Pipeline.factory("kontor_acts")
def make_acts(nlp: Pipeline, name: str) -> Callable[[Doc], Doc]:
    """Acts, topics and the roles of the figures."""
    rules = _rules(nlp)

    def acts(doc: Doc) -> Doc:
        context = doc._.context or Context()
        doc._.reading = read_acts(doc._.marked, doc._.sentences, rules, context)
        return doc

    return acts


def evidence_of(doc: Doc) -> tuple[list[Part], list[Clue]]:
    """What the judge is shown of a message that the rules have read."""
    rules, context = rules_for(Language(doc.lang_)), doc._.context or Context()
    shown = Shown(doc.text, doc._.marked, doc._.sentences, doc._.reading, rules, context)
    local = shown.local()
    return parts(shown, local), clues(shown, local)


@Pipeline.factory("kontor_judge")
def make_judge(nlp: Pipeline, name: str) -> Callable[[Doc], Doc]:
    """What the rules found, weighed: which acts there are, which figures stand."""

    def judge(doc: Doc) -> Doc:
        shown, figures = evidence_of(doc)
        doc._.judgement = (doc._.judge or shared_judge()).weigh(shown, figures)
        _follow(doc, doc._.judgement)
        return doc

    return judge


def _follow(doc: Doc, judgement: Judgement) -> None:
    reading = doc._.reading
    clear = {act: strength for act, strength in reading.evidence.items() if strength >= CLEAR}
    reading.evidence = {act: judgement.acts[act] for act in judgement.found} or clear
    if Act.ASK in reading.evidence:
        reading.topics = set(judgement.asked)
    reading.roles = judgement.standing
    agreed = {Act.OFFER, Act.ACCEPT} & set(reading.evidence) and Act.REJECT not in reading.evidence
    reading.spoken = [
        sentence.text
        for sentence in doc._.sentences
        if agreed or any(i in reading.roles for part in sentence.segments for i in part.figures)
    ]


@Pipeline.factory("kontor_references")
def make_references(nlp: Pipeline, name: str) -> Callable[[Doc], Doc]:
    """What is taken up of the talk; the figures in it are no terms."""
    rules = _rules(nlp)

    def references(doc: Doc) -> Doc:
        context = doc._.context or Context()
        found = find_references(doc._.marked, doc._.sentences, rules, context)
        roles = doc._.reading.roles
        doc._.reading.roles = {i: role for i, role in roles.items() if i not in found.figures}
        doc._.found = found
        return doc

    return references


@Pipeline.factory("kontor_matters")
def make_matters(nlp: Pipeline, name: str) -> Callable[[Doc], Doc]:
    """What is said of the matters that only this deal has; their figures are no terms."""
    rules = _rules(nlp)

    def matters(doc: Doc) -> Doc:
        context, reading = doc._.context or Context(), doc._.reading
        if not context.matters:
            return doc
        message = Message(doc.text, doc._.marked, doc._.sentences, reading, rules, context)
        spoken = find_mentions(message, doc._.found)
        doc._.found.references = list(spoken.references)
        reading.roles = {i: role for i, role in reading.roles.items() if i not in spoken.figures}
        reading.topics -= spoken.topics
        doc._.mentions = spoken.mentions
        is_put = any(one.stance is Stance.PUT for one in spoken.mentions)
        if is_put and Act.ACCEPT not in reading.evidence:
            reading.add(Act.OFFER, CLEAR)
        return doc

    return matters


@Pipeline.factory("kontor_terms")
def make_terms(nlp: Pipeline, name: str) -> Callable[[Doc], Doc]:
    """The terms that stand."""
    rules = _rules(nlp)

    def terms(doc: Doc) -> Doc:
        reading = doc._.reading
        found: Terms = assemble(doc._.marked.figures, reading.roles, reading.spoken, rules)
        doc._.terms = found
        return doc

    return terms


@Pipeline.factory("kontor_register")
def make_register(nlp: Pipeline, name: str) -> Callable[[Doc], Doc]:
    """How the other is addressed (the familiar form decides), and whether its limit is probed."""
    rules = _rules(nlp)

    def register(doc: Doc) -> Doc:
        folded = fold(doc.text)
        if rules.register["informal"].search(folded):
            doc._.register = Register.INFORMAL
        elif rules.register["formal"].search(folded):
            doc._.register = Register.FORMAL
        doc._.probes = bool(rules.probes.search(folded))
        return doc

    return register


def make_pipeline(language: Language) -> Pipeline:
    """Build the pipeline of one language."""
    nlp = spacy.blank(language.value)
    for part in ("figures", "acts", "judge", "references", "matters", "terms", "register"):
        nlp.add_pipe(f"kontor_{part}")
    return nlp


def read_doc(
    nlp: Pipeline, text: str, context: Context, today: date, judge: Judge | None = None
) -> Doc:
    """Run the pipeline on a normalised text; without ``judge`` the shipped one weighs it."""
    doc = nlp.make_doc(text)
    doc._.today, doc._.context, doc._.judge = today, context, judge
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc
