// A picture as large as the screen, and larger. Knows nothing of what it shows.

const dialog = document.getElementById("zoom");
const picture = document.getElementById("zoom-picture");
const size = document.getElementById("zoom-size");

export function zoom(image, caption) {
  picture.src = image.src;
  picture.alt = image.alt;
  document.getElementById("zoom-caption").textContent = caption || image.alt;
  setFull(false);
  if (typeof dialog.showModal === "function") dialog.showModal();
  else dialog.setAttribute("open", "");
  document.getElementById("zoom-close").focus();
}

function close() {
  if (typeof dialog.close === "function") dialog.close();
  else dialog.removeAttribute("open");
}

function setFull(isFull) {
  dialog.classList.toggle("full", isFull);
  size.setAttribute("aria-pressed", String(isFull));
}

size.addEventListener("click", () => setFull(!dialog.classList.contains("full")));
picture.addEventListener("click", () => setFull(!dialog.classList.contains("full")));
document.getElementById("zoom-close").addEventListener("click", close);
dialog.addEventListener("click", (event) => event.target === dialog && close());
