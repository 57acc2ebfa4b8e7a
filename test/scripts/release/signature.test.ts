import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signatureOf } from "../../../scripts/release/signature";

const gpg = (args: string[], home: string) =>
  spawnSync("gpg", ["--batch", ...args], { encoding: "utf8", env: { ...process.env, GNUPGHOME: home } });
const hasGpg = spawnSync("gpg", ["--version"]).status === 0;
if (!hasGpg) console.warn("skipped: there is no gpg here");

(hasGpg ? describe : describe.skip)("the signature of a release", () => {
  let home: string;
  // A socket of gpg's agent lies in it, whose path must be short.
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), "gpg-"))));
  afterEach(() => {
    spawnSync("gpgconf", ["--kill", "all"], { env: { ...process.env, GNUPGHOME: home } });
    rmSync(home, { recursive: true, force: true });
  });

  it("is detached, binary, and good", () => {
    const made = gpg(["--passphrase", "", "--quick-generate-key", "release@example.com", "rsa2048", "sign"], home);
    expect([made.status, made.stderr]).toEqual([0, expect.any(String)]);
    const signature = signatureOf("sums\n", "release@example.com", { ...process.env, GNUPGHOME: home });
    writeFileSync(join(home, "sums.sig"), signature);
    const verified = (content: string) => {
      writeFileSync(join(home, "sums"), content);
      return gpg(["--verify", join(home, "sums.sig"), join(home, "sums")], home).status;
    };
    expect(signature.toString("latin1")).not.toContain("BEGIN PGP");
    expect(verified("sums\n")).toBe(0);
    expect(verified("other\n")).not.toBe(0);
  }, 60_000);

  it.each([
    ["a few bytes", "sums\n"],
    ["more than a pipe holds", Buffer.alloc(1 << 20)],
  ])("is not silently left out where the key is not there (%s)", (_size, content) => {
    expect(() => signatureOf(content, "nobody@example.com", { ...process.env, GNUPGHOME: home })).toThrow(
      /gpg does not sign with the key nobody@example.com: [^]*No secret key[^]*leave the key out/,
    );
  });
});
