import type { Remedy } from "../../stage/remedy";
import { CONFIG } from "../../stage/stage";

/** What to do about a configuration that cannot be used. */
export const configuration = {
  lineBreak: {
    code: "mail/line-break",
    stages: [CONFIG],
    summary: "{attribute} contains a line break or another control character",
    fix: "Remove it: it would end the SMTP command or the header that the value is written into.",
  },
  passwordMissing: {
    code: "mail/password-missing",
    stages: [CONFIG],
    summary: "The environment variable {variable} is not set",
    fix: "Set {variable}{terraform: where Terraform runs}, or remove {setting:username} to probe without logging in.",
  },
} as const satisfies Record<string, Remedy>;
