import type { Remedy } from "../../stage/remedy";
import { PLATFORM } from "../../stage/stage-facts";

/** The tests that the platforms run themselves. Most of their failures are explained by the system's own room. */
export const platform = {
  platformTestFailed: {
    code: "mail/platform-test-failed",
    stages: [PLATFORM],
    summary: "The test call of {system} failed",
    fix: "See the settings and the log of {system}.",
  },
} as const satisfies Record<string, Remedy>;
