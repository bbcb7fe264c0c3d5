"""What a member sees when Discord rejects the bot's first answer."""

from tests.flows.people import Person
from tests.flows.village import Village


async def test_a_rejected_answer_is_explained_by_the_first_one_that_is_taken(village: Village, aki: Person) -> None:
    # What is sent afterwards is nothing to Discord as long as there was no first answer.
    village.env.inject_error("POST", "/interactions/*/callback", status=400, code=50035)
    answer = await aki.slash("guide")
    assert answer.result.acknowledged
    assert answer.text.startswith(aki.text("errors.unexpected", code="")[:10])
    assert any("request failed" in complaint for complaint in village.complaints.take())
