// Prepares one clip for Tencent, and says what to upload or what to tell the person: gate.mjs CLIP OUTPUT
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const [clip, output] = process.argv.slice(2);
const worker = spawn("vprep", ["worker", "--isolate"], { stdio: ["pipe", "pipe", "inherit"] });
const answers = createInterface({ input: worker.stdout })[Symbol.asyncIterator]();
const options = { provider: "tencent", mode: "silent" };
worker.stdin.write(JSON.stringify({ call: "prep", clip, output, options }) + "\n");
const { status, report, error } = JSON.parse((await answers.next()).value);
worker.stdin.end();

if (error) {
  console.error(`${error.message} (${error.code})`);
} else if (status !== 0) {
  const verdict = report.outputVerdict ?? report.verdict;
  console.error(`${verdict.predictions[0]?.code}: ${verdict.nextStep?.text}`);
} else {
  const { path, bytes, md5 } = report.fit.output;
  console.log(`upload ${path}, ${bytes} bytes, MD5 ${md5}`);
}
process.exitCode = status;
