import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { systemClock } from "../lib/core/clock";
import { runProbe, type ProbeRuntime } from "../lib/mail";
import { LOGIN, startHealthyServer, type HealthyServer } from "./mail-server";
import { median, repeat, run } from "./measure";
import { isInstalled } from "./parts";
import type { Row } from "./report";
import { bareRoundTrips } from "./round-trips";

const RUNS = 25;
const FROM = "alerts@example.com";
const TO = "oncall@example.com";
/** On top of the protocol's round trips, for each stage. */
const LIMIT_MS = 20;

/** A full probe of a healthy server on this machine, over STARTTLS and with a login, up to one receiver. */
export const mailProbe = (): Promise<Row[]> =>
  withServer(async (server) => {
    // The first ones load what the others find loaded.
    let stages = await probe(server);
    await bareRoundTrips(server, FROM, TO);
    const [ours, bare]: [number[], number[]] = [[], []];
    // In turns, so that whatever else the machine does hits both of them.
    await repeat(RUNS, async () => {
      bare.push(await milliseconds(() => bareRoundTrips(server, FROM, TO)));
      ours.push(await milliseconds(async () => (stages = await probe(server))));
    });
    const beyond = Math.max(0, (median(ours) - median(bare)) / stages);
    return [
      {
        what: `full mail probe, on top of the round trips, per stage (${stages} stages)`,
        ours: `${beyond.toFixed(1)} ms (probe ${spread(ours)})`,
        baseline: `bare round trips, TLS handshake included: ${spread(bare)}`,
        value: beyond,
        limit: LIMIT_MS,
      },
    ];
  });

/** The same as a command, from start to end; beside swaks where it is installed. */
export const mailCommand = (): Promise<Row[]> =>
  withServer(async (server, caFile) => {
    const besideSwaks = isInstalled("swaks");
    const [ours, swaks]: [number[], number[]] = [[], []];
    await repeat(RUNS, async () => {
      ours.push((await run(process.execPath, outboundArguments(server, caFile), environment())).seconds * 1000);
      if (besideSwaks) swaks.push((await run("swaks", swaksArguments(server, caFile))).seconds * 1000);
    });
    return [
      {
        what: "full mail probe as a command, from start to end",
        ours: `\`outbound probe\`: ${spread(ours)}`,
        ...(besideSwaks
          ? { baseline: `swaks, the same steps: ${spread(swaks)}`, ratio: median(ours) / median(swaks) }
          : { baseline: "not measured: swaks is not installed here" }),
      },
    ];
  });

async function withServer<T>(use: (server: HealthyServer, caFile: string) => Promise<T>): Promise<T> {
  const { server, stop } = await startHealthyServer();
  const folder = mkdtempSync(join(tmpdir(), "outbound-bench-mail-"));
  const caFile = join(folder, "ca.pem");
  writeFileSync(caFile, server.ca);
  try {
    return await use(server, caFile);
  } finally {
    await stop();
    rmSync(folder, { recursive: true });
  }
}

/** Resolves with the number of stages that were walked through. */
async function probe({ port, ca }: HealthyServer): Promise<number> {
  const target = {
    host: "127.0.0.1",
    port,
    security: "starttls" as const,
    login: LOGIN,
    ca,
    from: FROM,
    to: [TO],
    timeoutMs: 30_000,
  };
  const runtime: ProbeRuntime = { clock: systemClock, environment: {}, readFile: () => undefined };
  const { ok, verdict, stages } = await runProbe(target, runtime, {
    signal: new AbortController().signal,
    redact: (text) => text,
  });
  if (!ok) throw new Error(`the probe of the benchmark failed: ${verdict}`);
  return stages.filter(({ status }) => status !== "skipped").length;
}

function outboundArguments({ port }: HealthyServer, caFile: string): string[] {
  return [
    resolve(__dirname, "../bin/outbound.js"),
    ...["probe", "127.0.0.1", "--port", String(port), "--security", "starttls", "--ca", caFile],
    ...["--from", FROM, "--to", TO, "--username", LOGIN.username, "--password-environment", "SMTP_PASSWORD"],
  ];
}

const environment = () => ({ env: { ...process.env, SMTP_PASSWORD: LOGIN.password } });

function swaksArguments({ port }: HealthyServer, caFile: string): string[] {
  return [
    ...["--server", "127.0.0.1", "--port", String(port), "--from", FROM, "--to", TO, "--quit-after", "RCPT"],
    ...["--tls", "--tls-verify", "--tls-ca-path", caFile],
    ...["--auth", "PLAIN", "--auth-user", LOGIN.username, "--auth-password", LOGIN.password],
  ];
}

async function milliseconds(action: () => Promise<unknown>): Promise<number> {
  const started = process.hrtime.bigint();
  await action();
  return Number(process.hrtime.bigint() - started) / 1e6;
}

/** Lowest, median and highest. */
function spread(values: readonly number[]): string {
  const shown = [Math.min(...values), median(values), Math.max(...values)].map((ms) => ms.toFixed(ms < 100 ? 1 : 0));
  return `${shown.join(" / ")} ms`;
}
