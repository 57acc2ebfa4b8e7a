import { mkdtempSync, openSync, rmSync, writeFileSync, writeSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unexpected } from "../../lib/cli/errors";

const thrownBy = (work: () => void): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
};

const FULL = "/dev/full";
(existsSync(FULL) ? describe : describe.skip)(`a full disk, played by ${FULL}`, () => {
  it("is no defect, whoever writes", () => {
    const whole = unexpected(thrownBy(() => writeFileSync(FULL, "text")));
    expect(whole).toMatchObject({ code: "cli/no-room-for-file", fix: expect.stringContaining("TMPDIR") as unknown });
    const file = openSync(FULL, "w");
    expect(unexpected(thrownBy(() => writeSync(file, "text"))).got).toContain("ENOSPC");
  });
});

it("what may not be used is told with its path", () => {
  const folder = mkdtempSync(join(tmpdir(), "outbound-errors-"));
  const refused = Object.assign(new Error("EACCES: permission denied"), { code: "EACCES", path: folder });
  expect(unexpected(refused)).toMatchObject({
    code: "cli/file-not-allowed",
    got: `EACCES: permission denied (${folder})`,
  });
  rmSync(folder, { recursive: true });
});

it.each([
  new Error("of ours"),
  Object.assign(new Error("listen EACCES: permission denied 0.0.0.0:25"), { code: "EACCES" }),
  "text",
])("leaves %s what it is: something that nobody foresaw", (error) => {
  expect(unexpected(error).code).toBe("cli/unexpected");
});
