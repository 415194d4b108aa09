"""Names of people who do not exist. Surnames come about as often as they do in China; given names are put together."""

from __future__ import annotations

from random import Random

SURNAMES = {
    "王": 71, "李": 70, "张": 66, "刘": 52, "陈": 44, "杨": 30, "黄": 21, "赵": 21, "周": 19, "吴": 19, "徐": 15,
    "孙": 15, "朱": 13, "马": 13, "胡": 12, "郭": 12, "林": 11, "何": 11, "高": 10, "梁": 9, "郑": 9, "罗": 9,
    "宋": 8, "谢": 8, "唐": 8, "韩": 7, "曹": 7, "许": 7, "邓": 7, "冯": 7, "彭": 6, "程": 6, "董": 6, "袁": 6,
    "潘": 5, "于": 5, "田": 5, "蒋": 5, "余": 5, "杜": 5, "苏": 5, "魏": 5, "叶": 5, "吕": 4, "丁": 4, "任": 4,
    "沈": 4, "姚": 4, "欧阳": 1, "司徒": 1,
}  # fmt: skip
FIRST = "建国志文小雅海晓永淑玉秀立丽明伟春桂素俊子思浩雨欣佳振德光庆美红凤家宗"
SECOND = "华英强敏芳军平兰梅霞辉刚宁涛琴洁玲燕波超磊鹏婷娟倩萍勇杰慧琳蓉峰云"


class Names:
    """Gives one name after the other, always the same ones for the same chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.surnames, self.weights = list(SURNAMES), list(SURNAMES.values())

    def surname(self) -> str:
        """Draw a surname."""
        return self.chance.choices(self.surnames, self.weights)[0]

    def given(self) -> str:
        """Draw a given name of one or two signs."""
        first = self.chance.choice(FIRST) if self.chance.random() < 0.82 else ""
        return first + self.chance.choice(SECOND)

    def full(self, surname: str = "") -> str:
        """Draw a whole name; within a family the surname is given."""
        return (surname or self.surname()) + self.given()
