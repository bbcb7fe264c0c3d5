// What the bot offers on a message and on a member: a button, and the small menu that it opens.

import { el } from "./dom.js";
import { say, worded } from "./words.js";

// The "…" at a message; nothing where the bot offers nothing.
export function messageMenu(message, see) {
  const label = say("messageMenu");
  const offered = see.view.menus.message;
  if (!offered.length) return "";
  const deed = { do: "on_message", message: message.id, at: message.channel_id };
  return el("button.more", { type: "button", "aria-label": label, "aria-haspopup": "menu", onclick: (event) => open(event.currentTarget, label, offered, deed, see) }, "⋯");
}

// Something that names a member: a button where the bot offers anything on them, or else plain.
export function naming(what, userId, name, see, ...inside) {
  const offered = see.view.menus.member;
  if (!offered.length || !see.view.choosable.users.some((each) => each.id === userId)) return el(`span${what}`, {}, inside);
  const deed = { do: "on_member", user: userId };
  return el(`button${what}`, { type: "button", "aria-haspopup": "menu", onclick: (event) => open(event.currentTarget, say("memberMenu", name), offered, deed, see) }, inside);
}

function open(anchor, label, offered, deed, see) {
  const choose = (command) => {
    box.hidePopover();
    see.act({ ...deed, name: command.name }, anchor);
  };
  const box = el("div.popup", { popover: "auto", role: "menu", "aria-label": label },
    offered.map((command) => el("button.option", { type: "button", role: "menuitem", onclick: () => choose(command) }, worded(command, "name"))));
  box.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const items = [...box.children];
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
    event.preventDefault();
  };
  box.ontoggle = (event) => event.newState === "closed" && box.remove();
  (anchor.closest("dialog") ?? document.body).append(box);
  box.showPopover();
  beside(anchor, box);
  box.firstElementChild.focus();
}

// Below the anchor, and within the window.
function beside(anchor, box) {
  const at = anchor.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.min(at.bottom + 4, innerHeight - box.offsetHeight - 8)}px`;
}
