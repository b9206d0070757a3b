"""Chinese names in Latin letters: which words can be one.

Decides by the syllables of Hanyu Pinyin (GB/T 16159), since no list holds all given names. Does
not know whether somebody bears the name.
"""

import re

# Every initial with the finals it takes, without tones; ü is written u or v in names.
_FINALS = {
    "": "a ai an ang ao e en er ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei eng i ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong u uan uo v ve",
    "l": "a ai an ang ao e ei eng i ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
_SYLLABLES = sorted(
    {initial + final for initial, finals in _FINALS.items() for final in finals.split()},
    key=len,
    reverse=True,
)
_SYLLABLE = f"(?:{'|'.join(_SYLLABLES)})"
# Two syllables or three: "Xiaoling", "Xiao-ling", "Ouyangxiu". Of one there are too many words.
_NAME = re.compile(rf"{_SYLLABLE}(?:-?{_SYLLABLE}){{1,2}}")


def may_be_chinese_name(word: str) -> bool:
    """Whether a word is written like a given name, a double surname or a place in Pinyin."""
    return word[:1].isupper() and _NAME.fullmatch(word.lower()) is not None
