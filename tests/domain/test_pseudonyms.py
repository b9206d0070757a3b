"""Nobody can be recognised in a message whose names were taken out, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pseudonyms import without_names


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("Li Na", "Dear Mr Weber, Li Na here.", "Dear Mr Weber, Xiao Ming here."),
        ("Li Na", "hi, lina from ningbo", "hi, Ming from ningbo"),
        ("Li Na", "NA LI will send it", "Xiao Ming will send it"),
        ("Li Na", "Mr. Li speaking", "Mr. Ming speaking"),
        ("Chen Xiaoyan", "Xiaoyan will send it", "Ming will send it"),
        ("Chen Xiaoyan", "Danke, xiaoyan", "Danke, Ming"),
        ("李娜", "我是李娜 8.20 USD", "我是小明 8.20 USD"),
        ("", "My name is Zhang Wei and I sell.", "My name is Xiao Ming and I sell."),
        ("Fish", "my name is li na from ningbo", "my name is Xiao Ming from ningbo"),
        ("Fish", "Hi, I'm Lily from Ningbo.", "Hi, I'm Ming from Ningbo."),
        ("Fish", "Ich heiße Wang Li, guten Tag", "Ich heiße Xiao Ming, guten Tag"),
        ("Fish", "Ich bin Frau Deng.", "Ich bin Frau Ming."),
        ("Fish", "je suis Peng de Cixi", "je suis Ming de Cixi"),
        ("Fish", "我叫张伟，来自宁波", "我叫小明，来自宁波"),
        ("Fish", "Best regards,\nLi Na", "Best regards,\nXiao Ming"),
        ("Fish", "best regards, li na", "best regards, Xiao Ming"),
        ("Fish", "Mit freundlichen Grüßen, Liu Qiang.", "Mit freundlichen Grüßen, Xiao Ming."),
    ],
)
def test_names_become_stand_ins(name: str, text: str, shown: str) -> None:
    assert without_names(text, name) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mail: li.na@163.com, please", "Mail: name@example.com, please"),
        ("lina@brightlamp.com.cn", "name@example.com"),
        ("See https://bright.cn/a?b=1.", "See www.example.com."),
        ("See www.bright.de, brightlamp.com!", "See www.example.com, www.example.com!"),
        ("t.me/lina_lamps", "www.example.com"),
        ("Ask @lina_shop.", "Ask @example."),
        ("Call 13812345678", "Call +86 138 0000 0000"),
        ("Call 138-1234-5678", "Call +86 138 0000 0000"),
        ("Call +86 (574) 8765 4321", "Call +86 138 0000 0000"),
        ("Call 0086 574 87654321", "Call +86 138 0000 0000"),
        ("Appelez le 01 23 45 67 89", "Appelez le +86 138 0000 0000"),
        ("Tel: 87654321", "Tel: +86 138 0000 0000"),
        ("手机：13812345678", "手机：+86 138 0000 0000"),
        ("my WeChat is lina_88", "my WeChat is trade88"),
        ("微信：lilamp", "微信：trade88"),
        ("QQ 123456789", "QQ trade88"),
    ],
)
def test_ways_to_reach_somebody_become_neutral_ones(text: str, shown: str) -> None:
    assert without_names(text, "Fish") == shown


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Li Na", "Na gut, 8,20 EUR pro Stück. Einverstanden?"),
        ("An Ying", "An offer at 7.90 is possible."),
        ("He Long", "He asks: how long is the delivery?"),
        ("June Will", "Delivery on 30 June. Will you accept?"),
        ("Fish", "5000 pcs @USD8.20.Best price @ 8.20, pcs@8.20"),
        ("Fish", "1 250 000 pièces, 12.500.000 Stück, 20000000 pcs, 2026-11-27, 01.02.2026"),
        ("Fish", "Order 45009871230011, model 6204-2RS, 20 x 47 x 14 mm"),
        ("Fish", "I am happy with it. I am Sales Manager. Kind regards to Mr Weber."),
        ("Fish", "Nicht im Januar, wir liefern am 1. März. Gruß nach Zürich."),
        ("Fish", "Veuillez agréer nos salutations distinguées."),
        ("Fish", "whatsapp is better than mail"),
    ],
)
def test_what_is_no_name_stays(name: str, text: str) -> None:
    assert without_names(text, name) == text


@given(
    name=st.text(max_size=20),
    text=st.text(max_size=120)
    | st.lists(
        st.sampled_from(
            [
                "I am",
                "Li",
                "Na",
                "8.20",
                "@",
                "USD",
                ".",
                ",",
                "regards",
                "\n",
                "+86",
                "我叫",
                "www.",
            ]
        ),
        max_size=12,
    ).map(" ".join),
)
def test_any_name_and_any_text_give_a_text(name: str, text: str) -> None:
    assert isinstance(without_names(text, name), str)


@pytest.mark.parametrize("text", ["Li Na, lina@163.com, 13812345678", "I am Li Na from Ningbo."])
def test_a_text_without_names_stays_as_it_is(text: str) -> None:
    once = without_names(text, "Li Na")
    assert without_names(once, "Li Na") == once
