import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Remedy } from "../../../../lib/mail/stage/remedy";
import { allRemedies, remedyTables } from "../../../../lib/mail/diagnosis/remedies";
import { STAGES } from "../../../../lib/mail/stage/stage-facts";
import * as stage from "../../../../lib/mail/stage/stage";

const mail = resolve(__dirname, "../../../../lib/mail");
const sources = readdirSync(mail, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
const isTable = (path: string) =>
  /\/remedies\/(?!index)[\w-]+\.ts$/.test(path) || /^(.+\.)?remedies\.ts$/.test(basename(path));

const capitalised = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
const sentences = (text: string) => text.split(/(?<=[.?!])\s+(?=\S)/);

it("gives every row a code of its own", () => {
  const codes = allRemedies.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

describe.each(allRemedies.map((remedy) => [remedy.code, remedy] as const))("%s", (code, remedy) => {
  it("is stable to write", () => expect(code).toMatch(/^mail\/[a-z0-9]+(-[a-z0-9]+)*$/));

  it("names stages that exist, each once", () => {
    const known = STAGES.map(({ name }) => name);
    expect(remedy.stages.length).toBeGreaterThan(0);
    expect(remedy.stages.filter((name) => !known.includes(name))).toEqual([]);
    expect(new Set(remedy.stages).size).toBe(remedy.stages.length);
  });

  it("says what happened on one line, without a full stop", () => {
    expect(remedy.summary.trim()).not.toBe("");
    expect(remedy.summary).not.toMatch(/[.\n\r]$|[\n\r]/);
  });

  it("says what to do in one sentence or two", () => {
    // What another problem's row says, or what may be left out, is put into the braces.
    const own = capitalised(remedy.fix.replace(/^\{suggestion\}| ?\{remedy\}/g, ""));
    expect(own).toMatch(/[.?]$/);
    expect(sentences(own).length).toBeLessThanOrEqual(2);
    expect(own).toMatch(DOING);
  });
});

/** How a sentence begins that tells somebody what to do. */
const VERBS =
  "Add Ask Believe Check Compare Correct Create Declare Delete Do Enable Find Get Give Have Leave Let Log Look Make Name Open Plan " +
  "Publish Put Raise Read Remove Renew Repair Replace Run See Send Set Shorten Sign Take Test Try Turn Use Write";
const DOING = new RegExp(`^(Temporary: \\w|(${VERBS.replace(/ /g, "|")})\\b)`);

it("lists every table there is", async () => {
  const listed = new Set<Remedy>(allRemedies);
  const tables = sources.filter(isTable);
  expect(tables.length).toBeGreaterThanOrEqual(Object.keys(remedyTables).length);
  for (const path of tables) {
    const exported = Object.values((await import(join(mail, path))) as Record<string, Record<string, Remedy>>);
    const rows = exported.filter((value) => typeof value === "object").flatMap((table) => Object.values(table));
    expect(rows.filter((row) => !listed.has(row)).map(({ code }) => `${path}: ${code}`)).toEqual([]);
  }
});

it("leaves nothing to be said by a code that is in no table", () => {
  // What is wrong with an attribute is found before there are stages.
  const isOfAttributes = (path: string) => /^resource\/(.*-)?errors\.ts$/.test(path);
  const known = new Set<string>(allRemedies.map(({ code }) => code));
  const strays = sources
    .filter((path) => !isTable(path) && !isOfAttributes(path))
    .flatMap((path) =>
      [
        ...readFileSync(join(mail, path), "utf8").matchAll(
          /code: ["'`](mail\/[^"'`]*)|(?<=["'])(mail\/[\w-]+)(?=["'])/g,
        ),
      ]
        .map(([, made, named]) => made ?? named!)
        .filter((code) => !known.has(code))
        .map((code) => `${path}: ${code}`),
    );
  expect(strays).toEqual(["stage/remedy.ts: mail/${string}", "diagnosis/refusals/explain.ts: mail/${id}"]);
});

it("knows every stage, in the order in which they happen", () => {
  const { CONFIG, DNS, TCP, BANNER, EHLO, TLS, EHLO_TLS, AUTH, MAIL, DATA, ARRIVAL, SPF, DKIM, DMARC } = stage;
  const inOrder = STAGES.map(({ name }) => name);
  const order = [CONFIG, DNS, TCP, BANNER, EHLO, TLS, EHLO_TLS, AUTH, MAIL, "RCPT", DATA, ARRIVAL, SPF, DKIM, DMARC];
  expect(inOrder.filter((name) => order.includes(name))).toEqual(order);
  const constants = Object.values(stage).filter((value) => typeof value === "string");
  expect(constants.filter((name) => !inOrder.includes(name))).toEqual([]);
});
