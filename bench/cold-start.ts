import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { selfSignedCertificate } from "../lib/terraform-plugin/certificate";
import { median, repeat, run } from "./measure";
import type { Row } from "./report";

const EXECUTABLE = resolve(__dirname, "../dist/provider/terraform-provider-outbound");
const RUNS = 15;

/** From starting the executable to its handshake line, against a node that does nothing. */
export async function coldStart(): Promise<Row[]> {
  const baseline: number[] = [];
  const ours: number[] = [];
  // In turns, so that whatever else the machine does hits both.
  await repeat(RUNS, async () => {
    baseline.push((await run(process.execPath, ["-e", "0"])).seconds);
    ours.push(await handshakeSeconds());
  });
  const ratio = median(ours) / median(baseline);
  return [
    {
      what: "cold start to handshake line",
      ours: `${milliseconds(median(ours))} ms`,
      baseline: `\`node -e 0\`: ${milliseconds(median(baseline))} ms`,
      ratio,
      limit: 2.5,
    },
  ];
}

function handshakeSeconds(): Promise<number> {
  return new Promise((settle, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(EXECUTABLE, [], {
      env: {
        ...process.env,
        TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        PLUGIN_PROTOCOL_VERSIONS: "6",
        PLUGIN_CLIENT_CERT: CLIENT_CERTIFICATE,
      },
      stdio: ["ignore", "pipe", "ignore"],
    });
    child.on("error", reject);
    child.stdout.once("data", (line: Buffer) => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      child.kill("SIGKILL");
      if (/^1\|6\|/.test(line.toString())) settle(seconds);
      else reject(new Error(`not a handshake line: ${line}`));
    });
  });
}

const milliseconds = (seconds: number): string => (seconds * 1000).toFixed(0);

/** Any certificate serves: nobody connects. */
const CLIENT_CERTIFICATE = selfSignedCertificate(Date.now()).certificatePem;
