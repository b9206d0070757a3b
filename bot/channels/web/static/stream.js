// Hears what happens in the chat: by server-sent events, or by asking every two seconds where a proxy holds those
// back. Connects again by itself. Knows nothing of what the messages are.

import { get } from "./api.js";

const WAITS_MS = [400, 1000, 2000, 4000, 8000];
const SILENCE_MS = 40000; // the server beats every 15 s
const HELD_BACK_MS = 8000;
const ASK_EVERY_MS = 2000;

export class Stream {
  constructor({ onMessage, onReady, onState, onUnknown }) {
    Object.assign(this, { onMessage, onReady, onState, onUnknown });
    this.last = null;
    this.failures = 0;
    this.isStopped = true;
    this.isAsking = false;
    this.source = null;
    this.heardAt = 0;
    this.readyAt = 0;
    this.round = 0;
    setInterval(() => this.watch(), 5000);
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.suspect());
    addEventListener("pageshow", (event) => event.persisted && this.hurry());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && !this.isFresh(20000)) this.hurry();
    });
  }

  start(last) {
    this.last = last;
    this.isStopped = false;
    this.failures = 0;
    this.connect();
  }

  stop() {
    this.isStopped = true;
    this.close();
  }

  // Somebody noticed that the server does not answer.
  suspect() {
    if (!this.isStopped && (this.source || this.isAsking)) this.hurry();
  }

  hurry() {
    if (this.isStopped) return;
    this.failures = 0;
    this.connect();
  }

  isFresh(limit) {
    return Boolean(this.source) && Date.now() - this.heardAt < limit;
  }

  close() {
    this.round += 1; // whatever still comes of the old connection is not for us
    clearTimeout(this.timer);
    if (this.source) this.source.close();
    this.source = null;
    this.isAsking = false;
  }

  async connect() {
    this.close();
    const round = this.round;
    const { status } = await get("/api/me");
    if (round !== this.round || this.isStopped) return;
    if (status === 401) {
      this.stop();
      this.onUnknown();
    } else if (status !== 204) {
      this.lose();
    } else {
      this.open();
    }
  }

  open() {
    const round = this.round;
    const mine = (act) => (event) => {
      if (round !== this.round) return;
      this.heardAt = Date.now();
      act(event);
    };
    const source = new EventSource(`/api/events${this.after("?")}`);
    this.source = source;
    this.heardAt = Date.now();
    source.onmessage = mine((event) => this.hear(JSON.parse(event.data)));
    source.addEventListener("ready", mine((event) => this.settle(JSON.parse(event.data))));
    source.addEventListener("beat", mine(() => {}));
    source.addEventListener("bye", mine(() => this.lose()));
    source.onerror = mine(() => this.lose());
    this.timer = setTimeout(() => this.readyAt < this.heardAt && this.ask(), HELD_BACK_MS);
  }

  settle({ older }) {
    clearTimeout(this.timer);
    this.failures = 0;
    this.readyAt = Date.now();
    this.onReady(older);
    this.onState("online");
  }

  hear(message) {
    this.last = Math.max(this.last ?? 0, message.id);
    this.onMessage(message);
  }

  after(mark) {
    return this.last === null ? "" : `${mark}after=${this.last}`;
  }

  lose() {
    this.close();
    if (this.isStopped) return;
    if (this.failures > 0) this.onState("offline");
    else this.onState("connecting");
    const wait = WAITS_MS[Math.min(this.failures, WAITS_MS.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.connect(), wait);
  }

  // The stream is held back somewhere on the way: ask instead.
  async ask() {
    this.close();
    this.isAsking = true;
    const round = this.round;
    let isFirst = true;
    while (round === this.round && !this.isStopped) {
      const { status, body } = await get(`/api/messages${this.after("?")}`);
      if (round !== this.round) return;
      if (status !== 200) {
        this.connect();
        return;
      }
      const isStart = this.last === null;
      body.messages.forEach((message) => this.hear(message));
      if (isFirst) this.settle({ older: isStart && body.messages.length >= 60 });
      isFirst = false;
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  }

  watch() {
    if (!this.isStopped && this.source && !this.isFresh(SILENCE_MS)) this.hurry();
  }
}
