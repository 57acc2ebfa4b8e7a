import { setImmediate } from "node:timers/promises";
import { systemClock, type Clock } from "../../../lib/core/clock";
import { runProbe, runTest } from "../../../lib/mail";
import { mailRuntime, mailTarget } from "../../support/mail-runtime";
import { SILENCE, startScripted, type Script } from "../../support/scripted-smtp";

// A wait that nobody ends keeps `outbound probe` running for seconds after it has said everything.

let waiting = 0;
const clock: Clock = {
  now: systemClock.now,
  sleep(ms, signal) {
    waiting++;
    return systemClock.sleep(ms, signal).finally(() => waiting--);
  },
};
const surroundings = { signal: new AbortController().signal, redact: (text: string) => text };

it.each<[string, Partial<Script>]>([
  ["passes", {}],
  ["is refused at once", { banner: "554 5.7.1 no" }],
  ["is refused at the login", { auth: "535 5.7.8 no" }],
  ["is met by silence", { ehlo: SILENCE }],
])("leaves no wait behind when it %s", async (_what, script) => {
  for (const run of [runProbe, sent]) {
    const server = await startScripted(script);
    try {
      const { ok } = await run(
        mailTarget(server.port, { ca: server.ca, timeoutMs: 1_000 }),
        mailRuntime({ clock }),
        surroundings,
      );
      expect(ok).toBe(Object.keys(script).length === 0);
      await setImmediate();
      expect(waiting).toBe(0);
    } finally {
      await server.close();
    }
  }
});

const sent = (
  target: Parameters<typeof runProbe>[0],
  runtime: ReturnType<typeof mailRuntime>,
  around: typeof surroundings,
) => runTest({ target, subject: "Alert mail test", via: [] }, runtime, around);
