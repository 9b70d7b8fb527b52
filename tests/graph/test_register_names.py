"""Registers by name: as the schema, a Chinese or an English clerk calls them; what is not known is answered with what is near."""

import pytest

from graph.errors import UnknownRegisterError
from graph.register_names import find_register
from graph.schema import SCHEMA


@pytest.mark.parametrize(
    "name", ["venues", "Venues", "场地资源登记表", " 场地清单", "venues to share", "venue", "场地资源登"]
)
def test_a_register_goes_by_its_name_its_title_or_the_beginning_of_one(name):
    assert find_register(name) is SCHEMA.register("venues")


@pytest.mark.parametrize("register", SCHEMA.registers, ids=lambda register: register.name)
def test_every_register_goes_by_all_of_its_names(register):
    assert all(find_register(name) is register for name in (register.name, register.zh, register.en))


@pytest.mark.parametrize(
    ("name", "near"),
    [("venuse", "venues"), ("场地登记", "venues"), ("党员名单表", "members"), ("enterprise list", "enterprises")],
)
def test_a_name_that_is_not_known_is_answered_with_the_nearest(name, near):
    with pytest.raises(UnknownRegisterError) as refused:
        find_register(name)
    assert f"（{near}）" in refused.value.message("zh")
    assert f"({near})" in refused.value.message("en")
    assert "（" not in refused.value.message("en")
