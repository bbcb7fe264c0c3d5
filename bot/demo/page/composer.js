// The box below the messages: plain messages, and slash commands with their options.

import { el } from "./dom.js";
import { choosable } from "./select.js";
import { say, worded } from "./words.js";

const SUGGEST_AFTER = 200;
const WHOLE = 4;

// hooks: { view(), act(deed, element) → failure or null, suggest(body) → choices }
export class Composer {
  constructor(root, hooks) {
    this.root = root;
    this.hooks = hooks;
    this.panel = el("div.panel", { hidden: true });
    this.title = el("input.write.title", { autocomplete: "off", maxlength: 100, required: true, hidden: true });
    this.input = el("input.write", { autocomplete: "off", maxlength: 2000 });
    this.slash = el("button.icon", { type: "button", onclick: () => this.toggle() }, "/");
    this.go = el("button.icon", { type: "submit" }, "➤");
    this.line = el("form.line", {}, this.slash, this.input, this.go);
    this.line.onsubmit = (event) => { event.preventDefault(); this.enter(); };
    this.input.oninput = () => this.list();
    this.root.onkeydown = (event) => {
      if (event.key === "Escape") this.reset();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event);
    };
    root.replaceChildren(this.panel, this.title, this.line);
  }

  // In a forum, whoever writes opens a post; commands are for its posts.
  draw(name, forum) {
    this.forum = forum;
    this.title.hidden = !forum;
    this.slash.hidden = forum;
    const label = forum ? say("postText") : say("write", name);
    for (const [input, words] of [[this.title, say("postTitle")], [this.input, label]]) {
      input.placeholder = words;
      input.setAttribute("aria-label", words);
    }
    this.slash.setAttribute("aria-label", say("commands"));
    this.go.setAttribute("aria-label", say("send"));
  }

  reset() {
    this.panel.hidden = true;
    this.title.value = this.input.value = "";
  }

  toggle() {
    if (!this.panel.hidden) return this.reset();
    this.input.value = "/";
    this.list();
    this.input.focus();
  }

  list() {
    const typed = this.input.value;
    this.panel.hidden = this.forum || !typed.startsWith("/");
    if (this.panel.hidden) return;
    const found = this.matching(typed);
    const items = found.map((command) =>
      el("button.command", { type: "button", onclick: () => this.pick(command) },
        el("strong", {}, `/${command.name}`), el("span", {}, worded(command, "description"))));
    this.panel.replaceChildren(el("div.commands", { role: "group", "aria-label": say("commands") },
      items.length ? items : el("p.hint", {}, say("noCommand"))));
  }

  matching(typed) {
    const wanted = typed.slice(1).trim().toLowerCase();
    return this.hooks.view().commands.filter((command) => command.name.startsWith(wanted));
  }

  runNamed(name) {
    const command = this.hooks.view().commands.find((each) => each.name === name);
    if (command) this.pick(command);
  }

  enter() {
    const typed = this.input.value.trim();
    if (!typed) return;
    if (this.forum) return this.post(typed);
    if (typed.startsWith("/")) {
      const [command] = this.matching(typed);
      if (command) this.pick(command);
      return;
    }
    this.reset();
    this.hooks.act({ do: "send", text: typed }, this.line);
  }

  post(text) {
    const title = this.title.value.trim();
    if (!title) return this.title.focus();
    this.reset();
    this.hooks.act({ do: "post", title, text }, this.line);
  }

  pick(command) {
    if (!command.options.length) return this.run(command, {});
    const raw = {};
    const form = el("form.options-form", { "aria-label": `/${command.name}` },
      el("strong", {}, `/${command.name}`), el("p.hint", {}, worded(command, "description")),
      command.options.map((option) => this.option(command, option, raw)),
      el("div.buttons", {},
        el("button.press.quiet", { type: "button", onclick: () => this.reset() }, say("cancel")),
        el("button.press.primary", { type: "submit" }, say("run"))));
    form.onsubmit = (event) => { event.preventDefault(); this.run(command, raw); };
    this.panel.hidden = false;
    this.panel.replaceChildren(form);
    form.querySelector("input, select")?.focus();
  }

  run(command, options) {
    this.reset();
    this.hooks.act({ do: "slash", name: command.name, options }, this.line);
  }

  option(command, option, raw) {
    const id = `option-${option.name}`;
    const control = kind(option)(option, this.hooks.view());
    control.id = id;
    control.required = Boolean(option.required);
    control.onchange = () => { raw[option.name] = control.dataset.value ?? control.value; };
    const field = el("div.field", {},
      el("label", { htmlFor: id }, worded(option, "name"), option.required ? el("span.needed", { "aria-hidden": "true" }, "*") : ""),
      el("p.hint", {}, worded(option, "description")), control);
    if (option.autocomplete) field.append(this.suggestions(command, option, control, raw));
    return field;
  }

  // What the bot offers while somebody types; a pick puts its name into the box and its value into the command.
  suggestions(command, option, control, raw) {
    const box = el("div.commands", { role: "group", "aria-label": say("suggestions", worded(option, "name")), hidden: true });
    let timer = 0;
    const offer = async () => {
      const filled = Object.fromEntries(Object.entries(raw).filter(([name]) => name !== option.name));
      const text = control.value;
      const offered = await this.hooks.suggest({ name: command.name, option: option.name, text, filled });
      if (text !== control.value || document.activeElement !== control) return; // typed or gone on since
      box.hidden = !offered.length;
      box.replaceChildren(...offered.map((choice) => el("button.command", {
        type: "button",
        onclick: () => {
          control.value = worded(choice, "name");
          raw[option.name] = String(choice.value);
          box.hidden = true;
          control.focus();
        },
      }, worded(choice, "name"))));
    };
    control.oninput = () => {
      raw[option.name] = control.value;
      clearTimeout(timer);
      timer = setTimeout(offer, SUGGEST_AFTER);
    };
    control.onchange = null;
    control.onfocus = () => control.value || offer();
    control.onblur = (event) => { box.hidden ||= !box.contains(event.relatedTarget); };
    return box;
  }
}

function menu(pairs) {
  return el("select", {}, el("option", { value: "" }, "—"), pairs.map(([value, label]) => el("option", { value }, label)));
}

function listed(option) {
  return menu(option.choices.map((choice) => [String(choice.value), worded(choice, "name")]));
}

function written(option) {
  return el("input", { autocomplete: "off", maxlength: option.max_length, minlength: option.min_length });
}

function number(option) {
  return el("input", { type: "number", autocomplete: "off", min: option.min_value, max: option.max_value, step: option.type === WHOLE ? 1 : "any" });
}

const of = (...kinds) => (option, view) => menu(choosable(kinds, option, view));

const KINDS = {
  4: number,
  5: () => menu([["true", say("yes")], ["false", say("no")]]),
  6: of("users"),
  7: of("channels"),
  8: of("roles"),
  9: of("users", "roles"),
  10: number,
};

// What is suggested is picked by its name, also for a number.
function kind(option) {
  if (option.choices?.length) return listed;
  return (!option.autocomplete && KINDS[option.type]) || written;
}

// The arrow keys go from a box to what is listed for it, and through the list.
function walk(event) {
  const items = [...event.target.closest(".field, #composer").querySelectorAll(".commands:not([hidden]) button")];
  if (!items.length) return;
  items[Math.max(0, items.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1))]?.focus();
  event.preventDefault();
}
