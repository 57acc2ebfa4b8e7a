import type { Remedy } from "../../stage/remedy";
import { PLATFORM } from "../../stage/stage-facts";

/** What to do about the platforms' own tests. Most of their failures are explained by the system itself. */
export const platform = {
  platformTestFailed: {
    code: "mail/platform-test-failed",
    stages: [PLATFORM],
    summary: "The test call of {system} failed",
    fix: "See the settings and the log of {system}.",
  },
} as const satisfies Record<string, Remedy>;
