"""Names as a workforce of 2015 bears them: by sex and generation, with the rare ones that break software."""

from random import Random

SURNAMES: tuple[str, ...] = (
    *"王张李刘陈孙杨徐于姜马赵宋高郭韩胡朱吕董",
    *"王张李刘陈孙杨徐于姜",  # a third of the people share ten surnames: namesakes must occur
    *"周吴林任迟纪袁宫辛战隋栾矫逄綦臧管薛范邢侯崔尹丁姚石",
    *"曾单仇解盖区查乐",  # characters read otherwise when they are surnames
)
COMPOUND_SURNAMES = ("欧阳", "司马", "上官", "尉迟", "东方")

GIVEN: dict[tuple[str, int], str] = {
    ("male", 1950): "守田 福来 长河 永顺 宝山 连生 树林 广才 保全 贵生 "
    "兴旺 吉庆 延寿 丕业 玉堂 显宗 世荣 德厚 传善 殿臣",
    ("male", 1960): "建业 卫国 跃进 兴建 和顺 新田 国桢 援朝 学文 春生 "
    "爱民 胜利 立国 志坚 宝成 克勤 京生 玉民 瑞林 同江",
    ("male", 1970): "卫星 红旗 学军 立新 海波 永刚 学峰 志坤 文斌 向前 "
    "春雷 庆华 忠诚 世勇 兆辉 克俭 延涛 维刚 振海 显峰",
    ("male", 1980): "鹏程 晓磊 志远 海滨 文博 家兴 永超 振宇 明阳 少杰 "
    "凯旋 宇航 子健 正阳 东旭 瑞鑫 承志 昊天 伟峰 俊涛",
    ("female", 1950): "桂芹 秀芝 玉莲 淑贞 月娥 凤美 素琴 春花 爱菊 "
    "兰芳 桂荣 秀珍 玉香 淑芬 翠娥 美荣 金凤 瑞兰",
    ("female", 1960): "秀云 玉芹 淑红 守英 建英 丽娟 春梅 桂玲 新华 "
    "玉霞 素珍 美华 翠玲 月华 瑞芳 国英 延芬 守霞",
    ("female", 1970): "红梅 卫红 爱英 春玲 丽芹 海玲 晓红 文娟 雪梅 "
    "秀丽 永红 晓莉 玉红 燕妮 咏梅 彩霞 延红 庆玲",
    ("female", 1980): "婷婷 晓雪 倩倩 梦洁 文静 晓琳 佳慧 雯雯 丽娜 "
    "思雨 欣悦 雅琪 静怡 蓓蓓 海宁 媛媛 莎莎 培培",
}
RARE = ("堃", "喆", "𠮷祥", "翀", "犇", "祎", "𠮷成", "晔", "赟", "淼")
RARE_SHARE = 0.012
COMPOUND_SHARE = 0.015


def invent_name(rng: Random, sex: str, birth_year: int) -> str:
    """A surname with a given name of the person's sex and decade."""
    surname = rng.choice(COMPOUND_SURNAMES if rng.random() < COMPOUND_SHARE else SURNAMES)
    if rng.random() < RARE_SHARE:
        return surname + rng.choice(RARE)
    decade = min(max(birth_year // 10 * 10, 1950), 1980)
    return surname + rng.choice(GIVEN[sex, decade].split())
