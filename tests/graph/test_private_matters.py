"""Remarks on one person's health, hardship, belief, punishment or petitions are hidden; what a unit does about them stays."""

import pytest

from graph.types.hiding import HIDDEN
from graph.types.personal import mask_personal

PRIVATE = [
    "患有高血压、糖尿病", "因车祸致残疾,行动不便", "身体不好,常年服药", "低保户,家庭困难", "信仰基督教", "曾受党内严重警告处分", "2019年因酒驾被拘留", "多次上访", "独居老人患有糖尿病", "肢体残疾二级",
    "其妻瘫痪在床", "精神分裂症", "做过2次手术", "老上访户", "有吸毒史", "享受低保", "刑满释放人员", "确诊肺癌第9个月", "尿毒症,每周透析3次", "建档立卡贫困户", "信佛多年", "练过法轮功", "儿子有抑郁症",
]  # fmt: skip
PUBLIC = [
    "为糖尿病患者提供义诊", "慰问困难党员20户", "残疾人康复中心", "信访接待室", "低保户32户", "家庭困难学生资助", "为患有慢性病的老人上门服务", "高血压", "困难职工、残疾人", "诚信教育基地", "无业主委员会小区12个",
    "信仰的力量主题展", "糖尿病药品研发", "社区矫正中心", "禁毒宣传", "残疾人就业5人", "抗肿瘤药生产", "精神文明建设", "处分条例学习", "信访件12件", "物流产业园", "困难党员帮扶资金2万元", "酒驾警示教育", "接访群众30人次",
    "帮助职工解决生活困难", "低保政策咨询", "病虫害防治", "信息化建设", "受到表彰通报", "关爱失独家庭", "慢病随访",
]  # fmt: skip


@pytest.mark.parametrize("text", PRIVATE)
def test_a_remark_on_one_person_is_hidden(text):
    assert set(mask_personal(text).replace("、", ",").split(",")) == {HIDDEN}


@pytest.mark.parametrize("text", PUBLIC)
def test_a_units_work_is_kept(text):
    assert mask_personal(text) == text


def test_only_the_clause_that_tells_is_hidden():
    assert mask_personal("会议室2间,管理员患有高血压,周末开放") == f"会议室2间,{HIDDEN},周末开放"
