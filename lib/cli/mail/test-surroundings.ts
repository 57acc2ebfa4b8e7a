import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ProbeRuntime } from "../../mail/wire/probe-runtime";
import { readerOf } from "../../provider/reader";
import type { MailTest } from "./mail-test";
import { asOption } from "./option-names";

/** The surroundings of a test: where its files are, and how its settings are named. */
export const testSurroundings = ({
  declared,
  directory,
}: Pick<MailTest, "declared" | "directory">): Required<Pick<ProbeRuntime, "nameOfSetting" | "readFile">> => ({
  nameOfSetting: declared ? readerOf(directory) : asOption,
  readFile: (path) => {
    const full = resolve(directory, path);
    return existsSync(full) ? readFileSync(full, "utf8") : undefined;
  },
});
