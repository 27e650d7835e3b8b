/** Shows how far an upload is. Without this module the plain form does the same, only silently. */
class Upload {
  /** @param {HTMLFormElement} form with its sentences as data attributes */
  constructor(form) {
    this._form = form;
    this._words = form.dataset;
    this._file = /** @type {HTMLInputElement} */ (form.elements.namedItem("video"));
    this._button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
    form.addEventListener("submit", (event) => this._submit(event));
    this._file.addEventListener("change", () => this._check());
  }

  /** @param {SubmitEvent} event */
  _submit(event) {
    event.preventDefault();
    if (this._check(true)) this._send();
  }

  /** What the server would say too, said before minutes of sending. @param {boolean} [now] an empty choice is wrong only then */
  _check(now = false) {
    const [file] = this._file.files ?? [];
    if (!file) return this._tell(now ? this._words.none : "");
    return this._tell(file.size > Number(this._words.mostBytes) ? this._words.tooLarge : "");
  }

  /** @param {string} [problem] @returns {boolean} whether there is none */
  _tell(problem = "") {
    element("video-problem").textContent = problem;
    this._file.setAttribute("aria-invalid", String(problem !== ""));
    if (problem) this._file.focus();
    return problem === "";
  }

  _send() {
    const request = new XMLHttpRequest(); // fetch cannot tell how much has been sent
    request.open("POST", this._form.action);
    request.responseType = "document";
    request.upload.onprogress = ({ loaded, total }) => this._show(loaded / total);
    request.onload = () => this._answered(request);
    request.onerror = () => this._broken();
    request.send(new FormData(this._form));
    this._button.disabled = true;
    element("sending").hidden = false;
    this._show(0);
  }

  /** @param {number} share sent, 0 to 1 */
  _show(share) {
    /** @type {HTMLProgressElement} */ (element("sent-share")).value = share;
    element("sent-words").textContent = (this._words.sending ?? "").replace("{percent}", String(Math.round(share * 100)));
  }

  /** @param {XMLHttpRequest} request */
  _answered(request) {
    if (request.status === 200) return location.assign(request.responseURL);
    const said = request.responseXML?.getElementById("video-problem")?.textContent;
    this._broken(said || undefined);
  }

  /** @param {string} [problem] */
  _broken(problem = this._words.broken) {
    this._button.disabled = false;
    element("sending").hidden = true;
    this._tell(problem);
  }
}

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

const form = document.getElementById("upload");
if (form) new Upload(/** @type {HTMLFormElement} */ (form));
