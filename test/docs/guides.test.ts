import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { commandList } from "../../lib/cli/command-list";
import * as library from "../../lib";
import { rules } from "../../lib/policy/rules";
import { outboundProvider } from "../../lib/provider/definition";
import type { Attribute } from "../../lib/terraform-plugin/schema";
import { guides } from "../../scripts/docs/guides";
import type { Place, Prose } from "../../scripts/docs/guides/place";

const ROOT = join(__dirname, "../..");
const schemas = new Map(
  [...outboundProvider.resources, ...outboundProvider.dataSources].map(({ handler }) => [
    handler.schema.type,
    handler.schema.attributes as Readonly<Record<string, Attribute>>,
  ]),
);
const sources = (readdirSync(join(ROOT, "lib"), { recursive: true }) as string[])
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(join(ROOT, "lib", name), "utf8"));

const placesIn = (prose: Prose): readonly Place[] => prose.filter((part) => typeof part !== "string");
const statements = guides.flatMap(({ id, statements: all }) =>
  all.map((statement, index) => [`${id}.${index + 1}`, statement] as const),
);
const places = statements.flatMap(([id, { here }]) => placesIn(here).map((place) => [id, place] as const));

/** Undefined when it is there, else what is missing. */
async function missing(place: Place): Promise<string | undefined> {
  const unless = (found: unknown, what: string) => (found ? undefined : `there is no ${what}`);
  switch (place.kind) {
    case "type":
      return unless(schemas.has(place.type), place.type);
    case "attribute":
      return unless(schemas.get(place.type)?.[place.name], `${place.name} in ${place.type}`);
    case "rule":
      return unless(
        rules.some(({ id }) => id === place.id),
        `rule ${place.id}`,
      );
    case "problem": {
      const [, own] = place.code.split("/");
      return unless(
        sources.some((text) => text.includes(`"${place.code}"`) || text.includes(`"${own}"`)),
        place.code,
      );
    }
    case "construct": {
      const [name, member] = place.name.split(".") as [string, string?];
      const exported = (library as unknown as Record<string, { prototype: object } & Record<string, unknown>>)[name];
      const found = member === undefined ? exported : exported && (member in exported || member in exported.prototype);
      return unless(found, place.name);
    }
    case "command":
      return missingCommand(place.command, place.option);
    case "page": {
      const [path, anchor] = place.path.split("#") as [string, string?];
      const file = join(ROOT, "docs", path);
      if (!existsSync(file)) return `there is no page ${path}`;
      return unless(anchor === undefined || anchorsOf(readFileSync(file, "utf8")).includes(anchor), place.path);
    }
  }
}

async function missingCommand(name: string, option: string | undefined): Promise<string | undefined> {
  const listed = commandList.find((one) => one.name === name);
  if (listed === undefined) return `there is no command ${name}`;
  if (option === undefined) return undefined;
  const described = new Command(name);
  (await listed.load())(described, undefined as never);
  return described.options.some(({ long }) => long === option) ? undefined : `outbound ${name} has no ${option}`;
}

/** As GitHub makes them. */
const anchorsOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

it.each(places)("what %s points to is there: %j", async (_, place) => {
  expect(await missing(place)).toBeUndefined();
});

it("finds what is not there", async () => {
  expect(await missing({ kind: "attribute", type: "outbound_ovh_vrops_flow", name: "prot" })).toBeDefined();
  expect(await missing({ kind: "type", type: "outbound_ovh_flow" })).toBeDefined();
  expect(await missing({ kind: "rule", id: "tls" })).toBeDefined();
  expect(await missing({ kind: "problem", code: "vrops/never-said" })).toBeDefined();
  expect(await missing({ kind: "construct", name: "AlertMail.testBeforeDeploy" })).toBeDefined();
  expect(await missing({ kind: "command", command: "probe", option: "--nonsense" })).toBeDefined();
  expect(await missing({ kind: "page", path: "vrops.md#nowhere", title: "" })).toBeDefined();
});

it.each(statements)("%s says where it is expressed, or that it is out of scope and why", (_, { here, outOfScope }) => {
  expect(placesIn(here).length).toBeGreaterThan(0);
  const text = here.filter((part) => typeof part === "string").join("");
  expect(text.startsWith("Out of scope: ")).toBe(outOfScope === true);
});

const NOTES = join(ROOT, "../shared/reference/guides.md");

it("has a row for every statement of the guides, in their order", () => {
  if (!existsSync(NOTES)) {
    // The rows themselves are held by the other tests.
    console.warn(`not compared with the guides: ${NOTES} is not there`);
    expect(statements.length).toBeGreaterThan(40);
    return;
  }
  const noted = [...readFileSync(NOTES, "utf8").matchAll(/^\| (S\d\.\d+) \|/gm)].map(([, id]) => id);
  expect(noted.length).toBeGreaterThan(40);
  expect(statements.map(([id]) => id)).toEqual(noted);
});
