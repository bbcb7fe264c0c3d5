// A menu as Discord has it: one button, and a list that opens below it. For cards and for forms.

import { el } from "./dom.js";
import { say } from "./words.js";

// What the members, channels and roles of the server are as options of a menu of that kind.
export function choices(menu, view) {
  const preset = new Set((menu.default_values ?? []).map((each) => each.id));
  const of = (value, label) => ({ value, label, default: preset.has(value) });
  const channels = view.channels
    .filter((each) => ["text", "category"].includes(each.kind) && takes(menu, each.kind))
    .map((each) => of(each.id, each.kind === "text" ? `# ${each.name}` : each.name));
  const users = view.members.map((each) => of(each.id, each.name));
  const roles = Object.entries(view.names.roles).map(([id, name]) => of(id, `@${name}`));
  return { 3: menu.options, 5: users, 6: roles, 7: [...users, ...roles], 8: channels }[menu.type];
}

function takes(menu, kind) {
  return !menu.channel_types?.length || menu.channel_types.includes(kind === "category" ? 4 : 0);
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
