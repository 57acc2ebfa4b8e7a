import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageHash, platformName, writeProviderMirror } from "../../../lib/package/install";

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "outbound-mirror-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const source = "registry.terraform.io/cdktf-outbound/outbound";
const entry = () => {
  const executable = join(directory, "built");
  writeFileSync(executable, "hello\n");
  return { directory: join(directory, "mirror"), source, version: "1.2.3", executable, platform: "linux_amd64" };
};

it("lays the package out as Terraform looks for it, executable", () => {
  const target = writeProviderMirror(entry());
  expect(target).toBe(join(directory, "mirror", ...source.split("/"), "1.2.3", "linux_amd64"));
  const file = join(target, "terraform-provider-outbound_v1.2.3");
  expect(readFileSync(file, "utf8")).toBe("hello\n");
  expect(statSync(file).mode & 0o111).toBe(0o111);
});

it("removes what an older build left in the package, which would spoil its checksum", () => {
  const target = writeProviderMirror(entry());
  writeFileSync(join(target, "leftover.txt"), "x");
  writeProviderMirror(entry());
  expect(readdirSync(target)).toEqual(["terraform-provider-outbound_v1.2.3"]);
});

it("does not touch a file that is as it should be", () => {
  const file = join(writeProviderMirror(entry()), "terraform-provider-outbound_v1.2.3");
  const before = statSync(file).ino;
  writeProviderMirror(entry());
  expect(statSync(file).ino).toBe(before);
});

it("refuses a platform that would leave the mirror", () => {
  expect(() => writeProviderMirror({ ...entry(), platform: "../x" })).toThrow("install/bad-platform");
});

it("computes Terraform's own checksum", () => {
  // sha256 of "hello\n" is 5891b5b5…; h1 is the base64 of the sha256 of its `sha256sum` line.
  expect(packageHash(entry())).toBe("h1:" + expectedHash());
});

it("names platforms as Terraform does", () => {
  expect(platformName("linux", "x64")).toBe("linux_amd64");
  expect(platformName("darwin", "arm64")).toBe("darwin_arm64");
  expect(platformName("win32", "ia32")).toBe("windows_386");
});

function expectedHash(): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the reference computation, spelt out
  const { execFileSync } = require("node:child_process") as typeof import("node:child_process");
  const script = `cd "$1" && printf '%s' "$(sha256sum terraform-provider-outbound_v1.2.3)" | (cat; echo) | openssl dgst -sha256 -binary | base64`;
  const target = writeProviderMirror(entry());
  return execFileSync("sh", ["-c", script, "sh", target]).toString().trim();
}
