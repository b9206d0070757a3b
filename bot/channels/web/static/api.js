// Requests to the server. Decides how long to wait; knows nothing of what is said.

const PATIENCE_MS = 45000; // a first grammar check may take a while; the same key is sent again after it

async function request(path, options = {}) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), options.patience ?? PATIENCE_MS);
  try {
    const response = await fetch(path, {
      credentials: "same-origin",
      cache: "no-store",
      signal: abort.signal,
      ...options,
    });
    const isJson = (response.headers.get("content-type") ?? "").startsWith("application/json");
    const body = isJson ? await response.json() : null;
    return { status: response.status, body };
  } catch {
    return { status: 0, body: null }; // away
  } finally {
    clearTimeout(timer);
  }
}

export function get(path, patience = 10000) {
  return request(path, { patience });
}

export function post(path, value) {
  return request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(value),
  });
}
