// The page's own words in the language of the interface. Knows nothing of the conversation's words.

const data = JSON.parse(document.getElementById("data").textContent);
let current = document.body.dataset.interface;

export const { commands, limit } = data;

export function interfaceCode() {
  return current;
}

export function locale() {
  return data.htmlLang[current];
}

export function t(key, values = {}) {
  const text = data.texts[current][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// An element that keeps its words when the language changes.
export function say(element, key) {
  element.dataset.text = key;
  element.textContent = t(key);
  return element;
}

export function speak(code) {
  if (!data.texts[code]) return false;
  current = code;
  document.documentElement.lang = locale();
  document.body.dataset.interface = code;
  document.cookie = `kontor_lang=${code}; path=/; max-age=31536000; SameSite=Lax`;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = t(element.dataset.text);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) {
    element.placeholder = t(element.dataset.placeholder);
  }
  document.dispatchEvent(new Event("kontor:language"));
  return true;
}
