// A form (Discord's modal): a dialog that keeps what was typed until the bot has taken it.

import { el } from "./dom.js";
import { markdown } from "./markdown.js";
import { choices, select } from "./select.js";
import { say } from "./words.js";

// send(fields) resolves to true when the form was taken.
export function openForm(spec, see, send) {
  const fields = {};
  const problem = el("p.problem", { role: "alert" });
  const submit = el("button.press.primary", { type: "submit" }, say("submit"));
  const dialog = el("dialog.form", { "aria-labelledby": "form-title" });
  const close = () => {
    dialog.close();
    dialog.remove();
  };
  const form = el("form", { method: "dialog" },
    el("h2", { id: "form-title" }, spec.title),
    el("div.fields", {}, spec.components.map((part) => field(part, fields, see))),
    problem,
    el("div.buttons", {}, el("button.press.quiet", { type: "button", onclick: close }, say("cancel")), submit));
  form.onsubmit = async (event) => {
    event.preventDefault();
    submit.disabled = true;
    const failure = await send(fields);
    submit.disabled = false;
    if (failure) problem.textContent = failure;
    else close();
  };
  dialog.append(form);
  dialog.oncancel = () => dialog.remove();
  document.body.append(dialog);
  dialog.showModal();
}

function field(part, fields, see) {
  if (part.type === 10) return markdown(part.content, see);
  if (part.type === 1) return field({ type: 18, label: part.components[0].label, component: part.components[0] }, fields, see);
  const inner = part.component;
  const required = inner.required ?? inner.type !== 23;
  const id = `field-${inner.custom_id}`;
  const control = (CONTROLS[inner.type] ?? (() => ""))(inner, { id, label: part.label, required, fields, see });
  const caption = [part.label, required ? el("span.needed", { "aria-hidden": "true" }, "*") : el("small", {}, say("optional"))];
  return el("div.field", {},
    el("label", { htmlFor: id }, caption),
    part.description ? el("p.hint", { id: `${id}-hint` }, part.description) : "",
    control);
}

const CONTROLS = {
  3: menu, 5: menu, 6: menu, 7: menu, 8: menu,
  4: text,
  19: files,
  21: group,
  22: group,
  23: (inner, { id, fields }) => {
    fields[inner.custom_id] = Boolean(inner.default);
    const box = el("input", { id, type: "checkbox", checked: Boolean(inner.default) });
    box.onchange = () => { fields[inner.custom_id] = box.checked; };
    return box;
  },
};

function text(inner, { id, required, fields }) {
  const input = el(inner.style === 2 ? "textarea" : "input", {
    id, required, value: inner.value ?? "", placeholder: inner.placeholder ?? "", autocomplete: "off",
    "aria-describedby": `${id}-hint`, maxlength: inner.max_length, minlength: inner.min_length,
  });
  fields[inner.custom_id] = input.value;
  input.oninput = () => { fields[inner.custom_id] = input.value; };
  return input;
}

function menu(inner, { label, required, fields, see }) {
  const options = choices(inner, see.view);
  fields[inner.custom_id] = options.filter((option) => option.default).map((option) => option.value);
  return select({
    label, options, live: true, placeholder: inner.placeholder, disabled: inner.disabled,
    min: required ? (inner.min_values ?? 1) : 0, max: inner.max_values ?? 1,
    chosen: (values) => { fields[inner.custom_id] = values; },
  });
}

function files(inner, { id, required, fields }) {
  const input = el("input", { id, required, type: "file", multiple: (inner.max_values ?? 1) > 1, "aria-describedby": `${id}-hint` });
  input.onchange = async () => { fields[inner.custom_id] = await Promise.all([...input.files].map(carried)); };
  return input;
}

async function carried(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { name: file.name, data: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) };
}

// Radio buttons (21) and checkboxes (22).
function group(inner, { label, fields }) {
  const many = inner.type === 22;
  const read = () => {
    const values = [...box.querySelectorAll("input:checked")].map((input) => input.value);
    fields[inner.custom_id] = many ? values : (values[0] ?? null);
  };
  const box = el("div.group", { role: many ? "group" : "radiogroup", "aria-label": label, onchange: read },
    inner.options.map((option) => el("label", {},
      el("input", { type: many ? "checkbox" : "radio", name: inner.custom_id, value: option.value, checked: Boolean(option.default) }),
      el("span", {}, option.label, option.description ? el("small", {}, option.description) : ""))));
  read();
  return box;
}
