import type { StateOf } from "../../terraform-plugin/schema";
import type { AlignmentCheck } from "../alignment/alignment";
import type { ImapMailbox } from "../imap/mailbox";
import type { Mechanism } from "../smtp/login";
import type { AlignmentOptions } from "../diagnosis/stages/sender-alignment";
import type { ConnectionSecurity } from "../../core/topology";
import type { Target } from "../smtp/target";
import { receiverAmong } from "./imap-checks";
import { imapPort, type ImapValues } from "./imap.schema";
import type { smtpProbeSchema } from "./smtp-probe.schema";
import type { testEmailSchema } from "./test-email.schema";

/** What the attributes of a test or a probe mean; validated, defaults filled in. */

type Probe = StateOf<typeof smtpProbeSchema>;
type Test = Pick<StateOf<typeof testEmailSchema>, "to"> & {
  readonly imap: ImapValues | null;
  /** Actions have none. */
  readonly more_mailboxes?: readonly ImapValues[] | null;
};
type Server = Omit<Probe, "password_environment" | "to" | keyof Outcome> & { readonly to: readonly string[] | null };
type Outcome = Pick<
  Probe,
  "ok" | "verdict" | "stages" | "receivers" | "certificate_valid_from" | "certificate_expires_at"
>;

/** The server and the login. */
export function targetOf(declared: Server, password: string | null | undefined): Target {
  const { username, auth_mechanism: mechanism } = declared;
  const login = username === null ? undefined : { username, password: password ?? "" };
  return {
    host: declared.smtp_host,
    port: declared.smtp_port,
    security: declared.security as ConnectionSecurity,
    ...(login && { login: { ...login, ...(mechanism === null ? {} : { mechanism: mechanism as Mechanism }) } }),
    ...(declared.ca_certificate === null ? {} : { ca: declared.ca_certificate }),
    ...(declared.declared_flows === null ? {} : { declaredFlows: declared.declared_flows }),
    ...(declared.dns_servers === null ? {} : { dnsServers: declared.dns_servers }),
    from: declared.from_address,
    to: declared.to ?? [],
    timeoutMs: declared.timeout_seconds * 1000,
  };
}

/** The secrets of each mailbox; null where they are missing. */
interface MailboxSecrets {
  readonly imap: string | null;
  readonly more?: readonly (string | null)[] | undefined;
}

/** The mailboxes of the receivers, that of `imap` first; empty when none is declared. */
export function mailboxesOf(
  { imap, more_mailboxes: more, to }: Test,
  passwords: MailboxSecrets,
): readonly ImapMailbox[] {
  const first = imap === null ? [] : [mailbox("imap", imap, to, passwords.imap ?? "")];
  const others = (more ?? []).map((one, index) =>
    mailbox(`more_mailboxes[${index}]`, one, to, passwords.more?.[index] ?? ""),
  );
  return [...first, ...others];
}

function mailbox(setting: string, imap: ImapValues, to: readonly string[], password: string): ImapMailbox {
  return {
    setting,
    host: imap.host,
    port: imap.port ?? imapPort(imap.security),
    security: imap.security as ConnectionSecurity,
    username: imap.username,
    password,
    accessToken: imap.access_token,
    ...(imap.ca_certificate === null ? {} : { ca: imap.ca_certificate }),
    folder: imap.folder,
    // Validated: there is one receiver, or the owner is named.
    receiver: imap.receiver === null ? to[0]! : (receiverAmong(to, imap.receiver) ?? imap.receiver),
    waitMs: imap.wait_seconds * 1000,
    remove: imap.remove,
  };
}

/** What to find out about the sender's domain; undefined when nothing is requested. */
export function senderAlignmentOf({ alignment }: Pick<Probe, "alignment">): AlignmentOptions | undefined {
  if (alignment === null) return undefined;
  const { source_ips: sourceIps, block_lists: blockLists, dkim_selectors: selectors, require } = alignment;
  return {
    ...(sourceIps === null ? {} : { sourceIps }),
    ...(blockLists === null ? {} : { blockLists }),
    ...(selectors === null ? {} : { selectors }),
    require: (require ?? []) as AlignmentCheck[],
  };
}
