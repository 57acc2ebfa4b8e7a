import { allRows, classify } from "../../../../lib/mail/diagnosis/refusals/engine";
import { REGISTERED_CODES } from "../../../../lib/mail/diagnosis/refusals/registry";
import type { Example, Row } from "../../../../lib/mail/diagnosis/refusals/row";
import { parseImapRefusal, parseRefusal } from "../../../../lib/mail/diagnosis/refusals/parsed-refusal";
import { seeded, VARIATIONS, withoutEnhanced, withVagueEnhanced } from "./variations";

const judge = (said: string, { at, situation }: Pick<Example, "at" | "situation">) => {
  const lines = said.split("\n");
  const heard = at === "IMAP" ? parseImapRefusal(said)! : parseRefusal(lines, Number(lines[0]!.slice(0, 3)));
  return classify(heard, { ...situation, stage: at });
};

const examples: readonly (readonly [Row, Example])[] = allRows.flatMap((row) =>
  row.examples.map((example) => [row, example] as const),
);

/** A mailbox's server means the same by other names. */
const causeOf = ({ cause }: Row, { at }: Example) => (at === "IMAP" ? (cause.ofMailbox ?? cause) : cause).id;

/** What was classified otherwise, so that one failure shows all of them. */
type Astray = readonly [said: string, wanted: string, found: string | undefined];

it("tells every example by its own row, and by no other", () => {
  const astray = examples.flatMap(([row, example]): Astray[] => {
    const found = judge(example.said, example)?.row.id;
    return found === row.id ? [] : [[`${example.at}: ${example.said}`, row.id, found]];
  });
  expect(astray).toEqual([]);
});

it("knows at least 250 replies of at least 25 servers and providers", () => {
  const servers = new Set(examples.map(([, { by }]) => by).filter((by) => !by.startsWith("RFC")));
  expect(examples.length).toBeGreaterThanOrEqual(250);
  expect(servers.size).toBeGreaterThanOrEqual(25);
});

describe("stays with its cause", () => {
  it.each(Object.entries(VARIATIONS))("with %s", (name, vary) => {
    const astray = examples.flatMap(([row, example], index): Astray[] => {
      // IMAP has no codes at the beginning of a line, and no lines that belong together.
      if (example.at === "IMAP" && name.includes("line")) return [];
      const random = seeded(index + name.length * 1_000);
      return [0, 1, 2].flatMap((): Astray[] => {
        const said = vary(example.said, random);
        const found = judge(said, example)?.cause.id;
        return found === causeOf(row, example) ? [] : [[`${example.at}: ${said}`, `${row.id}: ${row.cause.id}`, found]];
      });
    });
    expect(astray).toEqual([]);
  });

  it.each([
    ["without its enhanced code", withoutEnhanced],
    ["with a code that says nothing", withVagueEnhanced],
  ])("%s, where the words suffice", (_, vary) => {
    const varied = examples.flatMap(([row, example]) => {
      const said = example.at === "IMAP" ? undefined : vary(row, example);
      return said === undefined ? [] : [{ row, example, said }];
    });
    const astray = varied.flatMap(({ row, example, said }): Astray[] => {
      const found = judge(said, example)?.cause.id;
      return found === row.cause.id ? [] : [[`${example.at}: ${said}`, `${row.id}: ${row.cause.id}`, found]];
    });
    expect(varied.length).toBeGreaterThan(100);
    expect(astray).toEqual([]);
  });
});

it.each(REGISTERED_CODES)("takes $code for exactly what the registry says: $meaning", ({ code, cause, temporary }) => {
  const digits = code.slice(1);
  for (const at of ["MAIL", "RCPT", "DATA"] as const) {
    // 599 and 499 are nobody's: it is the enhanced code that tells.
    expect(judge(`599 5${digits}`, { at })?.cause.id).toBe(cause.id);
    expect(judge(`499 4${digits}`, { at })?.cause.id).toBe((temporary ?? cause).id);
  }
});

it("gives every row a name of its own, an example and words in lower case", () => {
  const ids = allRows.map(({ id }) => id);
  expect(ids).toHaveLength(new Set(ids).size);
  const registered = new Set(allRows.filter(({ id }) => /^[x45]\.\d/.test(id)));
  expect(allRows.filter((row) => row.examples.length === 0 && !registered.has(row)).map(({ id }) => id)).toEqual([]);
  const patterns = allRows.flatMap(({ when }) => [when.words, when.not]).filter((pattern) => pattern !== undefined);
  // Escapes such as \S and \W are no letters.
  expect(patterns.filter(({ source }) => /[A-Z]/.test(source.replace(/\\./g, "")))).toEqual([]);
});

it("names nobody: examples have the addresses and names that are reserved for them", () => {
  const ips = examples.flatMap(([, { said }]) => said.match(/\b(?!5\.|4\.)\d{1,3}(?:\.\d{1,3}){3}\b/g) ?? []);
  expect(ips.filter((ip) => !/^(192\.0\.2|198\.51\.100|203\.0\.113)\.|^4\.16\.55\.1$/.test(ip))).toEqual([]);
  const mailboxes = examples.flatMap(([, { said }]) => said.match(/[\w.+-]+@[\w.-]+\w/g) ?? []);
  expect(mailboxes.filter((mailbox) => !/@((vm\.)?example\.(com|net|org)|exmaple\.com)$/.test(mailbox))).toEqual([]);
});
