// Calls of the service.

/** An error that the service has answered: the object vprep.error/1. */
export class ServiceError extends Error {
  constructor(status, body) {
    super(body?.message ?? `status ${status}`);
    this.status = status;
  }
}

/** That the service cannot be reached. */
export class NoConnection extends Error {}

async function send(path, parameters, body, headers, token) {
  const query = new URLSearchParams(parameters);
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(`${path}?${query}`, { method: "POST", body, headers })
    .catch((error) => { throw new NoConnection(error.message); });
  if (response.ok) return response;
  throw new ServiceError(response.status, await response.json().catch(() => null));
}

/** Prepares a clip: its report, and the prepared file, or null where none was made. */
export async function prepare(clip, name, parameters, token) {
  const form = new FormData();
  form.append("clip", clip, name);
  const response = await send(
    "v1/prep", { ...parameters, timeline: true }, form, { Accept: "multipart/form-data" }, token);
  if (!response.headers.get("Content-Type").startsWith("multipart/")) {
    return { report: await response.json(), file: null };
  }
  const parts = await response.formData();
  const report = parts.get("report");
  return {
    report: JSON.parse(typeof report === "string" ? report : await report.text()),
    file: parts.get("clip"),
  };
}

/** What one frame of the camera shows. */
export async function look(frame, parameters, token) {
  return (await send("v1/look", parameters, frame, { "Content-Type": "image/jpeg" }, token)).json();
}
