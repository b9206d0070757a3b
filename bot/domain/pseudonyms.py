"""Takes people out of a message: names and ways to reach them become neutral stand-ins.

Decides by the writer's known name, by the places where people name themselves, and by form. It
does not see what only the sense tells: somebody else, named in the middle of a sentence.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

NAME, SHORT_NAME, CHINESE_NAME = "Xiao Ming", "Ming", "小明"
EMAIL, LINK, HANDLE, ID = "name@example.com", "www.example.com", "@example", "trade88"
PHONE = "+86 138 0000 0000"

_LONG_ENOUGH = 4  # letters; a shorter part of a name ("An", "He") is a common word as well
_COMMON_WORD = re.compile(
    r"april|apple|august|best|bill|bright|candy|cherry|crystal|forest|frank|gold|grace|happy|hope"
    r"|juin|juni|june|king|lemon|lucky|march|mark|mars|moon|ocean|price|rain|rich|rose|silver|snow"
    r"|spring|star|summer|sunny|will|winter|young",
    re.IGNORECASE,
)
"""Names people choose that are words of a trade talk, too: names only where one names oneself."""

_NO_CURRENCY = r"(?!(?:usd?|eur|cny|rmb|gbp|chf|jpy|hkd)\d*\b)"  # "5000 pcs @USD8.20"
_CONTACTS = (
    (
        rf"[a-z0-9_.+-]+[@＠]{_NO_CURRENCY}(?:[a-z][\w-]*|\d{{3}}(?=\.com))(?:\.[a-z][\w-]+)+",
        EMAIL,
    ),
    (r"(?:https?://|www\.|\b(?:t|wa)\.me/)[^\s，。；]*[\w/]", LINK),
    (r"(?<![\w.@])[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|cn|org)\b(?:/[^\s，。；]*)?", LINK),
    (rf"(?<![\w.])[@＠]{_NO_CURRENCY}[a-z]\w{{3,}}", HANDLE),
    (r"(?<![\w.,])(?:\+|00)\d(?:[ ()/-]{0,2}\d){7,14}(?!\d)", PHONE),
    (r"(?<![\d.,])(?<!\+86 )1[3-9]\d(?:[ -]?\d{4}){2}(?![\d.,]?\d)", PHONE),
    (r"(?<![\d.,])0\d{2,4}[ /-]\d{6,8}(?!\d)", PHONE),
    (r"(?<!\d)0[1-9](?:[ .]\d\d){4}(?!\d)", PHONE),
    (
        r"(?P<kept>(?:\btel|telefon|t[eé]l[eé]phone|whats ?app|电话|手机)"
        r"(?: ?(?:number|no|nr|is|ist|est|[:：.]))*\s*)\d(?:[ -]?\d){6,}",
        PHONE,
    ),
    (
        r"(?P<kept>(?:we ?chat|weixin|微信号?|\bqq|whats ?app|skype|telegram|instagram)"
        r"(?: ?(?:id|account|号))?(?:\s*[:：=]\s*|(?: (?:is|ist|est) |\s*)(?=\S*[\d_])))"
        r"[a-z0-9][a-z0-9_.-]{3,}",
        ID,
    ),
)
_CONTACT_PATTERNS = tuple((re.compile(p, re.IGNORECASE), to) for p, to in _CONTACTS)

_WORD = r"[A-ZÀ-Þ][\w'’-]*"
_NAMED = rf"{_WORD}(?: {_WORD}){{0,2}}"
_NO_NAME = (
    r"(?!(?i:a|an|and|aus|bei|chez|de|du|et|for|from|f[uü]r|in|of|pour|the|to|und|von|with|your"
    r"|business|export|general|happy|manager|marketing|nach|promotion|sales|sie|senior|sorry|trade|very"
    r"|faithfully|sincerely|truly|yours|mr|mrs|ms|miss|herr|frau|mme|madame|monsieur)\b)"
)
_TITLE = r"(?:(?i:mr|mrs|ms|miss|herr|frau|mme|mlle|madame|monsieur)\.? )"
_SELF = r"(?i:\bi am|\bi['’]m|\bthis is|\bich bin|\bhier ist|\bhier spricht|\bje suis|\bc['’]est)"
_FAREWELL = (
    r"(?i:regards|wishes|sincerely|faithfully|yours|gr[uü](?:ß|ss)en?|gru(?:ß|ss)|mfg"
    r"|cordialement|salutations)"
)
_END = r"(?=[\s.!]*(?:\n|\Z))"
_SELF_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<kept>(?i:\bmy name is|\bmy name['’]s|\bcall me|\bich hei(?:ß|ss)e|\bmein name ist"
        rf"|\bje m['’]appelle|\bmon nom est) ){_NO_NAME}(?:{_NAMED}|\w+(?: {_NO_NAME}\w+)?)",
        r"(?P<kept>我叫|我的名字是|姓名[:：])[\u4e00-\u9fff]{2,3}",
        rf"(?P<kept>{_SELF} ){_NO_NAME}{_WORD} {_NO_NAME}{_WORD}",
        rf"(?P<kept>{_SELF} {_TITLE}){_NAMED}",
        rf"(?P<kept>(?i:\bi am|\bi['’]m|\bthis is) ){_NO_NAME}{_WORD}(?=,| (?:from|of|at|here)\b)",
        rf"(?P<kept>(?i:\bje suis) ){_NO_NAME}{_WORD}(?=,| (?:de|du|chez)\b)",
        rf"(?P<kept>{_FAREWELL}[\s,.!-]+){_NO_NAME}{_NAMED}{_END}",
        rf"(?P<kept>{_FAREWELL}[.!]*(?:,\s*|\n)){_NO_NAME}\w+(?: \w+)?{_END}",
    )
)


def without_names(text: str, name: str) -> str:
    """``text`` of the writer called ``name`` without names, addresses, numbers to dial, links."""
    for pattern, stand_in in _CONTACT_PATTERNS:
        text = pattern.sub(lambda found, to=stand_in: _kept(found) + to, text)  # type: ignore[misc]
    for pattern in chain(_patterns_of(name), _SELF_NAMED):
        text = pattern.sub(lambda found: _kept(found) + _like(found), text)
    return text


@cache
def _patterns_of(name: str) -> tuple[re.Pattern[str], ...]:
    """What shows the name of a known writer, whole or in part."""
    return tuple(map(re.compile, _forms(name)))


def _forms(name: str) -> Iterator[str]:
    words = re.findall(r"[^\W_]+", name)
    if not words:
        return
    parts = "|".join(map(re.escape, words))
    for order in (words, words[1:] + words[:1]):
        if len(words) > 1:
            yield rf"(?<!\w)(?i:{'[ ·-]*'.join(map(re.escape, order))})(?!\w)"
    for word in words:
        if "\u4e00" <= word[0] <= "\u9fff":
            yield re.escape(word)
        elif len(word) >= _LONG_ENOUGH and not _COMMON_WORD.fullmatch(word):
            yield rf"(?<!\w)(?:{re.escape(word.capitalize())}|{re.escape(word.upper())})(?!\w)"
    yield rf"(?P<kept>{_SELF} |(?<!\w){_TITLE})(?i:{parts})(?!\w)"
    yield rf"(?P<kept>[,.!?\n–-]\s*)(?i:{parts}){_END}"


def _kept(found: re.Match[str]) -> str:
    return str(found.groupdict().get("kept") or "")


def _like(found: re.Match[str]) -> str:
    """A stand-in as long as the name it stands for."""
    name = found[0].removeprefix(_kept(found))
    if any("\u4e00" <= character <= "\u9fff" for character in name):
        return CHINESE_NAME
    return NAME if " " in name.strip() else SHORT_NAME
