import { execFileSync } from "node:child_process";
import { silentLogger } from "../../../lib/core/log";
import { Redactor } from "../../../lib/core/redaction";
import { outboundProvider } from "../../../lib/provider/definition";
import { writeDynamicValue, readDynamicValue } from "../../../lib/terraform-plugin/dynamic-value";
import { createProviderService } from "../../../lib/terraform-plugin/engine";
import { rpcs } from "../../../lib/terraform-plugin/protocol";
import type { Type, Value } from "../../../lib/terraform-plugin/values";

const redactor = new Redactor();
const service = createProviderService(outboundProvider as never, { log: silentLogger, redactor });
const call = { signal: new AbortController().signal };

/** As over the wire, without a configuration. */
async function called(name: string, returns: Type, ...args: string[]) {
  const request = rpcs.CallFunction.request.encode({
    name,
    arguments: args.map((text) => writeDynamicValue("string", text)),
  });
  const answer = await service.CallFunction!(rpcs.CallFunction.request.decode(request), call);
  const { result, error } = rpcs.CallFunction.response.decode(rpcs.CallFunction.response.encode(answer));
  return { value: readDynamicValue(returns, result) as Value, error };
}

/** Made by openssl, which also prints what is expected of it. */
function certificate(name: string) {
  const script = `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout /dev/stderr -days 9 -subj /CN=${name} 2>/dev/null`;
  const pem = execFileSync("sh", ["-c", script], { encoding: "utf8" });
  const printed = execFileSync("openssl", ["x509", "-noout", "-fingerprint", "-sha1"], {
    input: pem,
    encoding: "utf8",
  });
  return { pem, thumbprint: printed.trim().split("=")[1]! };
}

describe("thumbprint", () => {
  it.each([
    ["", "an empty text"],
    ["relay.pem", "the name of a file"],
    ["hunter2", "a text of 7 characters"],
    ["-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----", "PEM of another kind: PRIVATE KEY"],
    ["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "a damaged one"],
  ])("refuses %j, names its argument and does not repeat it", async (text, got) => {
    const { value, error } = await called("thumbprint", "string", text);
    expect(value).toBeNull();
    expect(error).toMatchObject({ function_argument: 0 });
    expect(error!.text).toContain(`Got: ${got}`);
    expect(error!.text).toContain("provider/thumbprint-certificate");
    expect(error!.text).not.toContain("hunter2");
    expect(error!.text).not.toContain("MIIB");
  });

  it("is what openssl prints", async () => {
    const { pem, thumbprint } = certificate("relay");
    expect(await called("thumbprint", "string", pem)).toEqual({ value: thumbprint, error: null });
  });

  it("is that of the server's own certificate, where its chain follows", async () => {
    const [own, issuer] = [certificate("relay"), certificate("issuer")];
    const { value } = await called("thumbprint", "string", `# relay\n${own.pem}\n${issuer.pem}`);
    expect(value).toBe(own.thumbprint);
  });
});

describe("secret_version", () => {
  it("refuses an empty text", async () => {
    const { error } = await called("secret_version", "number", "");
    expect(error).toMatchObject({ function_argument: 0 });
    expect(error!.text).toContain("provider/secret-version-empty");
  });

  it("never changes while the secret does not: states hold it", async () => {
    expect((await called("secret_version", "number", "correct horse battery staple")).value).toBe(55);
  });

  it("is a small number that nearly always changes with the secret", async () => {
    const secrets = Array.from({ length: 40 }, (_, index) => `password-${index}`);
    const versions = await Promise.all(
      secrets.map(async (one) => (await called("secret_version", "number", one)).value as number),
    );
    for (const version of versions) expect(Number.isInteger(version) && version >= 1 && version <= 1024).toBe(true);
    expect(new Set(versions).size).toBeGreaterThan(35);
  });

  it("tells the redactor the secret", async () => {
    await called("secret_version", "number", "swordfish-swordfish");
    expect(redactor.redact("it is swordfish-swordfish")).not.toContain("swordfish");
  });
});

it("answers a function that it does not have, and one with too few arguments, with what it has", async () => {
  expect((await called("nothing", "string")).error!.text).toContain("Expected: thumbprint, secret_version");
  expect((await called("thumbprint", "string")).error!.text).toContain("Expected: 1: pem");
});

it("tells the functions in both answers alike", async () => {
  const { functions } = await service.GetFunctions!({}, call);
  expect(Object.keys(functions!)).toEqual(["thumbprint", "secret_version"]);
  expect((await service.GetProviderSchema!({}, call)).functions).toEqual(functions);
  expect((await service.GetMetadata!({}, call)).functions).toEqual([
    { name: "thumbprint" },
    { name: "secret_version" },
  ]);
});
