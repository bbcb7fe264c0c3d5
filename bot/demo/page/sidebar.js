// The bar on top (who, when, in which language) and the list of channels at the side.

import { el, when } from "./dom.js";
import { LANGUAGES, say, spoken } from "./words.js";

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

export const SIGNS = { text: "#", forum: "▤", thread: "╰", dm: "@" };

// hooks: { become(memberId), wait(seconds, button), change(language), menu() }
export function drawBar(root, view, hooks) {
  const who = el("select", { id: "who", "data-key": "who", onchange: () => hooks.become(who.value) }, view.members.map((member) => {
    return el("option", { value: member.id, selected: member.id === view.member },
      say("person", member.name, member.caption[spoken()]) + unread(member.id === view.member ? 0 : member.unread));
  }));
  const later = (key, seconds) => {
    const button = el("button", {
      type: "button", "data-key": key, "aria-label": say(key), onclick: () => hooks.wait(seconds, button),
    }, say(`${key}Sign`));
    return button;
  };
  const languages = Object.entries(LANGUAGES).map(([code, name]) =>
    el("button", { type: "button", lang: code, "data-key": code, "aria-pressed": String(code === spoken()), onclick: () => hooks.change(code) }, name));
  root.replaceChildren(
    el("button.burger", { type: "button", "aria-label": say("openChannels") + unread(news(view)), onclick: hooks.menu }, "☰",
      news(view) ? el("span.count", {}, String(news(view))) : ""),
    el("strong.brand", {}, say("demo")),
    el("label.who", {}, el("span", {}, say("member")), who),
    el("div.clock", { role: "group", "aria-label": say("clock") }, el("time", { id: "clock" }), later("hour", HOUR), later("day", DAY), later("week", WEEK)),
    el("div.languages", { role: "group", "aria-label": say("language") }, languages));
}

const unread = (count) => (count ? say("unreadCount", count) : "");

// How much is unread for whoever looks; on a phone the list of channels is not in sight.
export function news(view) {
  return view.channels.reduce((sum, channel) => sum + channel.unread, 0);
}

export function drawClock(root, now) {
  const clock = root.querySelector("#clock");
  clock.dateTime = now.toISOString();
  clock.textContent = when(now, { month: "short", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

// hooks: { go(channelId) }
export function drawChannels(root, view, hooks) {
  const direct = view.channels.filter((channel) => channel.kind === "dm");
  const used = new Set(view.channels.map((channel) => channel.parent));
  const server = view.channels.filter((channel) => channel.kind !== "dm" && (channel.kind !== "category" || used.has(channel.id)));
  root.replaceChildren(
    el("h1", {}, view.server),
    el("h2", {}, say("direct")),
    el("ul", {}, direct.map((channel) => entry(channel, view, hooks))),
    el("ul", {}, server.map((channel) => entry(channel, view, hooks))));
}

function entry(channel, view, hooks) {
  if (channel.kind === "category") return el("li.category", {}, channel.name);
  const here = channel.id === view.channel;
  return el(`li.${channel.kind}`, {}, el(`button${channel.unread ? ".unread" : ""}`, {
    type: "button", "data-key": channel.id, "aria-current": here ? "page" : null, onclick: () => hooks.go(channel.id),
  }, el("span.sign", { "aria-hidden": "true" }, SIGNS[channel.kind]), el("span.name", {}, channel.name),
  channel.unread ? el("span.count", { "aria-label": say("unread") }, String(channel.unread)) : ""));
}

export function drawTour(root) {
  const open = root.querySelector("details")?.open ?? window.innerHeight > 700;
  root.replaceChildren(el("details.tour", { open }, el("summary", {}, say("tour")),
    el("ol", {}, say("steps").map((step) => el("li", {}, step))), el("p", {}, say("offlineNote"))));
}
