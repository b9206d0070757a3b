// Sends what was typed or pressed, in order, once. What cannot be sent now stays in the browser.
// Knows nothing of how it looks; the server knows a key it has seen before.

import { post } from "./api.js";
import { newKey, queue } from "./store.js";

const WAITS_MS = [500, 1000, 2000, 4000, 8000];
const SERVER_ERRORS = 6; // of one item, after which the next gets its turn

export class Sender {
  constructor({ onState, onBusy, onAway, onUnknown }) {
    Object.assign(this, { onState, onBusy, onAway, onUnknown });
    this.isStopped = true;
    this.isRunning = false;
    this.current = null; // the key being sent
    this.failures = 0;
    this.errors = new Map();
    this.timer = 0;
  }

  add(item) {
    const kept = queue.add({ key: newKey(), at: new Date().toISOString(), ...item });
    this.flush();
    return kept;
  }

  again(key) {
    const item = queue.items().find((one) => one.key === key);
    if (!item) return;
    queue.change(item, { failed: undefined });
    this.errors.delete(key);
    this.onState(item, "waiting");
    this.flush();
  }

  takeBack(key) {
    const item = queue.items().find((one) => one.key === key);
    if (item) queue.remove(item);
    return item;
  }

  start() {
    this.isStopped = false;
    this.failures = 0;
    this.flush();
  }

  stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  async flush() {
    if (this.isStopped || this.isRunning) return;
    clearTimeout(this.timer);
    this.isRunning = true;
    try {
      for (let item = next(); item && !this.isStopped; item = next()) {
        if (!(await this.send(item))) break;
      }
    } finally {
      this.isRunning = false;
      this.current = null;
      this.onBusy(false);
    }
  }

  // Whether to go on with the next one.
  async send(item) {
    this.current = item.key;
    this.onState(item, "sending");
    this.onBusy(true);
    const { name, at, label, hidden, failed, ...message } = item;
    const { status, body } = await post("/api/messages", message);
    if (status >= 200 && status < 300) {
      queue.remove(item);
      this.failures = 0;
      this.onState(item, "sent");
      return true;
    }
    if (status === 401) {
      this.stop();
      this.onState(item, "waiting");
      this.onUnknown();
      return false;
    }
    if (isFinal(status) || this.isHopeless(item, status)) {
      const words = body?.text ?? "";
      queue.change(item, { failed: words || "?" });
      this.onState(item, "failed", words);
      return true;
    }
    this.onState(item, "waiting");
    this.retryLater();
    if (status === 0) this.onAway();
    return false;
  }

  isHopeless(item, status) {
    if (status !== 500) return false;
    const errors = (this.errors.get(item.key) ?? 0) + 1;
    this.errors.set(item.key, errors);
    return errors >= SERVER_ERRORS;
  }

  retryLater() {
    const wait = WAITS_MS[Math.min(this.failures, WAITS_MS.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.flush(), wait * (0.8 + 0.4 * Math.random()));
  }
}

function next() {
  return queue.items().find((item) => !item.failed);
}

function isFinal(status) {
  return status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
}
