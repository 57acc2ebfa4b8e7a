import type { Entry } from "../../lib/reconcile/detection";
import { Managed } from "../../lib/reconcile/other-stacks";
import type { StackConfig } from "../../lib/reconcile/stack-config";
import { realmOfSettings } from "../../lib/systems/kit/settings-resolution";
import { defineSettings } from "../../lib/systems/kit/settings";
import type { Runtime, System } from "../../lib/systems/kit/system";
import { string } from "../../lib/terraform-plugin/schema";

const TYPE = "outbound_acme_rule";
const acme = {
  name: "acme",
  title: "Acme",
  resources: [{ schema: { type: TYPE } }],
  settings: defineSettings({
    attributes: { url: string("optional", { description: "Where." }) },
    environment: { url: "ACME_URL" },
    required: ["url"],
    realm: { settings: ["url"], place: ({ url }) => (url === null ? undefined : [url]) },
  }),
} as unknown as System;
const runtime = { environment: {}, readFile: () => undefined } as unknown as Runtime;
const URLS: Readonly<Record<string, string>> = { "": "https://one.example.com", b: "https://two.example.com" };
const config = {
  aliases: ["", "b"],
  // An address ends with the alias that its resource has; what ends with a question mark is declared no longer.
  declaredAlias: (address: string) => (address.endsWith("?") ? undefined : address.split("@")[1]),
  settings: (alias: string) => ({ known: { url: URLS[alias]! } }),
} as unknown as StackConfig;

const entry = (address: string, id?: string, bucket: Entry["bucket"] = "in-sync"): Entry => ({
  bucket,
  type: TYPE,
  kind: "rule",
  address,
  ...(id === undefined ? {} : { id }),
});
const place = (alias: string) => realmOfSettings(acme, { url: URLS[alias]! }, runtime)!;
const managed = (...entries: Entry[]) => new Managed(entries, config, [acme], runtime);

it("has an object in the place that its provider configuration leads to, and in no other", () => {
  const some = managed(entry("r@", "7"), entry("s@b", "8"));
  expect(some.has(place(""), `${TYPE} 7`)).toBe(true);
  expect(some.has(place("b"), `${TYPE} 7`)).toBe(false);
  expect(some.has(place("b"), `${TYPE} 8`)).toBe(true);
});

it("has what is declared no longer wherever it may have been", () => {
  const some = managed(entry("r?", "7"));
  expect(["", "b"].map((alias) => some.has(place(alias), `${TYPE} 7`))).toEqual([true, true]);
});

it("may have more where it declares what nobody could see", () => {
  expect(managed(entry("r@", "7", "unknown")).mayHaveMore(TYPE)).toBe(false);
  expect(managed(entry("r@", undefined, "unknown")).mayHaveMore(TYPE)).toBe(true);
  expect(managed(entry("r@", undefined, "unknown")).mayHaveMore("outbound_other")).toBe(false);
  expect(managed({ bucket: "unknown", type: "", kind: "stack", name: "x" }).mayHaveMore(TYPE)).toBe(true);
  // What is not deployed yet has no object.
  expect(managed(entry("r@", undefined, "missing")).mayHaveMore(TYPE)).toBe(false);
});
