// Prepares a clip with vprep-serve and uploads it to Megvii or Tencent, with nothing beyond Node 20.
//
//     upload.mjs megvii CLIP
//     upload.mjs tencent CLIP PHOTO
//
// Environment and exit status are those of Examples/python/upload.py. Keys are never printed.
import { createHash, createHmac, randomUUID } from "node:crypto";
import { copyFile, readFile, unlink, writeFile } from "node:fs/promises";

const env = process.env;
const gateURL = env.VPREP_URL ?? "http://127.0.0.1:8080";
const megviiURL = env.MEGVII_URL ?? "https://api-sgp.megvii.com";
const tencentURL = env.TENCENT_URL ?? "https://faceid.intl.tencentcloudapi.com";
// What the documents call temporary; every other code would be answered again, and may be charged again.
const temporary = new Set([
  "CONCURRENCY_LIMIT_EXCEEDED", "INTERNAL_ERROR", "RequestLimitExceeded", "InternalError",
  "FailedOperation.DownLoadTimeoutError", "FailedOperation.LipNetFailed", "no answer",
]);
const attempts = 4;
const wait = Number(env.UPLOAD_WAIT ?? 0.5); // seconds before the second attempt

const hash = (algorithm, data) => createHash(algorithm).update(data).digest("hex");

async function post(url, body, headers = {}) {
  if (env.STAND_IN_CODE) headers["X-Stand-In-Code"] = env.STAND_IN_CODE;
  return fetch(url, { method: "POST", body, headers });
}

/** The report, and the prepared clip; the clip is null where vprep made none. */
async function gate(clip, photo, options) {
  const form = new FormData();
  form.append("clip", new Blob([await readFile(clip)]), "clip");
  if (photo) form.append("photo", new Blob([await readFile(photo)]), "photo");
  const headers = { Accept: "multipart/form-data" };
  if (env.VPREP_TOKEN) headers.Authorization = `Bearer ${env.VPREP_TOKEN}`;
  const answer = await post(`${gateURL}/v1/prep?${new URLSearchParams(options)}`, form, headers);
  if (!answer.headers.get("Content-Type").startsWith("multipart/")) return [await answer.json(), null];
  const parts = await answer.formData();
  return [JSON.parse(parts.get("report")), Buffer.from(await parts.get("clip").arrayBuffer())];
}

/** The code that the service answers, null for success, and the whole answer. */
async function megvii(clip) {
  const form = new FormData();
  form.append("api_key", env.MEGVII_API_KEY);
  form.append("api_secret", env.MEGVII_API_SECRET);
  form.append("return_image", "1");
  form.append("video", new Blob([clip]), "video.mp4");
  const answer = await (await post(`${megviiURL}/faceid/lite/raw/validate_still`, form)).json();
  return [answer.error_message ?? null, answer];
}

/** The same for Tencent, whose files lie in a bucket. */
async function tencent(clip, photo) {
  const name = randomUUID();
  const stored = [`${env.BUCKET_FOLDER}/${name}.mp4`, `${env.BUCKET_FOLDER}/${name}.jpg`];
  await writeFile(stored[0], clip);
  await copyFile(photo, stored[1]);
  try {
    const body = JSON.stringify({
      VideoUrl: `${env.BUCKET_URL}/${name}.mp4`, VideoMd5: hash("md5", clip),
      ImageUrl: `${env.BUCKET_URL}/${name}.jpg`, ImageMd5: hash("md5", await readFile(photo)),
      LivenessType: "SILENT",
    });
    const { Response: answer } = await (await post(tencentURL, body, signed(body))).json();
    const code = answer.Error?.Code ?? answer.Result;
    return [code === "Success" ? null : code, answer];
  } finally {
    await Promise.all(stored.map((path) => unlink(path)));
  }
}

/** The headers of a request, with its signature TC3-HMAC-SHA256. */
function signed(body) {
  const now = Math.floor(Date.now() / 1000);
  const day = new Date(now * 1000).toISOString().slice(0, 10);
  const kind = "application/json; charset=utf-8";
  const canonical = `POST\n/\n\ncontent-type:${kind}\nhost:${new URL(tencentURL).host}\n\n`
    + `content-type;host\n${hash("sha256", body)}`;
  const scope = `${day}/faceid/tc3_request`;
  const text = `TC3-HMAC-SHA256\n${now}\n${scope}\n${hash("sha256", canonical)}`;
  const sign = (key, part) => createHmac("sha256", key).update(part).digest();
  const key = [day, "faceid", "tc3_request"].reduce(sign, `TC3${env.TENCENT_SECRET_KEY}`);
  return {
    "Content-Type": kind, "X-TC-Action": "VideoLivenessCompare", "X-TC-Version": "2018-03-01",
    "X-TC-Region": env.TENCENT_REGION ?? "ap-singapore", "X-TC-Timestamp": String(now),
    Authorization: `TC3-HMAC-SHA256 Credential=${env.TENCENT_SECRET_ID}/${scope}, `
      + `SignedHeaders=content-type;host, Signature=${sign(key, text).toString("hex")}`,
  };
}

/** Sends until there is an answer that stays. */
async function upload(send) {
  let code, answer;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt) await new Promise((done) => setTimeout(done, 1000 * wait * 2 ** (attempt - 1)));
    [code, answer] = await send().catch((error) => ["no answer", error.message]);
    if (!temporary.has(code)) break;
    console.log(`attempt ${attempt + 1}: ${code}`);
  }
  return [code, answer];
}

async function main() {
  const [service, clip, photo] = process.argv.slice(2);
  const options = service === "tencent" ? { provider: service, mode: "silent" } : { provider: service };
  const [report, prepared] = await gate(clip, photo, options);
  if (report.schema === "vprep.error/1") {
    console.log(`not sent: ${report.message} (${report.code}); ${report.advice}`);
    return 1;
  }
  const verdict = report.outputVerdict ?? report.verdict;
  if (!prepared || verdict.outcome === "fail" || report.lint?.length) {
    console.log(`not sent: ${verdict.predictions[0].code}; ${verdict.nextStep.text}`);
    return 1;
  }
  const [code, answer] = await upload(() => service === "megvii" ? megvii(prepared) : tencent(prepared, photo));
  if (code === null) {
    console.log(`accepted: ${service === "megvii" ? answer.token_still : answer.Sim}`);
    return 0;
  }
  console.log(`refused: ${code}`);
  return temporary.has(code) ? 3 : 2;
}

process.exitCode = await main();
