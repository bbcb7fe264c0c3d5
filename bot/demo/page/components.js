// Components V2 and plain rows of controls → elements.

import { el } from "./dom.js";
import { markdown, ROOM } from "./markdown.js";
import { choices, select } from "./select.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary" };

// see: { names, now, view, go, runCommand, act(deed), grown }; message: the one that the controls belong to.
export function component(part, message, see) {
  return (DRAWN[part.type] ?? (() => ""))(part, message, see);
}

function all(parts, message, see) {
  let above = "";
  return (parts ?? []).map((part) => {
    if (part.type === 10) above = part.content;
    const drawn = component(part, message, see);
    // A menu is known by the line above it; its own words are often the same for several.
    if (part.type === 1 && plain(above)) for (const menu of drawn.querySelectorAll?.("[role=combobox], [role=listbox]") ?? [])
      menu.setAttribute("aria-label", plain(above));
    return drawn;
  });
}

function plain(text) {
  return text.split("\n")[0].replace(/<[^>]*>|[*_#`]/g, "").trim();
}

const DRAWN = {
  1: (part, message, see) => el("div.row", {}, all(part.components, message, see)),
  2: button,
  3: menu,
  5: menu,
  6: menu,
  7: menu,
  8: menu,
  9: (part, message, see) =>
    el("div.section", {}, el("div", {}, all(part.components, message, see)), component(part.accessory, message, see)),
  10: (part, _, see) => markdown(part.content, see),
  12: (part, _, see) => el("div.gallery", {}, part.items.map((item) => picture(item, see))),
  14: (part) => el(part.divider === false ? "div.gap" : "hr", {}),
  17: (part, message, see) => {
    const box = el("div.container", {}, all(part.components, message, see));
    if (part.accent_color != null) box.style.borderLeftColor = `#${part.accent_color.toString(16).padStart(6, "0")}`;
    return box;
  },
};

function button(part, message, see) {
  const inside = [part.emoji?.name ? el("span", {}, part.emoji.name) : "", el("span", {}, part.label ?? "")];
  if (part.style === 5) {
    const room = part.url.match(ROOM);
    if (room) return el("button.press.secondary", { type: "button", onclick: () => see.go(room[1], room[2]) }, inside, el("span.away", {}, "↗"));
    return el("a.press.secondary", { href: part.url, target: "_blank", rel: "noopener noreferrer" }, inside, el("span.away", {}, "↗"));
  }
  const press = () => see.act({ do: "press", message: message.id, at: message.channel_id, control: part.custom_id }, knob);
  const knob = el(`button.press.${STYLES[part.style] ?? "secondary"}`, { type: "button", "data-key": part.custom_id, disabled: part.disabled, onclick: press }, inside);
  return knob;
}

function picture(item, see) {
  const address = `/api/file?${new URLSearchParams({ address: item.media.url })}`;
  const shown = el("img", { src: address, alt: item.description ?? "", onload: see.grown });
  return el("a", { href: address, target: "_blank" }, shown);
}

function menu(part, message, see) {
  const box = select({
    label: part.placeholder || part.options?.find((option) => option.default)?.label || part.custom_id,
    placeholder: part.placeholder,
    options: choices(part, see.view),
    min: part.min_values ?? 1,
    max: part.max_values ?? 1,
    disabled: part.disabled,
    chosen: (values) => see.act({ do: "choose", message: message.id, at: message.channel_id, control: part.custom_id, values }, box),
  });
  return box;
}
