/** The value of a YAML text. js-yaml has no types of its own; this is all that is used of it. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { load } = require("js-yaml") as { load(text: string): unknown };

export const parseYaml = (text: string): unknown => load(text);
