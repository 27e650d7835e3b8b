/**
 * The landmark model, off the page's thread. Messages in: `{load}` then `{bitmap, tMs, light}`; out: `{ready}`,
 * `{failed}` or a result. At most one picture is in work; the page waits for the answer before it sends the next.
 */
import { FilesetResolver, PoseLandmarker } from "../vendor/tasks-vision/vision_bundle.mjs";

const WARM_UP_PX = 256;
const LIGHT_PX = 16;

let landmarker = /** @type {PoseLandmarker | null} */ (null);
let lastMs = 0;

self.onmessage = async ({ data }) => {
  if (data.load) return self.postMessage(await load(data.load));
  self.postMessage(detect(data));
};

/** @param {{wasm: string, model: string}} paths on our own origin */
async function load(paths) {
  if (typeof OffscreenCanvas === "undefined") return { failed: "old_browser" };
  if (!new OffscreenCanvas(1, 1).getContext("webgl2")) return { failed: "no_webgl" };
  try {
    const files = await FilesetResolver.forVisionTasks(paths.wasm, true);
    landmarker = await PoseLandmarker.createFromOptions(files, {
      baseOptions: { modelAssetPath: paths.model, delegate: "CPU" },
      runningMode: "VIDEO",
      numPoses: 1,
    });
    warmUp();
  } catch (error) {
    return { failed: "no_model", detail: String(error) };
  }
  return { ready: true };
}

/** The first picture takes seconds: let it be an empty one. */
function warmUp() {
  const canvas = new OffscreenCanvas(WARM_UP_PX, WARM_UP_PX);
  canvas.getContext("2d").fillRect(0, 0, WARM_UP_PX, WARM_UP_PX);
  lastMs = performance.now();
  landmarker.detectForVideo(canvas, lastMs);
}

/** @param {{bitmap: ImageBitmap, light: boolean}} picture */
function detect({ bitmap, light }) {
  const { width, height } = bitmap;
  lastMs = Math.max(lastMs + 1, performance.now());
  try {
    const result = landmarker.detectForVideo(bitmap, lastMs);
    return {
      image: result.landmarks[0] ?? null,
      world: result.worldLandmarks[0] ?? null,
      width,
      height,
      light: light ? luminance(bitmap) : null,
    };
  } catch (error) {
    return { failed: "no_webgl", detail: String(error) };
  } finally {
    bitmap.close();
  }
}

/** Mean brightness, 0 black to 1 white. @param {ImageBitmap} bitmap */
function luminance(bitmap) {
  const canvas = new OffscreenCanvas(LIGHT_PX, LIGHT_PX);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0, LIGHT_PX, LIGHT_PX);
  const { data } = context.getImageData(0, 0, LIGHT_PX, LIGHT_PX);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum += 0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2];
  return sum / (data.length / 4) / 255;
}
