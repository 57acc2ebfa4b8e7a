import { silentLogger } from "../../../lib/core/log";
import { Redactor } from "../../../lib/core/redaction";
import { systems } from "../../../lib/systems";
import { EVERYWHERE } from "../../../lib/systems/kit/realm";
import { defineSettings, type SettingsWorld } from "../../../lib/systems/kit/settings";
import { isMentioned, resolveSettings, type Resolution } from "../../../lib/systems/kit/settings-resolution";
import { bool, listOf, number, string } from "../../../lib/terraform-plugin/schema";
import { UNKNOWN, type Value } from "../../../lib/terraform-plugin/values";

const acme = {
  name: "acme",
  title: "Acme",
  settings: defineSettings({
    attributes: {
      url: string("optional", { description: "Where." }),
      key: string("optional", { description: "The key.", sensitive: true }),
      user: string("optional", { description: "Who." }),
      password: string("optional", { description: "The password.", sensitive: true }),
      verify: bool("optional", { description: "Whether to look." }),
      rate: number("optional", { description: "How often." }),
      tags: listOf("string", "optional", { description: "Words." }),
    },
    environment: {
      url: "ACME_URL",
      key: "ACME_KEY",
      user: "ACME_USER",
      password: "ACME_PASSWORD",
      verify: "ACME_VERIFY",
      rate: "ACME_RATE",
      tags: "ACME_TAGS",
    },
    required: ["url"],
    defaults: { verify: true },
    logins: {
      key: { needs: ["key"], describes: "a key" },
      account: { needs: ["user", "password"], describes: "an account" },
    },
    file: (known, { readFile }) => {
      if (known("url") === UNKNOWN) return UNKNOWN;
      const text = readFile("acme.conf");
      return {
        name: "acme.conf",
        place: "acme.conf",
        get: (field) =>
          text?.startsWith(`${field}=`) ? { value: text.slice(field.length + 1), source: "acme.conf" } : undefined,
      };
    },
    realm: EVERYWHERE,
  }),
};

const worldOf = (environment: Record<string, string>, file?: string): SettingsWorld => ({
  environment,
  homeDirectory: "/",
  workingDirectory: "/",
  readFile: () => file,
  redactor: new Redactor(),
  log: silentLogger,
});

const resolve = (block: Value, environment: Record<string, string> = {}, file?: string): Resolution =>
  resolveSettings(acme, block, worldOf(environment, file));

const settings = (...args: Parameters<typeof resolve>) => {
  const resolution = resolve(...args);
  expect(resolution).toMatchObject({ status: "complete" });
  return (resolution as { settings: Record<string, Value> }).settings;
};
const problems = (...args: Parameters<typeof resolve>) => {
  const resolution = resolve(...args);
  expect(resolution).toMatchObject({ status: "faulty" });
  return (resolution as { problems: readonly { code: string; path?: unknown; summary: string; fix: string }[] })
    .problems;
};

const SAID = { url: "https://acme.example.com", key: "the-key" };

describe("where a setting comes from", () => {
  test.each<[string, Value, Record<string, string>, string | undefined, string]>([
    ["the block", { ...SAID, url: "block" }, { ACME_URL: "environment" }, "url=file", "block"],
    ["the environment", { key: "k" }, { ACME_URL: "environment" }, "url=file", "environment"],
    ["the file", { key: "k" }, {}, "url=file", "file"],
    ["the environment where the block is empty", { key: "k", url: "" }, { ACME_URL: "environment" }, "", "environment"],
    ["the file where the variable is empty", { key: "k", url: null }, { ACME_URL: "" }, "url=file", "file"],
  ])("%s", (_, block, environment, file, url) => expect(settings(block, environment, file)["url"]).toBe(url));

  test("the default, where nobody says anything", () => {
    expect(settings(SAID)["verify"]).toBe(true);
    expect(settings(SAID, { ACME_VERIFY: "false" })["verify"]).toBe(false);
    expect(settings({ ...SAID, verify: false }, { ACME_VERIFY: "true" })["verify"]).toBe(false);
  });

  test("secrets are told to the redactor, wherever they stood", () => {
    const world = worldOf({ ACME_KEY: "from-environment" });
    resolveSettings(acme, { url: "https://acme.example.com" }, world);
    expect(world.redactor.redact("from-environment https://acme.example.com")).toBe(
      "(redacted) https://acme.example.com",
    );
  });
});

describe("a text that stands for a boolean, a number or a list", () => {
  test.each([
    ["TRUE", true],
    ["Yes", true],
    ["1", true],
    ["on", true],
    ["False", false],
    ["NO", false],
    ["0", false],
    ["off", false],
    [" true ", true],
  ])("%j is %s", (text, value) => expect(settings(SAID, { ACME_VERIFY: text })["verify"]).toBe(value));

  test.each([
    ["ACME_VERIFY", "ja"],
    ["ACME_RATE", "fast"],
    ["ACME_RATE", "-"],
    ["ACME_RATE", "Infinity"],
  ])("%s=%j is a problem that names the variable, never a silent false", (variable, text) => {
    const [problem] = problems(SAID, { [variable]: text });
    expect(problem).toMatchObject({ code: "acme/unreadable-setting", got: JSON.stringify(text) });
    expect(problem!.fix).toContain(variable);
  });

  test("numbers and lists", () => {
    expect(settings(SAID, { ACME_RATE: "0.5", ACME_TAGS: "a, b,," })).toMatchObject({ rate: 0.5, tags: ["a", "b"] });
  });
});

describe("what is missing", () => {
  test("everything: one problem for the fields, one for the login, with attributes, variables and the file", () => {
    const [fields, login, ...others] = problems(null);
    expect(others).toEqual([]);
    expect(fields).toMatchObject({ code: "acme/missing-setting", path: ["acme", "url"] });
    expect(fields!.fix).toBe(
      "Set acme = { url = … } in the provider block, or ACME_URL in the environment, or write it to acme.conf.",
    );
    expect(login).toMatchObject({ code: "acme/no-credential", path: ["acme"] });
    expect(login!.fix).toContain("ACME_KEY; or ACME_USER and ACME_PASSWORD");
  });

  test("half a login", () => {
    const [problem] = problems({ url: "https://acme.example.com", user: "me" });
    expect(problem).toMatchObject({
      code: "acme/half-a-credential",
      path: ["acme", "password"],
      got: "user from acme.user",
    });
    expect(problem!.fix).toContain("ACME_PASSWORD");
  });

  test("a field is missing also while another is not known yet", () => {
    const [problem] = problems({ key: UNKNOWN });
    expect(problem).toMatchObject({ code: "acme/missing-setting", path: ["acme", "url"] });
  });
});

describe("several logins", () => {
  const url = "https://acme.example.com";

  test("the block's hides the environment's, also the environment's fields of its own kind are taken", () => {
    const environment = { ACME_KEY: "env-key", ACME_PASSWORD: "env-password" };
    expect(settings({ url, user: "me" }, environment)).toMatchObject({
      login: { kind: "account", user: "me", password: "env-password" },
      key: null,
    });
    expect(settings({ url, key: "block-key" }, { ACME_USER: "me", ACME_PASSWORD: "env-password" })).toMatchObject({
      login: { kind: "key", key: "block-key" },
      user: null,
      password: null,
    });
  });

  test("two in one place: the problem says where each stands, and no value", () => {
    const [problem] = problems({ url }, { ACME_KEY: "env-key", ACME_USER: "env-user" });
    expect(problem).toMatchObject({
      code: "acme/several-credentials",
      got: "key from ACME_KEY, user from ACME_USER",
    });
    expect(JSON.stringify(problem)).not.toMatch(/env-/);
  });
});

describe("what is not known yet is looked for nowhere else", () => {
  const environment = { ACME_URL: "https://other.example.com", ACME_KEY: "env-key" };

  test.each<[string, Value, readonly string[]]>([
    ["the whole block", UNKNOWN, []],
    ["a required field", { url: UNKNOWN }, ["url"]],
    ["a login", { key: UNKNOWN }, ["key"]],
    ["a login of another kind than the environment's", { user: UNKNOWN }, ["user"]],
    ["an optional field", { verify: UNKNOWN }, ["verify"]],
  ])("%s", (_, block, fields) => expect(resolve(block, environment)).toEqual({ status: "unknown", fields }));

  test("a login may stand in a file that cannot be looked into yet", () => {
    expect(resolve({ url: UNKNOWN }, {}, "key=from-file")).toEqual({ status: "unknown", fields: ["url"] });
  });
});

test("a system is mentioned by a variable or a file, not by its defaults; by a mistake too", () => {
  expect(isMentioned(acme, worldOf({}))).toBe(false);
  expect(isMentioned(acme, worldOf({ ACME_URL: "" }))).toBe(false);
  expect(isMentioned(acme, worldOf({ ACME_USER: "me" }))).toBe(true);
  expect(isMentioned(acme, worldOf({}, "key=k"))).toBe(true);
  expect(isMentioned(acme, worldOf({ ACME_RATE: "fast" }))).toBe(true);
});

describe("every system's declaration", () => {
  test.each(systems.map((system) => [system.name, system] as const))(
    "%s names fields that exist",
    (_, { settings }) => {
      const fields = Object.keys(settings.attributes);
      const named = [
        ...Object.keys(settings.environment),
        ...settings.required,
        ...Object.keys(settings.defaults),
        ...Object.values(settings.logins).flatMap(({ needs }) => needs),
        ...settings.realm.settings,
      ];
      expect(fields).toEqual(expect.arrayContaining(named));
      for (const field of settings.realm.settings) expect(settings.attributes[field]!.sensitive).not.toBe(true);
    },
  );
});
