import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { selfSignedCertificate } from "../lib/terraform-plugin/certificate";
import { invitation } from "../lib/terraform-plugin/handshake";
import { median, repeat, run } from "./measure";
import type { Row } from "./report";

const EXECUTABLE = resolve(__dirname, "../dist/provider/terraform-provider-outbound");
const COMMAND_LINE = resolve(__dirname, "../bin/outbound.js");
const RUNS = 15;

/** From starting something until it says a first word, or ends, against a node that does nothing. */
export async function coldStart(): Promise<Row[]> {
  const cache = mkdtempSync(join(tmpdir(), "outbound-bench-start-"));
  const [bare, provider, uncached, version]: [number[], number[], number[], number[]] = [[], [], [], []];
  try {
    // Leaves what later starts take.
    await handshakeSeconds(cache);
    // In turns, so that whatever else the machine does hits all.
    await repeat(RUNS, async () => {
      bare.push((await run(process.execPath, ["-e", "0"])).seconds);
      provider.push(await handshakeSeconds(cache));
      uncached.push(await handshakeSeconds("off"));
      version.push((await run(process.execPath, [COMMAND_LINE, "--version"])).seconds);
    });
  } finally {
    rmSync(cache, { recursive: true });
  }
  const row = (what: string, ours: number[], limit?: number): Row => ({
    what,
    ours: `${milliseconds(median(ours))} ms`,
    baseline: `\`node -e 0\`: ${milliseconds(median(bare))} ms`,
    ratio: median(ours) / median(bare),
    ...(limit === undefined ? {} : { limit }),
  });
  return [
    row("cold start to handshake line", provider, 2.5),
    row("the same, with nothing kept from an earlier start", uncached),
    row("`outbound --version`", version),
  ];
}

/** @param cache the folder of the code cache, or "off" */
async function handshakeSeconds(cache: string): Promise<number> {
  const started = process.hrtime.bigint();
  const child = spawn(EXECUTABLE, [], {
    env: { ...process.env, ...invitation, PLUGIN_CLIENT_CERT: CLIENT_CERTIFICATE, OUTBOUND_CODE_CACHE: cache },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  // Not SIGKILL: what it has compiled is kept when it ends.
  child.kill("SIGTERM");
  await once(child, "close");
  if (!/^1\|6\|/.test(String(line))) throw new Error(`not a handshake line: ${String(line)}`);
  return seconds;
}

const milliseconds = (seconds: number): string => (seconds * 1000).toFixed(0);

/** Any certificate serves: nobody connects. */
const CLIENT_CERTIFICATE = selfSignedCertificate(Date.now()).certificatePem;
