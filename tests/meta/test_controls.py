"""Every control that is drawn is answered, by one handler; every handler has a control."""

import inspect
import re

import pytest

from cogs._ui.custom_ids import CustomId
from tests.meta.conftest import House
from tests.meta.house import FEATURES
from tests.meta.subjects import FACES

_PATTERN = re.compile(r"v1:([a-z_]+):(?:form-)?[a-z_]+")


def pattern(custom_id: str) -> str:
    """Return a custom id without the object's id, as the router knows it."""
    decoded = CustomId.decode(custom_id)
    assert decoded is not None, custom_id
    kind = "" if decoded.revision is None else "form-"
    return f"v1:{decoded.feature}:{kind}{decoded.action}"


def drawn_patterns(house: House) -> set[str]:
    found = {
        component["custom_id"] for drawn in house.drawn for component in drawn.everything() if "custom_id" in component
    }
    return {pattern(custom_id) for custom_id in found if custom_id.startswith("v1:")}


def test_the_house_has_a_face_for_each_feature(house: House) -> None:
    assert house.features == set(FEATURES) == FACES.keys()


@pytest.mark.parametrize("feature", FACES)
def test_no_method_that_draws_is_left_out_here(feature: str, house: House) -> None:
    faces, _ = FACES[feature]
    public = {name for face in faces for name, _ in inspect.getmembers(face, inspect.isfunction) if name[0] != "_"}
    drawn = {name for name, *_ in [(one.name,) for one in house.drawn] + house.titles}
    assert {f"{feature}.{name}" for name in public} <= drawn


def test_nothing_is_registered_twice(house: House) -> None:
    assert [name for name, times in house.registered.items() if times > 1] == []


def test_names_are_features_and_actions(house: House) -> None:
    for name in house.registered:
        found = _PATTERN.fullmatch(name)
        assert found, name
        assert found[1] in FEATURES, name


def test_every_control_that_is_drawn_is_answered(house: House) -> None:
    assert drawn_patterns(house) - house.registered.keys() == set()


def test_every_control_that_is_answered_is_drawn(house: House) -> None:
    controls = {name for name in house.registered if ":form-" not in name}
    assert controls - drawn_patterns(house) == set()


def test_no_message_holds_a_custom_id_twice(house: House) -> None:
    for drawn in house.drawn:
        held = [component["custom_id"] for component in drawn.everything() if "custom_id" in component]
        assert len(set(held)) == len(held), drawn.name


def test_public_cards_carry_their_mark(house: House) -> None:
    public = {
        "blog_reviews.card",
        "blog_reviews.part",
        "check_ins.answer",
        "check_ins.card",
        "check_ins.letter",
        "introductions.card",
        "introductions.hello",
        "members.welcome",
        "peer_help.call",
        "peer_help.came",
        "peer_help.card",
        "peer_help.offer",
        "peer_help.relayed",
        "peer_help.wanted",
        "reputation.post",
        "safety.answer",
        "safety.case",
        "safety.daily",
        "setup.members_panel",
        "setup.hint",
        "setup.problem",
    }
    for drawn in house.drawn:
        if drawn.name in public:
            assert drawn.components[0]["id"] == 2**31 - 1, drawn.name
