"""What happens in servers behind the bot's back: archived threads, deletions, lost permissions, the bot removed."""

import pytest

from bot.kernel.i18n import Locale

from .loopback import BOT_USUALLY, Loopback, Permission
from .running import PATIENCE, WORDS, Bot, Place, told, until

pytestmark = pytest.mark.traced


@pytest.mark.parametrize("locked", [False, True], ids=["archived", "archived and locked"])
async def test_a_hello_opens_an_archived_thread(locked: bool, bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni = place.member("aki"), place.member("beni", "ja")
    card = await place.written(aki, "I fix old radios")
    assert card.thread is not None
    discord.set_thread(card.thread, archived=True, locked=locked)
    assert told(await place.hello(beni, card, "いいですね"), "introductions.greeted", "ja")
    await discord.wait_for(lambda: place.hellos(card), PATIENCE, "hello in the thread")
    assert not card.thread.archived
    assert "いいですね" in place.hellos(card)[0]


async def test_a_deleted_thread_takes_hello_off_the_card(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    card = await place.written(aki, "I fix old radios")
    opened = await place.open_hello(beni, card)
    assert card.thread is not None
    discord.delete_channel(card.thread)
    await discord.wait_for(lambda: not card.custom_ids, PATIENCE, "card without hello")
    assert told(await place.submit(beni, opened, words="Lovely"), "introductions.thread_gone")
    assert "I fix old radios" in card.text


async def test_a_thread_deleted_while_the_bot_is_away_is_noticed_by_the_hello(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, beni = place.member("aki"), place.member("beni")
    card = await place.written(aki, "I fix old radios")
    await bot.settled()
    await bot.kill()
    await discord.disconnected()
    discord.gateway.sessions.clear()  # Discord remembers for minutes only what it could not tell
    assert card.thread is not None
    discord.delete_channel(card.thread)
    await bot.start()
    await place.hello(beni, card, "Lovely")
    await discord.wait_for(lambda: not card.custom_ids, PATIENCE, "card without hello")
    assert told(await place.command(aki, "intro show"), "introductions.mine_thread_gone")


async def test_a_card_deleted_while_the_bot_is_away_is_noticed_by_its_edit(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki = place.member("aki")
    card = await place.written(aki, "I fix old radios")
    await bot.settled()
    await bot.kill()
    await discord.disconnected()
    discord.gateway.sessions.clear()
    discord.delete_message(card)
    await bot.start()
    await place.write(aki, "I fix old clocks")
    await until(lambda: bot.rows("SELECT state FROM introductions") == [("draft",)], "deletion noticed")
    assert told(await place.command(aki, "intro show"), "introductions.mine_draft")
    again = await place.written(aki, "I fix old clocks")
    assert "clocks" in again.text


async def test_a_deleted_channel_is_noticed_and_another_one_takes_its_place(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki = place.member("aki")
    await place.written(aki, "I fix old radios")
    discord.delete_channel(place.introductions)
    await until(lambda: bot.rows("SELECT state FROM introductions") == [("draft",)], "deletion noticed")
    checked = await place.command(place.owner, "setup check")
    assert told(checked, "setup.check_gone", place=WORDS("en", "setup.introductions_channel"))
    await place.write(aki, "I fix old clocks")
    await discord.wait_for(lambda: discord.bot_messages(place.moderators), PATIENCE, "word to the moderators")
    place.introductions = discord.create_channel(place.guild, "hello-there")
    await place.choose("introductions_channel", place.introductions)
    card = await place.card(aki)
    assert "clocks" in card.text
    await bot.settled()
    place.check_once(aki)


async def test_nothing_happens_in_a_server_that_the_bot_was_taken_out_of_until_it_is_back(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki = place.member("aki")
    opened = await place.form(aki)
    ready = discord.fail("POST", f"/channels/{place.introductions.id}/messages", status=503)
    await place.submit(aki, opened, now="I fix old radios")
    await discord.wait_for(lambda: ready.hits, PATIENCE, "first try")
    discord.kick_bot(place.guild)
    await until(lambda: bot.rows("SELECT paused_at IS NULL FROM servers") == [(0,)], "pause")
    asked = len(discord.requests)
    await until(
        lambda: bot.rows("SELECT due_at < unixepoch() * 1000000 FROM effects WHERE attempts = 1") == [(1,)], "due"
    )
    other = Place.made(discord)
    await other.set_up()
    await other.written(other.member("beni"), "Elsewhere all goes on")
    assert not [request for request in discord.requests[asked:] if str(place.introductions.id) in request.path]
    discord.bring_bot_back(place.guild)
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)


async def test_a_server_that_discord_no_longer_knows_pauses_by_itself_and_resumes_after_a_restart(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki = place.member("aki")
    opened = await place.form(aki)
    unknown = discord.fail("POST", f"/channels/{place.introductions.id}/messages", status=404, code=10004)
    await place.submit(aki, opened, now="I fix old radios")
    await discord.wait_for(lambda: unknown.hits, PATIENCE, "first try")
    await until(lambda: bot.rows("SELECT paused_at IS NULL FROM servers") == [(0,)], "pause")
    await bot.restart()
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)


async def test_an_outage_of_a_server_pauses_nothing(bot: Bot, discord: Loopback, place: Place) -> None:
    discord.set_outage(place.guild, out=True)
    discord.set_outage(place.guild, out=False)
    await place.written(place.member("aki"), "I fix old radios")
    assert bot.rows("SELECT paused_at FROM servers") == [(None,)]


@pytest.mark.parametrize("locale", ["ja", "en"])
async def test_a_missing_permission_parks_tells_the_moderators_once_and_is_mended(
    locale: Locale, bot: Bot, discord: Loopback
) -> None:
    place = Place.made(discord, locale)
    place.owner.user.locale = locale
    people = [place.member(f"member {number}") for number in range(3)]
    await bot.start()
    await place.set_up()
    discord.set_bot_permissions(place.introductions, BOT_USUALLY & ~Permission.SEND_MESSAGES)
    for person in people:
        assert told(await place.write(person, "I fix old radios"), "introductions.written")
    await until(lambda: len(bot.rows("SELECT * FROM effects WHERE state = 'parked'")) == len(people), "all put aside")
    await bot.settled()
    (word,) = discord.bot_messages(place.moderators)
    assert WORDS(locale, "setup.problem_mend") in word.text
    assert f"<#{place.introductions.id}>" in word.text
    checked = await place.command(place.owner, "setup check")
    assert checked.message is not None
    assert WORDS(locale, "permission.send_messages") in checked.message.text
    assert WORDS.plural(locale, "setup.check_parked", len(people)) in checked.message.text
    discord.set_bot_permissions(place.introductions, BOT_USUALLY)
    assert told(await place.press(place.owner, checked, "try_again"), "setup.trying_again", locale)
    for person in people:
        await place.card(person)
    await bot.settled()
    place.check_once(*people)
    assert discord.bot_messages(place.moderators) == [word]


async def test_a_missing_permission_for_threads_loses_no_thread(bot: Bot, discord: Loopback, place: Place) -> None:
    aki = place.member("aki")
    discord.set_bot_permissions(place.introductions, BOT_USUALLY & ~Permission.CREATE_PUBLIC_THREADS)
    await place.write(aki, "I fix old radios")
    await discord.wait_for(lambda: discord.bot_messages(place.moderators), PATIENCE, "word to the moderators")
    discord.set_bot_permissions(place.introductions, BOT_USUALLY)
    await place.press(place.owner, await place.command(place.owner, "setup check"), "try_again")
    await place.card(aki)
    await bot.settled()
    place.check_once(aki)


async def test_no_text_of_a_member_can_notify_anybody(bot: Bot, discord: Loopback, place: Place) -> None:
    """That no request lets it is checked after every test; here the texts try."""
    aki, beni = place.member("aki"), place.member("beni")
    texts = f"@everyone @here <@&{place.guild.id}> <@{beni.id}>"
    written = await place.write(aki, texts, note=texts)
    assert told(written, "introductions.written")
    card = await place.card(aki)
    await place.hello(beni, card, texts)
    await discord.wait_for(lambda: place.hellos(card), PATIENCE, "hello")
    posts = [request.body for request in discord.requests if request.method == "POST" and "/messages" in request.path]
    allowed = [body["allowed_mentions"] for body in posts if "components" in body]
    assert allowed[0].get("users", []) == []
    assert [int(member_id) for member_id in allowed[-1]["users"]] == [aki.id]
