import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { PROVIDER_SOURCE, PROVIDER_VERSION } from "../../lib/package/identity";
import { executableName, packageHash, platformName } from "../../lib/package/install";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { selfSignedCertificate } from "../../lib/terraform-plugin/certificate";
import { zipOf } from "../../scripts/release/archive";
import { archivesOf, mirrorFiles } from "../../scripts/release/artefacts";
import { Terraform } from "./support/terraform";

const executable = resolve(__dirname, "../../dist/provider/terraform-provider-outbound");
const files = mirrorFiles(archivesOf(executable, [platformName()]));
const FLOW = `
resource "outbound_ovh_vrops_flow" "this" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587
}`;

let folder: string;
let sandbox: Sandbox;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "outbound-mirror-"));
  sandbox = await startSandbox();
});
afterEach(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A Terraform that gets providers in no other way than the block says. */
function terraformWith(installation: string, environment: Record<string, string> = {}): Terraform {
  const configuration = join(folder, "cli.tfrc");
  writeFileSync(configuration, `provider_installation {\n${installation}\n}\n`);
  const terraform = new Terraform(
    { ...sandbox.environment(), ...environment, TF_CLI_CONFIG_FILE: configuration },
    "started",
  );
  // Where tests have it otherwise.
  rmSync(join(terraform.directory, "terraform.d"), { recursive: true });
  terraform.write(FLOW);
  return terraform;
}

async function expectToOpenAndCloseAFlow(terraform: Terraform): Promise<void> {
  await terraform.init();
  const lock = readFileSync(join(terraform.directory, ".terraform.lock.hcl"), "utf8");
  // The same as of the unpacked file that a stack brings along, so that both fit one lock file.
  expect(lock).toContain(packageHash({ source: PROVIDER_SOURCE, version: PROVIDER_VERSION, executable }));
  await terraform.applied();
  expect(sandbox.network.list()).toHaveLength(1);
  expect((await terraform.plan()).actions).toEqual([]);
  await terraform.destroyed();
  expect(sandbox.network.list()).toEqual([]);
}

it("installs from the release as a filesystem mirror, and deploys with it", async () => {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const terraform = terraformWith(`filesystem_mirror { path = ${JSON.stringify(folder)} }`);
  try {
    await expectToOpenAndCloseAFlow(terraform);
  } finally {
    terraform.remove();
  }
}, 120_000);

describe("the release behind a web server", () => {
  let server: Server;
  let certificate: string;
  let served: Map<string, Buffer | string>;
  beforeEach(async () => {
    served = new Map(files);
    const { certificatePem, privateKeyPem } = selfSignedCertificate(Date.now());
    certificate = join(folder, "ca.pem");
    writeFileSync(certificate, certificatePem);
    server = createServer({ cert: certificatePem, key: privateKeyPem }, ({ url }, response) => {
      const content = served.get(decodeURIComponent(url!.slice("/mirror/".length)));
      const type = url!.endsWith(".json") ? "application/json" : "application/zip";
      response.writeHead(content === undefined ? 404 : 200, { "content-type": type }).end(content);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  });
  afterEach(() => new Promise((closed) => server.close(closed)));

  const terraform = () =>
    terraformWith(`network_mirror { url = "https://localhost:${(server.address() as AddressInfo).port}/mirror/" }`, {
      SSL_CERT_FILE: certificate,
    });

  it("is a network mirror", async () => {
    const mirrored = terraform();
    try {
      await expectToOpenAndCloseAFlow(mirrored);
    } finally {
      mirrored.remove();
    }
  }, 120_000);

  it("whose checksums count: another file under the same name is refused", async () => {
    const archive = [...served.keys()].find((path) => path.startsWith(PROVIDER_SOURCE) && path.endsWith(".zip"))!;
    served.set(archive, zipOf(executableName(PROVIDER_SOURCE, PROVIDER_VERSION), Buffer.from("#!/bin/sh\n")));
    const mirrored = terraform();
    try {
      await expect(mirrored.init()).rejects.toThrow(/checksum/);
    } finally {
      mirrored.remove();
    }
  }, 120_000);
});
