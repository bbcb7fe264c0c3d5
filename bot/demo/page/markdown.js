// Discord's markdown → elements. Nothing that a member typed ever becomes markup of the page.

import { clockTime, el, when } from "./dom.js";
import { naming } from "./menu.js";
import { say, spoken } from "./words.js";

// Discord's own address of a channel, or of a message in it: a place in this page.
export const ROOM = /^https?:\/\/discord\.com\/channels\/\d+\/(\d+)(?:\/(\d+))?/;

const INLINE = [
  [/^\\([\\`*_{}[\]()#+\-.!~|<>@&:])/, (m) => m[1]],
  [/^``(.+?)``|^`([^`]+)`/, (m) => el("code", {}, m[1] ?? m[2])],
  [/^\*\*\*(.+?)\*\*\*/s, (m, more) => el("strong", {}, el("em", {}, more(m[1])))],
  [/^\*\*(.+?)\*\*/s, (m, more) => el("strong", {}, more(m[1]))],
  [/^__(.+?)__/s, (m, more) => el("u", {}, more(m[1]))],
  [/^~~(.+?)~~/s, (m, more) => el("s", {}, more(m[1]))],
  [/^\|\|(.+?)\|\|/s, (m, more) => spoiler(more(m[1]))],
  [/^\*(?!\s)(.+?)\*(?!\*)/s, (m, more) => el("em", {}, more(m[1]))],
  [/^_(?!\s)(.+?)_(?![\p{L}\p{N}])/su, (m, more) => el("em", {}, more(m[1]))],
  [/^<@!?(\d+)>/, (m, _, see) => mention(m[1], see.names.users[m[1]] ?? say("someone"), see)],
  [/^<@&(\d+)>/, (m, _, see) => el("span.mention", {}, `@${see.names.roles[m[1]] ?? m[1]}`)],
  [/^<#(\d+)>/, (m, _, see) => channelLink(m[1], see)],
  [/^https?:\/\/discord\.com\/channels\/\d+\/(\d+)(?:\/(\d+))?/, (m, _, see) => channelLink(m[1], see, m[2])],
  [/^<\/([^:>]+):\d+>/, (m, _, see) => el("button.mention", { type: "button", onclick: () => see.runCommand(m[1]) }, `/${m[1]}`)],
  [/^<t:(-?\d+)(?::([tTdDfFR]))?>/, (m, _, see) => moment(Number(m[1]), m[2] ?? "f", see.now)],
  [/^<a?:(\w+):\d+>/, (m) => `:${m[1]}:`],
  [/^\[([^\]]+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/, (m, more, see) => link(m[2], more(m[1]), see)],
  [/^<?(https?:\/\/[\p{L}\p{N}][^\s<>「」（）。、]+)>?/u, (m, _, see) => link(m[1], m[1], see)],
];

function link(address, text, see) {
  const room = address.match(ROOM);
  if (room) return el("button.link", { type: "button", onclick: () => see.go(room[1], room[2]) }, text);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

function mention(id, name, see) {
  return naming(".mention", id, name, see, `@${name}`);
}

function channelLink(id, see, messageId) {
  const name = see.names.channels[id] ?? id;
  return el("button.mention", { type: "button", onclick: () => see.go(id, messageId) }, `#${name}`);
}

function spoiler(inside) {
  const cover = el("span.spoiler", { role: "button", tabIndex: 0, "aria-label": say("spoiler") }, inside);
  const open = () => cover.classList.add("open");
  cover.onclick = open;
  cover.onkeydown = (event) => event.key === "Enter" && open();
  return cover;
}

function relative(seconds) {
  const format = new Intl.RelativeTimeFormat(spoken(), { numeric: "auto" });
  const units = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return format.format(Math.round(seconds / size), unit);
}

function moment(epoch, style, now) {
  const at = new Date(epoch * 1000);
  const formats = {
    t: () => clockTime(at),
    T: () => when(at, { timeStyle: "medium" }),
    d: () => when(at, { dateStyle: "short" }),
    D: () => when(at, { dateStyle: "long" }),
    f: () => when(at, { dateStyle: "long", timeStyle: "short" }),
    F: () => when(at, { dateStyle: "full", timeStyle: "short" }),
    R: () => relative(epoch - now.getTime() / 1000),
  };
  return el("time", { dateTime: at.toISOString(), title: formats.F() }, formats[style]());
}

function inline(text, see) {
  const parts = [];
  let plain = "";
  const more = (inner) => inline(inner, see);
  while (text) {
    const rule = INLINE.find(([pattern]) => pattern.test(text));
    // An underscore within a word is a letter.
    if (rule && !(text[0] === "_" && /[\p{L}\p{N}]$/u.test(plain))) {
      const match = text.match(rule[0]);
      if (plain) parts.push(plain);
      plain = "";
      parts.push(rule[1](match, more, see));
      text = text.slice(match[0].length);
    } else {
      const step = String.fromCodePoint(text.codePointAt(0));
      plain += step;
      text = text.slice(step.length);
    }
  }
  if (plain) parts.push(plain);
  return parts.flat();
}

const LINES = [
  [/^(#{1,3}) (.+)/, (m, see) => el(`h${m[1].length + 2}`, {}, inline(m[2], see))],
  [/^-# (.+)/, (m, see) => el("small", {}, inline(m[1], see))],
];
const ITEM = /^( *)([-*]|\d+\.) (.+)/;

// see: { names, now, view, act(deed), go(channelId, messageId), runCommand(name) }
export function markdown(text, see) {
  const out = el("div.text");
  const blocks = text.split(/```(?:\w*\n)?([\s\S]*?)```/);
  blocks.forEach((block, index) => {
    if (index % 2) out.append(el("pre", {}, el("code", {}, block.replace(/\n$/, ""))));
    else paragraphs(block, see, out);
  });
  return out;
}

function paragraphs(text, see, out) {
  const lines = text.split("\n");
  let run = [];
  const flush = () => {
    const joined = run.join("\n");
    if (joined.trim()) out.append(el("p", {}, inline(joined.replace(/^\n+|\n+$/g, ""), see)));
    run = [];
  };
  while (lines.length) {
    const line = lines.shift();
    const rule = LINES.find(([pattern]) => pattern.test(line));
    if (rule) {
      flush();
      out.append(rule[1](line.match(rule[0]), see));
    } else if (line.startsWith("> ")) {
      flush();
      const quoted = [line.slice(2)];
      while (lines.length && lines[0].startsWith("> ")) quoted.push(lines.shift().slice(2));
      const quote = el("blockquote");
      paragraphs(quoted.join("\n"), see, quote);
      out.append(quote);
    } else if (ITEM.test(line)) {
      flush();
      const items = [line];
      while (lines.length && ITEM.test(lines[0])) items.push(lines.shift());
      const kind = /^\s*\d/.test(line) ? "ol" : "ul";
      out.append(el(kind, {}, items.map((item) => listItem(item, see))));
    } else {
      run.push(line);
    }
  }
  flush();
}

function listItem(line, see) {
  const [, indent, , text] = line.match(ITEM);
  const item = el("li", {}, inline(text, see));
  if (indent.length > 1) item.classList.add("inner");
  return item;
}
