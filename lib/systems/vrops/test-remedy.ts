/** What a failed test means, in one summary and one remedy. */
export interface TestRemedy {
  /** Stable: part of the problem's code. */
  readonly kind: string;
  readonly summary: string;
  readonly fix: string;
}

/**
 * The first match wins: from what ends a connection early to what a server says late. The words are
 * those of the Java mail client inside vROps, and of SMTP servers (RFC 5321, RFC 3463).
 */
const REMEDIES: readonly (readonly [RegExp, TestRemedy])[] = [
  [
    /connect(?:ion)? timed out|connectexception.*timed? ?out|no route to host|network is unreachable/i,
    {
      kind: "unreachable",
      summary: "vROps cannot reach the SMTP server: its packets get no answer",
      fix: "Open the flow from the platform to the server's address and port (outbound_ovh_vrops_flow at OVHcloud), and allow the platform's public address in the SMTP server's firewall.",
    },
  ],
  [
    /unknownhost|unknown smtp host|name or service not known|getaddrinfo|nodename nor servname/i,
    {
      kind: "unknown-host",
      summary: "vROps cannot resolve the SMTP server's name",
      fix: "Check smtp_host for typing errors, and that the platform's DNS knows the name; an address works too.",
    },
  ],
  [
    /connection refused|econnrefused/i,
    {
      kind: "refused",
      summary: "Nothing listens on the SMTP server's port",
      fix: "Check smtp_port, and that the SMTP service is up.",
    },
  ],
  [
    /pkix|certification path|certificate|sslhandshake/i,
    {
      kind: "certificate",
      summary: "vROps does not trust the SMTP server's certificate",
      fix: "Set trusted_certificate_thumbprint to the server's thumbprint, after comparing it with the server's own. When it is set already, the certificate was renewed, or the flow was closed when the plugin was made: terraform apply -replace of the plugin looks at it again.",
    },
  ],
  [
    /unrecognized ssl message|plaintext connection|wrong version number|unsupported or unrecognized/i,
    {
      kind: "security-mismatch",
      summary: "vROps speaks TLS where the SMTP server speaks plaintext",
      fix: 'Use security = "starttls" (usual on 587), or the port of implicit TLS (465).',
    },
  ],
  [
    /starttls is required but|does not support starttls|starttls.*not (?:supported|available|offered)/i,
    {
      kind: "no-starttls",
      summary: "The SMTP server does not offer STARTTLS",
      fix: 'Use security = "tls" with the port of implicit TLS (465), or let the server offer STARTTLS.',
    },
  ],
  [
    /must issue (?:a )?starttls|\b(?:530|538)\b.*(?:tls|encrypt)|encryption required/i,
    {
      kind: "tls-required",
      summary: "The SMTP server wants TLS before anything else",
      fix: 'Use security = "starttls".',
    },
  ],
  [
    /\b535\b|5\.7\.8|authentication (?:failed|unsuccessful|credentials)|authenticationfailed|invalid login|bad credentials/i,
    {
      kind: "login-refused",
      summary: "The SMTP server refuses the login",
      fix: "Check username and password_wo; raise password_wo_version so that vROps gets the password again.",
    },
  ],
  [
    /\b530\b|authentication required|5\.5\.1 auth/i,
    {
      kind: "login-required",
      summary: "The SMTP server wants a login",
      fix: "Set username and password_wo.",
    },
  ],
  [
    /\b534\b|5\.7\.9|auth(?:entication)? mechanism|no authentication mechanisms/i,
    {
      kind: "no-common-mechanism",
      summary: "The SMTP server offers no login that vROps knows",
      fix: "Let the server offer AUTH PLAIN or LOGIN over TLS to this account; accounts with two factors need an application password.",
    },
  ],
  [
    /sender.*(?:reject|denied|refused|not (?:owned|allowed))|\b553\b|5\.1\.[78]|sendasdenied/i,
    {
      kind: "sender-refused",
      summary: "The SMTP server refuses the sender address",
      fix: "Use a sender_address that the login may send as.",
    },
  ],
  [
    /relay|\b55[014]\b|5\.7\.1|invalid addresses|recipient/i,
    {
      kind: "receiver-refused",
      summary: "The SMTP server refuses to pass the mail on to the receiver",
      fix: "Check the receiver's address; if the server refuses to relay, set username and password_wo, or let it relay for the platform's address.",
    },
  ],
  [
    /read timed out|greeting|timed? ?out/i,
    {
      kind: "silent",
      summary: "The SMTP server answers the connection but says nothing",
      fix: 'Port and security may not match: a server of implicit TLS (465) waits in silence for a client in plaintext. Use security = "tls" there, else look at the server.',
    },
  ],
];

/** The remedy for what vROps reports of a failed test. */
export function testRemedy(words: string): TestRemedy {
  return (
    REMEDIES.find(([pattern]) => pattern.test(words))?.[1] ?? {
      kind: "failed",
      summary: "vROps could not send its test mail",
      fix: "See the answer; the plugin's page under Outbound Settings and the vROps log say more.",
    }
  );
}
