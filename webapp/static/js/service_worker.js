/**
 * Versioned files come from the cache, because they never change; a page that cannot be had is replaced by the offline
 * page. Nothing that belongs to a person is kept: neither pages nor JSON. `/sw.js` sets `self.shell` before this.
 * @type {{version: string, assets: string, offline: string, files: string[]}}
 */
const shell = self.shell;
const CACHE = `coach-${shell.version}`;
const OFFLINE = "/offline";

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(clean()));
self.addEventListener("message", (event) => event.waitUntil(speak(event.data?.language)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => offline()));
  else if (lasting(request)) event.respondWith(kept(request));
});

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(shell.files);
  await take(cache, shell.offline);
  await self.skipWaiting();
}

async function clean() {
  for (const name of await caches.keys()) if (name.startsWith("coach-") && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

/** The offline page in the reader's language. @param {string | undefined} language */
async function speak(language) {
  const cache = await caches.open(CACHE);
  const now = await cache.match(OFFLINE);
  if (!language || now?.headers.get("Content-Language") === language) return;
  await take(cache, `/offline/${encodeURIComponent(language)}`).catch(() => {}); // without a network the old one stays
}

/** @param {Cache} cache @param {string} url */
async function take(cache, url) {
  const answer = await fetch(url, { cache: "no-store", credentials: "omit" });
  if (answer.ok) await cache.put(OFFLINE, answer);
}

/** @returns {Promise<Response>} */
async function offline() {
  return (await (await caches.open(CACHE)).match(OFFLINE)) ?? Response.error();
}

/** Files of this version, whole; a film is asked for in ranges and stays outside. @param {Request} request */
function lasting(request) {
  return new URL(request.url).pathname.startsWith(shell.assets) && !request.headers.has("range");
}

/** @param {Request} request @returns {Promise<Response>} */
async function kept(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.status === 200) cache.put(request, answer.clone()).catch(() => {}); // a full device works without
  return answer;
}
