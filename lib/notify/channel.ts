import { ProblemError } from "../core/problem";
import { badVariable, unknownChannel, unusableUrl, urlInOption, variableMissing, variableNotNamed } from "./errors";
import { whyUnusable } from "./secret-url";

/**
 * A channel by which somebody is notified. One with a URL names the environment variable that holds it, because the URL
 * is a secret.
 */
export type NotificationChannel =
  | { readonly kind: UrlChannel; readonly variable: string }
  /** An issue on the forge on which this job runs. */
  | { readonly kind: "issue" }
  /** Mail by the second relay that the stack declares. */
  | { readonly kind: "mail" };

export type UrlChannel = (typeof URL_WAYS)[number];

const URL_WAYS = ["webhook", "slack", "teams", "heartbeat"] as const;

/** Every kind of channel, as it is written on the command line. */
const wayKinds: readonly NotificationChannel["kind"][] = [...URL_WAYS, "issue", "mail"];

type Environment = Readonly<Record<string, string | undefined>>;

/** "slack=SLACK_URL", "issue" */
export const nameOf = (channel: NotificationChannel): string =>
  "variable" in channel ? `${channel.kind}=${channel.variable}` : channel.kind;

/**
 * Reads a channel as it is written on the command line: `slack=SLACK_URL`, `issue`.
 *
 * @param nearest suggests the word that was probably meant
 * @throws ProblemError `notify/url-given`, `notify/unknown-way`, `notify/variable-not-named`, `notify/bad-variable`,
 * `notify/variable-missing`, `notify/unusable-url`; none shows a value, which may be a secret
 */
export function readChannel(
  text: string,
  environment: Environment,
  nearest: (word: string, candidates: readonly string[]) => string | undefined,
): NotificationChannel {
  const equals = text.indexOf("=");
  const kind = equals < 0 ? text : text.slice(0, equals);
  const variable = equals < 0 ? undefined : text.slice(equals + 1);
  if (text.includes("://")) throw new ProblemError(urlInOption());
  if ((kind === "issue" || kind === "mail") && variable === undefined) return { kind };
  const known = URL_WAYS.find((one) => one === kind);
  if (known === undefined) throw new ProblemError(unknownChannel(kind, nearest(kind, wayKinds)));
  if (!variable) throw new ProblemError(variableNotNamed(known));
  if (!/^[A-Za-z_]\w*$/.test(variable)) throw new ProblemError(badVariable(known));
  const value = environment[variable];
  if (!value) throw new ProblemError(variableMissing(known, variable));
  const why = whyUnusable(value);
  if (why !== undefined) throw new ProblemError(unusableUrl(variable, why));
  return { kind: known, variable };
}
