/**
 * Of several windows of this browser with the same session, only the newest works on it: two would mix up the outbox
 * they share. (Windows of other browsers are told apart by the server.)
 * @param {string} session
 * @param {() => void} onLost another window took it
 */
export function hold(session, onLost) {
  if (!navigator.locks) return;
  const forEver = new Promise(() => {});
  navigator.locks.request(`coach-session-${session}`, { steal: true }, () => forEver).catch(onLost);
}
