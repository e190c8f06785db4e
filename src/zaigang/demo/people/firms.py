"""The two invented firms: workshops, trades as people of 2016 say them, and how contracts end."""

from dataclasses import dataclass

# Code of formats -> the words an employer writes; None: the column stays empty.
REASON_WORDS: dict[str | None, tuple[str, ...]] = {
    "employer_proposed_agreement": ("企业提出协商一致解除",),
    "contract_expired": ("合同期满终止",),
    "closure": ("企业关闭", "提前解散"),
    "layoff": ("经济性裁员",),
    "resigned": ("个人辞职",),
    None: ("",),
}


@dataclass(frozen=True)
class Workshop:
    """share: weight in the firm; women: part of its people; heavy: trades that nearly only men have."""

    name: str
    share: int
    women: float
    heavy: tuple[str, ...]
    mixed: tuple[str, ...]


@dataclass(frozen=True)
class Firm:
    """weight: part of the closure's people, reasons: code of formats -> how often in a thousand."""

    name: str
    weight: int
    reasons: dict[str | None, int]
    workshops: tuple[Workshop, ...]


def _workshop(name: str, share: int, women: float, heavy: str, mixed: str) -> Workshop:
    return Workshop(name, share, women, tuple(heavy.split()), tuple(mixed.split()))


STEEL = Firm(
    name="示范钢铁集团",
    weight=1010,
    reasons={
        "employer_proposed_agreement": 830,
        "closure": 80,
        "layoff": 55,
        "resigned": 20,
        None: 15,
    },
    workshops=(
        _workshop(
            "炼铁厂",
            19,
            0.12,
            "炉前工 高炉炉前工 炉前 热风炉工 上料工 喷煤工 铸铁工 烧结工 看火工 高炉配管工",
            "天车工 行车工 皮带工 配料工 除尘工 看水工 司磅员",
        ),
        _workshop(
            "炼钢厂",
            18,
            0.12,
            "转炉炼钢工 炼钢工 连铸工 浇钢工 精炼工 砌炉工 火焰切割工 废钢工 摇炉工",
            "天车工 开天车 行车工 合金工 钢包热修工 质检员",
        ),
        _workshop(
            "轧钢厂",
            17,
            0.18,
            "轧钢工 加热工 加热炉工 剪切工 轧辊磨工 酸洗工 打捆工",
            "精整工 天车工 行车工 操作台工 质检员 成品库保管员",
        ),
        _workshop(
            "焦化厂",
            12,
            0.20,
            "炼焦工 推焦车司机 拦焦车司机 装煤车司机 备煤工 焦炉调温工",
            "化产回收工 煤气净化工 化验员 皮带工 测温工",
        ),
        _workshop(
            "动力厂",
            12,
            0.25,
            "司炉工 锅炉工 烧锅炉 汽轮机工 煤气防护工 制氧工",
            "变电站值班员 运行电工 水泵工 空压机工 水处理工",
        ),
        _workshop(
            "机修厂",
            12,
            0.16,
            "机修钳工 钳工 电焊工 焊工 气焊工 铆工 铣工 锻工 起重工 管工 维修电工 修理工",
            "车工 磨工 绕线工 工具保管员 电工",
        ),
        _workshop(
            "运输部",
            10,
            0.20,
            "汽车驾驶员 司机 铲车司机 内燃机车司机 调车员 装卸工 叉车工",
            "司磅员 过磅员 仓库保管员 库管 调度员 道口工",
        ),
        _workshop(
            "机关后勤",
            10,
            0.62,
            "保卫干事 门卫 水暖工 小车司机",
            "会计 出纳 统计员 劳资员 文员 档案员 食堂炊事员 食堂 保洁员 保育员 安全员 绿化工",
        ),
    ),
)
SODA = Firm(
    name="示范碱业",
    weight=409,
    reasons={
        "contract_expired": 720,
        "employer_proposed_agreement": 120,
        "closure": 90,
        "layoff": 35,
        "resigned": 20,
        None: 15,
    },
    workshops=(
        _workshop(
            "石灰车间",
            14,
            0.24,
            "石灰煅烧工 石灰窑工 烧石灰 化灰工 窑上料工",
            "皮带工 盐水精制工 化盐工 除尘工",
        ),
        _workshop(
            "重碱车间",
            22,
            0.34,
            "碳化工 蒸馏工 吸氨工 压缩机工 重碱过滤工",
            "碳化主控 盐水精制工 司泵工 巡检工 泵工",
        ),
        _workshop(
            "煅烧车间",
            18,
            0.34,
            "纯碱煅烧工 煅烧工 凉碱工 炉前清扫工",
            "包装工 打包工 皮带工 主控室操作工",
        ),
        _workshop(
            "热电车间",
            14,
            0.32,
            "司炉工 锅炉工 汽轮机工 输煤工 除灰工",
            "电气值班员 化水工 水处理工 热工仪表工",
        ),
        _workshop(
            "机电仪车间",
            12,
            0.30,
            "维修钳工 电焊工 焊工 管工 防腐工 起重工",
            "仪表工 维修电工 电工 车工",
        ),
        _workshop(
            "质检后勤",
            10,
            0.72,
            "门卫 司机 水暖工",
            "化验分析工 化验员 采样工 统计员 会计 食堂炊事员 保洁员 保育员",
        ),
        _workshop(
            "包装储运部",
            10,
            0.40,
            "装卸工 叉车司机 叉车工 汽车驾驶员",
            "包装工 缝包工 仓库保管员 司磅员 库管",
        ),
    ),
)
FIRMS = (STEEL, SODA)
OFFICE_TRADES = frozenset(
    ("会计", "出纳", "统计员", "劳资员", "文员", "档案员", "保卫干事", "安全员", "调度员")
)
