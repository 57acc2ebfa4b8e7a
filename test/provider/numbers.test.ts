import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import { outboundProvider } from "../../lib/provider/definition";
import { writeDynamicValue } from "../../lib/terraform-plugin/dynamic-value";
import { createProviderService } from "../../lib/terraform-plugin/engine";
import { parseNumber, type AnyNumber } from "../../lib/terraform-plugin/numbers";
import type { Attribute, Attributes } from "../../lib/terraform-plugin/schema";
import { UNKNOWN, type Value, type ValueObject } from "../../lib/terraform-plugin/values";
import { objectType } from "../../lib/terraform-plugin/wire-schema";
import type { Diagnostic } from "../terraform-plugin/lab";

const service = createProviderService(outboundProvider as never, { log: silentLogger, redactor: new Redactor() });
const call = { signal: new AbortController().signal };

/** `parseint(substr(sha256("x"), 0, 15), 16)`, and its neighbours on both sides of every limit. */
const DIGEST = 203_447_316_518_928_441n;
const LARGE = [DIGEST, -DIGEST, 2n ** 64n, 10n ** 40n];
const FINE = ["12345678901.123456789012", "0.1234567890123456789012345"].map((text) => parseNumber(text)!);
const ENDLESS = [parseNumber("1e400")!, parseNumber("-1e400")!, parseNumber("1e5000")!, parseNumber("1e-5000")!];

interface Found {
  readonly name: string;
  readonly attribute: Attribute;
  /** A configuration that says nothing but this one number. */
  config(value: AnyNumber): ValueObject;
}

function numbers(attributes: Attributes, at = ""): Found[] {
  const unknown = Object.fromEntries(
    Object.entries(attributes).map(([name, { presence }]) => [name, presence === "computed" ? null : UNKNOWN]),
  );
  return Object.entries(attributes).flatMap(([name, attribute]): Found[] => {
    if (attribute.presence === "computed") return [];
    if (attribute.type === "number") {
      return [{ name: at + name, attribute, config: (value) => ({ ...unknown, [name]: value as Value }) }];
    }
    if (attribute.nested === undefined) return [];
    const { nesting } = attribute.nested;
    return numbers(attribute.nested.attributes, `${at}${name}.`).map((inner) => ({
      ...inner,
      config: (value) => {
        const element = inner.config(value);
        const nested = nesting === "single" ? element : nesting === "map" ? { key: element } : [element];
        return { ...unknown, [name]: nested };
      },
    }));
  });
}

async function validate(rpc: string, type: string, attributes: Attributes, config: ValueObject) {
  const validator = service[rpc as "ValidateResourceConfig"]!;
  const message = writeDynamicValue(objectType(attributes), config);
  const answer = await validator(
    {
      type_name: type,
      config: { json: new Uint8Array(), ...message },
      client_capabilities: { write_only_attributes_allowed: true, deferral_allowed: false },
    } as never,
    call as never,
  );
  return (answer.diagnostics ?? []).filter(({ severity }) => severity === "ERROR") as unknown as Diagnostic[];
}

const all = [
  ["ValidateProviderConfig", "provider", outboundProvider.attributes] as const,
  ...outboundProvider.resources.map(
    ({ handler: { schema } }) => ["ValidateResourceConfig", schema.type, schema.attributes] as const,
  ),
  ...outboundProvider.dataSources.map(
    ({ handler: { schema } }) => ["ValidateDataResourceConfig", schema.type, schema.attributes] as const,
  ),
  ...(outboundProvider.ephemeralResources ?? []).map(
    ({ handler: { schema } }) => ["ValidateEphemeralResourceConfig", schema.type, schema.attributes] as const,
  ),
  ...(outboundProvider.actions ?? []).map(
    ({ handler: { schema } }) => ["ValidateActionConfig", schema.type, schema.attributes] as const,
  ),
].flatMap(([rpc, type, attributes]) =>
  numbers(attributes).map((found) => [`${type}.${found.name}`, rpc, type, attributes, found] as const),
);

function expectPlain(diagnostics: readonly Diagnostic[]) {
  expect(diagnostics).toHaveLength(1);
  const { summary, detail } = diagnostics[0]!;
  expect(`${summary}\n${detail}`).not.toMatch(/defect|TypeError|BigInt|object Object|mistake in the provider/);
  expect(detail).toContain("What to do:");
  return `${summary}\n${detail}`;
}

describe.each(all)("%s", (_name, rpc, type, attributes, { attribute, config }) => {
  const problems = (value: AnyNumber) => validate(rpc, type, attributes, config(value));
  const isVersion = attribute.whole === true;

  it("takes a digest as a version, and says plainly that it is none of a port", async () => {
    for (const value of LARGE) {
      const found = await problems(value);
      if (isVersion && (value > 0 || found.length === 0)) expect(found).toEqual([]);
      else expect(expectPlain(found)).toContain(String(value).slice(0, 20));
    }
  });

  it("has no place for fractions that JavaScript would round", async () => {
    for (const value of FINE)
      expect(expectPlain(await problems(value))).toContain((value as { digits: string }).digits);
  });

  it("survives numbers without end", async () => {
    for (const value of ENDLESS) {
      const found = await problems(value);
      if (!(isVersion && typeof value === "bigint")) expectPlain(found);
    }
  });
});

it("finds them all", () => {
  expect(all.map(([name]) => name)).toEqual(
    expect.arrayContaining(["provider.ovh.api_rate_limit", "outbound_test_email.imap.password_wo_version"]),
  );
});

it("has a version beside every secret that has one, and each takes digests", () => {
  const versions = all.filter(([name]) => name.endsWith("_wo_version"));
  expect(versions).toHaveLength(9);
  expect(versions.map(([, , , , { attribute }]) => attribute.whole)).toEqual(versions.map(() => true));
});
