import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../lib/core/clock";
import { runProbe, type ProbeRuntime } from "../lib/mail";
import { LOGIN, startHealthyServer, type HealthyServer } from "./mail-server";
import { inTurns, median, medianRatio, repeat, run, secondsOf } from "./measure";
import { isInstalled } from "./parts";
import type { Row } from "./row";
import { bareRoundTrips } from "./round-trips";
import { commandLineOf, type Subject } from "./subject";
import { removeFolder, temporaryFolder } from "./temporary-folder";

const RUNS = 15;
const FROM = "alerts@example.com";
const TO = "oncall@example.com";
/** On top of the protocol's round trips, for each stage. */
const LIMIT_MS = 20;
const COMMAND_RUNS = 11;
const COMMAND_LIMIT = 1.5;

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
        what: "full mail probe, on top of the round trips, per stage",
        node: "",
        ours: `${beyond.toFixed(1)} ms (probe ${spread(ours)}, ${stages} stages)`,
        baseline: `bare round trips, TLS handshake included: ${spread(bare)}`,
        value: beyond,
        limit: LIMIT_MS,
      },
    ];
  });

/** The same as a command, the whole process; beside swaks where it is installed. */
export const mailCommand = (subjects: readonly Subject[]): Promise<Row[]> =>
  withServer(async (server, caFile) => {
    const actions = new Map(
      subjects.map((subject): [string, () => Promise<number>] => [
        subject.label,
        () => run(subject.node, outboundArguments(subject, server, caFile), environment()),
      ]),
    );
    const besideSwaks = isInstalled("swaks");
    if (besideSwaks) actions.set("swaks", () => run("swaks", swaksArguments(server, caFile)));
    const measured = await inTurns(COMMAND_RUNS, actions);
    const swaks = measured.get("swaks");
    return subjects.map((subject): Row => {
      const ours = measured.get(subject.label)!;
      return {
        what: "`outbound probe` of a healthy server, whole process",
        node: subject.label,
        ours: spread(inMilliseconds(ours)),
        ...(swaks === undefined
          ? { baseline: "not measured: swaks is not installed here" }
          : {
              baseline: `swaks, the same steps: ${spread(inMilliseconds(swaks))}`,
              ratio: medianRatio(ours, swaks),
              limit: COMMAND_LIMIT,
            }),
      };
    });
  });

async function withServer<T>(use: (server: HealthyServer, caFile: string) => Promise<T>): Promise<T> {
  const { server, stop } = await startHealthyServer();
  const folder = temporaryFolder("mail");
  const caFile = join(folder, "ca.pem");
  writeFileSync(caFile, server.ca);
  try {
    return await use(server, caFile);
  } finally {
    await stop();
    removeFolder(folder);
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

function outboundArguments(subject: Subject, { port }: HealthyServer, caFile: string): string[] {
  return [
    commandLineOf(subject),
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

const milliseconds = async (action: () => Promise<unknown>): Promise<number> => (await secondsOf(action)) * 1000;
const inMilliseconds = (seconds: readonly number[]): number[] => seconds.map((one) => one * 1000);

/** Lowest, median and highest. */
function spread(values: readonly number[]): string {
  const shown = [Math.min(...values), median(values), Math.max(...values)].map((ms) => ms.toFixed(ms < 100 ? 1 : 0));
  return `${shown.join(" / ")} ms`;
}
