// Which faults the nearest tests would not notice. CONTRIBUTING.md says how to run it, and what it has found.
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const jest = createRequire(import.meta.url)("./jest.config.js");

/** The files that decide, by folder, each with the tests that have to notice where those have another name. */
export const FOLDERS = {
  core: {
    redaction: [],
    "cut-remnants": ["redaction"],
    "secret-search": ["redaction"],
    printable: [],
    "in-parallel": [],
    "keyed-mutex": [],
    clock: [],
    signals: [],
    "time-span": [],
    "certificate-expiry": [],
  },
  "terraform-plugin": {
    values: ["plan", "settle", "verbs/apply"],
    "write-only": [],
    plan: [],
    settle: [],
    "private-state": [],
    calls: [],
    "ownership/standing": [],
    "ownership/apply-record": [],
    "ownership/plan-record": [],
    "ownership/ownership": [],
    "ownership/address": [
      "verbs/apply-owned",
      "verbs/plan",
      "ownership/create-before-destroy",
      "ownership/identity-learnt-late",
    ],
    "verbs/read": [],
    "verbs/import": [],
    "verbs/list": [],
    "verbs/move": [],
    "verbs/open": [],
    "verbs/preflight": [],
    "verbs/apply": ["verbs/apply-owned"],
  },
  "systems/kit": {
    adoption: [],
    refusals: [],
    singleton: [],
    collection: [],
    token: [],
    realm: [],
    "read-back": [],
  },
  "mail/diagnosis": {
    "refusals/engine": [],
    "refusals/parsed-refusal": [],
    "refusals/situation": [],
    "refusals/reported-refusal": [],
    verdict: [],
    "exit-codes": [],
    throttle: [],
    "delivery/greylisting": [],
  },
};

const { FOLDER: folder = "core", FILES, CONCURRENCY = "1" } = process.env;
const files = FILES?.split(" ") ?? Object.keys(FOLDERS[folder]);
const tests = new Set(files.flatMap((file) => [file, ...(FOLDERS[folder][file] ?? [])]));

export default {
  mutate: files.map((file) => `lib/${folder}/${file}.ts`),
  // What is said is for people; that it is said, and when, the other mutations show.
  mutator: { excludedMutations: ["StringLiteral"] },
  // What is made when a file is loaded can be judged by running everything anew only.
  ignoreStatic: true,
  coverageAnalysis: "perTest",
  testRunner: "jest",
  jest: {
    projectType: "custom",
    // A run loads all test files that it is given: these few, and of them those that have to do with the fault.
    enableFindRelatedTests: true,
    config: {
      ...jest,
      roots: ["<rootDir>/lib", "<rootDir>/test"],
      testMatch: [...tests].map((test) => `<rootDir>/test/${folder}/${test}.test.ts`),
    },
  },
  // swc takes the types away: nothing of tsconfig.json has to be rewritten, which would need typescript beside Stryker.
  tsconfigFile: "none",
  concurrency: Number(CONCURRENCY),
  timeoutMS: 3_000,
  ignorePatterns: ["/dist", "/bench", "/cdktf.out", "/stacks", "/docs", "/examples", "/templates", "/schemas"],
  tempDirName: join(tmpdir(), "outbound-mutants"),
  reporters: ["progress-append-only", "clear-text", "json"],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: join(tmpdir(), `outbound-mutants-${folder.replace("/", "-")}.json`) },
};
