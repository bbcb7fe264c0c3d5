// A menu as Discord has it: one button, and a list that opens below it. For cards and for forms.

import { el } from "./dom.js";
import { say } from "./words.js";

const CATEGORY = 4;

// The options of a menu: its own, or whom and what it can name here.
export function choices(menu, view) {
  if (menu.type === 3) return menu.options;
  const preset = (menu.default_values ?? []).map((each) => each.id);
  const listed = choosable({ 5: ["users"], 6: ["roles"], 7: ["users", "roles"], 8: ["channels"] }[menu.type], menu, view);
  // Who is preset stands there, though nobody could choose them in private.
  const others = preset.filter((id) => view.names.users[id] && !listed.some(([value]) => value === id));
  return [...others.map((id) => [id, view.names.users[id]]), ...listed]
    .map(([value, label]) => ({ value, label, default: preset.includes(value) }));
}

// Pairs of id and name; asked.channel_types: the only channels that are wanted.
export function choosable(kinds, asked, view) {
  const wanted = ({ type }) => type === undefined || !asked.channel_types?.length || asked.channel_types.includes(type);
  const label = ({ name, type }) => (type === undefined || type === CATEGORY ? name : `# ${name}`);
  return kinds.flatMap((kind) => view.choosable[kind]).filter(wanted).map((each) => [each.id, label(each)]);
}

// options: [{ value, label, description, emoji, default }]; chosen(values) is told when the list is closed, or with
// `live` at each change.
export function select({ label, placeholder, options, min, max, disabled, live, chosen }) {
  let values = options.filter((option) => option.default).map((option) => option.value);
  const many = max > 1;
  const list = el("div.options", { role: "listbox", "aria-label": label, "aria-multiselectable": String(many), hidden: true });
  const button = el("button.select", {
    type: "button", role: "combobox", "aria-label": label, "aria-haspopup": "listbox", "aria-expanded": "false", disabled,
  });
  const root = el("div.menu", {}, button, list);
  let before = values;

  const show = () => {
    const names = options.filter((option) => values.includes(option.value)).map((option) => option.label);
    button.replaceChildren(
      names.length ? el("span.chosen", {}, many ? names.map((name) => el("span.chip", {}, name)) : names)
        : el("span.placeholder", {}, placeholder || say("choose")),
      el("span.arrow", { "aria-hidden": "true" }, "⌄"),
    );
    for (const item of list.querySelectorAll("[role=option]"))
      item.setAttribute("aria-selected", String(values.includes(item.dataset.value)));
  };
  const open = (wanted) => {
    if (wanted === !list.hidden) return;
    list.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    if (wanted) {
      before = values;
      (list.querySelector("[aria-selected=true]") ?? list.querySelector("[role=option]"))?.focus();
      root.scrollIntoView({ block: "nearest" });
    } else if (many && !live && values !== before && values.length >= min) chosen(values);
  };
  const pick = (value) => {
    const has = values.includes(value);
    if (!many) {
      values = has && min === 0 ? [] : [value];
      open(false);
      button.focus();
      chosen(values);
    } else if (has) values = values.filter((each) => each !== value);
    else if (values.length < max) values = [...values, value];
    if (many && live) chosen(values);
    show();
  };

  for (const option of options) {
    const item = el("div.option", { role: "option", tabIndex: -1, onclick: () => pick(option.value) },
      el("span", {}, option.emoji?.name ? `${option.emoji.name} ` : "", option.label),
      option.description ? el("small", {}, option.description) : "");
    item.dataset.value = option.value;
    list.append(item);
  }
  if (many) list.append(el("button.done", { type: "button", onclick: () => { open(false); button.focus(); } }, say("done")));
  button.onclick = () => open(list.hidden);
  root.onkeydown = (event) => keys(event, root, list, open, button);
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !root.contains(event.relatedTarget)) open(false);
  });
  show();
  return root;
}

function keys(event, root, list, open, button) {
  const items = [...list.querySelectorAll("[role=option]")];
  const at = items.indexOf(document.activeElement);
  if (event.key === "Escape" && !list.hidden) {
    open(false);
    button.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (list.hidden) open(true);
    else items[Math.max(0, Math.min(items.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))]?.focus();
  } else if ((event.key === "Enter" || event.key === " ") && at >= 0) items[at].click();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
