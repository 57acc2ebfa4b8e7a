import type { Remedy } from "../remedy";
import { AUTH } from "../stage";

/** What stands in the way of a login before the server has judged it. */
export const login = {
  authNotOffered: {
    code: "mail/auth-not-offered",
    stages: [AUTH],
    summary: "Credentials are configured, but the server offers no AUTH",
    fix: "Remove `username` if the server needs no login; else use the submission port (usually 587), or enable authentication there.",
  },
  authNotOfferedInClear: {
    code: "mail/auth-not-offered-in-clear",
    stages: [AUTH],
    summary: "Credentials are configured, but the server offers no AUTH on an unencrypted connection",
    fix: 'Set security = "starttls", since most servers offer AUTH only once the line is encrypted; if this one needs no login, remove `username`.',
  },
  noCommonMechanism: {
    code: "mail/no-common-mechanism",
    stages: [AUTH],
    summary: "The server offers no authentication mechanism that is supported here",
    fix: "Enable one of {mechanisms} on the server, or use a server that offers one.",
  },
} as const satisfies Record<string, Remedy>;
