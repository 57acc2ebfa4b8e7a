import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { removeLeftovers, sandboxDirectory } from "../../lib/sandbox/leftovers";

describe("what a killed sandbox left", () => {
  const DEAD = 4_000_001;
  const isGone = (pid: number) => pid === DEAD;
  let root: string;
  let temporary: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "outbound-leftovers-"));
    temporary = join(root, "tmp");
    mkdirSync(temporary);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("is removed, and links in it are not followed", () => {
    const precious = join(root, "precious");
    mkdirSync(precious);
    writeFileSync(join(precious, "file"), "");
    const left = sandboxDirectory(temporary, DEAD);
    writeFileSync(join(left, "smtp-ca.pem"), "");
    symlinkSync(precious, join(left, "link"));
    removeLeftovers(temporary, isGone);
    expect(readdirSync(temporary)).toEqual([]);
    expect(existsSync(join(precious, "file"))).toBe(true);
  });

  it("stays while its process runs", () => {
    const running = sandboxDirectory(temporary, process.pid);
    removeLeftovers(temporary, isGone);
    expect(readdirSync(temporary)).toEqual([basename(running)]);
  });

  it("is never what a link of that name leads to, nor a file", () => {
    const precious = join(root, "precious");
    mkdirSync(precious);
    writeFileSync(join(precious, "file"), "");
    symlinkSync(precious, join(temporary, `outbound-sandbox-${DEAD}-aaaaaa`));
    writeFileSync(join(temporary, `outbound-sandbox-${DEAD}-bbbbbb`), "");
    removeLeftovers(temporary, isGone);
    expect(readdirSync(temporary)).toHaveLength(2);
    expect(existsSync(join(precious, "file"))).toBe(true);
  });

  it.each([`outbound-sandbox-${DEAD}`, `outbound-sandbox-${DEAD}-mine-too`, `my-outbound-sandbox-${DEAD}-aaaaaa`])(
    "is nothing that has another name: %s",
    (name) => {
      mkdirSync(join(temporary, name));
      removeLeftovers(temporary, isGone);
      expect(readdirSync(temporary)).toEqual([name]);
    },
  );

  it("is no reason not to start", () => expect(() => removeLeftovers(join(root, "nowhere"), isGone)).not.toThrow());
});
