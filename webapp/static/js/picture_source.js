import { Trouble } from "./trouble.js";

const CAUSES = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "no_camera",
  OverconstrainedError: "no_camera",
  NotReadableError: "camera_busy",
  AbortError: "camera_busy",
};
const WISH = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 }, facingMode: { ideal: "user" } };

/**
 * Where pictures come from: both kinds fill the same `<video>`, and nothing behind it knows which it was.
 * @typedef {object} PictureSource
 * @property {string} name `camera` or `clip`
 * @property {(video: HTMLVideoElement, onLost: () => void) => Promise<void>} open throws Trouble
 * @property {() => void} close
 */

/** @returns {PictureSource} the patient's camera; asks the browser, which asks the patient */
export function camera() {
  let stream = /** @type {MediaStream | null} */ (null);
  return {
    name: "camera",
    async open(video, onLost) {
      if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) throw new Trouble("insecure");
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: WISH, audio: false });
      } catch (error) {
        throw new Trouble(CAUSES[error.name] ?? "camera_failed", error.message);
      }
      stream.getVideoTracks()[0].addEventListener("ended", onLost);
      video.srcObject = stream;
      await play(video);
    },
    close: () => stream?.getTracks().forEach((track) => track.stop()),
  };
}

/** @param {string} address of a film on our own origin @returns {PictureSource} it, again and again */
export function clip(address) {
  let shown = /** @type {HTMLVideoElement | null} */ (null);
  return {
    name: "clip",
    async open(video) {
      if (!address) throw new Trouble("no_clip");
      shown = video;
      video.src = address;
      video.loop = true;
      await play(video);
    },
    close: () => shown?.pause(),
  };
}

/** @param {HTMLVideoElement} video */
async function play(video) {
  video.muted = true;
  try {
    await video.play();
  } catch (error) {
    throw new Trouble("no_picture", String(error));
  }
}
