import type { SYSTEM_KEYS } from "./keys";

/** A mail setting, independent of its key in either store. The password is handled separately. */
export type MailKey = Exclude<keyof typeof SYSTEM_KEYS, "password">;
export type MailValues = ReadonlyMap<MailKey, string>;

/** The settings that both mail resources declare. */
export interface DeclaredMail {
  smtp_host: string | null;
  smtp_port: number | null;
  domain: string | null;
  username: string | null;
  enable_ssl: boolean;
  use_default_credentials: boolean;
  sender_address: string | null;
  sender_name: string | null;
}

/** The attribute of each setting. */
export const ATTRIBUTES: Readonly<Record<MailKey | "password", string>> = {
  host: "smtp_host",
  port: "smtp_port",
  username: "username",
  password: "password_wo",
  domain: "domain",
  enableSsl: "enable_ssl",
  useDefaultCredentials: "use_default_credentials",
  senderAddress: "sender_address",
  senderName: "sender_name",
  connectionTimeout: "connection_timeout_ms",
};

/** The settings that go into one request; UiPath requires this for the Identity service, and elsewhere it does no harm. */
export const TOGETHER: readonly MailKey[] = ["host", "port", "senderAddress"];

/** The declared settings as text, which all values are there. An empty text means "not set" to UiPath. */
export function declaredValues(declared: DeclaredMail): Map<MailKey, string> {
  return new Map<MailKey, string>([
    ["host", declared.smtp_host ?? ""],
    ["port", declared.smtp_port === null ? "" : String(declared.smtp_port)],
    ["username", declared.username ?? ""],
    ["domain", declared.domain ?? ""],
    ["enableSsl", String(declared.enable_ssl)],
    ["useDefaultCredentials", String(declared.use_default_credentials)],
    ["senderAddress", declared.sender_address ?? ""],
    ["senderName", declared.sender_name ?? ""],
  ]);
}

/** The settings of UiPath as attributes. */
export function declaredOf(values: MailValues): DeclaredMail {
  const text = (key: MailKey) => values.get(key) || null;
  return {
    smtp_host: text("host"),
    smtp_port: numberOrNull(text("port")),
    domain: text("domain"),
    username: text("username"),
    enable_ssl: isTrue(values.get("enableSsl")),
    use_default_credentials: isTrue(values.get("useDefaultCredentials")),
    sender_address: text("senderAddress"),
    sender_name: text("senderName"),
  };
}

/** The settings that differ from the declared ones. */
export function differing(current: MailValues, declared: MailValues): MailKey[] {
  return [...declared].filter(([key, value]) => !same(key, current.get(key) ?? "", value)).map(([key]) => key);
}

/** The differences for people: `smtp_port is "25", declared "587"`. */
export function describeDifferences(current: MailValues, declared: MailValues): string[] {
  return differing(current, declared).map((key) => {
    const is = current.get(key) ?? "";
    return `${ATTRIBUTES[key]} is ${is === "" ? "not set" : JSON.stringify(is)}, declared ${JSON.stringify(declared.get(key))}`;
  });
}

/** Whether the settings are usable: with a server and a sender. A new installation has neither, or only a placeholder. */
export const isConfigured = (values: MailValues): boolean =>
  Boolean(values.get("host")) && Boolean(values.get("senderAddress"));

function same(key: MailKey, a: string, b: string): boolean {
  // Servers return lower case; some clients write "True".
  if (key === "enableSsl" || key === "useDefaultCredentials") return isTrue(a) === isTrue(b);
  return a === b;
}

export const isTrue = (text: string | null | undefined): boolean => text?.toLowerCase() === "true";

export function numberOrNull(text: string | null | undefined): number | null {
  const number = Number(text || NaN);
  return Number.isFinite(number) ? number : null;
}
