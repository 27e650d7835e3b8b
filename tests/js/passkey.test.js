import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, bytes, given, text } from "../../webapp/static/js/passkey.js";

test("bytes travel as base64url and come back the same", () => {
  for (let length = 0; length < 70; length++) {
    const some = Uint8Array.from({ length }, (_, i) => (i * 89 + length) % 256);
    const written = text(some.buffer);
    assert.match(written, /^[A-Za-z0-9_-]*$/);
    assert.deepEqual(bytes(written), some);
  }
});

test("the browser gets bytes for making a passkey and for using one", () => {
  const making = asked({
    challenge: "AQID",
    user: { id: "BAU", name: "Maria" },
    excludeCredentials: [{ id: "Bgc", type: "public-key" }],
  });
  assert.deepEqual(making.challenge, Uint8Array.of(1, 2, 3));
  assert.deepEqual(making.user, { id: Uint8Array.of(4, 5), name: "Maria" });
  assert.deepEqual(making.excludeCredentials[0].id, Uint8Array.of(6, 7));
  const using = asked({ challenge: "AQID", userVerification: "required" });
  assert.deepEqual(using.allowCredentials, []);
  assert.equal(using.userVerification, "required");
});

test("the server gets text, and only what the browser gave", () => {
  const credential = {
    id: "BgcI",
    rawId: Uint8Array.of(6, 7, 8).buffer,
    type: "public-key",
    getClientExtensionResults: () => ({}),
    response: { clientDataJSON: Uint8Array.of(1).buffer, userHandle: null },
  };
  assert.deepEqual(given(credential), {
    id: "BgcI",
    rawId: "BgcI",
    type: "public-key",
    clientExtensionResults: {},
    response: { clientDataJSON: "AQ" },
  });
});
