import { fit } from "./capture.js";
import { Trouble } from "./trouble.js";

const STEP_S = 1 / 15;

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
    video.srcObject = null;
    video.src = address;
    await happens(video, "loadeddata");
    const end = Math.min(mostS, Number.isFinite(video.duration) ? video.duration : mostS);
    for (let t = 0; t < end; t += STEP_S) {
      if (t > 0) {
        video.currentTime = t;
        await happens(video, "seeked");
      }
      const bitmap = await createImageBitmap(video, fit(video.videoWidth, video.videoHeight));
      if (!onLandmarks(await landmarker.detect(bitmap, false), t, t / end) || video.ended) return;
    }
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** @param {HTMLVideoElement} video @param {string} what @returns {Promise<void>} */
function happens(video, what) {
  return new Promise((resolve, reject) => {
    video.addEventListener(what, () => resolve(), { once: true });
    video.addEventListener("error", () => reject(new Trouble("too_large")), { once: true });
  });
}
