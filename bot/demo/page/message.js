// One message as Discord shows it: who, when, what, and what hangs on it.

import { component } from "./components.js";
import { avatar, dayName, el, sentAt } from "./dom.js";
import { markdown } from "./markdown.js";
import { messageMenu, naming } from "./menu.js";
import { say, worded } from "./words.js";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const JOINED = 7;
const PINNED = 6;
const BY_COMMAND = 20;
const BY_MENU = 23;
const TOGETHER = 5 * 60 * 1000;

function author(message, see) {
  return see.names.users[message.author.id] ?? say("someone");
}

function system(icon, text, message, see) {
  return el("article.message.system", {}, el("span.icon", { "aria-hidden": "true" }, icon),
    el("div", {}, text, " ", el("time", {}, sentAt(new Date(message.timestamp), see.now))));
}

// Whether this message goes on under the name of the one before.
function goesOn(message, before) {
  return before && message.type === 0 && before.type === 0 && before.author.id === message.author.id
    && !message.components.length && new Date(message.timestamp) - new Date(before.timestamp) < TOGETHER;
}

export function drawMessage(message, before, see) {
  if (message.type === JOINED) return system("→", say("joined", author(message, see)), message, see);
  if (message.type === PINNED) return system("⚑", say("pinnedBy", author(message, see)), message, see);
  const follows = goesOn(message, before);
  const hidden = Boolean(message.flags & EPHEMERAL);
  const name = author(message, see);
  const body = el("div.body", {}, hidden ? "" : messageMenu(message, see),
    follows ? "" : used(message, see), follows ? "" : head(message, name, see), content(message, see));
  if (message.thread) body.append(threadChip(message.thread, see));
  if (hidden) body.append(onlyYou(message, see));
  const kind = `article.message${follows ? ".follows" : ""}${hidden ? ".ephemeral" : ""}`;
  const face = follows ? el("span.avatar.none") : avatar(name, message.author.bot);
  face.onclick = () => body.querySelector("button.author")?.click();
  return el(kind, { "aria-label": name }, face, body);
}

function used(message, see) {
  const { name, user } = message.interaction_metadata ?? {};
  if (!name || ![BY_COMMAND, BY_MENU].includes(message.type)) return "";
  const menu = Object.values(see.view.menus).flat().find((command) => command.name === name) ?? { name };
  const command = message.type === BY_MENU ? worded(menu, "name") : `/${name}`;
  return el("div.used", {}, say("used", see.names.users[user.id] ?? "", command));
}

function head(message, name, see) {
  return el("div.head", {}, naming(".author", message.author.id, name, see, name), message.author.bot ? el("span.tag", {}, say("app")) : "",
    el("time", { dateTime: message.timestamp }, sentAt(new Date(message.timestamp), see.now)),
    message.pinned ? el("span.pin", {}, `⚑ ${say("pinned")}`) : "");
}

function content(message, see) {
  if (message.flags & LOADING) return el("p.thinking", {}, say("thinking"));
  const parts = [];
  if (message.content) parts.push(markdown(message.content, see));
  parts.push(...message.components.map((part) => component(part, message, see)));
  if (message.edited_timestamp && !message.components.length) parts.push(el("small.edited", {}, say("edited")));
  return parts;
}

function threadChip(thread, see) {
  return el("button.thread-chip", { type: "button", onclick: () => see.go(thread.id) },
    el("strong", {}, thread.name), el("span", {}, `${say("thread", thread.count)} ›`));
}

function onlyYou(message, see) {
  return el("div.only-you", {}, `${say("onlyYou")} · `,
    el("button.link", { type: "button", onclick: () => see.dismiss(message.id) }, say("dismiss")));
}

export function dayLine(message, before) {
  const day = dayName(new Date(message.timestamp));
  if (before && dayName(new Date(before.timestamp)) === day) return null;
  return el("div.day", { role: "separator" }, el("span", {}, day));
}
