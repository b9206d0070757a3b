// What the browser keeps: the draft, what is not sent yet, the last messages. Knows nothing of the page.

const PREFIX = "kontor.";
const memory = new Map(); // private windows and full disks: it lasts as long as the page

export function read(name) {
  const key = PREFIX + name;
  if (memory.has(key)) return memory.get(key);
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function write(name, value) {
  const key = PREFIX + name;
  try {
    localStorage.setItem(key, JSON.stringify(value));
    memory.delete(key);
  } catch {
    memory.set(key, value);
  }
}

export function forget(name) {
  memory.delete(PREFIX + name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // nothing was kept
  }
}

function names(start) {
  const found = new Set([...memory.keys()]);
  try {
    for (let i = 0; i < localStorage.length; i += 1) found.add(localStorage.key(i));
  } catch {
    // only memory
  }
  return [...found]
    .filter((key) => key.startsWith(PREFIX + start))
    .map((key) => key.slice(PREFIX.length))
    .sort();
}

// crypto.randomUUID is missing on http:// pages of a local network; getRandomValues is there everywhere.
export function newKey() {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// Each waiting item has a name of its own, so that two open pages never overwrite each other's.
export const queue = {
  items() {
    return names("out.")
      .map((name) => ({ name, ...read(name) }))
      .filter((item) => item.key);
  },
  add(item) {
    const last = names("out.").pop();
    const order = Math.max(Date.now(), last ? Number(last.split(".")[1]) + 1 : 0);
    const name = `out.${String(order).padStart(15, "0")}.${item.key}`;
    write(name, item);
    return { name, ...item };
  },
  change(item, changes) {
    const { name, ...rest } = item;
    write(name, { ...rest, ...changes });
  },
  remove(item) {
    forget(item.name);
  },
};
