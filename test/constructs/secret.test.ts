import { TerraformStack, TerraformVariable, App } from "cdktf";
import { OutboundProvider, Secret, SmtpServer, VropsEmailPlugin, VropsPlugin } from "../../lib";
import { errorOf, only, synth, temporaryDirectory } from "./helper";

jest.mock("../../lib/package/install/package-files", () => ({ executable: () => __filename }));

const CANARY = "hunter2-very-secret";
const base = { name: "p", smtpHost: "smtp.example.com", smtpPort: 587, senderAddress: "a@example.com" };

describe("a literal secret", () => {
  const sender = { address: "alerts@example.com" };

  it("does not compile and throws when forced into a server", () => {
    const message = errorOf(() =>
      // @ts-expect-error -- a text is no Secret
      SmtpServer.startTls("smtp.example.com", { sender, login: { user: "alerts", password: CANARY } }),
    );
    expect(message).toContain("constructs/literal-secret");
    expect(message).toContain("login.password");
    expect(message).toContain('Secret.environment("SMTP_PASSWORD")');
    expect(message).not.toContain(CANARY);
  });

  it("does not compile and throws when forced into a write-only attribute, before anything is written", () => {
    const message = errorOf(() =>
      // @ts-expect-error -- a text is no Secret
      synth((stack) => new VropsEmailPlugin(stack, "p", { ...base, username: "u", passwordWo: CANARY })),
    );
    expect(message).toContain("constructs/literal-secret");
    expect(message).not.toContain(CANARY);
  });

  it("is refused as a value of a write-only map", () => {
    const act = () =>
      synth((stack) => {
        // @ts-expect-error -- a text is no Secret
        new VropsPlugin(stack, "p", { pluginTypeId: "T", name: "n", sensitiveConfigValuesWo: { token: CANARY } });
      });
    expect(act).toThrow("constructs/literal-secret");
  });

  it("does not compile and throws when forced into provider settings", () => {
    const message = errorOf(() =>
      // @ts-expect-error -- a text is no Secret
      synth((stack) => new OutboundProvider(stack, "o", { vrops: { password: CANARY } })),
    );
    expect(message).toContain("constructs/literal-secret");
    expect(message).not.toContain(CANARY);
  });

  it("is refused when it merely looks like a Secret", () => {
    const lookalike = { source: "SMTP_PASSWORD", version: 1, fingerprint: "x" };
    // @ts-expect-error -- the class is nominal
    const act = () => SmtpServer.plain("smtp.example.com", { sender, login: { user: "a", password: lookalike } });
    expect(act).toThrow("constructs/literal-secret");
  });

  it("cannot hide in a variable's default", () => {
    const message = errorOf(() =>
      synth((stack) => Secret.variable(new TerraformVariable(stack, "smtp_password", { default: CANARY }))),
    );
    expect(message).toContain("constructs/secret-with-default");
    expect(message).toContain("TF_VAR_smtp_password");
    expect(message).not.toContain(CANARY);
  });

  it("is not repeated when it stands where a variable's name belongs", () => {
    const message = errorOf(() => Secret.environment("p@ssw0rd!"));
    expect(message).toContain("constructs/bad-environment-name");
    expect(message).not.toContain("p@ssw0rd!");
  });
});

it("refuses a version that is not a whole number, as the provider could not count on", () => {
  expect(() => Secret.environment("X", { version: 1.5 })).toThrow("constructs/bad-secret-version");
  expect(() => Secret.environment("X", { version: 0 })).toThrow("constructs/bad-secret-version");
});

it("refuses what is not a TerraformVariable", () => {
  expect(() => Secret.variable("smtp_password" as never)).toThrow("constructs/not-a-variable");
});

it("refuses a variable of another stack, whose value would be stored in that stack's outputs", () => {
  const app = new App({ outdir: temporaryDirectory() });
  const [one, two] = [new TerraformStack(app, "one"), new TerraformStack(app, "two")];
  const secret = Secret.variable(new TerraformVariable(one, "smtp_password", {}));
  const act = () => new VropsEmailPlugin(two, "p", { ...base, username: "u", passwordWo: secret });
  expect(act).toThrow("constructs/secret-of-another-stack");
});

it("makes the Terraform variable sensitive and ephemeral and refers to it", () => {
  const result = synth((stack) => {
    const variable = new TerraformVariable(stack, "smtp_password", { type: "string" });
    const passwordWo = Secret.variable(variable, { version: 3 });
    new VropsEmailPlugin(stack, "p", { ...base, username: "u", passwordWo, passwordWoVersion: passwordWo.version });
  });
  expect(result.json["variable"]).toMatchObject({ smtp_password: { sensitive: true, ephemeral: true } });
  expect(only(result, "outbound_vrops_email_plugin")).toMatchObject({
    password_wo: "${var.smtp_password}",
    password_wo_version: 3,
  });
});

it("reads an environment variable through one ephemeral block, however often it is used", () => {
  const result = synth((stack) => {
    for (const id of ["a", "b"]) {
      const passwordWo = Secret.environment("SMTP_PASSWORD");
      new VropsEmailPlugin(stack, id, { ...base, name: id, username: "u", passwordWo });
    }
  });
  expect(result.json["ephemeral"]).toEqual({ outbound_environment: { SMTP_PASSWORD: { name: "SMTP_PASSWORD" } } });
  expect(Object.values(result.json.resource["outbound_vrops_email_plugin"]!)).toEqual([
    expect.objectContaining({ password_wo: "${ephemeral.outbound_environment.SMTP_PASSWORD.value}" }),
    expect.objectContaining({ password_wo: "${ephemeral.outbound_environment.SMTP_PASSWORD.value}" }),
  ]);
});

it("works in provider settings and in maps of write-only values", () => {
  const result = synth((stack) => {
    new OutboundProvider(stack, "outbound", { vrops: { password: Secret.environment("VROPS_PASSWORD_2") } });
    new VropsPlugin(stack, "p", {
      pluginTypeId: "WebhookPlugin",
      name: "hook",
      sensitiveConfigValuesWo: { token: Secret.environment("HOOK_TOKEN") },
    });
  });
  expect(result.json["provider"]).toEqual({
    outbound: [{ vrops: { password: "${ephemeral.outbound_environment.VROPS_PASSWORD_2.value}" } }],
  });
  expect(only(result, "outbound_vrops_plugin")).toMatchObject({
    sensitive_config_values_wo: { token: "${ephemeral.outbound_environment.HOOK_TOKEN.value}" },
  });
});

it("tells its source and version, never a value", () => {
  const secret = Secret.environment("SMTP_PASSWORD", { version: 2 });
  expect(secret.fingerprint).toBe("SMTP_PASSWORD, version 2");
  expect(`${secret}`).toBe("Secret(SMTP_PASSWORD)");
  expect(JSON.stringify({ secret })).toBe('{"secret":"Secret(SMTP_PASSWORD)"}');
});

it("takes a version of any size, and refuses one that JavaScript has rounded", () => {
  const version = 203_447_316_518_928_441n;
  const result = synth((stack) => {
    const passwordWo = Secret.environment("SMTP_PASSWORD", { version });
    new VropsEmailPlugin(stack, "p", { ...base, username: "u", passwordWo, passwordWoVersion: passwordWo.version });
  });
  expect(only(result, "outbound_vrops_email_plugin")).toMatchObject({ password_wo_version: `\${${version}}` });
  expect(Secret.environment("X", { version }).fingerprint).toBe("X, version 203447316518928441");
  expect(() => Secret.environment("X", { version: 2 ** 60 })).toThrow("123456789012345678n");
});

it("refuses a bigint where no large number belongs", () => {
  const port = 587n as unknown as number;
  expect(errorOf(() => synth((stack) => new VropsEmailPlugin(stack, "p", { ...base, smtpPort: port })))).toContain(
    "bigint",
  );
});
