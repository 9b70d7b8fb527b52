"""The notation of the ontology: what contradicts itself stops the import; what a column tells of persons is known and kept to."""

import pytest

from graph.errors import SchemaError
from graph.kinds import (
    PERSONAL_CLASSES,
    Column,
    Entity,
    Identity,
    Ignored,
    Link,
    Office,
    Personal,
    Property,
    Refused,
    Register,
    Relation,
    Schema,
)
from graph.schema import SCHEMA
from graph.types import Count, Date, Text
from loaders.merging.order import named_labels, order_registers

Unit = Entity(
    "Unit",
    zh="单位",
    en="unit",
    keys=("u:{name:core}",),
    properties=(Property("name"), Property("phone")),
    is_unit=True,
    mention="resolve",
)
Thing = Entity(
    "Thing",
    zh="物",
    en="thing",
    keys=("t:{title:text}:{at?:year}",),
    properties=(Property("title"), Property("at", Date())),
    mention="resolve",
)
Person = Entity(
    "Person", zh="人", en="person", keys=("{pseudonym}",), properties=(Property("pseudonym"), Property("year", Count()))
)
CLAIMS = Relation(
    "CLAIMS", zh="认领", en="claims", source=(Unit,), target=(Thing,), properties=(Property("at", Date()),), starts="at"
)
UNIT_END = Link("unit", CLAIMS, "单位", end="source", required=True)
THING_END = Link("thing", CLAIMS, "物", end="target", required=True)


def make(row, *columns, **more):
    return Register("r", zh="表", en="table", row=row, columns=columns, **more)


def test_the_class_of_a_column_follows_from_its_role():
    lives = Relation("LIVES_IN", zh="住", en="lives in", source=(Unit,), target=(Unit,))
    home = Link("home", lives, "住址", end="target", personal=True)
    columns = (
        Column("name", "名称"),
        Office("phone", "电话"),
        Personal("姓名"),
        Refused("年龄"),
        Ignored("序号"),
        home,
    )
    register = make(Unit, *columns)
    assert [register.personal_class(column) for column in columns] == [0, 1, 3, 3, 0, 2]


def test_whatever_is_said_of_a_person_under_a_pseudonym_is_of_class_2():
    columns = (Identity("number", "身份证号"), Column("year", "入党年份"), Ignored("序号"))
    register = make(Person, *columns)
    assert register.is_of_persons
    assert [register.personal_class(column) for column in columns] == [2, 2, 0]


def test_a_column_may_say_its_class_where_its_role_does_not():
    column = Column("phone", "法定代表人", personal_class=1)
    assert make(Unit, column).personal_class(column) == 1


@pytest.mark.parametrize(
    "column", [Column("name", "名称", personal_class=3), Office("phone", "电话")], ids=["value", "office"]
)
def test_what_is_of_class_3_cannot_fill_a_field(column):
    object.__setattr__(column, "personal_class", 3)
    with pytest.raises(SchemaError, match="class 3"):
        make(Unit, column)


def test_what_is_dropped_is_of_no_other_class():
    column = Personal("姓名")
    object.__setattr__(column, "personal_class", 0)
    with pytest.raises(SchemaError, match="class 0"):
        make(Unit, column)


def test_what_is_of_class_2_needs_a_pseudonym():
    with pytest.raises(SchemaError, match="class 2"):
        make(Unit, Column("name", "名称", personal_class=2))
    make(Person, Identity("name", "姓名"), Column("year", "入党年份", personal_class=2))


@pytest.mark.parametrize("register", SCHEMA.registers, ids=lambda register: register.name)
def test_no_column_of_class_3_has_a_place_where_it_could_be_stored(register):
    stored = {*register.row.columns(), *(name for prop in register.inputs for name in prop.columns())}
    for column in register.columns:
        told = register.personal_class(column)
        assert told in PERSONAL_CLASSES
        if told == 3:
            assert column.role in {"personal", "refused"} and not column.field and not column.rides
            assert not isinstance(column, Link)
        elif column.role in {"value", "office"}:
            assert set(register.type_of(column).columns(column.field)) <= stored


def test_rows_that_are_links_need_a_column_for_each_end():
    assert make(CLAIMS, UNIT_END, THING_END, Column("at", "时间")).row.label == "CLAIMS"
    with pytest.raises(SchemaError, match="each of its ends"):
        make(CLAIMS, UNIT_END, Column("at", "时间"))
    with pytest.raises(SchemaError, match="'title'"):
        make(CLAIMS, UNIT_END, THING_END, Column("title", "名称"))


def test_words_that_leave_a_row_out_belong_to_a_field():
    with pytest.raises(SchemaError, match="'by'"):
        make(CLAIMS, UNIT_END, THING_END, left_out={"by": "个人"})
    make(CLAIMS, UNIT_END, THING_END, inputs=(Property("by", Text()),), left_out={"by": "个人"})


def test_a_schema_knows_the_relations_that_rows_may_be():
    register = make(CLAIMS, UNIT_END, THING_END)
    assert Schema((Unit, Thing), (CLAIMS,), (register,)).register("r") is register
    with pytest.raises(SchemaError, match="CLAIMS"):
        Schema((Unit, Thing), (), (register,))


def test_registers_are_merged_after_those_whose_rows_they_name():
    order = [register.name for register in order_registers(SCHEMA)]
    for register in SCHEMA.registers:
        for label in named_labels(register):
            first = [r.name for r in SCHEMA.registers if r.row.label == label]
            assert all(order.index(name) < order.index(register.name) for name in first), (register.name, label)


def test_two_registers_that_name_each_others_rows_are_refused():
    other = Entity(
        "Other", zh="他物", en="other", keys=("o:{title:text}",), properties=(Property("title"),), mention="resolve"
    )
    to, back = (
        Relation(n, zh=n, en=n, source=(a,), target=(b,)) for n, a, b in (("TO", Thing, other), ("BACK", other, Thing))
    )
    there = Register(
        "there",
        zh="表一",
        en="one",
        row=Thing,
        columns=(Column("title", "物"), Link("other", to, "他物", end="target")),
    )
    here = Register(
        "here",
        zh="表二",
        en="two",
        row=other,
        columns=(Column("title", "他物"), Link("thing", back, "物", end="target")),
    )
    with pytest.raises(SchemaError, match="there"):
        order_registers(Schema((Thing, other), (to, back), (there, here)))


def test_two_of_one_name_and_a_kind_replaced_since_it_was_used_are_refused():
    register = make(Thing, Column("title", "名"))
    again = Entity("Thing", zh="物", en="thing", keys=("t:{title}",), properties=(Property("title"),))
    for entities, relations, registers in (
        ((Unit, Thing, again), (), ()),
        ((Unit, Thing), (CLAIMS, CLAIMS), ()),
        ((Unit, Thing), (), (register, register)),
        ((Unit, again), (CLAIMS,), ()),
        ((Unit, again), (), (register,)),
    ):
        with pytest.raises(SchemaError, match="rename one"):
            Schema(entities, relations, registers)


def test_a_thing_is_named_by_its_name_and_title_before_its_number_else_by_its_key():
    def named_by(key, *names):
        return Entity("T", zh="物", en="t", keys=(key,), properties=tuple(map(Property, names))).named_by

    assert named_by("t:{code}", "code", "short_name", "number", "title", "name") == (
        "name",
        "title",
        "number",
        "short_name",
    )
    assert named_by("t:{code:text}", "code", "topic") == ("code",)
    assert named_by("t:{code}:{topic}", "code", "topic") == ()
