import { fit } from "./capture.js";
import { Trouble } from "./trouble.js";

const STEP_S = 1 / 15;
const WAIT_MS = 25;
const MOST_WAITS = 80;

/**
 * Read a film picture by picture, however slow the device is: each picture is sought, judged, then the next.
 * The film is an object URL of this page: it goes nowhere.
 * @param {HTMLVideoElement} video @param {File} file @param {import("./landmarker.js").Landmarker} landmarker
 * @param {number} mostS
 * @param {(landmarks: import("./landmarker.js").Landmarks, t: number, share: number) => boolean} onLandmarks false: stop
 */
export async function readFilm(video, file, landmarker, mostS, onLandmarks) {
  const address = URL.createObjectURL(file);
  try {
    video.preload = "auto";
    const ready = happens(video, "loadeddata");
    video.src = address;
    await ready;
    const end = Math.min(mostS, Number.isFinite(video.duration) ? video.duration : mostS);
    for (let t = 0; t < end; t += STEP_S) {
      if (t > 0) {
        const there = happens(video, "seeked");
        video.currentTime = t;
        await there;
      }
      const bitmap = await picture(video);
      if (!onLandmarks(await landmarker.detect(bitmap, false), t, t / end) || video.ended) return;
    }
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The picture that is shown now: where the place is reached, it may still take a moment to be decoded. @param {HTMLVideoElement} video */
async function picture(video) {
  for (let wait = 0; ; wait += 1) {
    try {
      return await createImageBitmap(video, fit(video.videoWidth, video.videoHeight));
    } catch (error) {
      if (error.name !== "InvalidStateError" || wait === MOST_WAITS) throw new Trouble("too_large", error.message);
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}

/** @param {HTMLVideoElement} video @param {string} what @returns {Promise<void>} */
function happens(video, what) {
  return new Promise((resolve, reject) => {
    video.addEventListener(what, () => resolve(), { once: true });
    video.addEventListener("error", () => reject(new Trouble("too_large")), { once: true });
  });
}
