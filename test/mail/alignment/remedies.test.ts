import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { alignment } from "../../../lib/mail/alignment/remedies";
import { sendingAddress } from "../../../lib/mail/alignment/sending-address.remedies";

const read = (folder: string, name: string) => readFileSync(join(folder, name), "utf8");
const room = resolve(__dirname, "../../../lib/mail/alignment");
const sources = readdirSync(room).filter((name) => name.endsWith(".ts"));
const tests = readdirSync(__dirname).filter((name) => name.endsWith(".test.ts") && name !== "remedies.test.ts");

it.each(Object.entries({ ...alignment, ...sendingAddress }))(
  "%s is said by this room, and expected by one of its tests",
  (name, { code }) => {
    const said = sources.filter((source) => read(room, source).includes(`remedies.${name}`));
    expect(said).not.toEqual([]);
    const short = code.slice("mail/".length);
    const expected = tests.filter((test) => new RegExp(`["/]${short}"`).test(read(__dirname, test)));
    expect(expected).not.toEqual([]);
  },
);

it("loads mailauth only when a sender is judged: it takes longer than the provider's start", () => {
  const atOnce = /^(?:import|export) (?!type\b)[^;]*from "(mailauth[^"]*|tldts|\.\/evaluators)"/m;
  const loading = sources.filter((name) => name !== "evaluators.ts" && atOnce.test(read(room, name)));
  expect(loading).toEqual([]);
  expect(read(room, "evaluators.ts")).toMatch(atOnce);
});

it("takes of mailauth what evaluates, and nothing that fetches", () => {
  const parts = [...read(room, "evaluators.ts").matchAll(/from "([^"]+)"/g)].map(([, part]) => part);
  expect(parts.sort()).toEqual(["dkim/body", "dkim/verify", "dmarc", "spf"].map((part) => `mailauth/lib/${part}`));
});
