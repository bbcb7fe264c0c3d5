"""A forum's tags: those that are wanted are there, and nobody else's is touched."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.tags import MOST_TAGS, NAME_LIMIT, Tag, in_line
from bot.kernel.text import fold

# Few letters, so that names meet often; long ones are cut.
NAMES = st.text("aAbあ", min_size=1, max_size=2) | st.sampled_from(["a" * 30, "あ" * 21, "あ" * 20 + "b"])
EMOJI = st.sampled_from([None, "🌿"])


def tag(tag_id: int, name: str, emoji: str | None = None) -> dict[str, Any]:
    return {"id": str(tag_id), "name": name, "moderated": False, "emoji_id": None, "emoji_name": emoji}


@st.composite
def forums(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw a forum's tags, of which Discord takes no name twice."""
    names = draw(st.lists(NAMES.map(lambda name: name[:NAME_LIMIT]), max_size=6, unique_by=fold))
    filling = [f"own {number}" for number in range(draw(st.sampled_from([0, MOST_TAGS - len(names)])))]
    return [tag(number + 1, name, draw(EMOJI)) for number, name in enumerate([*names, *filling])]


WANTED = st.lists(st.builds(Tag, NAMES, st.booleans(), st.none() | st.integers(1, 8), EMOJI), max_size=8)


@given(forums(), WANTED)
def test_all_is_within_discords_limits_and_nothing_of_others_is_touched(
    before: list[dict[str, Any]], wanted: list[Tag]
) -> None:
    tags, found = in_line(before, wanted)
    assert len(tags) <= MOST_TAGS
    assert len({fold(each["name"]) for each in tags}) == len(tags)
    assert all(1 <= len(each["name"]) <= NAME_LIMIT for each in tags)
    assert [each.get("id") for each in tags[: len(before)]] == [each["id"] for each in before]
    assert all("id" not in each for each in tags[len(before) :])
    ours = {id(each) for each in found}
    assert all(now == then for now, then in zip(tags, before, strict=False) if id(now) not in ours)
    for each, has in zip(wanted, found, strict=True):
        if has is None:
            assert len(tags) == MOST_TAGS
        else:
            assert fold(each.name).startswith(fold(has["name"].removesuffix("…")))


@given(forums(), WANTED)
def test_once_more_changes_nothing(before: list[dict[str, Any]], wanted: list[Tag]) -> None:
    tags, found = in_line(before, wanted)
    for number, each in enumerate(tags):
        each.setdefault("id", str(100 + number))
    known = [
        Tag(each.name, each.is_moderated, int(has["id"]) if has else None, each.emoji)
        for each, has in zip(wanted, found, strict=True)
    ]
    for again in (wanted, known):
        assert in_line(tags, again) == (tags, found)


def test_two_topics_change_names() -> None:
    """Names that are swapped are taken from each other: neither can be had before the other one is free."""
    before = [tag(1, "work"), tag(2, "health")]
    tags, found = in_line(before, [Tag("health", False, 1), Tag("work", False, 2)])
    assert tags == before
    assert [has and has["id"] for has in found] == ["2", "1"]


def test_an_emoji_of_the_moderators_stays() -> None:
    before = [tag(1, "work", "💼"), {**tag(2, "health"), "emoji_id": "77"}, tag(3, "money")]
    tags, _ = in_line(before, [Tag(name, False, emoji="🌿") for name in ("work", "health", "money")])
    assert [(each["emoji_id"], each["emoji_name"]) for each in tags] == [(None, "💼"), ("77", None), (None, "🌿")]
