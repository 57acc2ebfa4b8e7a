/** What a failed test means, in one summary and one remedy. */
export interface TestRemedy {
  /** Stable: part of the problem's code. */
  readonly kind: string;
  readonly summary: string;
  readonly fix: string;
}

/**
 * The first match wins: from what ends a connection early to what a server says late. The words are those of the .NET
 * runtime inside UiPath, and of SMTP servers.
 */
const REMEDIES: readonly (readonly [RegExp, TestRemedy])[] = [
  [
    /no such host|host is (?:un)?known|name or service not known|could not be resolved/i,
    {
      kind: "unknown-host",
      summary: "UiPath cannot resolve the SMTP server's name",
      fix: "Check smtp_host for typing errors, and that the name can be resolved where UiPath runs.",
    },
  ],
  [
    /actively refused|connection refused/i,
    {
      kind: "refused",
      summary: "Nothing listens on the SMTP server's port",
      fix: "Check smtp_port, and that the SMTP service is up.",
    },
  ],
  [
    /did not properly respond|timed? ?out|unreachable|no route/i,
    {
      kind: "unreachable",
      summary: "UiPath cannot reach the SMTP server: its packets get no answer",
      fix: "Let UiPath's addresses through to the server and port. UiPath cloud sends from UiPath's own addresses, an installation of your own from its servers; port 465 with enable_ssl = false ends like this too.",
    },
  ],
  [
    /certificate/i,
    {
      kind: "certificate",
      summary: "UiPath does not trust the SMTP server's certificate",
      fix: "The server needs a certificate of a well-known authority for the very name in smtp_host; in an installation of your own, the authority can be installed in the operating system.",
    },
  ],
  [
    /must issue (?:a )?starttls|\b(?:530|538)\b.*(?:tls|encrypt)|encryption required/i,
    {
      kind: "tls-required",
      summary: "The SMTP server wants TLS before anything else",
      fix: "Set enable_ssl = true: on 587 that is STARTTLS.",
    },
  ],
  [
    /ssl or tls connection|handshake|does not support secure/i,
    {
      kind: "security-mismatch",
      summary: "UiPath and the SMTP server do not agree on encryption",
      fix: "Use 587 with enable_ssl = true (STARTTLS), or 465 with enable_ssl = true (TLS from the first byte).",
    },
  ],
  [
    /\b535\b|5\.7\.8|not authenticated|authentication (?:required|failed|unsuccessful)|\b530\b|5\.7\.30/i,
    {
      kind: "login-refused",
      summary: "The SMTP server refuses the login, or wants one",
      fix: "Check username and password_wo; raise password_wo_version so that UiPath gets the password again. Gmail wants an app password, Microsoft 365 gives this login up. A server that wants TLS first says the same: enable_ssl = true.",
    },
  ],
  [
    /\b55\d\b|relay|mailbox unavailable|recipient|5\.1\.1/i,
    {
      kind: "receiver-refused",
      summary: "The SMTP server does not take the test mail",
      fix: "Check the receiver's address, and that the login may send as sender_address.",
    },
  ],
];

/** The remedy for what UiPath reports of a failed test. */
export function testRemedy(words: string): TestRemedy {
  return (
    REMEDIES.find(([pattern]) => pattern.test(words))?.[1] ?? {
      kind: "failed",
      summary: "UiPath could not send its test mail",
      fix: "See the answer; the direct test of the same server usually says more.",
    }
  );
}
