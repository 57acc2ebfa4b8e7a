// What others wrote of a bundle, and under which licences: from the files that are really in it.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} ThirdParty
 * @property {string} name
 * @property {string} version
 * @property {string} license as SPDX writes it
 * @property {string} notice the package's own licence files
 */

/**
 * The packages that files belong to, by name and version.
 *
 * @param {Iterable<string>} inputs paths, as esbuild's metafile has them
 * @returns {ThirdParty[]}
 * @throws when a package says nothing of its licence: it must not be shipped
 */
export function thirdPartiesOf(inputs) {
  const folders = new Set([...inputs].flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
  const all = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const notice = noticeIn(folder);
    if (typeof license !== "string" || notice === "")
      throw new Error(`${folder} is bundled, and has ${notice === "" ? "no text of its licence" : "no licence"}`);
    return { name, version, license, notice };
  });
  const order = ({ name, version }) => `${name}@${version}`;
  const different = new Map(all.map((one) => [order(one), one]));
  return [...different.values()].sort((one, other) => (order(one) < order(other) ? -1 : 1));
}

function noticeIn(folder) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)([-.](?!.*\.json$)|$)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), "utf8"));
  return (texts.length > 0 ? texts.join("\n") : sectionOfReadme(folder)).replace(/\r\n?/g, "\n").trim();
}

/** Some packages have their licence nowhere else. */
function sectionOfReadme(folder) {
  const readme = join(folder, "README.md");
  if (!existsSync(readme)) return "";
  return (
    /^(?:#+ *licen[cs]e\b.*|licen[cs]e *\r?\n-+ *)$([^]*?)(?=^#|^\[[^\]]*\]:|(?![^]))/im.exec(
      readFileSync(readme, "utf8"),
    )?.[1] ?? ""
  );
}

/**
 * @param {readonly ThirdParty[]} parties
 * @param {string} of what they are parts of
 */
export function noticesText(parties, of) {
  const rule = "-".repeat(80);
  return [
    `${of} contains the following packages, each under the licence below it.`,
    ...parties.map(({ name, version, license, notice }) => `${rule}\n${name} ${version} (${license})\n\n${notice}`),
  ]
    .join("\n\n")
    .concat("\n");
}
