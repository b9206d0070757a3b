// Puts the page together.

import { get } from "./api.js";
import { Composer, menu } from "./composer.js";
import { ask, onEnter, startPayload } from "./enter.js";
import { Log } from "./log.js";
import { Sender } from "./sender.js";
import { forget, queue, read, write } from "./store.js";
import { Stream } from "./stream.js";
import { interfaceCode, say, speak } from "./texts.js";
import { View } from "./view.js";

const TAIL = 60; // messages kept in the browser, shown before the server has answered
const TYPING_AFTER_MS = 350;

const at = (id) => document.getElementById(id);
const version = import.meta.url.split("/").slice(-2)[0];

const view = new View({ scroll: at("scroll"), list: at("live"), chip: at("to-end") });
const log = new Log({
  list: at("log"),
  view,
  onPress: (action, label) => sender.add({ action, label }).key,
  onRetry: (key) => sender.again(key),
  onEdit: (key) => {
    const item = sender.takeBack(key);
    log.removeOwn(key);
    if (item) composer.put(item.text);
  },
});
const composer = new Composer({ form: at("compose"), field: at("text"), length: at("compose-length"), onText: typed });
const sender = new Sender({
  onState: (item, state, words) => log.setState(item, state, words),
  onBusy: typing,
  onAway: () => stream.suspect(),
  onUnknown: unknown,
});
const stream = new Stream({ onMessage: heard, onReady: ready, onState: connection, onUnknown: unknown });
let tail = [];

function typed(text) {
  const item = sender.add({ text });
  log.addOwn(item);
  log.setState(item, sender.current === item.key ? "sending" : "waiting");
}

function heard(message) {
  if (message.from !== "learner") typing(false);
  const isNews = log.add(message);
  if (isNews && view.isLive && message.interface !== interfaceCode()) choose(message.interface);
  if (!tail.some((one) => one.id === message.id)) tail = [...tail, message].slice(-TAIL);
  if (view.isLive) keepTail();
}

function ready(older) {
  if (older) at("older").hidden = false;
  if (!view.isLive) {
    const newest = tail[tail.length - 1];
    if (newest && newest.interface !== interfaceCode()) choose(newest.interface);
    view.toEnd();
    setTimeout(() => view.goLive(), 0);
  }
  keepTail();
  showWaiting();
}

function keepTail() {
  write("tail", { version, messages: tail, older: !at("older").hidden || log.byId.size > tail.length });
}

function showTail() {
  const kept = read("tail");
  if (!kept || kept.version !== version) return null;
  tail = kept.messages;
  tail.forEach((message) => log.add(message));
  at("older").hidden = !kept.older;
  view.toEnd();
  return tail.length ? log.lastId() : null;
}

function showWaiting() {
  for (const item of queue.items()) {
    log.addOwn(item);
    log.setState(item, item.failed ? "failed" : "waiting", item.failed);
  }
}

// --- the state of the connection ---

function connection(state) {
  at("connection").dataset.state = state;
  say(at("connection"), `connection.${state}`);
  const banner = at("banner");
  banner.classList.toggle("open", state === "offline");
  if (state === "offline") say(banner, "connection.banner");
  else banner.textContent = "";
  if (state !== "offline") delete banner.dataset.text;
  if (state === "offline") typing(false);
  if (state === "online") sender.start();
}

let typingTimer = 0;
function typing(isBusy) {
  clearTimeout(typingTimer);
  const show = (isShown) => {
    at("typing").hidden = !isShown;
    view.keep();
  };
  if (!isBusy) show(false);
  else typingTimer = setTimeout(() => show(at("connection").dataset.state === "online"), TYPING_AFTER_MS);
}

// --- coming in, and being unknown again ---

function unknown() {
  stream.stop();
  sender.stop();
  tail = [];
  ["tail", "entered"].forEach(forget);
  log.reset();
  at("older").hidden = true;
  ask({ isAgain: Boolean(read("name")) });
}

function begin() {
  write("entered", true);
  connection("connecting");
  const last = showTail();
  showWaiting();
  composer.changed();
  stream.start(last);
  at("text").focus({ preventScroll: true });
}

function choose(code) {
  if (!speak(code)) return;
  at("interface").value = code;
}

at("interface").addEventListener("change", () => {
  const code = at("interface").value;
  choose(code);
  sender.add({ action: `interface:${code}` });
});

at("older").addEventListener("click", async () => {
  const { status, body } = await get(`/api/messages?before=${log.firstId()}&shown=${log.byId.size}`);
  if (status !== 200) return;
  view.holding(() => body.messages.forEach((message) => log.add(message)));
  at("older").hidden = !body.older;
});

menu({ button: at("menu-button"), list: at("menu"), onCommand: typed });

onEnter(begin);
const payload = startPayload();
// A page kept for reading without the server may still say that nobody has come in.
if (document.body.dataset.known === "yes" || read("entered")) {
  at("enter").hidden = true;
  at("chat").hidden = false;
  if (payload) {
    sender.add({ text: `/start ${payload}`, hidden: true });
    forget("start");
  }
  begin();
} else {
  ask({ isAgain: Boolean(read("name")) });
}

// Lets the page open while the server is away; browsers offer it on https and localhost only.
if ("serviceWorker" in navigator && isSecureContext) navigator.serviceWorker.register("/sw.js").catch(() => {});
