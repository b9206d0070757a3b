// The window on the conversation: where it is scrolled to and what has not been seen yet.
// Follows the talk only while the reader is at its end, and never past the beginning of a long answer.

import { t } from "./texts.js";

const NEAR_PX = 60;
const MARGIN_PX = 10;

export class View {
  constructor({ scroll, list, chip }) {
    Object.assign(this, { scroll, list, chip });
    this.isFollowing = true;
    this.isLive = false;
    this.anchor = null; // the first message of the answer being read
    this.unseen = 0;
    this.target = null;
    scroll.addEventListener("scroll", () => this.scrolled(), { passive: true });
    for (const event of ["wheel", "touchstart", "pointerdown", "keydown"]) {
      scroll.addEventListener(event, () => (this.target = null), { passive: true });
    }
    const resized = new ResizeObserver(() => this.keep());
    resized.observe(scroll);
    resized.observe(list);
    chip.addEventListener("click", () => {
      this.toEnd({ smooth: true });
    });
    document.addEventListener("visibilitychange", () => this.seen());
    document.addEventListener("kontor:language", () => this.chipWords());
  }

  isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  isBelow(item) {
    return item.offsetTop > this.scroll.scrollTop + this.scroll.clientHeight;
  }

  // A message was added.
  follow(item, isIncoming) {
    if (!this.isLive) return;
    if (isIncoming) {
      if (!this.anchor) this.anchor = item;
      this.keep();
      if (document.hidden || this.isBelow(item)) this.unseen += 1;
    } else {
      this.anchor = null;
      this.keep();
    }
    this.seen();
  }

  // The reader has done something: the answer will stand at the end, and is wanted.
  act() {
    this.isFollowing = true;
    this.anchor = null;
  }

  keep() {
    if (this.isFollowing) {
      const end = this.scroll.scrollHeight - this.scroll.clientHeight;
      const top = this.anchor?.isConnected ? this.anchor.offsetTop - MARGIN_PX : end;
      this.moveTo(Math.max(0, Math.min(end, top)));
    }
    this.seen();
  }

  toEnd({ smooth = false } = {}) {
    this.isFollowing = true;
    this.anchor = null;
    const end = this.scroll.scrollHeight - this.scroll.clientHeight;
    if (smooth && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.target = end;
      this.scroll.scrollTo({ top: end, behavior: "smooth" });
    } else {
      this.moveTo(end);
    }
    this.seen();
  }

  // Older messages came in above: what is being read stays where it is.
  holding(change) {
    const fromEnd = this.scroll.scrollHeight - this.scroll.scrollTop;
    this.isFollowing = false;
    change();
    this.scroll.scrollTop = this.scroll.scrollHeight - fromEnd;
  }

  show(item) {
    this.isFollowing = false;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    item.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
    item.tabIndex = -1;
    item.focus({ preventScroll: true });
    item.classList.remove("shown");
    void item.offsetWidth; // starts the animation again
    item.classList.add("shown");
  }

  goLive() {
    this.isLive = true;
    this.list.setAttribute("aria-live", "polite");
  }

  moveTo(top) {
    const from = this.scroll.scrollTop;
    if (Math.abs(from - top) > 1) this.scroll.scrollTop = top;
    if (this.scroll.scrollTop !== from) this.target = top;
  }

  scrolled() {
    if (this.target !== null && Math.abs(this.scroll.scrollTop - this.target) <= 2) {
      this.target = null;
    } else if (this.target === null) {
      this.isFollowing = this.isAtEnd();
      if (this.isFollowing) this.anchor = null;
    } else if (this.isAtEnd()) {
      this.target = null;
    }
    this.seen();
  }

  seen() {
    if (!document.hidden && this.isAtEnd()) this.unseen = 0;
    this.chip.hidden = this.isAtEnd();
    this.chipWords();
    document.title = document.hidden && this.unseen ? `(${this.unseen}) ${t("title")}` : t("title");
  }

  chipWords() {
    const words = this.unseen ? `${t("chat.new")} (${this.unseen})` : t("chat.to_end");
    if (this.chip.textContent !== words) this.chip.textContent = words;
    this.chip.classList.toggle("news", this.unseen > 0);
  }
}
