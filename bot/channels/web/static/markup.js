// Words -> elements, and nothing else than words: only the tags named here, no attributes but a link's address.
// Knows nothing of who speaks.

import { t } from "./texts.js";

const TAGS = new Set(["B", "I", "U", "S", "CODE", "A", "BLOCKQUOTE", "STRONG", "EM", "DEL", "INS", "PRE"]);

export function words(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html"); // inert: nothing in it runs or loads
  const fragment = document.createDocumentFragment();
  copy(parsed.body, fragment);
  return fragment;
}

function copy(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.append(node.data);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      copy(node, TAGS.has(node.tagName) ? to.appendChild(clean(node)) : to);
    }
  }
}

function clean(node) {
  const element = document.createElement(node.tagName);
  const address = node.tagName === "A" ? node.getAttribute("href") ?? "" : "";
  if (/^(https?:\/\/|\/(?!\/)|\?)/i.test(address)) {
    element.href = address;
    if (/^https?:/i.test(address)) {
      element.target = "_blank";
      element.rel = "noopener noreferrer";
    }
  }
  return element;
}

// Marks the places in the learner's words. Places count code points; strings here count UTF-16 units.
export function marked(text, marks, onMark) {
  const points = Array.from(text);
  const fragment = document.createDocumentFragment();
  let done = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    const end = Math.min(Math.max(mark.end, mark.start + 1), points.length);
    const start = Math.min(mark.start, end - 1);
    if (start < done || start < 0) continue;
    fragment.append(points.slice(done, start).join(""));
    fragment.append(markElement(points.slice(start, end).join(""), mark, onMark));
    done = end;
  }
  fragment.append(points.slice(done).join(""));
  return fragment;
}

export function fixWords(wrong, fixes) {
  return fixes.length ? t("mark.fix", { from: wrong, to: fixes.slice(0, 3).join(" / ") }) : t("mark.no_fix", { from: wrong });
}

function markElement(wrong, mark, onMark) {
  const element = document.createElement("mark");
  element.textContent = wrong;
  element.dataset.kind = mark.kind;
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  element.setAttribute("aria-expanded", "false");
  element.setAttribute("aria-label", fixWords(wrong, mark.fixes));
  element.title = fixWords(wrong, mark.fixes);
  element.addEventListener("click", () => onMark(element, wrong, mark));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onMark(element, wrong, mark);
  });
  return element;
}
