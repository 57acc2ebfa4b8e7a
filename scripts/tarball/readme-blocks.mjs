// The README's blocks, so that what it shows is done in the tests word for word.
import { readFileSync } from "node:fs";

const text = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

/** The first block of a language below a heading of any level. */
function block(heading, language) {
  const section = text.split(/^(?=#+ )/m).find((part) => part.startsWith("#") && part.includes(`# ${heading}\n`));
  const found = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "m").exec(section ?? "");
  if (found === null) throw new Error(`README.md has no block of ${language} below "${heading}"`);
  return found[1];
}

/** The commands of a console block, one a line. */
export function commands(heading) {
  return block(heading, "console")
    .replaceAll("\\\n", "")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
}

const manifest = block("In a project of your own", "json");
/** The project that a reader makes by hand: its cdktf.json, the command that runs its program, and what is installed first. */
export const OWN_PROJECT = {
  manifest,
  program: block("The simple case", "ts"),
  app: JSON.parse(manifest).app,
  installs: commands("In a project of your own"),
};
