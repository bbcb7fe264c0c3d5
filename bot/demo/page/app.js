// The page: asks once a second what is to be seen, draws what changed, and sends what the visitor does.

import { Composer } from "./composer.js";
import { avatar, el } from "./dom.js";
import { openForm } from "./form.js";
import { drawPosts, drawTags } from "./forum.js";
import { dayLine, drawMessage } from "./message.js";
import { drawBar, drawChannels, drawClock, drawTour, news, SIGNS } from "./sidebar.js";
import { missingWords, say, speak, spoken } from "./words.js";

const LOOK_EVERY = 1000;
const TOAST_FOR = 6000;
const byId = (id) => document.getElementById(id);
const place = { member: "", channel: "" };
const rooms = new Map();
const dismissed = new Set();
const drawn = new Map();
let view = null;
let now = new Date();
let stamp = "";
let turn = 0;
let mine = false;
let low = true;
let toastTimer = 0;

const see = {
  get names() { return view.names; },
  get now() { return now; },
  get view() { return view; },
  go,
  act,
  dismiss,
  runCommand: (name) => composer.runNamed(name),
  grown: keepLow,
};
const composer = new Composer(byId("composer"), { view: () => view, act, suggest });
const bar = { become, wait, change, menu: () => document.body.classList.toggle("drawer") };

async function ask(address, body) {
  const sent = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(address, sent);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function toast(text) {
  byId("toast").textContent = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { byId("toast").textContent = ""; }, TOAST_FOR);
}

// ── Looking ──

function take(answer, asked) {
  if (asked !== turn) return;
  now = new Date(answer.now);
  stamp = answer.stamp;
  if (answer.view) {
    view = answer.view;
    place.channel = view.channel;
    rooms.set(place.member, view.channel);
    draw();
  }
  drawClock(byId("bar"), now);
}

async function look() {
  const asked = turn;
  try {
    take(await ask(`/api/view?${new URLSearchParams({ ...place, stamp })}`), asked);
  } catch {
    toast(say("offline"));
  }
}

async function lookAgain() {
  await look();
  setTimeout(lookAgain, LOOK_EVERY);
}

function elsewhere() {
  turn += 1;
  stamp = "";
  return look();
}

// ── Drawing ──

function draw() {
  const here = view.channels.find((channel) => channel.id === view.channel);
  once("bar", [view.members, view.member, news(view)], (root) => drawBar(root, view, bar));
  once("channels", [view.channels, view.channel], (root) => drawChannels(root, view, { go }));
  once("tour", [], drawTour);
  once("heading", here, () => heading(here));
  byId("sidebar").setAttribute("aria-label", say("channels"));
  byId("messages").setAttribute("aria-label", say("messages", here.name));
  (here.kind === "forum" ? posts : messages)(here);
}

// Draws only what changed, so that an open menu or a box with half a word in it stays as it is.
function once(id, facts, redraw) {
  const key = JSON.stringify([facts, document.documentElement.lang]);
  if (drawn.get(id) === key) return;
  drawn.set(id, key);
  keepFocus(byId(id), () => redraw(byId(id)));
}

// A redrawn control that had the keyboard keeps it.
function keepFocus(root, redraw) {
  const key = root.contains(document.activeElement) && document.activeElement.dataset.key;
  redraw();
  if (key) document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

function heading(here) {
  const parent = here.kind === "thread" && view.channels.find((channel) => channel.id === here.parent);
  byId("heading").replaceChildren(
    el("h2", {}, el("span.sign", { "aria-hidden": "true" }, SIGNS[here.kind]), " ", here.name),
    parent ? el("button.link", { type: "button", onclick: () => go(parent.id) }, `${SIGNS[parent.kind]} ${parent.name}`) : el("p", {}, here.topic),
    drawTags(here.tags));
  composer.draw(here.kind === "text" ? `#${here.name}` : here.name, here.kind === "forum");
}

function posts(here) {
  const box = byId("messages");
  const room = roomOf(view);
  if (box.dataset.room !== room) drawn.delete("messages");
  box.dataset.room = room;
  once("messages", view.posts, () => box.replaceChildren(beginning(here), drawPosts(view.posts, see)));
}

const roomOf = ({ member, channel }) => [member, channel, document.documentElement.lang].join();

function messages(here) {
  const shown = view.messages.filter((message) => !dismissed.has(message.id));
  const list = [...(view.starter ? [view.starter] : []), ...shown];
  const box = byId("messages");
  const room = roomOf(view);
  const arrived = box.dataset.room !== room;
  if (arrived) {
    box.replaceChildren(beginning(here));
    box.dataset.room = room;
  }
  const last = box.lastElementChild?.dataset.id;
  low = box.scrollHeight - box.scrollTop - box.clientHeight < 120;
  const wanted = new Map(list.map((message, index) => [message.id, { message, before: list[index - 1] }]));
  for (const old of box.querySelectorAll("[data-id]")) if (!wanted.has(old.dataset.id)) old.remove();
  let previous = box.firstElementChild;
  for (const [id, { message, before }] of wanted) {
    previous = placed(box, previous, id, message, before);
  }
  low ||= arrived || (mine && box.lastElementChild?.dataset.id !== last);
  keepLow();
}

// Who looks at the newest message goes on doing so, also when a picture in it arrives.
function keepLow() {
  if (low) byId("messages").scrollTop = byId("messages").scrollHeight;
}

function placed(box, previous, id, message, before) {
  const key = JSON.stringify([message, before?.id]);
  const old = box.querySelector(`[data-id="${id}"]`);
  if (old && old.dataset.key === key) return old;
  const fresh = el("div.entry", {}, dayLine(message, before) ?? "", drawMessage(message, before, see));
  fresh.dataset.id = id;
  fresh.dataset.key = key;
  if (old) keepFocus(old, () => old.replaceWith(fresh));
  else previous.after(fresh);
  return fresh;
}

function beginning(here) {
  const sign = here.kind === "dm" ? avatar(here.name, true) : el("span.big", { "aria-hidden": "true" }, here.kind === "forum" ? SIGNS.forum : "#");
  return el("div.beginning", {}, sign, el("h3", {}, here.name), el("p", {}, say("beginning", here.kind === "text" ? `#${here.name}` : here.name)));
}

// ── Doing ──

const reasons = (failure) => (failure ? [say(failure.code), failure.detail].filter(Boolean).join(" ") : "");

async function send(deed, pressed) {
  const asked = (turn += 1);
  pressed?.setAttribute("aria-busy", "true");
  try {
    const answer = await ask("/api/act", { ...place, ...deed, language: spoken() });
    mine = true;
    take(answer, asked);
    mine = false;
    if (answer.form) form(answer.form);
    return reasons(answer.failure);
  } catch {
    return say("offline");
  } finally {
    pressed?.removeAttribute("aria-busy");
  }
}

async function act(deed, pressed) {
  const failure = await send(deed, pressed);
  if (failure) toast(failure);
}

function form({ key, spec }) {
  openForm(spec, see, (fields) => send({ do: "submit", form: key, fields }));
}

function suggest(body) {
  return ask("/api/suggest", { ...place, ...body, language: spoken() }).catch(() => []);
}

function wait(seconds, button) {
  return act({ do: "wait", seconds }, button);
}

function become(member) {
  place.member = member;
  place.channel = rooms.get(member) ?? place.channel;
  composer.reset();
  return elsewhere();
}

async function go(channel, message) {
  document.body.classList.remove("drawer");
  place.channel = channel;
  composer.reset();
  await elsewhere();
  const wanted = message && byId("messages").querySelector(`[data-id="${message}"] .message`);
  wanted?.scrollIntoView({ block: "center" });
  wanted?.animate([{ background: "#4a4434" }, {}], { duration: 2000 });
}

function dismiss(id) {
  dismissed.add(id);
  draw();
}

function change(language) {
  speak(language);
  history.replaceState(null, "", `?lang=${language}`);
  draw();
  drawClock(byId("bar"), now);
}

async function start() {
  const first = await ask("/api/start");
  speak(new URLSearchParams(location.search).get("lang") ?? first.language);
  place.member = first.member;
  byId("room").onclick = () => document.body.classList.remove("drawer");
  await lookAgain();
}

window.missingWords = missingWords;
start();
