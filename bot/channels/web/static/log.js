// The conversation on the page: which message stands where, what is marked, which buttons are still of use.
// Knows nothing of the server.

import { bubble, day, make } from "./bubble.js";
import { fixWords, marked } from "./markup.js";
import { say, t } from "./texts.js";

export class Log {
  constructor({ list, view, onPress, onRetry, onEdit }) {
    Object.assign(this, { list, view, onPress, onRetry, onEdit });
    this.reset();
    document.addEventListener("kontor:language", () => this.items().forEach((item) => this.place(item)));
  }

  reset() {
    this.byId = new Map();
    this.byKey = new Map();
    this.corrections = new Map();
    this.pressedAt = 0;
    this.list.replaceChildren();
  }

  items() {
    return [...this.list.children];
  }

  has(id) {
    return this.byId.has(id);
  }

  firstId() {
    return Math.min(...this.byId.keys());
  }

  lastId() {
    return Math.max(0, ...this.byId.keys());
  }

  // A message of the server, wherever it belongs. Returns whether it is new on the page.
  add(message) {
    if (this.byId.has(message.id)) return false;
    const waiting = message.from === "learner" ? this.byKey.get(message.key) : null;
    const item = this.element(message, waiting);
    item.dataset.id = message.id;
    this.byId.set(message.id, item);
    const before = this.placeFor(message.id, item);
    if (item.parentNode !== this.list || item.previousElementSibling !== before) {
      if (before) before.after(item);
      else this.list.prepend(item);
    }
    if (message.from === "learner") this.own(item, message.key, message.text);
    if (message.kind === "Corrections") this.correct(message);
    this.settle(item);
    this.view.follow(item, message.from !== "learner");
    return !waiting;
  }

  // Something typed here and not yet confirmed: it stands at the end.
  addOwn(item) {
    if (item.hidden || !item.text || this.byKey.has(item.key)) return;
    const message = { from: "learner", at: item.at, name: "", lang: "", buttons: [], text: item.text };
    const element = this.element({ ...message, parts: [{ html: escaped(item.text) }] });
    this.list.append(element);
    this.own(element, item.key, item.text);
    this.settle(element);
    this.view.toEnd();
  }

  element(message, waiting) {
    if (waiting && waiting.dataset.text === message.text) {
      this.mark(waiting, "");
      return waiting;
    }
    const made = bubble(message, { onPress: (button, action, text) => this.press(button, action, text) });
    if (waiting) waiting.replaceWith(made);
    return made;
  }

  own(item, key, text) {
    item.dataset.key = key;
    item.dataset.text = text;
    this.byKey.set(key, item);
    const corrections = this.corrections.get(key);
    if (corrections) this.correct(corrections);
  }

  placeFor(id, item) {
    let before = this.list.lastElementChild;
    while (before && (before === item || !before.dataset.id || Number(before.dataset.id) > id)) {
      before = before.previousElementSibling;
    }
    return before;
  }

  // Day line, repeated speaker, and which buttons are of use.
  settle(item) {
    this.place(item);
    if (item.nextElementSibling) this.place(item.nextElementSibling);
    this.fade();
  }

  // Buttons look past once the learner has spoken, or pressed one and been asked something new.
  fade() {
    const last = this.items().reverse().find((one) => one.dataset.from === "learner");
    const newest = [...this.list.querySelectorAll(".choices")].pop();
    let isPast = Boolean(last);
    for (const one of this.items()) {
      const choices = one.querySelector(".choices");
      const isAnswered = Number(one.dataset.id) <= this.pressedAt && choices !== newest;
      choices?.classList.toggle("past", isPast || isAnswered);
      if (one === last) isPast = false;
    }
  }

  place(item) {
    const before = item.previousElementSibling;
    const isNewDay = !before || dayOf(before) !== dayOf(item);
    item.querySelector(".day").textContent = isNewDay ? day(item.dataset.at) : "";
    const isSame = !isNewDay && before.dataset.from === item.dataset.from && before.dataset.name === item.dataset.name;
    item.classList.toggle("follows", isSame);
  }

  // --- corrections in the learner's own words ---

  correct(message) {
    this.corrections.set(message.key, message);
    const item = this.byKey.get(message.key);
    const place = item?.querySelector(".words");
    if (!place || item.dataset.text !== message.text || item.dataset.marked === String(message.id)) return;
    item.dataset.marked = String(message.id);
    const show = (element, wrong, mark) => this.explain(item, element, fixWords(wrong, mark.fixes), message.id);
    place.replaceChildren(marked(message.text, message.marks, show));
  }

  explain(item, element, words, id) {
    const wasOpen = element.getAttribute("aria-expanded") === "true";
    item.querySelectorAll("mark").forEach((mark) => mark.setAttribute("aria-expanded", "false"));
    item.querySelector(".fix")?.remove();
    if (wasOpen) return;
    element.setAttribute("aria-expanded", "true");
    const fix = make("p", "fix");
    fix.setAttribute("role", "status");
    item.querySelector(".meta").before(fix);
    fix.append(make("span", "fix-words", words));
    const card = this.byId.get(id);
    if (card) {
      const why = say(make("button", "fix-why"), "mark.why");
      why.type = "button";
      why.addEventListener("click", () => this.view.show(card));
      fix.append(why);
    }
    this.view.keep();
  }

  // --- buttons and states ---

  press(button, action, text) {
    if (["waiting", "sending"].includes(button.dataset.state)) return;
    const key = this.onPress(action, text);
    this.view.act();
    button.dataset.key = key;
    button.dataset.state = "waiting";
    button.closest(".choices").querySelectorAll(".choice").forEach((one) => {
      if (one === button) one.setAttribute("aria-pressed", "true");
      else one.removeAttribute("aria-pressed");
    });
  }

  setState(item, state, words = "") {
    if (item.action) {
      const button = this.list.querySelector(`.choice[data-key="${CSS.escape(item.key)}"]`);
      if (button) button.dataset.state = state;
      if (state === "sent") this.pressedAt = Math.max(this.pressedAt, this.before(button));
      this.fade();
      return;
    }
    const element = this.byKey.get(item.key);
    if (element && !element.dataset.id) this.mark(element, state, words);
  }

  // The messages that were there when the button was pressed.
  before(button) {
    return Number(button?.closest(".msg")?.dataset.id ?? 0);
  }

  mark(element, state, words = "") {
    element.dataset.state = state;
    const place = element.querySelector(".state");
    place.textContent = "";
    delete place.dataset.text;
    if (state) say(place, `state.${state}`);
    element.querySelector(".trouble")?.remove();
    if (state !== "failed") return;
    const trouble = make("p", "trouble");
    trouble.setAttribute("role", "alert");
    trouble.append(make("span", "", words || t("error.unavailable")));
    const choices = [["state.retry", this.onRetry], ["state.edit", this.onEdit]];
    for (const [text, act] of choices) {
      const button = say(make("button", "trouble-button"), text);
      button.type = "button";
      button.addEventListener("click", () => act(element.dataset.key));
      trouble.append(button);
    }
    element.querySelector(".bubble").append(trouble);
    this.view.keep();
  }

  removeOwn(key) {
    const element = this.byKey.get(key);
    if (!element || element.dataset.id) return;
    this.byKey.delete(key);
    element.remove();
  }
}

function dayOf(item) {
  return new Date(item.dataset.at).toDateString();
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
