"""Decides what each part of a sentence does, and from that which of its figures stand as terms.

Looks at one sentence and what the talk lets expect; the deal itself is not known here.
"""

import re

from bot.domain.understanding import Act, Topic
from bot.language.understanding.figures import Kind
from bot.language.understanding.reading import (
    CLEAR,
    GUESS,
    STATEMENT,
    TERMS,
    WEAK,
    Reading,
)
from bot.language.understanding.roles import Role, assign, captured
from bot.language.understanding.segments import Link, Segment
from bot.language.understanding.stance import SOCIAL, StanceReader, blank

_FEW_WORDS = 4  # of a phrase that announces a question's subject
_STATEMENT_WORDS = 4
_CHOICE = re.compile(r"<[iy]\d+>(?: [a-z]+)? (?:or|oder|ou) <[iy]\d+>")
_TRADE = frozenset(Topic) - {Topic.COMPANY, Topic.MARKET, Topic.OTHER}
_SUBSTANCE = frozenset(Act) - frozenset(SOCIAL)


class SentenceReader(StanceReader):
    def read(self) -> Reading:
        previous: Segment | None = None
        plain = False
        for segment in self.sentence.segments:
            known = dict(self.reading.evidence)
            self._segment(segment, previous)
            plain = plain or (known == self.reading.evidence and self._states(segment))
            previous = segment
        if plain and {Act.REJECT, Act.APOLOGISE} & set(self.reading.evidence):
            # "L/C not possible, bank fee too high": a reason without "because".
            self.reading.add(Act.JUSTIFY, WEAK)
        self._resolve()
        self._chat()
        if len(self.reading.topics) > 1:
            self.reading.topics.discard(Topic.OTHER)
        return self.reading

    def _states(self, segment: Segment) -> bool:
        """Whether a part states something of its own."""
        if segment.asks or segment.link is Link.CONDITION or self._is_question(segment):
            return False
        if self.rules.patterns["infinitive"].search(segment.text):
            return False
        return len(re.findall(r"[a-z']{2,20}", segment.text)) >= _STATEMENT_WORDS

    def _chat(self) -> None:
        """Private matters are no business, whether asked or told."""
        found, private = self.reading.evidence, self.rules.acts[Act.SMALL_TALK].weak
        text = self.sentence.text
        if self.reading.roles or not set(found) & {Act.ASK, Act.INFORM, Act.SMALL_TALK}:
            return
        is_trade = any(self.rules.topics[topic].search(text) for topic in _TRADE)
        if Act.SMALL_TALK not in found and (is_trade or not private or not private.search(text)):
            return
        if set(found) <= {Act.ASK, Act.INFORM, *SOCIAL} and not is_trade:
            found.pop(Act.ASK, None)
            found.pop(Act.INFORM, None)
            self.reading.topics.clear()
            self.reading.add(Act.SMALL_TALK, WEAK)

    def _goes_back(self, segment: Segment, previous: Segment) -> bool:
        """Whether a refusal is about what was said just before it."""
        if self.rules.patterns["firm"].search(segment.text):
            return False
        if len(previous.text.split()) <= 3:
            return True
        about = self.rules.patterns["goes_back"].match(segment.text)
        return bool(about) and not self.rules.patterns["offer_verbs"].search(previous.text)

    def _is_choice(self, segment: Segment, roles: dict[int, Role]) -> bool:
        """ "D/P or L/C, which do you want?": rules or methods to choose from."""
        if "?" not in self.sentence.text and not self.rules.patterns["within_question"].search(
            self.sentence.text
        ):
            return False
        kinds = list(roles.values())
        return len(kinds) > len(set(kinds)) and bool(_CHOICE.search(segment.text))

    def _segment(self, segment: Segment, previous: Segment | None) -> None:
        if segment.link in (Link.CONTRAST, Link.CONDITION):
            self.accepting = self.rejecting = False
        text, found = segment.text, set[Act]()
        candidates = assign(self.marked, self.sentence, segment, self.rules, self.context)
        self.reading.candidates |= candidates
        is_question = self._is_question(segment)
        if Act.OFFER in self.reading.evidence and self.rules.patterns["firm"].search(text):
            # "1.25, cannot go lower": the offer is firm, nothing is refused.
            return
        text = self._social(text, found)
        before = text
        if not is_question:
            text = self._stand(text, segment, found)
        roles = {i: role for i, role in candidates.items() if i not in self.refused}
        if Act.REJECT in found:
            roles = self._left_by_refusal(roles, segment, previous)
        if self.rules.acts[Act.JUSTIFY].strong.search(segment.text):
            self.reading.add(Act.JUSTIFY, CLEAR)
            found.add(Act.JUSTIFY)
            roles = self._left_by_reason(roles, segment)
        if self.rejecting and self.rules.patterns["infinitive"].search(segment.text):
            # "Es ist schwierig, in 3 Wochen fertig zu sein": still refused.
            roles = {}
        if set(roles.values()) == {Role.METHOD} and self.rules.acts[Act.PROMISE].strong.search(
            segment.text
        ):
            # "Nous ferons le virement lundi": something done, not a term.
            roles = {}
        self.rejecting = Act.REJECT in found and not segment.figures
        if self._is_choice(segment, roles):
            self._ask(segment)
            return
        if roles:
            self._with_terms(segment, roles, found, before, is_question)
        elif Act.REJECT not in found:
            self._without_terms(segment, text, found, is_question)

    def _is_question(self, segment: Segment) -> bool:
        patterns = self.rules.patterns
        opening = patterns["questions"].match(segment.text)
        opening = opening or patterns["information"].match(segment.text)
        return segment.asks or bool(opening) or bool(patterns["proposals"].match(segment.text))

    # -- figures

    def _left_by_refusal(
        self, roles: dict[int, Role], segment: Segment, previous: Segment | None
    ) -> dict[int, Role]:
        """What still stands where something is refused: only a limit ("not below 8.20")."""
        limits = captured(self.rules.patterns["limits"], segment.text)
        if not segment.figures and previous and self._goes_back(segment, previous):
            # "7.20, that is too low"
            for index in previous.figures:
                self.reading.roles.pop(index, None)
            if not self.reading.roles:
                self.reading.evidence.pop(Act.OFFER, None)
        return {i: role for i, role in roles.items() if i in limits}

    def _left_by_reason(self, roles: dict[int, Role], segment: Segment) -> dict[int, Role]:
        if segment.link is not Link.REASON:
            return roles
        keep = (Role.QUANTITY, Role.INCOTERM)
        return {i: role for i, role in roles.items() if role in keep}

    def _with_terms(
        self,
        segment: Segment,
        roles: dict[int, Role],
        found: set[Act],
        text: str,
        is_question: bool,
    ) -> None:
        patterns = self.rules.patterns
        if is_question and self._wants_information(segment, roles):
            self._ask(segment)
            kept = {i: r for i, r in roles.items() if r is Role.QUANTITY and not segment.asks}
            kept |= {
                i: r
                for i, r in roles.items()
                if r is Role.QUANTITY and re.search(rf"(?:for|fur|pour|bei) <c{i}>", segment.text)
            }
            self.reading.roles |= kept
            return
        self.reading.roles |= roles
        self.reading.spoken.append(self.sentence.text)
        if set(roles.values()) <= {Role.QUANTITY} and self._requests(segment, text):
            return
        offers = patterns["offer_verbs"].search(segment.text) or is_question
        if (
            not self.accepting
            or (offers and Act.ACCEPT not in found)
            or (offers and patterns["offer_verbs"].match(segment.text) is None and is_question)
        ):
            self.reading.add(Act.OFFER, TERMS)

    def _wants_information(self, segment: Segment, roles: dict[int, Role]) -> bool:
        patterns = self.rules.patterns
        if self.rules.acts[Act.ASK].strong.search(segment.text) and not patterns[
            "proposals"
        ].search(segment.text):
            return True
        alternatives = list(roles.values())
        if len(alternatives) > len(set(alternatives)) and segment.asks:
            return True
        return bool(patterns["information"].match(segment.text)) and not patterns[
            "proposals"
        ].search(segment.text)

    # -- words only

    def _without_terms(
        self, segment: Segment, text: str, found: set[Act], is_question: bool
    ) -> None:
        if Act.SMALL_TALK in found or not re.sub(r"\W", "", text):
            return
        promise = self.rules.acts[Act.PROMISE].strong
        if is_question and self._is_about_own_offer(segment):
            self.reading.add(Act.OFFER, CLEAR)
            return
        if self.rules.acts[Act.ASK].strong.search(text):
            self._ask(segment)
        elif self._requests(segment, text):
            return
        elif not (
            found & {Act.REJECT, Act.ACCEPT} or is_question or self.accepting
        ) and self._names_balance(segment):
            self.reading.spoken.append(segment.text)
            self.reading.add(Act.OFFER, CLEAR)
        elif self._proposes(segment):
            self.reading.add(Act.OFFER, WEAK)
        elif is_question and not self._is_refused_figure_only(segment):
            if not found & {Act.GREET, Act.CLOSE, Act.THANK} or segment.asks:
                self._ask(segment)
        elif promise.search(text):
            self.reading.add(Act.PROMISE, CLEAR)
        elif segment.link is Link.CONDITION and self._accepted_only():
            self.reading.add(Act.REQUEST, WEAK)

    def _accepted_only(self) -> bool:
        return Act.ACCEPT in self.reading.evidence and Act.OFFER not in self.reading.evidence

    def _is_about_own_offer(self, segment: Segment) -> bool:
        """ "8.40, can you accept it?": the question belongs to the offer."""
        offered = {Act.OFFER, Act.ACCEPT} & (set(self.reading.evidence) | self.before)
        about = self.rules.patterns["agreeing"].search(segment.text)
        return bool(offered) and not segment.figures and bool(about)

    def _names_balance(self, segment: Segment) -> bool:
        return any(pattern.search(segment.text) for pattern in self.rules.balances.values())

    def _proposes(self, segment: Segment) -> bool:
        """Whether a value is put forward whose term is not plain ("how about 60 days?")."""
        standing = [
            i
            for i in segment.figures
            if i not in self.refused and self.marked.figures[i].kind is not Kind.NOISE
        ]
        return bool(standing and self.rules.patterns["proposals"].search(segment.text))

    def _is_refused_figure_only(self, segment: Segment) -> bool:
        return not segment.asks and set(segment.figures) <= self.refused and bool(segment.figures)

    def _ask(self, segment: Segment) -> None:
        self.reading.add(Act.ASK, CLEAR)
        self.reading.topics |= self._topics(segment) or self._announced(segment) or {Topic.OTHER}

    def _announced(self, segment: Segment) -> set[Topic]:
        """ "As for payment, what do you suggest?": the few words ahead say what it is about."""
        ahead = [part for part in self.sentence.segments if part.end == segment.start]
        is_short = bool(ahead) and len(ahead[0].text.split()) <= _FEW_WORDS
        return self._topics(ahead[0]) if is_short and not ahead[0].figures else set()

    def _requests(self, segment: Segment, text: str) -> bool:
        if not self.rules.acts[Act.REQUEST].strong.search(text):
            return False
        self.reading.add(Act.REQUEST, CLEAR)
        self.reading.topics |= self._topics(segment)
        return True

    def _topics(self, segment: Segment) -> set[Topic]:
        return {t for t, pattern in self.rules.topics.items() if pattern.search(segment.text)}

    # -- what is left

    def _resolve(self) -> None:
        if _SUBSTANCE & set(self.reading.evidence):
            return
        if Act.INTRODUCE in self.reading.evidence or Act.SMALL_TALK in self.reading.evidence:
            return
        text = self.sentence.text
        for act in SOCIAL:
            text = blank(self.rules.acts[act].strong, text)
        words = re.findall(r"[a-z']{1,20}", text)
        known = sum(word in self.rules.function_words for word in words)
        if len(words) >= 3 and self.rules.acts[Act.INFORM].strong.search(text):
            self.reading.add(Act.INFORM, STATEMENT)
        elif len(words) >= 4 and known >= 2 and not self.reading.evidence:
            self.reading.add(Act.INFORM, GUESS)
