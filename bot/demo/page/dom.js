// One helper to make elements, and times as the page writes them.

import { say, spoken } from "./words.js";

export const ZONE = "Asia/Tokyo";

// el("button.primary", { onclick, "aria-label": "…" }, "text", child, …): a property where the element has one.
export function el(what, properties = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name in element && !name.includes("-")) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export function when(moment, format) {
  return new Intl.DateTimeFormat(spoken(), { timeZone: ZONE, ...format }).format(moment);
}

export function clockTime(moment) {
  return when(moment, { hour: "2-digit", minute: "2-digit" });
}

export function dayName(moment) {
  return when(moment, { year: "numeric", month: "long", day: "numeric", weekday: "short" });
}

export function sentAt(moment, now) {
  if (dayName(moment) === dayName(now)) return `${say("today")} ${clockTime(moment)}`;
  return when(moment, { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
}

export function avatar(name, bot) {
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
  const face = el("span.avatar", { "aria-hidden": "true" }, bot ? "縁" : [...name][0].toUpperCase());
  if (bot) face.classList.add("bot");
  else face.style.background = `hsl(${hue} 38% 46%)`;
  return face;
}
