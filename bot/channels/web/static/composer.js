// The field to write in and the menu beside it. Decides when a key sends; knows nothing of sending.

import { make } from "./bubble.js";
import { forget, read, write } from "./store.js";
import { commands, limit, say, t } from "./texts.js";

const SHOW_LENGTH_FROM = 0.9; // of the limit

// On a touch keyboard Enter is the only way to a new line.
const isTouch = () => matchMedia("(hover: none) and (pointer: coarse)").matches;

export class Composer {
  constructor({ form, field, length, onText }) {
    Object.assign(this, { form, field, length, onText });
    this.isComposing = false;
    field.value = read("draft") ?? "";
    field.addEventListener("compositionstart", () => (this.isComposing = true));
    field.addEventListener("compositionend", () => (this.isComposing = false));
    field.addEventListener("input", () => this.changed());
    field.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    // The keyboard of a phone stays open when the button is tapped.
    form.querySelector("#send").addEventListener("pointerdown", (event) => event.preventDefault());
    this.changed();
  }

  // An Enter that ends a Chinese composition (keyCode 229 where isComposing is already false) sends nothing.
  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    if (event.isComposing || this.isComposing || event.keyCode === 229) return;
    if (isTouch() && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.send();
  }

  send() {
    const text = this.field.value.trim();
    if (!text || this.isTooLong()) return;
    this.field.value = "";
    this.changed();
    forget("draft");
    this.onText(text);
    this.field.focus();
  }

  put(text) {
    this.field.value = this.field.value.trim() ? `${text}\n${this.field.value}` : text;
    this.changed();
    this.field.focus();
  }

  changed() {
    const { field } = this;
    if (field.value) write("draft", field.value);
    else forget("draft");
    field.style.height = "auto";
    if (field.scrollHeight) field.style.height = `${field.scrollHeight + 2}px`;
    this.form.classList.toggle("empty", !field.value.trim());
    const characters = field.value.length > limit * SHOW_LENGTH_FROM ? Array.from(field.value).length : 0;
    this.length.textContent = characters ? t("compose.length", { length: characters, limit }) : "";
    this.length.classList.toggle("over", characters > limit);
    this.form.querySelector("#send").setAttribute("aria-disabled", String(!field.value.trim() || characters > limit));
  }

  isTooLong() {
    return this.field.value.length > limit && Array.from(this.field.value.trim()).length > limit;
  }
}

export function menu({ button, list, onCommand }) {
  const close = (isFocused) => {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (isFocused) button.focus();
  };
  const items = commands.map((command) => {
    const item = say(make("button", "menu-item"), `command.${command}`);
    item.type = "button";
    item.tabIndex = -1;
    item.setAttribute("role", "menuitem");
    item.addEventListener("click", () => {
      close(true);
      onCommand(`/${command}`);
    });
    return item;
  });
  list.append(...items);
  button.addEventListener("click", () => {
    if (!list.hidden) return close(true);
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    items[0].focus();
  });
  list.addEventListener("keydown", (event) => {
    const place = items.indexOf(document.activeElement);
    const to = { ArrowDown: place + 1, ArrowUp: place - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      items[to % items.length].focus();
    } else if (event.key === "Escape") {
      close(true);
    } else if (event.key === "Tab") {
      close(false);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!list.hidden && !list.contains(event.target) && !button.contains(event.target)) close(false);
  });
}
