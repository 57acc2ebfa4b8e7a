import {
  kindOf,
  type Stage,
  ARRIVAL,
  AUTH,
  BANNER,
  BLOCK_LISTS,
  CONFIG,
  DATA,
  DKIM,
  DMARC,
  DNS,
  EHLO,
  EHLO_TLS,
  MAIL,
  PTR,
  SPF,
  TCP,
  TLS,
} from "../stage/stage";

/** One way in which a diagnosis can end, for scripts and pipelines. */
export interface MailExit {
  readonly code: number;
  /**
   * The stages whose failure it reports, as named in `stage.ts`; `RCPT` for any receiver; empty for what is no stage.
   */
  readonly stages: readonly string[];
  readonly meaning: string;
}

/** The exit codes of `outbound probe` and `outbound send`, by the first stage that failed. They are stable. */
export const MAIL_EXITS = {
  ok: { code: 0, stages: [], meaning: "every stage passed; there may be warnings" },
  unforeseen: { code: 1, stages: [], meaning: "something that was not foreseen" },
  usage: { code: 2, stages: [], meaning: "the command line is wrong; nothing was done" },
  config: { code: 10, stages: [CONFIG], meaning: "the settings cannot be used: a password, value or file is missing" },
  dns: { code: 11, stages: [DNS, "MX"], meaning: "the server's name was not found" },
  tcp: { code: 12, stages: [TCP], meaning: "no connection to the server" },
  banner: { code: 13, stages: [BANNER], meaning: "the server did not greet as an SMTP server" },
  ehlo: { code: 14, stages: [EHLO, EHLO_TLS], meaning: "the server refused EHLO" },
  tls: { code: 15, stages: [TLS], meaning: "no encryption as it was asked for, or a certificate that is not trusted" },
  auth: { code: 16, stages: [AUTH], meaning: "the login failed" },
  mail: { code: 17, stages: [MAIL], meaning: "the sender was refused" },
  everyReceiver: { code: 18, stages: ["RCPT"], meaning: "every receiver was refused" },
  someReceivers: { code: 19, stages: ["RCPT"], meaning: "some receivers were refused, others not" },
  data: { code: 20, stages: [DATA], meaning: "the message was refused" },
  platform: { code: 21, stages: ["platform test"], meaning: "a platform's own test failed" },
  arrival: { code: 22, stages: [ARRIVAL], meaning: "the message was not found in the mailbox" },
  alignment: {
    code: 23,
    stages: [SPF, DKIM, DMARC, PTR, BLOCK_LISTS],
    meaning: "a required check of the sender's domain failed",
  },
  unknown: {
    code: 24,
    stages: [DATA],
    meaning: "the connection broke after the message: it may have been sent or not",
  },
  interrupted: { code: 130, stages: [], meaning: "stopped by Ctrl-C or SIGTERM; what was seen so far is printed" },
} as const satisfies Readonly<Record<string, MailExit>>;

export type MailExitCode = (typeof MAIL_EXITS)[keyof typeof MAIL_EXITS]["code"];

/** In order of their codes, `interrupted` last. */
export const mailExits: readonly MailExit[] = Object.values(MAIL_EXITS);

/** The exit code of a diagnosis: that of the first stage that failed. */
export function exitCodeOf({ stages }: { readonly stages: readonly Stage[] }): MailExitCode {
  const failed = stages.find(({ status }) => status === "failed");
  if (failed === undefined) return MAIL_EXITS.ok.code;
  if (failed.problem?.code === "mail/effect-unknown") return MAIL_EXITS.unknown.code;
  if (isReceiver(failed)) {
    const some = stages.some((stage) => isReceiver(stage) && (stage.status === "passed" || stage.status === "warning"));
    return some ? MAIL_EXITS.someReceivers.code : MAIL_EXITS.everyReceiver.code;
  }
  const exit = mailExits.find((one) => one.stages.includes(kindOf(failed)));
  return (exit?.code as MailExitCode | undefined) ?? MAIL_EXITS.unforeseen.code;
}

const isReceiver = (stage: Stage) => kindOf(stage) === "RCPT";

/** The table as lines of text, for `--help`. */
export function renderMailExits(): string {
  const lines = mailExits.map(({ code, stages, meaning }) => {
    const where = stages.length === 0 ? "" : `${stages.join(", ")}: `;
    return `  ${String(code).padEnd(3)}  ${where}${meaning}`;
  });
  return ["Exit codes, by the first stage that failed:", ...lines].join("\n");
}
