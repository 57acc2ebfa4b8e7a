import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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

describe("what is in the way", () => {
  const elsewhere = () => {
    const folder = join(directory, "elsewhere");
    mkdirSync(folder);
    writeFileSync(join(folder, "precious.txt"), "x");
    return folder;
  };

  it("never follows a link below the mirror: what it leads to stays as it is", () => {
    const steps = [...source.split("/"), "1.2.3", "linux_amd64"];
    const folder = elsewhere();
    for (const depth of steps.keys()) {
      const root = join(directory, `mirror-${depth}`);
      mkdirSync(join(root, ...steps.slice(0, depth)), { recursive: true });
      symlinkSync(folder, join(root, ...steps.slice(0, depth + 1)));
      expect(() => writeProviderMirror({ ...entry(), directory: root })).toThrow("install/link-in-mirror");
      expect(readdirSync(folder)).toEqual(["precious.txt"]);
    }
  });

  it("takes a mirror that is itself a link", () => {
    const folder = elsewhere();
    symlinkSync(folder, join(directory, "mirror"));
    writeProviderMirror(entry());
    expect(readdirSync(folder)).toEqual(["precious.txt", "registry.terraform.io"]);
  });

  it.each([
    ["a file", (target: string) => writeFileSync(join(target, "notes.txt"), "x"), "install/foreign-file"],
    ["a folder", (target: string) => mkdirSync(join(target, "notes")), "install/foreign-file"],
  ])("refuses %s beside the executable, and deletes nothing", (_, put, code) => {
    const target = writeProviderMirror(entry());
    put(target);
    const before = readdirSync(target);
    expect(() => writeProviderMirror(entry())).toThrow(code);
    expect(readdirSync(target)).toEqual(before);
  });

  it("leaves alone what a link in place of the executable leads to, its mode too", () => {
    const target = writeProviderMirror(entry());
    const precious = join(elsewhere(), "precious.txt");
    const file = join(target, "terraform-provider-outbound_v1.2.3");
    rmSync(file);
    symlinkSync(precious, file);
    expect(() => writeProviderMirror(entry())).toThrow("install/link-in-mirror");
    expect([readFileSync(precious, "utf8"), statSync(precious).mode & 0o111]).toEqual(["x", 0]);
  });
});

it("replaces an older build, and leaves nothing beside it", () => {
  const target = writeProviderMirror(entry());
  writeFileSync(join(target, "terraform-provider-outbound_v1.2.3"), "older");
  writeProviderMirror(entry());
  expect(readFileSync(join(target, "terraform-provider-outbound_v1.2.3"), "utf8")).toBe("hello\n");
  expect(readdirSync(join(target, ".."))).toEqual(["linux_amd64"]);
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
