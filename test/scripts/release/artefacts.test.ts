import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { archivesOf, mirrorFiles, registryFiles, STEM, SUMS } from "../../../scripts/release/artefacts";
import { zipOf } from "../../../scripts/release/archive";
import { PROVIDER_VERSION } from "../../../lib/package/identity";

let folder: string;
let executable: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "outbound-artefacts-"));
  executable = join(folder, "provider");
  writeFileSync(executable, "#!/bin/sh\necho started\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PLATFORMS = ["linux_amd64", "darwin_arm64"];
const sha256 = (content: Buffer | string) => createHash("sha256").update(content).digest("hex");

it("packs one file that can be started, by the name that Terraform looks for", () => {
  const [archive] = archivesOf(executable, PLATFORMS);
  const packed = join(folder, "package.zip");
  writeFileSync(packed, archive!.content);
  // By another's unpacker.
  const unpack =
    "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print([(i.filename, oct(i.external_attr >> 16), z.read(i).decode()) for i in z.infolist()])";
  const { stdout } = spawnSync("python3", ["-c", unpack, packed], { encoding: "utf8" });
  expect(stdout.trim()).toBe(
    `[('terraform-provider-outbound_v${PROVIDER_VERSION}', '0o100755', '#!/bin/sh\\necho started\\n')]`,
  );
});

it("packs the same bytes in every time zone and at every time", () => {
  const before = process.env["TZ"];
  try {
    const made = ["UTC", "Asia/Tokyo", "America/Los_Angeles"].map((zone) => {
      process.env["TZ"] = zone;
      return sha256(zipOf("file", readFileSync(executable)));
    });
    expect(new Set(made).size).toBe(1);
  } finally {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  }
  expect(statSync(executable).mtimeMs).toBeGreaterThan(0);
});

it("has for a registry: a package for each platform, the manifest, and the checksums of all of them", () => {
  const files = registryFiles(archivesOf(executable, PLATFORMS));
  expect([...files.keys()].sort()).toEqual(
    [SUMS, `${STEM}_darwin_arm64.zip`, `${STEM}_linux_amd64.zip`, `${STEM}_manifest.json`].sort(),
  );
  expect(JSON.parse(String(files.get(`${STEM}_manifest.json`)))).toEqual({
    version: 1,
    metadata: { protocol_versions: ["6.0"] },
  });
  const listed = String(files.get(SUMS)).trimEnd().split("\n");
  const expected = [...files].filter(([name]) => name !== SUMS).map(([name, content]) => `${sha256(content)}  ${name}`);
  expect(listed.sort()).toEqual(expected.sort());
});

it("has a mirror under the names of both registries, whose index leads to files that are there", () => {
  const files = mirrorFiles(archivesOf(executable, PLATFORMS));
  for (const host of ["registry.terraform.io", "registry.opentofu.org"]) {
    const below = `${host}/cdktf-outbound/outbound`;
    expect(JSON.parse(String(files.get(`${below}/index.json`)))).toEqual({ versions: { [PROVIDER_VERSION]: {} } });
    const { archives } = JSON.parse(String(files.get(`${below}/${PROVIDER_VERSION}.json`))) as {
      archives: Record<string, { url: string; hashes: string[] }>;
    };
    expect(Object.keys(archives)).toEqual(PLATFORMS);
    for (const { url, hashes } of Object.values(archives)) {
      expect(hashes).toEqual([expect.stringMatching(/^h1:.{44}$/), `zh:${sha256(files.get(`${below}/${url}`)!)}`]);
    }
  }
});
