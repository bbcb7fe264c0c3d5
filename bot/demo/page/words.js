// Every word of the page itself, in both languages. What the bot says comes from the bot.

const WORDS = {
  ja: {
    demo: "ご縁デモ",
    member: "だれとして見るか",
    person: (name, caption) => `${name}（${caption}）`,
    unreadCount: (count) => `・未読${count}`,
    clock: "デモの時計",
    hour: "1時間進める",
    hourSign: "+1時間",
    day: "1日進める",
    daySign: "+1日",
    week: "1週間進める",
    weekSign: "+1週間",
    language: "Discordの言語",
    channels: "チャンネル",
    openChannels: "チャンネル一覧を開く",
    direct: "ダイレクトメッセージ",
    unread: "未読あり",
    thread: (count) => (count ? `${count}件のメッセージ` : "まだメッセージはありません"),
    messages: (name) => `${name} のメッセージ`,
    write: (name) => `${name} にメッセージを送る（/ でコマンド）`,
    postTitle: "新しい投稿のタイトル",
    postText: "最初のメッセージ",
    closed: "終了した投稿",
    send: "送信",
    commands: "コマンド",
    noCommand: "ここで使えるコマンドはありません",
    run: "実行",
    cancel: "キャンセル",
    submit: "送信",
    close: "閉じる",
    done: "決定",
    choose: "選択してください",
    optional: "任意",
    yes: "はい",
    no: "いいえ",
    app: "アプリ",
    edited: "（編集済み）",
    pinned: "ピン留め",
    used: (name, command) => `${name} さんが ${command} を使用`,
    messageMenu: "メッセージのメニュー",
    memberMenu: (name) => `${name} さんのメニュー`,
    suggestions: (name) => `${name}の候補`,
    joined: (name) => `${name} さんがサーバーに参加しました。`,
    pinnedBy: (name) => `${name} さんがメッセージをピン留めしました。`,
    onlyYou: "これらはあなただけに表示されています",
    dismiss: "このメッセージを削除",
    thinking: "考え中…",
    someone: "不明なユーザー",
    spoiler: "ネタバレを表示",
    today: "今日",
    beginning: (name) => `${name} は、ここから始まります。`,
    silent: "アプリケーションが応答しませんでした",
    refused: "この操作は、いまのDiscordではできません。",
    stuck: "ボットの処理が終わりませんでした。少し待って、もう一度お試しください。",
    offline: "デモとの接続が切れました。ターミナルで make demo が動いているかご確認ください。",
    tour: "やってみる",
    steps: [
      "/intro write で自己紹介を書く",
      "上の欄で、ほかの人になってみる",
      "カードから挨拶とお礼を伝える",
      "/find で話題から人をさがす",
      "/preferences で、届くものと時間を選ぶ",
      "/ask new で相談し、時計を進めて、だれにいつ声がかかるかを見る",
      "「相談」の投稿で「お話、聞けます」を押す、ひと区切りにする",
      "/review request で記事を読んでもらう。さやかになって読み、日を進めてお知らせを見る",
      "けんたになって1週間進め、約束の日が過ぎるとどうなるかを見る",
      "「近況」の問いかけに、名前を出さずに答える。/checkin answer で書きなおす、取り消す",
      "何日か進めて、次の問いかけと「縁だより」を読む",
      "ダイスケになって、/checkin me で気分の図を見る",
      "みさきや由佳になって、DMと /inbox を見る",
      "さやかの /standing を見る",
      "メッセージや名前の「⋯」から、運営に知らせる・距離をおく",
      "ハルになって、/cases や /ledger、/schedule を使う",
    ],
    offlineNote: "すべてこの機械の中で動いています。登場する人は架空です。",
  },
  en: {
    demo: "Goen demo",
    member: "Seen as",
    person: (name, caption) => `${name} (${caption})`,
    unreadCount: (count) => ` · ${count} new`,
    clock: "The demo's clock",
    hour: "Move on 1 hour",
    hourSign: "+1 hour",
    day: "Move on 1 day",
    daySign: "+1 day",
    week: "Move on 1 week",
    weekSign: "+1 week",
    language: "Language of Discord",
    channels: "Channels",
    openChannels: "Open the list of channels",
    direct: "Direct messages",
    unread: "unread",
    thread: (count) => ["No messages yet", "1 message"][count] ?? `${count} messages`,
    messages: (name) => `Messages in ${name}`,
    write: (name) => `Message ${name} (/ for commands)`,
    postTitle: "Title of a new post",
    postText: "The first message",
    closed: "Closed posts",
    send: "Send",
    commands: "Commands",
    noCommand: "There is no command for you here",
    run: "Run",
    cancel: "Cancel",
    submit: "Submit",
    close: "Close",
    done: "Done",
    choose: "Make a selection",
    optional: "optional",
    yes: "Yes",
    no: "No",
    app: "APP",
    edited: "(edited)",
    pinned: "pinned",
    used: (name, command) => `${name} used ${command}`,
    messageMenu: "Menu of the message",
    memberMenu: (name) => `Menu of ${name}`,
    suggestions: (name) => `Suggestions for ${name}`,
    joined: (name) => `${name} joined the server.`,
    pinnedBy: (name) => `${name} pinned a message.`,
    onlyYou: "Only you can see this",
    dismiss: "Dismiss message",
    thinking: "Thinking…",
    someone: "Unknown user",
    spoiler: "Show the spoiler",
    today: "Today",
    beginning: (name) => `This is the beginning of ${name}.`,
    silent: "The application did not respond",
    refused: "Discord would not allow this now.",
    stuck: "The bot did not finish. Please wait a moment and try again.",
    offline: "The demo does not answer. Is make demo still running in the terminal?",
    tour: "Things to try",
    steps: [
      "Write an introduction: /intro write",
      "Become somebody else, with the list above",
      "Say hello, and thanks, from somebody's card",
      "Look for people by topic: /find",
      "Choose what may reach you, and when: /preferences",
      "Ask something with /ask new; move the clock on, and see who is asked when",
      "Press “I can help” in a post of the forum, or bring one to a close",
      "Have something read: /review request; as Sayaka read it, and move on to the reminder",
      "As Kenta, let a week go by, and see what comes of his word",
      "Answer in check-ins without your name; change it, or take it back: /checkin answer",
      "Let some days go by, and read the next prompt and the weekly letter",
      "As Daisuke, see your own moods: /checkin me",
      "Become Misaki or 由佳, and look at the DMs and /inbox",
      "Look at Sayaka's /standing",
      "Tell the moderators, or keep a distance: the “⋯” of a message or name",
      "Become Haru, and use /cases, /ledger and /schedule",
    ],
    offlineNote: "All of it runs on this machine. Everybody here is made up.",
  },
};

let language = "ja";

export const LANGUAGES = { ja: "日本語", en: "English" };

export function speak(chosen) {
  language = chosen in WORDS ? chosen : "ja";
  document.documentElement.lang = language;
  return language;
}

export function spoken() {
  return language;
}

export function say(key, ...values) {
  const words = WORDS[language][key];
  return typeof words === "function" ? words(...values) : words;
}

// What the bot calls a command, an option or a choice, in the page's language; Discord has English in two kinds.
export function worded(thing, key) {
  const words = thing[`${key}_localizations`] ?? {};
  return words[language] ?? words[`${language}-US`] ?? thing[key];
}

export function missingWords() {
  const keys = Object.values(WORDS).map((words) => Object.keys(words));
  return keys.flat().filter((key) => keys.some((other) => !other.includes(key)));
}
