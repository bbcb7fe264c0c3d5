"""`python -m bot demo` in a headless browser: what a visitor sees, presses and fills in."""

import os
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests.process.visitor import PATIENCE, ROOT, Visitor, demo, needs_chromium, playing, sampling, visiting

pytestmark = pytest.mark.traced

NOW = "社内の情報システム担当です。ひとりで全部見ています。"
HELLO = "ようこそ。ひとりで全部は、たいへんですね。いつでも話しに来てください。"
BY_HAND = "屋号は、いつ決めましたか"
THANKS = "卓球部の遠征に、焼き菓子を持たせてくれました。みんなの顔がほどけました。"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a demo in Japanese is served."""
    with playing("ja") as served:
        yield served


@pytest.fixture
def visitor(browser: Browser, address: str, tmp_path: Path) -> Iterator[Visitor]:
    """Somebody in front of the demo in Japanese."""
    with visiting(browser, address, tmp_path) as someone:
        yield someone


@pytest.fixture(scope="module")
def samples() -> Iterator[str]:
    """Where the sampler is served."""
    with sampling() as served:
        yield served


@pytest.fixture
def sampler(browser: Browser, samples: str, tmp_path: Path) -> Iterator[Visitor]:
    """Somebody in front of the sampler."""
    with visiting(browser, samples, tmp_path) as someone:
        yield someone


@needs_chromium
def test_a_newcomer_introduces_herself_is_greeted_and_found(visitor: Visitor) -> None:
    page = visitor.page
    visitor.become("あおい")
    visitor.open("はじめに")
    expect(visitor.message("あおい さんがサーバーに参加しました。")).to_be_visible()
    expect(visitor.message("@あおい さん、ようこそ。")).to_be_visible()
    visitor.take_picture("welcome")

    # She writes, and sees her card.
    visitor.open("自己紹介")
    visitor.start_command("intro write")
    visitor.press("約束して書きはじめる")
    visitor.form().get_by_label("いまの自分をひとことで").fill(NOW)
    visitor.choose("話せること", "写真", "趣味")
    visitor.take_picture("form")
    visitor.send_form()
    expect(visitor.message("自己紹介を受けとりました。")).to_be_visible()
    card = visitor.message(NOW).filter(has=page.get_by_role("button", name="挨拶する"))
    expect(card).to_have_count(1)
    expect(card).to_contain_text("@あおい さんの自己紹介")
    expect(card).to_contain_text(re.compile("話せること.*(写真、趣味|趣味、写真)"))
    expect(card).to_contain_text("あおいさんとお話")

    # Somebody else says hello, in the card's thread.
    visitor.become("みさき")
    visitor.open("自己紹介")
    card.get_by_role("button", name="挨拶する").click()
    visitor.form().get_by_label("自分のことばで").fill(HELLO)
    visitor.send_form()
    expect(visitor.message("挨拶を届けました。")).to_be_visible()
    visitor.take_picture("introductions")
    visitor.open("あおいさんとお話")
    expect(visitor.message(HELLO)).to_have_count(1)
    expect(visitor.message(HELLO)).to_contain_text("@あおい さんへ、@みさき さんから")
    visitor.take_picture("hello")

    # And finds her by topic, beside who offers it, too.
    visitor.start_command("find")
    visitor.suggested("話題", "写真", "写真")
    visitor.run()
    found = visitor.message("写真：2人")
    expect(found).to_contain_text("@あおい")
    expect(found).to_contain_text("@Tom")
    expect(found).not_to_contain_text("@直人")
    visitor.take_picture("find")


@needs_chromium
def test_a_card_can_be_greeted_from_its_thread(visitor: Visitor) -> None:
    visitor.become("直人")
    visitor.open("由佳さんとお話")
    visitor.message("@由佳 さんの自己紹介").get_by_role("button", name="挨拶する").click()
    expect(visitor.form().get_by_label("自分のことばで")).to_be_visible()


@needs_chromium
def test_a_member_says_thanks_from_a_card_and_the_other_sees_her_ties(visitor: Visitor) -> None:
    page = visitor.page
    visitor.become("けんた")
    visitor.open("自己紹介")
    card = visitor.message("@さやか さんの自己紹介").filter(has=page.get_by_role("button", name="挨拶する"))
    card.get_by_role("button", name="ありがとうを伝える").click()
    expect(visitor.form().get_by_role("combobox", name="だれに")).to_have_text(re.compile("さやか"))
    visitor.form().get_by_label("ありがとうの理由").fill(THANKS)
    visitor.take_picture("thanks-form")
    visitor.send_form()
    expect(visitor.message("@さやか さんへのありがとうを記録しました。")).to_be_visible()

    # She sees it, with a year of others, as words and as a picture.
    visitor.become("さやか")
    visitor.open("雑談")
    visitor.start_command("standing")
    ties = visitor.message("ご縁のひろがり").last
    expect(ties).to_contain_text("届いたありがとう：6人から8回")
    expect(ties).to_contain_text("伝えたありがとう：3人に4回")
    expect(ties).to_contain_text(THANKS)
    picture = ties.get_by_role("img", name="届いたのは8回、伝えたのは4回")
    expect(picture).to_be_visible()
    page.wait_for_function("picture => picture.naturalWidth > 0", arg=picture.element_handle())
    picture.scroll_into_view_if_needed()
    visitor.take_picture("standing")
    ties.get_by_role("button", name="もっと見る").click()
    expect(visitor.message("つながりの道すじ")).to_contain_text("いまの呼び名：ご縁の深い人")


@needs_chromium
def test_thanks_that_both_like_to_show_stand_in_their_channel(visitor: Visitor) -> None:
    visitor.become("あおい")
    visitor.open("ありがとう")
    expect(visitor.message("@さやか さんから @Tom さんへ、ありがとう。")).to_contain_text("光の向き")
    visitor.take_picture("thanks")


@needs_chromium
def test_an_ask_opened_by_hand_is_made_known_to_helpers(visitor: Visitor) -> None:
    visitor.become("由佳")
    visitor.open("相談")
    visitor.page.get_by_role("textbox", name="新しい投稿のタイトル").fill(BY_HAND)
    first = visitor.page.get_by_role("textbox", name="最初のメッセージ")
    first.fill("一年目のときは、どうしていましたか。")
    first.press("Enter")
    visitor.post(BY_HAND).click()
    expect(visitor.messages()).to_have_count(2)
    visitor.press("聞ける方に知らせる")
    visitor.choose("話題", "独立・起業")
    visitor.choose("どうしてほしいですか", "アドバイスがほしい")
    visitor.send_form()
    expect(visitor.message("相談を受けとりました。")).to_be_visible()
    expect(visitor.message("聞ける方を待っています").last).to_contain_text(BY_HAND)
    visitor.take_picture("ask-by-hand")


@needs_chromium
def test_a_home_leads_to_all_that_can_be_done(visitor: Visitor) -> None:
    visitor.become("あおい")
    visitor.open("はじめに")
    visitor.press("ホームを開く")
    home = visitor.message("あなたのホーム").last
    expect(home).to_contain_text("できること")
    expect(home.get_by_role("button", name=re.compile("書いてみる|書きなおす"))).to_have_count(1)
    expect(home.get_by_role("button", name="自分の自己紹介")).to_have_count(1)
    home.get_by_role("button", name="さがす").click()
    expect(visitor.form().get_by_role("heading", name="さがす")).to_be_visible()


@needs_chromium
def test_a_refused_form_can_be_opened_again_as_it_was_written(visitor: Visitor) -> None:
    visitor.become("けんた")
    visitor.open("自己紹介")
    visitor.start_command("intro write")
    visitor.form().get_by_label("もう少しくわしく").fill("書きかけの長い文章")
    visitor.form().get_by_label("自分のブログやプロフィール").fill("リンクではないもの")
    visitor.send_form()
    visitor.press("書いた内容で開きなおす")
    expect(visitor.form().get_by_label("もう少しくわしく")).to_have_value("書きかけの長い文章")


@needs_chromium
def test_a_setup_panel_shows_what_is_chosen(visitor: Visitor) -> None:
    visitor.become("ハル")
    visitor.open("運営")
    visitor.start_command("setup panel")
    panel = visitor.message("Goenの設定").last
    expect(panel).to_contain_text("自己紹介のチャンネル：#自己紹介")
    expect(panel.get_by_role("combobox", name="運営のロール")).to_have_text(re.compile("@世話人"))
    visitor.press("チャンネルを選ぶ")
    channels = visitor.message("自己紹介と運営のほかは").last
    expect(channels.get_by_role("combobox", name="自己紹介のチャンネル")).to_have_text(re.compile("# 自己紹介"))


@needs_chromium
def test_a_withdrawn_introduction_is_gone_for_everybody(visitor: Visitor) -> None:
    visitor.become("Priya")
    visitor.open("自己紹介")
    card = visitor.message("@Priya さんの自己紹介").filter(has=visitor.page.get_by_role("button", name="挨拶する"))
    expect(card).to_have_count(1)
    visitor.start_command("intro withdraw")
    visitor.press("取り下げる")
    expect(visitor.message("この自己紹介は取り下げました。")).to_be_visible()
    visitor.become("Tom")
    visitor.open("自己紹介")
    expect(visitor.message("この自己紹介は取り下げられました。")).to_be_visible()
    expect(card).to_have_count(0)
    expect(visitor.channels().get_by_role("button", name="Priya")).to_have_count(0)


@needs_chromium
def test_a_private_reply_is_seen_by_nobody_else(visitor: Visitor) -> None:
    visitor.become("けんた")
    visitor.open("雑談")
    visitor.start_command("guide")
    private = visitor.message("これらはあなただけに表示されています")
    expect(private).to_have_count(1)
    visitor.become("由佳")
    visitor.open("雑談")
    expect(private).to_have_count(0)
    visitor.become("けんた")
    expect(private).to_have_count(1)
    private.get_by_role("button", name="このメッセージを削除").click()
    expect(private).to_have_count(0)


@needs_chromium
def test_a_discord_in_english_is_answered_in_english(visitor: Visitor) -> None:
    page = visitor.page
    visitor.become("さやか")
    visitor.open("雑談")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Commands", exact=True).click()
    described = page.get_by_role("group", name="Commands").get_by_role("button", name="/guide")
    expect(described).to_contain_text("Your home")
    described.click()
    expect(visitor.message("Your home")).to_contain_text("What you can do")


@needs_chromium
def test_the_moderators_room_and_commands_are_the_moderators(visitor: Visitor) -> None:
    room = visitor.channels().get_by_role("button", name="運営")
    setup = visitor.page.get_by_role("group", name="コマンド").get_by_role("button", name="/setup panel")
    for name, allowed in (("直人", 0), ("ハル", 1)):
        visitor.become(name)
        expect(room).to_have_count(allowed)
        visitor.page.get_by_role("button", name="コマンド", exact=True).click()
        expect(setup).to_have_count(allowed)


@needs_chromium
def test_a_message_reaches_the_others_as_unread(visitor: Visitor) -> None:
    visitor.become("由佳")
    visitor.open("雑談")
    box = visitor.page.get_by_role("textbox", name="にメッセージを送る")
    box.fill("**お茶**にします。<img src=x>")
    box.press("Enter")
    said = visitor.message("お茶にします。<img src=x>")
    expect(said.locator("strong", has_text="お茶")).to_be_visible()
    expect(said.locator("img")).to_have_count(0)
    visitor.become("さやか")
    visitor.open("はじめに")
    visitor.become("直人")
    chatting = visitor.channels().get_by_role("button", name="雑談")
    expect(chatting).to_have_attribute("class", "unread")
    visitor.open("雑談")
    expect(chatting).not_to_have_attribute("class", "unread")


@needs_chromium
def test_time_runs_and_can_be_moved_on(visitor: Visitor) -> None:
    clock = visitor.page.get_by_role("group", name="デモの時計")
    face = clock.locator("time")
    before = face.text_content() or ""
    half_written = visitor.page.get_by_role("textbox", name="にメッセージを送る")
    half_written.fill("書きかけ")
    expect(face).not_to_have_text(before)
    expect(half_written).to_have_value("書きかけ")
    moment = face.get_attribute("datetime") or ""
    clock.get_by_role("button", name="1日進める").click()
    clock.get_by_role("button", name="1時間進める").click()
    # A day and an hour, and the seconds of the test itself.
    visitor.page.wait_for_function(
        "start => (new Date(document.querySelector('#clock').dateTime) - new Date(start)) / 3600e3 >= 25", arg=moment
    )


@needs_chromium
def test_the_page_itself_is_in_both_languages(visitor: Visitor) -> None:
    page = visitor.page
    assert page.evaluate("missingWords()") == []
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("Seen as")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.get_by_label("Seen as")).to_be_visible()
    visitor.take_picture("english")


@needs_chromium
def test_a_phone_shows_all_of_it(visitor: Visitor) -> None:
    page = visitor.page
    page.set_viewport_size({"width": 390, "height": 844})
    visitor.become("由佳")
    for channel in ("自己紹介", "雑談", "相談", "長くいた窓口", "Goen"):
        page.get_by_role("button", name="チャンネル一覧を開く").click()
        visitor.open(channel)
        expect(visitor.channels()).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="チャンネル一覧を開く").click()
    visitor.open("自己紹介")
    expect(visitor.channels()).to_be_hidden()
    visitor.take_picture("phone")


@needs_chromium
def test_a_server_that_speaks_english_is_english(browser: Browser, tmp_path: Path) -> None:
    with playing("en") as address, visiting(browser, address, tmp_path) as visitor:
        visitor.become("Aoi")
        visitor.open("introductions")
        card = visitor.message("Meet @Misaki")
        expect(card).to_contain_text("Ward nurse")
        expect(card.get_by_role("button", name="Say hello")).to_be_visible()
        visitor.take_picture("english-server")


@needs_chromium
def test_a_letter_in_private_is_noticed_and_answered(sampler: Visitor) -> None:
    """What is pressed in private reaches the bot in the member's language, and without a server."""
    page = sampler.page
    expect(sampler.dms().get_by_label("未読あり")).to_have_count(0)
    sampler.start_command("letter")
    expect(sampler.dms().get_by_label("未読あり")).to_have_text("1")
    sampler.open_dms()
    expect(sampler.dms().get_by_label("未読あり")).to_have_count(0)
    sampler.press("読む")
    expect(sampler.message("ja None")).to_contain_text("これらはあなただけに表示されています")
    sampler.messages_box().get_by_role("combobox", name="だれか").last.click()
    options = sampler.messages_box().get_by_role("listbox", name="だれか").last.get_by_role("option")
    expect(options).to_have_text(["あおい", "Goen"])
    options.filter(has_text="あおい").click()
    expect(sampler.message("選: @あおい")).to_be_visible()
    sampler.press("書く")
    sampler.form().get_by_label("文").fill("お返事です。")
    sampler.send_form()
    expect(sampler.message("文=お返事です。")).to_be_visible()
    sampler.take_picture("private")
    page.get_by_role("textbox", name="にメッセージを送る").fill("ありがとう。")
    page.keyboard.press("Enter")
    expect(sampler.message("ありがとう。")).to_be_visible()
    sampler.become("みさき")
    sampler.open_dms()
    expect(sampler.messages()).to_have_count(0)


@needs_chromium
def test_a_message_has_a_menu_that_opens_a_form_of_everything(sampler: Visitor) -> None:
    sampler.open("広間")
    sampler.on_message(sampler.message("こんにちは。").first, "世話人に知らせる")
    form = sampler.form()
    form.get_by_label("文").fill("見てください。")
    sampler.choose("札", "ろ")
    sampler.choose("人", "みさき", "Goen")
    form.get_by_role("radio", name="は").check()
    picture: FilePayload = {"name": "写真.png", "mimeType": "image/png", "buffer": b"\xff" * 2_000_000}
    form.get_by_label("角").set_input_files(picture)
    sampler.take_picture("form-of-everything")
    sampler.send_form()
    told = "@みさき「こんにちは。」 文=見てください。 札=ろ 人=@みさき・@Goen 丸=は 角=写真.png"
    expect(sampler.message(told)).to_be_visible()


@needs_chromium
def test_a_member_has_a_menu_by_name_and_by_mention_in_both_languages(sampler: Visitor) -> None:
    sampler.open("広間")
    sampler.on_member(sampler.message("こんにちは。").first, "みさき", "距離をおく")
    private = sampler.message("距離: @みさき")
    expect(private).to_have_count(1)
    expect(private).to_contain_text("あおい さんが 距離をおく を使用")
    sampler.page.get_by_role("button", name="English").click()
    sampler.on_member(private, "@みさき", "Keep a distance")
    expect(private).to_have_count(2)
    sampler.page.get_by_role("button", name="みさき", exact=True).first.click()
    expect(sampler.page.get_by_role("menuitem")).to_be_focused()
    sampler.page.keyboard.press("Escape")
    expect(sampler.page.get_by_role("menu")).to_have_count(0)


@needs_chromium
@pytest.mark.parametrize("is_private", [False, True])
def test_options_are_suggested_chosen_and_counted(sampler: Visitor, is_private: bool) -> None:
    sampler.open_dms() if is_private else sampler.open("広間")
    sampler.start_command("note")
    sampler.suggested("話題", "写", "写経")
    who = "あおい" if is_private else "みさき"
    sampler.option("相手").get_by_role("combobox").select_option(label=who)
    days = sampler.option("日数").get_by_role("spinbutton")
    days.fill("31")
    sampler.run()
    expect(sampler.message("2 @")).to_have_count(0)  # the browser says that it is too much
    days.fill("30")
    sampler.option("そっと").get_by_role("combobox").select_option(label="はい")
    sampler.option("理由").get_by_role("combobox").select_option(label="宣伝")
    sampler.take_picture("options")
    sampler.run()
    expect(sampler.message(f"2 @{who} 30 True 7 {is_private}")).to_be_visible()


@needs_chromium
def test_what_comes_in_the_morning_comes_in_the_morning(sampler: Visitor) -> None:
    """However far the clock is moved on at once."""
    sampler.open("広間")
    sampler.wait("1日進める", 24)
    expect(sampler.message("おはようございます。").last).to_contain_text("今日 09:00")


@needs_chromium
def test_a_phone_tells_of_letters_and_has_the_menus(sampler: Visitor) -> None:
    page = sampler.page
    page.set_viewport_size({"width": 390, "height": 844})
    drawer = page.get_by_role("button", name="チャンネル一覧を開く")
    sampler.start_command("letter")
    expect(drawer).to_have_text(re.compile("1"))
    drawer.click()
    sampler.open_dms()
    expect(drawer).not_to_have_text(re.compile("1"))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    drawer.click()
    sampler.open("広間")
    sampler.on_message(sampler.message("こんにちは。").first, "世話人に知らせる")
    expect(sampler.form().get_by_role("button", name="送信")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    sampler.take_picture("phone-form")


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [("ja_JP.UTF-8", "{port} 番のポートは使えません"), ("en_US.UTF-8", "Port {port} can't be used")],
)
def test_a_taken_port_is_told_in_words(locale: str, sentence: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            demo("--port", port),
            cwd=ROOT,
            env={**os.environ, "LC_ALL": locale, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    assert ended.returncode == 1
    assert sentence.format(port=port) in ended.stderr
    assert "Traceback" not in ended.stderr
