import { silentLogger } from "../../../lib/core/log";
import { Redactor } from "../../../lib/core/redaction";
import { connectSystem } from "../../../lib/systems/kit/connect";
import { systemBlock } from "../../../lib/systems/kit/http-settings";
import { EVERYWHERE } from "../../../lib/systems/kit/realm";
import { defineSettings, type SettingsWorld } from "../../../lib/systems/kit/settings";
import { isMentioned, resolveSettings } from "../../../lib/systems/kit/settings-resolution";
import type { Runtime } from "../../../lib/systems/kit/system";
import { string } from "../../../lib/terraform-plugin/schema";
import { UNKNOWN, type ValueObject } from "../../../lib/terraform-plugin/values";

const acmeWith = (httpTimeout?: string) => ({
  name: "acme",
  title: "Acme",
  settings: defineSettings({
    attributes: { url: string("optional", { description: "Where." }) },
    environment: { url: "ACME_URL" },
    defaults: { url: "https://acme.example.com" },
    ...(httpTimeout !== undefined && { httpTimeout }),
    realm: EVERYWHERE,
  }),
});

const worldOf = (environment: Record<string, string>): SettingsWorld => ({
  environment,
  homeDirectory: "/",
  workingDirectory: "/",
  readFile: () => undefined,
  redactor: new Redactor(),
  log: silentLogger,
});

const resolve = (config: ValueObject, environment: Record<string, string> = {}, httpTimeout?: string) =>
  resolveSettings(acmeWith(httpTimeout), systemBlock(config, "acme"), worldOf(environment));

const limits = (...args: Parameters<typeof resolve>) => {
  const resolution = resolve(...args);
  if (resolution.status !== "complete") throw new Error(JSON.stringify(resolution));
  return resolution.limits;
};

const ALL = { OUTBOUND_HTTP_TIMEOUT: "4s", OUTBOUND_MAX_RETRIES: "4" };
const ITS = { ...ALL, ACME_HTTP_TIMEOUT: "3s", ACME_MAX_RETRIES: "3" };
const TOP = { http_timeout: "2s", max_retries: 2 };
const OWN = { ...TOP, acme: { http_timeout: "1s", max_retries: 1 } };

test.each<[string, ValueObject, Record<string, string>, object]>([
  ["the system's block", OWN, ITS, { timeoutMs: 1_000, maxRetries: 1 }],
  ["the top of the block", TOP, ITS, { timeoutMs: 2_000, maxRetries: 2 }],
  [
    "the top of the block, beside a block of the system that does not say",
    { ...TOP, acme: { url: "u", http_timeout: null } },
    ITS,
    { timeoutMs: 2_000, maxRetries: 2 },
  ],
  ["the system's variables", {}, ITS, { timeoutMs: 3_000, maxRetries: 3 }],
  ["everybody's variables", {}, ALL, { timeoutMs: 4_000, maxRetries: 4 }],
  [
    "everybody's, where the system's are empty",
    {},
    { ...ALL, ACME_HTTP_TIMEOUT: "", ACME_MAX_RETRIES: "" },
    { timeoutMs: 4_000, maxRetries: 4 },
  ],
  ["each from its own place", { max_retries: 0 }, { ACME_HTTP_TIMEOUT: "1m30s" }, { timeoutMs: 90_000, maxRetries: 0 }],
  ["the default", {}, {}, { timeoutMs: 60_000 }],
])("%s counts", (_, config, environment, expected) => {
  expect(limits(config, environment)).toEqual(expected);
});

test("a system's own default yields to what anybody says", () => {
  expect(limits({}, {}, "3m")).toEqual({ timeoutMs: 180_000 });
  expect(limits({}, ALL, "3m")).toMatchObject({ timeoutMs: 4_000 });
});

test.each([
  ["max_retries", "1.5", "ACME_MAX_RETRIES"],
  ["max_retries", "-1", "OUTBOUND_MAX_RETRIES"],
  ["max_retries", "11", "ACME_MAX_RETRIES"],
  ["max_retries", "many", "ACME_MAX_RETRIES"],
  ["http_timeout", "30", "ACME_HTTP_TIMEOUT"],
  ["http_timeout", "0s", "OUTBOUND_HTTP_TIMEOUT"],
  ["http_timeout", "61m", "ACME_HTTP_TIMEOUT"],
])("%s cannot be %s, and the variable is named", (_, text, variable) => {
  const resolution = resolve({}, { [variable]: text });
  expect(resolution).toMatchObject({ status: "faulty" });
  expect(JSON.stringify(resolution)).toContain(variable);
  expect(JSON.stringify(resolution)).toContain(text);
});

test("what is known only after apply keeps the system from being asked", () => {
  expect(resolve({ http_timeout: UNKNOWN })).toEqual({ status: "unknown", fields: ["http_timeout"] });
});

test("patience mentions no system, and tells no system anything", () => {
  expect(isMentioned(acmeWith(), worldOf(ITS))).toBe(false);
  expect(resolve(OWN)).toMatchObject({ settings: { url: "https://acme.example.com" } });
  expect(systemBlock({ http_timeout: "", max_retries: null }, "acme")).toBeNull();
});

test("every client of the system gets it with its runtime", async () => {
  const connect = jest.fn(async () => undefined);
  await connectSystem({ ...acmeWith(), connect }, systemBlock(TOP, "acme"), worldOf({}) as Runtime);
  expect(connect).toHaveBeenCalledWith(
    expect.anything(),
    expect.objectContaining({ limits: { timeoutMs: 2_000, maxRetries: 2 } }),
  );
});
