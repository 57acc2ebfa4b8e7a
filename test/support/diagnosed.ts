import { runProbe, runTest, type ProbeOutcome, type Stage, type Target, type TestOutcome } from "../../lib/mail";
import type { MailRuntime } from "../../lib/mail/diagnosis/runtime";
import { mailRuntime, mailTarget } from "./mail-runtime";
import { startNameServer, type Zone } from "./name-server";
import { startScripted, type Script, type ScriptedOptions } from "./scripted-smtp";
import { skippingClock } from "./skipping-clock";

/** What is odd about the world of one diagnosis. */
export interface Oddities extends ScriptedOptions {
  readonly script?: Partial<Script>;
  readonly target?: Partial<Target>;
  readonly runtime?: Partial<MailRuntime>;
  /** What the name servers know; they are asked instead of the system's. */
  readonly zone?: Zone;
  /** Waits for the sake of waiting are over at once. */
  readonly hurried?: boolean;
  /** Interrupts the diagnosis once the server has heard this. */
  readonly interruptAt?: string;
}

export interface Diagnosed<T> {
  readonly outcome: T;
  /** What the SMTP server heard, over all connections. */
  readonly lines: readonly string[];
  /** Questions to the name server. */
  readonly questions: readonly string[];
  /** Milliseconds of each wait that was over at once. */
  readonly skipped: readonly number[];
  stage(name: string): Stage;
}

/** Walks to a server with these oddities; sends nothing. */
export const probed = (oddities: Oddities = {}): Promise<Diagnosed<ProbeOutcome>> => diagnosed(oddities, runProbe);

/** Sends a test mail to a server with these oddities. */
export const tested = (oddities: Oddities = {}): Promise<Diagnosed<TestOutcome>> =>
  diagnosed(oddities, (target, runtime, watch) => runTest({ target, subject: "x", via: [] }, runtime, watch));

async function diagnosed<T extends { readonly stages: readonly Stage[] }>(
  { script, target, runtime, zone, hurried, interruptAt, ...options }: Oddities,
  run: (
    target: Target,
    runtime: MailRuntime,
    watch: { signal: AbortSignal; redact(text: string): string },
  ) => Promise<T>,
): Promise<Diagnosed<T>> {
  const server = await startScripted(script, options);
  const names = zone && (await startNameServer(zone));
  const interruption = new AbortController();
  const { signal } = interruption;
  const clock = skippingClock(signal);
  if (interruptAt !== undefined) void server.heard(interruptAt).then(() => interruption.abort());
  try {
    const outcome = await run(
      mailTarget(server.port, {
        ca: server.ca,
        ...(names && { dnsServers: [names.address] }),
        ...(hurried && { timeoutMs: 600_000 }),
        ...target,
      }),
      mailRuntime({ ...(hurried && { clock }), ...runtime }),
      { signal, redact: (text) => text },
    );
    return {
      outcome,
      lines: server.lines,
      questions: names?.questions ?? [],
      skipped: clock.skipped,
      stage: (name) => outcome.stages.find((stage) => stage.name === name)!,
    };
  } finally {
    await server.close();
    await names?.close();
  }
}
