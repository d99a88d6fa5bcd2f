"""What kinds of issue are called in figures."""

from __future__ import annotations

from ..model.issues import Kind

KIND_LABELS: dict[Kind, tuple[str, str]] = {
    Kind.PLANTERS: ("planters", "占道花盆"),
    Kind.GARBAGE: ("garbage", "垃圾乱扔"),
    Kind.PARKING: ("bicycle parking", "车辆停放"),
    Kind.LAUNDRY: ("laundry", "晾晒"),
    Kind.DOGS: ("dogs", "养犬"),
    Kind.FACILITY: ("facility repair", "设施维修"),
    Kind.NOISE: ("noise", "噪声"),
    Kind.LEISURE: ("leisure space", "休闲空间"),
    Kind.CARE: ("care", "老幼服务"),
    Kind.SAFETY: ("safety hazard", "安全隐患"),
    Kind.MARKET: ("market, transport", "市场与交通"),
}
"""The kinds of issue in English and Chinese."""


def kind_label(kind: Kind, lang: str) -> str:
    """What a kind of issue is called."""
    return KIND_LABELS[kind][lang == "zh"]
