import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { asVariables } from "../../mail/resource/password-variables";
import type { ProbeRuntime } from "../../mail/wire/probe-runtime";
import { withoutKeys } from "../../plan/addresses";
import { readerOf } from "../../provider/reader";
import type { MailTest } from "./mail-test";
import { asOption } from "./option-names";

/** Data sources and actions name the variables of their passwords. */
const NAMES_VARIABLES = /^(module\.[^.]+\.)*(data|action)\./;

/** The surroundings of a test: where its files are, and how its settings are named. */
export const testSurroundings = ({
  title,
  declared,
  directory,
}: Pick<MailTest, "title" | "declared" | "directory">): Required<Pick<ProbeRuntime, "nameOfSetting" | "readFile">> => ({
  nameOfSetting: !declared
    ? asOption
    : NAMES_VARIABLES.test(withoutKeys(title))
      ? asVariables(readerOf(directory))
      : readerOf(directory),
  readFile: (path) => {
    const full = resolve(directory, path);
    return existsSync(full) ? readFileSync(full, "utf8") : undefined;
  },
});
