import type { Problem } from "../../core/problem";

/** Problems for which no project is written. */

const MOST_NAMED = 10;

export const folderNotEmpty = (directory: string, names: readonly string[]): Problem => ({
  code: "cli/init-folder-not-empty",
  severity: "error",
  summary: `The folder is not empty: ${directory}`,
  got: [
    ...names.slice(0, MOST_NAMED),
    ...(names.length > MOST_NAMED ? [`and ${names.length - MOST_NAMED} more`] : []),
  ].join(", "),
  expected: "an empty folder, or one that a new repository or an editor has made",
  fix: "Name another folder, `--directory alerting`; or say --merge to add the project to this one, which replaces no file that is there.",
});

export const folderUnusable = (path: string, evidence: string): Problem => ({
  code: "cli/init-folder-unusable",
  severity: "error",
  summary: "The project cannot be written",
  got: path,
  expected: "a folder that can be made, read and written",
  fix: "Name another folder with --directory, or change its permissions.",
  evidence,
});

export const manifestUnreadable = (): Problem => ({
  code: "cli/init-manifest-unreadable",
  severity: "error",
  summary: "The package.json that is there is none",
  expected: "an object in JSON whose scripts and dependencies are objects of texts",
  fix: "Repair the file, or use another folder.",
});

export const nodeTooOldForCdktn = (node: string, oldest: string): Problem => ({
  code: "cli/init-node-too-old-for-cdktn",
  severity: "error",
  summary: "The command line of CDK Terrain does not run on this Node.js",
  got: node,
  expected: `${oldest} or later`,
  fix: "Use a newer Node.js, or the template cdktf.",
});
