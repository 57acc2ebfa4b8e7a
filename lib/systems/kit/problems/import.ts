import type { Problem } from "../../../core/problem";
import { importCommand } from "../../../core/terraform-text";
import { anObject, quoted, sentence, systemError, type ObjectWords } from "../words";

/** The text after the address in `terraform import` is not the id of such an object. */
export const badImportId = (words: ObjectWords, got: string): Problem =>
  "none" in words.importId
    ? systemError(words.system, "cannot-import", {
        summary: sentence(
          `${anObject(words)} of ${words.system.title} cannot be imported: there is no API to read it from`,
        ),
        path: ["id"],
        got: quoted(got),
        expected: "its declaration in the configuration",
        fix: words.importId.none,
      })
    : systemError(words.system, "bad-import-id", {
        summary: `${quoted(got)} is not the id of ${anObject(words)}`,
        path: ["id"],
        got: quoted(got),
        expected: `${words.importId.form}, such as ${words.importId.example}`,
        fix: `${words.system.title} has it (${words.where}), and \`outbound import --list --system ${words.system.name}\` lists it. Then: ${importCommand(words.type, words.importId.example)}.`,
      });
