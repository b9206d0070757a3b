// Coming in: a name, a language, a teacher's link. Knows nothing of the conversation.

import { post } from "./api.js";
import { forget, newKey, read, write } from "./store.js";
import { say, speak, t } from "./texts.js";

const form = document.getElementById("enter-form");
const field = document.getElementById("name");
const error = document.getElementById("enter-error");
const go = document.getElementById("enter-go");

// The payload of a teacher's link, kept until somebody has come in with it.
export function startPayload() {
  const url = new URL(location.href);
  const payload = url.searchParams.get("start");
  if (payload !== null) {
    url.searchParams.delete("start");
    history.replaceState(null, "", url);
    if (/^[A-Za-z0-9_-]{1,64}$/.test(payload)) write("start", payload);
  }
  return read("start");
}

export function ask({ isAgain }) {
  document.getElementById("chat").hidden = true;
  document.getElementById("enter").hidden = false;
  document.getElementById("enter-again").hidden = !isAgain;
  document.getElementById("enter-invited").hidden = !read("start");
  if (!field.value) field.value = read("name") ?? "";
  field.focus();
}

export function onEnter(entered) {
  for (const choice of form.elements.interface) {
    choice.addEventListener("change", () => speak(choice.value));
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = field.value.trim();
    if (!name) return refuse(t("error.name_missing"));
    if (go.getAttribute("aria-disabled") === "true") return undefined;
    busy(true);
    const key = read("enter") ?? newKey(); // the same until it has worked: pressed twice, entered once
    write("enter", key);
    const chosen = form.elements.interface.value;
    const { status, body } = await post("/api/enter", { key, name, interface: chosen, start: read("start") });
    busy(false);
    if (status !== 204) return refuse(status === 0 ? t("connection.banner") : body?.text || t("error.unavailable"));
    error.textContent = "";
    write("name", name);
    speak(chosen);
    ["enter", "start"].forEach(forget);
    document.getElementById("enter").hidden = true;
    document.getElementById("chat").hidden = false;
    return entered();
  });
}

function refuse(words) {
  error.textContent = words;
  field.setAttribute("aria-invalid", "true");
  field.focus();
}

function busy(isBusy) {
  go.setAttribute("aria-disabled", String(isBusy));
  say(go, isBusy ? "enter.wait" : "enter.go");
}
