import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import type { FaultEffect } from "../../lib/sandbox/faults";
import { startEchoing } from "../support/echoing-smtp";
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

/** Every way in which a server may write down what it was told. */
const ENCODINGS: Readonly<Record<string, (secret: string) => string>> = {
  "as it is": (secret) => secret,
  "with blanks collapsed": (secret) => secret.replace(/\s+/g, " "),
  "in capitals": (secret) => secret.toUpperCase(),
  "spaced out": (secret) => Array.from(secret).join(" "),
  "with invisible characters": (secret) => Array.from(secret).join("\u200b"),
  "as a form": (secret) => new URLSearchParams({ p: secret }).toString().slice(2),
  "in a URL": (secret) => encodeURIComponent(secret),
  "in a URL, all of it": (secret) => Buffer.from(secret).toString("hex").replace(/../g, "%$&"),
  "in HTML": (secret) => secret.replace(/[&<>"']/g, (one) => `&#${one.codePointAt(0)};`).replace(/\//g, "&#x2F;"),
  "in HTML by numbers": (secret) => Array.from(secret, (one) => `&#${one.codePointAt(0)};`).join(""),
  "in JSON": (secret) => JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
  "in JSON in JSON": (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  "in base64": (secret) => Buffer.from(secret).toString("base64"),
  "in base64url": (secret) => Buffer.from(`x:${secret}`).toString("base64url"),
  "in base64 behind a name": (secret) => Buffer.from(`me:${secret}`).toString("base64"),
  "in base64 twice": (secret) => Buffer.from(Buffer.from(secret).toString("base64")).toString("base64"),
  "in hexadecimal": (secret) => Buffer.from(secret).toString("hex"),
  "in quoted-printable": (secret) => Buffer.from(secret).toString("hex").toUpperCase().replace(/../g, "=$&"),
};

/** So much of a secret in one piece, however it is written, is too much. */
const PIECE = 14;

/** What no output and no file may have. */
function pieces(secrets: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const secret of secrets) {
    for (const encode of Object.values(ENCODINGS)) {
      const written = encode(secret);
      // An encoding of eight bytes is longer than the bytes.
      const length = Math.max(PIECE, Math.ceil((written.length / secret.length) * 10));
      for (let at = 0; at + length <= written.length; at++) found.add(written.slice(at, at + length));
    }
  }
  return found;
}

function leaks(text: string, secrets: readonly string[]): string[] {
  const wanted = [...pieces(secrets)];
  const lengths = new Set(wanted.map(({ length }) => length));
  const all = new Set(wanted);
  const found: string[] = [];
  for (const length of lengths) {
    for (let at = 0; at + length <= text.length && found.length < 3; at++) {
      if (all.has(text.slice(at, at + length)))
        found.push(`${text.slice(Math.max(0, at - 300), at + length)} <- HERE ${text.slice(at + length, at + 300)}`);
    }
  }
  return found;
}

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
