// One message as an element. Knows nothing of the order of messages or of sending.

import { words } from "./markup.js";
import { commands, locale, say, t } from "./texts.js";
import { zoom } from "./zoom.js";

export function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

export function bubble(message, { onPress }) {
  const item = make("li", `msg from-${message.from}`);
  item.dataset.at = message.at;
  item.dataset.from = message.from;
  item.dataset.name = message.name;
  const row = make("div", "row");
  row.append(avatar(message), body(message));
  item.append(make("p", "day"), row);
  if (message.buttons.length) item.append(buttons(message.buttons, onPress));
  return item;
}

function avatar(message) {
  const element = make("span", "avatar", message.from === "coach" ? "" : initials(message.name));
  element.setAttribute("aria-hidden", "true");
  if (message.from === "buyer") element.dataset.hue = String(hue(message.name));
  return element;
}

function body(message) {
  const element = make("div", "bubble");
  element.append(who(message));
  const content = make("div", "content");
  if (message.lang) content.lang = message.lang;
  for (const part of message.parts) {
    if (part.src) content.append(figure(part));
    else if (part.html) content.append(paragraph(message, part));
  }
  element.append(content, meta(message));
  return element;
}

function who(message) {
  const element = make("p", "who");
  if (message.from === "buyer") {
    element.append(make("span", "who-name", message.name), say(make("span", "who-role"), "speaker.buyer"));
  } else {
    element.append(say(make("span", "who-name"), `speaker.${message.from}`));
  }
  return element;
}

function paragraph(message, part) {
  const element = make("div", "words");
  const command = /^\/(\w+)$/.exec(message.from === "learner" ? message.text ?? "" : "");
  if (command && commands.includes(command[1])) {
    element.classList.add("command");
    say(element, `command.${command[1]}`);
    element.lang = locale();
  } else {
    element.append(words(part.html));
  }
  return element;
}

function figure(part) {
  const element = make("figure", "picture");
  const button = make("button", "picture-button");
  button.type = "button";
  const image = make("img");
  image.alt = part.alt;
  image.src = part.src;
  image.decoding = "async";
  image.addEventListener("error", () => {
    const words = say(make("p", "picture-failed"), "picture.failed");
    button.replaceWith(words, make("p", "", part.alt));
  });
  button.append(image);
  button.addEventListener("click", () => zoom(image, element.querySelector("figcaption")?.textContent));
  element.append(button);
  if (part.caption) {
    const caption = make("figcaption");
    caption.append(words(part.caption));
    element.append(caption);
  }
  return element;
}

function meta(message) {
  const element = make("p", "meta");
  const time = make("time");
  time.dateTime = message.at;
  time.textContent = clock(message.at);
  element.append(make("span", "state"), time);
  return element;
}

function buttons(rows, onPress) {
  const group = make("div", "choices");
  group.setAttribute("role", "group");
  for (const labels of rows) {
    const line = make("div", "choice-row");
    for (const { text, action } of labels) {
      const button = make("button", "choice", text);
      button.type = "button";
      button.dataset.action = action;
      button.addEventListener("click", () => onPress(button, action, text));
      line.append(button);
    }
    group.append(line);
  }
  return group;
}

export function clock(at) {
  return new Date(at).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", hour12: false });
}

export function day(at) {
  const then = new Date(at);
  const now = new Date();
  if (then.toDateString() === now.toDateString()) return t("chat.today");
  now.setDate(now.getDate() - 1);
  if (then.toDateString() === now.toDateString()) return t("chat.yesterday");
  const long = { weekday: "long", month: "long", day: "numeric" };
  const year = then.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  return then.toLocaleDateString(locale(), { ...long, ...year });
}

function initials(name) {
  const parts = name.trim().split(/\s+/).filter(Boolean);
  const letters = parts.length > 1 ? [parts[0], parts[parts.length - 1]] : parts;
  return letters.map((part) => Array.from(part)[0].toUpperCase()).join("");
}

function hue(name) {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + char.codePointAt(0)) % 997;
  return sum % 6;
}
