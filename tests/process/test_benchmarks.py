"""What the benchmarks measure by can be made with the tables as they are. No figure is held to a goal here."""

from pathlib import Path

from benchmarks import ledger, searching


async def test_a_ledger_is_made_asked_added_to_and_verified(tmp_path: Path) -> None:
    figures = await ledger.measure(tmp_path, 2_000)  # which holds it to be whole
    assert any("entries verified" in each.what for each in figures)
    assert all(each.value for each in figures)


async def test_introductions_are_made_and_found(tmp_path: Path) -> None:
    figures = await searching.measure(tmp_path, 20_000)  # which holds each word to be found
    assert len(figures) == len(searching.ONE_IN)
