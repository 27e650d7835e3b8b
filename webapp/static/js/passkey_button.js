/**
 * The button that makes a passkey or signs in with one. `data-kind` on its section says which, `data-options` where
 * to ask, `data-passkey` where to answer.
 */
import { asked, given } from "./passkey.js";

/**
 * @param {string} address
 * @param {object} body
 * @returns {Promise<any>} what the server said; rejected when it refused
 */
async function send(address, body) {
  const token = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=csrf-token]"));
  const answer = await fetch(address, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": token.content,
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`refused with ${answer.status}`);
  }
  return answer.json();
}

/**
 * @param {HTMLElement} section
 */
async function use(section) {
  const { options, passkey, kind } = section.dataset;
  const publicKey = asked(await send(options ?? "", {}));
  const credential = await (kind === "create"
    ? navigator.credentials.create({ publicKey })
    : navigator.credentials.get({ publicKey }));
  const answer = await send(passkey ?? "", given(credential));
  window.location.assign(answer.next);
}

/**
 * @param {HTMLElement} section
 */
function setUp(section) {
  const button = /** @type {HTMLButtonElement} */ (section.querySelector("[data-passkey-button]"));
  const problem = /** @type {HTMLElement} */ (section.querySelector("[data-passkey-problem]"));
  const none = /** @type {HTMLElement | null} */ (section.querySelector("[data-passkey-none]"));
  button.hidden = false;
  if (none) {
    none.hidden = true;
  }
  button.addEventListener("click", async () => {
    problem.hidden = true;
    button.disabled = true;
    try {
      await use(section);
    } catch {
      problem.hidden = false; // left, timed out, or refused: what to do is the same
    } finally {
      button.disabled = false;
    }
  });
}

/** Passkeys belong to a name: at a bare address (127.0.0.1) no browser makes any. */
const named = !/^[\d.]+$|:/.test(window.location.hostname);

if (window.PublicKeyCredential && named) {
  for (const section of document.querySelectorAll("[data-passkey]")) {
    setUp(/** @type {HTMLElement} */ (section));
  }
}
