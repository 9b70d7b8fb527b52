"""The fields of service in which one form of an offer is not another: advice is no work, a talk repairs nothing."""

import polars as pl
import pytest

from queries.words.fitting import judge_fits

# One kind of each field in which advice is not the work itself.
WORKS = [
    "水电维修", "日常保洁", "助浴", "老年助餐", "隐患排查", "公共设施报修", "绿化养护", "旧物回收", "停车秩序", "会议室开放", "治安巡逻",
]  # fmt: skip


def verdict(need: str, offer: str) -> str:
    return str(judge_fits(pl.DataFrame({"need_title": [need], "offer_title": [offer]}))["verdict"].item())


@pytest.mark.parametrize(("seats", "said"), [(100, "fits"), (99, "partly"), (20, "partly"), (19, "no")])
def test_a_room_for_a_fifth_serves_in_part_and_for_fewer_not(seats: int, said: str) -> None:
    assert verdict("容纳100人的会议室", f"会议室，可容纳{seats}人") == said


@pytest.mark.parametrize("work", WORKS)
def test_advice_serves_in_part_who_wants_the_work_done(work: str) -> None:
    assert (verdict(work, work), verdict(work, f"{work}政策咨询")) == ("fits", "partly")


@pytest.mark.parametrize(
    ("need", "offer", "said"),
    [
        ("水电维修", "水电维修讲座", "no"), ("日常保洁", "日常保洁讲座", "no"), ("水电维修", "赠送水电维修工具", "no"),
        ("老年助餐", "老年助餐，每餐收费8元", "fits"), ("旧物回收", "收购废旧家电", "fits"), ("需要贷款资金50万元", "小微企业信贷", "fits"),
    ],
)  # fmt: skip
def test_what_counts_as_help_depends_on_the_field(need: str, offer: str, said: str) -> None:
    assert verdict(need, offer) == said
