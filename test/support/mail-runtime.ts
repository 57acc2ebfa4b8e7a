import { systemClock } from "../../lib/core/clock";
import type { MailRuntime, Target } from "../../lib/mail";

/** A runtime in which nothing is preset; each has a clock of its own, so that tests do not wait for one another. */
export function mailRuntime(overrides: Partial<MailRuntime> = {}): MailRuntime {
  let state = 42;
  return {
    clock: { ...systemClock },
    environment: {},
    random: () => (state = (state * 16807) % 2147483647) / 2147483647,
    readFile: () => undefined,
    platformTest: async (system) => {
      throw new Error(`nobody asked for ${system}`);
    },
    ...overrides,
  };
}

export function mailTarget(port: number, overrides: Partial<Target> = {}): Target {
  return {
    host: "127.0.0.1",
    port,
    security: "starttls",
    login: { username: "alerts", password: "correct horse" },
    from: "alerts@example.com",
    to: ["oncall@example.com"],
    timeoutMs: 5_000,
    ...overrides,
  };
}
