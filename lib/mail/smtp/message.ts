import { domainPart } from "../../core/mail-address";
import { SECURITY_TITLES } from "../wire/security";
import type { Target } from "./target";

export interface MessageFacts {
  readonly id: string;
  readonly sentAt: number;
  /** The text between `[TEST]` and the id. */
  readonly subject: string;
  readonly target: Target;
  readonly platforms: readonly string[];
  readonly deployment: string | undefined;
}

/** "2026-11-21 22:17:01 UTC" */
function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Writes a mail that explains itself to readers who have never heard of the test. */
export function writeMessage(facts: MessageFacts): TestMessage {
  const { id, sentAt, target, deployment } = facts;
  const domain = domainPart(target.from);
  const when = utc(sentAt);
  return {
    id,
    date: new Date(sentAt),
    from: target.from,
    messageId: `<outbound-test.${id}@${domain}>`,
    subject: `[TEST] ${facts.subject} (${id}, ${when})`,
    text: body(facts, when),
    headers: {
      // RFC 3834: keeps out-of-office replies and other robots from answering.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "X-Outbound-Test": id,
      ...(deployment === undefined ? {} : { "X-Outbound-Deployment": deployment }),
    },
  };
}

function body({ id, target, platforms, deployment }: MessageFacts, when: string): string {
  const login = target.login ? `, logged in as ${target.login.username}` : "";
  const facts: [string, string][] = [
    ["Test id", id],
    ["Sent at", when],
    ["Sent by", "the post-deploy test of cdktf-provider-outbound"],
    ["Deployment", deployment ?? "not named (set OUTBOUND_DEPLOYMENT to name it here)"],
    ["Through", `${target.host}:${target.port}, ${SECURITY_TITLES[target.security]}${login}`],
    ["From", target.from],
    ["To", target.to.join(", ")],
    ...(platforms.length === 0 ? [] : [["Also asked", platforms.join(", ")] as [string, string]]),
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return [
    "This is a test. No alert was raised, and nothing is broken.",
    "",
    "The set-up of alert mail was changed, and this message proves that mail",
    "sent with the new settings arrives where you read it.",
    "",
    ...facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    "",
    "What to do:",
    "- If you are to get alerts at this address: nothing. You may delete this message.",
    "- If it landed in the junk folder: mark it as no junk, or alerts will land there too.",
    "- If you should not get alerts: tell whoever runs the deployment named above; they",
    "  find this address in the list of receivers.",
    "",
  ].join("\r\n");
}

/** The words of the test mail, before they are encoded. */
export interface TestMessage {
  readonly id: string;
  readonly messageId: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly date: Date;
}
