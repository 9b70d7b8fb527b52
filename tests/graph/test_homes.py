"""Home addresses are cut below the house number; rooms of offices, counts of houses and everything else stay."""

import pytest

from graph.types.personal import mask_personal

HOMES = {
    "长安路12号院3号楼2单元501室": "长安路12号院", "幸福小区3号楼501室": "幸福小区", "家住幸福小区三号楼二单元五零一": "家住幸福小区", "幸福小区3-2-501": "幸福小区", "幸福小区3栋1204": "幸福小区",
    "牡丹花园A座1203室": "牡丹花园", "南昌路9号3号楼501室": "南昌路9号", "12号院5栋301": "12号院", "景华路25号院6号楼东单元3楼西户": "景华路25号院", "重庆路社区5#楼3单元602": "重庆路社区",
    "龙泉小区12#1-501": "龙泉小区", "家属院东楼二单元三楼东户": "家属院", "洛铜家属楼3门401号": "洛铜家属楼", "建设新村４幢３０２室": "建设新村",
}  # fmt: skip
OTHERS = [
    "科技大厦1201室", "办公楼3楼305室", "2号楼301室", "会议室在行政楼3楼", "长安路12号", "幸福小区3号楼一层", "服务居民1200户", "低保户32户", "5号楼会议室", "创业园3号楼501室", "党群服务中心2楼",
    "共12栋楼36个单元", "涉及5栋楼、12个单元", "3个小区、26栋楼、3200户", "6205-2-301轴承", "小区2-3楼", "三室一厅", "建设路6号院门口", "1号楼至8号楼", "3号门面房", "2026-03-15",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kept"), HOMES.items())
def test_a_home_keeps_its_street_and_house_number(text, kept):
    assert mask_personal(text) == kept


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_home_stays(text):
    assert mask_personal(text) == text
