import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import type { FaultEffect } from "../../lib/sandbox/faults";
import { startEchoing } from "../support/echoing-smtp";
import { ENCODINGS, leaks } from "../support/secret-encodings";
import { once } from "./support/ladder";
import { integrationLadder } from "./support/ladders/alertops";
import { flowLadder } from "./support/ladders/ovh-vrops";
import { tenantMailLadder, webhookLadder } from "./support/ladders/uipath";
import { attachmentLadder } from "./support/ladders/uptrends";
import { emailPluginLadder, pluginLadder } from "./support/ladders/vrops";
import { Terraform } from "./support/terraform";

const ladders = [
  flowLadder,
  emailPluginLadder,
  pluginLadder,
  tenantMailLadder,
  webhookLadder,
  attachmentLadder,
  integrationLadder,
];

/** With quotes, blanks, markup, and what URLs and JSON escape. */
const PASSWORD = `p"s&s  w<r>d'+1\\/Zé %41 end`;

const secretsOf = (sandbox: Sandbox) =>
  Object.entries(sandbox.environment())
    .filter(([name]) => /PASSWORD|SECRET|_KEY$/.test(name) && name !== "SMTP_PASSWORD")
    .map(([, value]) => value);

const says = (secrets: readonly string[], room: number) =>
  secrets
    .flatMap((secret) => Object.values(ENCODINGS).map((encode) => `${"x".repeat(room)} ${encode(secret)}`))
    .join(" ; ");

/** The words of a refusal, wherever a system keeps them; `room` moves the place where they are cut. */
const BODIES: Readonly<Record<string, (secrets: readonly string[]) => FaultEffect>> = Object.fromEntries(
  [7, 285].flatMap((room, at): [string, (secrets: readonly string[]) => FaultEffect][] => [
    [
      `in members of JSON, behind ${room} letters`,
      (secrets) => {
        const turned = [...secrets.slice(at), ...secrets.slice(0, at)];
        const words = says(turned, room);
        const body = { message: words, Message: words, error_description: words, Messages: [{ Message: words }] };
        return { kind: "status", status: 400, body };
      },
    ],
    [
      `on a page, behind ${room} letters`,
      (secrets) => ({
        kind: "status",
        status: 403,
        body: `<html><body>${says(secrets, room)}</body></html>`,
        headers: { "content-type": "text/html" },
      }),
    ],
  ]),
);

describe("systems that repeat every secret they were told, in every encoding", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;
  let secrets: readonly string[];

  beforeAll(async () => {
    sandbox = await startSandbox();
    terraform = new Terraform({ ...sandbox.environment(), TF_LOG: "trace" }, "started");
    const text = once(ladders.map(({ beside = "", created }) => `${beside}\n${created}`).join("\n"));
    const literals = [...text.matchAll(/(?:password|secret)\w*\s*=\s*"([^"$]{8,})"/g)].map(([, value]) => value!);
    secrets = [...new Set([...secretsOf(sandbox), ...literals])];
    terraform.write(text);
    await terraform.init();
  }, 120_000);
  afterAll(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  it.each(Object.entries(BODIES))(
    "says none of them %s",
    async (_, effect) => {
      const written: string[] = [];
      for (const path of ["/**", "/*/dedicatedCloud/**"]) {
        // The first refuses the login, the second what is done with it.
        sandbox.faults.clear();
        if (path === "/**") sandbox.faults.add({ path, times: "always", effect: effect(secrets) });
        else
          for (const one of BEHIND_THE_LOGIN) sandbox.faults.add({ ...one, times: "always", effect: effect(secrets) });
        const run = await terraform.apply();
        expect(run.code).toBe(1);
        // The words of the systems are shown, without what they should not say.
        expect(run.output).toContain("(redacted)");
        written.push(run.output);
      }
      expect(leaks(written.join("\n"), secrets)).toEqual([]);
      expect(leaks(filesBelow(terraform.directory).join("\n"), secrets)).toEqual([]);
    },
    180_000,
  );
});

const BEHIND_THE_LOGIN = [
  { system: "ovh", method: "POST", path: "/**" },
  { system: "vrops", method: "POST", path: "/suite-api/api/alertplugins" },
  { system: "vrops", method: "GET", path: "/suite-api/api/alertplugins" },
  { system: "uipath", path: "/**/odata/**" },
  { system: "uptrends", method: "POST", path: "/**" },
  { system: "uptrends", method: "PUT", path: "/**" },
  { system: "alertops", method: "POST", path: "/**" },
] as const;

describe("an SMTP server that repeats every secret it was told", () => {
  const all = Object.values(ENCODINGS);
  it.each([0, 1, 2])(
    "says none of them (part %d)",
    async (part) => {
      const encodings = all.filter((_, at) => at % 3 === part);
      const server = await startEchoing("LOGIN", () =>
        encodings.flatMap((encode) =>
          ["", "x".repeat(240), "x".repeat(480)].map(
            (before) => `5.7.8 ${before} ${encode(PASSWORD).replace(/[\r\n]/g, " ")}`,
          ),
        ),
      );
      const terraform = new Terraform({ TF_LOG: "trace", TF_VAR_password: PASSWORD }, "started");
      try {
        terraform.write(`
variable "password" {
  ephemeral = true
}
resource "outbound_test_email" "this" {
  smtp_host    = "127.0.0.1"
  smtp_port    = ${server.port}
  security     = "none"
  username     = "alerts"
  password_wo  = var.password
  from_address = "alerts@example.com"
  to           = ["oncall@example.com"]
}`);
        await terraform.init();
        const run = await terraform.apply();
        const written = [run.output, ...filesBelow(terraform.directory)].join("\n");
        expect(written).toContain("oncall@example.com");
        expect(leaks(written, [PASSWORD])).toEqual([]);
      } finally {
        terraform.remove();
        await server.close();
      }
    },
    60_000,
  );
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("terraform-provider") && entry.name !== "main.tf")
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}
