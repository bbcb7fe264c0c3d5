"""Seals: who somebody is, told to nobody without the key."""

from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.ids import MemberId
from bot.storage.sealing import Seals

MEMBERS = st.integers(min_value=1, max_value=2**63 - 1).map(MemberId)


@given(MEMBERS)
def test_a_seal_opens_for_its_subject_and_tells_nothing_else(member_id: MemberId) -> None:
    seals = Seals(b"the host's key")
    first, second = seals.seal(member_id, "ask:1"), seals.seal(member_id, "ask:2")

    assert seals.open(first, "ask:1") == member_id
    assert seals.open(first, "ask:2") is None
    assert Seals(b"another key").open(first, "ask:1") is None
    assert len(first) == len(second) == 36
    pieces = {first[at : at + 4] for at in range(len(first) - 3)}
    assert not pieces & {second[at : at + 4] for at in range(len(second) - 3)}


@given(st.binary(max_size=60))
def test_what_is_no_seal_opens_to_nobody(damaged: bytes) -> None:
    assert Seals(b"the host's key").open(damaged, "ask:1") is None
