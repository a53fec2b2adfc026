// The camera: a live picture, advice while it runs, and a recording.

import { look } from "./call.js";

const lookEvery = 300; // milliseconds
const frameWidth = 480; // pixels: as much as the face networks need
const kinds = [
  "video/mp4;codecs=avc1.42E01E,mp4a.40.2", "video/mp4", "video/webm;codecs=vp8,opus", "video/webm",
];

export class Camera {
  #stream = null;
  #timer = null;
  #isLooking = false;

  /**
   * @param video the element that shows the picture
   * @param onLook called with each answer of the service, or with its error
   */
  constructor(video, parameters, onLook) {
    this.video = video;
    this.parameters = parameters;
    this.onLook = onLook;
  }

  get isOpen() { return this.#stream !== null; }

  async open() {
    const video = { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } };
    // A service that listens needs the microphone; the others do without it.
    this.#stream = await navigator.mediaDevices.getUserMedia({ video, audio: true })
      .catch(() => navigator.mediaDevices.getUserMedia({ video, audio: false }));
    this.video.srcObject = this.#stream;
    await this.video.play();
    this.#timer = setInterval(() => this.#look(), lookEvery);
  }

  close() {
    clearInterval(this.#timer);
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.video.srcObject = null;
    this.#stream = null;
  }

  /** Records for some seconds: the recording as the browser writes it. */
  record(seconds, onTick) {
    const type = kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
    const recorder = new MediaRecorder(this.#stream, { mimeType: type, videoBitsPerSecond: 4e6 });
    const parts = [];
    return new Promise((resolve, reject) => {
      let left = seconds;
      const timer = setInterval(() => onTick((left -= 1)), 1000);
      recorder.ondataavailable = (event) => parts.push(event.data);
      recorder.onerror = (event) => reject(event.error);
      recorder.onstop = () => {
        clearInterval(timer);
        const base = recorder.mimeType.split(";")[0];
        resolve({ clip: new Blob(parts, { type: base }), name: `recording.${base.split("/")[1]}` });
      };
      recorder.start();
      onTick(left);
      setTimeout(() => recorder.stop(), seconds * 1000);
    });
  }

  async #look() {
    // One frame at a time: a slow server is asked less often.
    if (this.#isLooking || !this.video.videoWidth) return;
    this.#isLooking = true;
    try {
      const canvas = document.createElement("canvas");
      canvas.width = Math.min(frameWidth, this.video.videoWidth);
      canvas.height = Math.round(canvas.width * this.video.videoHeight / this.video.videoWidth);
      canvas.getContext("2d").drawImage(this.video, 0, 0, canvas.width, canvas.height);
      const frame = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      const { parameters, token } = this.parameters();
      const answer = await look(frame, parameters, token);
      if (this.isOpen) this.onLook(answer, canvas.width / canvas.height, null);
    } catch (error) {
      if (this.isOpen) this.onLook(null, 1, error);
    } finally {
      this.#isLooking = false;
    }
  }
}
