import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(__dirname, "../..");
const CONFIG = JSON.stringify(resolve(root, "stryker.config.mjs"));

/** By folder and file, the tests that have other names. */
type Folders = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

test("the files that are changed on purpose exist, and each has a test", () => {
  const print = `const { FOLDERS } = await import(${CONFIG}); console.log(JSON.stringify(FOLDERS));`;
  const text = execFileSync(process.execPath, ["--input-type=module", "-e", print], { encoding: "utf8" });
  const missing = Object.entries(JSON.parse(text) as Folders).flatMap(([folder, files]) =>
    Object.entries(files).flatMap(([file, others]) => {
      const tests = [file, ...others].map((name) => `test/${folder}/${name}.test.ts`);
      const source = `lib/${folder}/${file}.ts`;
      return [
        ...(existsSync(resolve(root, source)) ? [] : [source]),
        ...(tests.some((name) => existsSync(resolve(root, name))) ? [] : [`a test of ${source}`]),
      ];
    }),
  );
  expect(missing).toEqual([]);
});
