import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { NameOfSetting } from "../../core/prose";
import { asVariables } from "../../mail/resource/password-variables";
import type { ProbeRuntime } from "../../mail/wire/probe-runtime";
import { localName } from "../../plan/addresses";
import { readerOf } from "../../provider/reader";
import type { MailTest } from "./mail-test";
import { asOption } from "./option-names";

/** The surroundings of a test: where its files are, and how its settings are named. */
export const testSurroundings = ({
  title,
  declared,
  directory,
}: Pick<MailTest, "title" | "declared" | "directory">): Required<Pick<ProbeRuntime, "nameOfSetting" | "readFile">> => ({
  nameOfSetting: declared ? namesAt(title, readerOf(directory)) : asOption,
  readFile: (path) => {
    const full = resolve(directory, path);
    return existsSync(full) ? readFileSync(full, "utf8") : undefined;
  },
});

/** Data sources and actions name the variables of their passwords. */
const namesAt = (address: string, names: NameOfSetting): NameOfSetting =>
  /^(data|action)\./.test(localName(address)) ? asVariables(names) : names;
