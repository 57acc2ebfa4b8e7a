import type { Example, Row } from "../../../../lib/mail/diagnosis/refusals/row";

/** The same reply as other servers, other addresses and other days would have it. */

export type Random = () => number;

/** Repeatable: a failure can be looked at again. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

/** Among them words that decide nothing where they are a name. */
const HOSTS = [
  "relay.example.net",
  "spam-filter.example.org",
  "auth.starttls.example.com",
  "blocked.example.net",
  "mail7.quota.example.org",
  "spf-dkim-dmarc.example.com",
  "unknown-user.example.net",
  "greylist.example.org",
];
const USERS = ["relay", "unknown.user", "spam", "password", "quota.full", "dmarc", "starttls", "a.b+c"];
const IDS = ["4fb4d7f45d1cf", "0a1b2c3d4e5f6", "9be81aa77dd20"];

export type Variation = (said: string, random: Random) => string;

const address = (random: Random) => [0, 0, 0].reduce((ip) => `${ip}.${1 + Math.floor(random() * 250)}`, "198");

export const VARIATIONS: Readonly<Record<string, Variation>> = {
  "other addresses of mailboxes": (said, random) =>
    said.replace(/[a-z0-9.+-]+@[a-z0-9.-]+/gi, () => `${pick(random, USERS)}@${pick(random, HOSTS)}`),
  "other hosts": (said, random) =>
    said.replace(/(?<![@/\w.])(?:[a-z0-9-]+\.)+(?:example\.(?:com|net|org)|outlook\.com)\b/gi, () =>
      pick(random, HOSTS),
    ),
  "other IP addresses": (said, random) =>
    said.replace(/\b(?:192\.0\.2|203\.0\.113|198\.51\.100)\.\d+\b/g, () =>
      random() < 0.3 ? "2001:db8::1f" : address(random),
    ),
  "other ids": (said, random) => said.replace(/\b(4fb4d7f45d1cf|[0-9A-F]{10,16})\b/g, () => pick(random, IDS)),
  "upper case": (said) => said.toUpperCase(),
  "lower case": (said) => said.toLowerCase(),
  "one line": (said) => rewrapped(said, () => false),
  "other line ends": (said, random) => rewrapped(said, () => random() < 0.25),
  "a link behind it": (said, random) => `${said} https://${pick(random, HOSTS)}/relay/denied?spam=greylisted`,
  "the server's name behind it": (said, random) => `${said} [${pick(random, HOSTS)}]`,
};

const PREFIX = /^(\d{3})[ -](?:([245]\.\d{1,3}\.\d{1,3})(?:\s+|$))?/;

/** The words of the reply, broken into lines elsewhere. */
function rewrapped(said: string, breakHere: () => boolean): string {
  const lines = said.split("\n");
  const [, code = "", enhanced] = PREFIX.exec(lines[0]!) ?? [];
  const words = lines
    .map((line) => line.replace(PREFIX, ""))
    .join(" ")
    .split(/\s+/);
  const texts = words.reduce<string[]>((all, word, index) => {
    if (index === 0 || breakHere()) return [...all, word];
    return [...all.slice(0, -1), `${all.at(-1)!} ${word}`];
  }, []);
  const prefix = enhanced === undefined ? "" : `${enhanced} `;
  return texts.map((text, index) => `${code}${index === texts.length - 1 ? " " : "-"}${prefix}${text}`).join("\n");
}

/** Only the words are left; undefined where there is no code to leave out, or the code is what tells. */
export function withoutEnhanced(row: Row, { said }: Example): string | undefined {
  const lines = said.split("\n");
  if (row.when.words === undefined || row.when.enhanced !== undefined || PREFIX.exec(lines[0]!)?.[2] === undefined) {
    return undefined;
  }
  return lines.map((line) => line.replace(PREFIX, (_, code: string) => `${code}${line[3]}`)).join("\n");
}

/** With the vaguest code of its class. */
export function withVagueEnhanced(row: Row, { said }: Example): string | undefined {
  const lines = said.split("\n");
  if (row.when.words === undefined || row.when.enhanced !== undefined) return undefined;
  if (lines.some((line) => /[45]\.\d{1,3}\.\d/.test(line))) return undefined;
  return lines.map((line) => `${line.slice(0, 4)}${line[0]}.7.1 ${line.slice(4)}`).join("\n");
}
