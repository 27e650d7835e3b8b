/**
 * Keeps the app's frame on this device: the service worker with its offline page, in the language of the page that is
 * read. While somebody works on the files there is no worker, and one from before goes away.
 */
const address = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-worker]")).dataset.worker;

/** @param {string} url */
async function keep(url) {
  await navigator.serviceWorker.register(url, { scope: "/", updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ language: document.documentElement.lang });
}

async function drop() {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
}

if ("serviceWorker" in navigator) {
  const act = () => (address ? keep(address) : drop()).catch(() => {}); // a private window has none: all else works
  if (document.readyState === "complete") act();
  else addEventListener("load", act, { once: true }); // what the page itself needs goes first
}
