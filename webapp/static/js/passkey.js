/**
 * Passkeys as JSON: what the server asks becomes what the browser wants, and what the browser gives becomes what the
 * server reads. Binary values travel as base64url (WebAuthn level 3, section 5.1.8 and following).
 */

/**
 * @param {string} text base64url without padding
 * @returns {Uint8Array}
 */
export function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {string} base64url without padding
 */
export function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * @param {any} options as the server sends them
 * @returns {any} with bytes where the browser wants bytes
 */
export function asked(options) {
  const known = (/** @type {any[]} */ list) =>
    (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  const result = { ...options, challenge: bytes(options.challenge) };
  if (options.user) {
    result.user = { ...options.user, id: bytes(options.user.id) };
    result.excludeCredentials = known(options.excludeCredentials);
  } else {
    result.allowCredentials = known(options.allowCredentials);
  }
  return result;
}

/**
 * @param {any} credential what the browser gave
 * @returns {object} as the server reads it
 */
export function given(credential) {
  /** @type {Record<string, string>} */
  const response = {};
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  for (const name of names) {
    if (credential.response[name]) {
      response[name] = text(credential.response[name]);
    }
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}
