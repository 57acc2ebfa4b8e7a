// Which faults the unit tests of a folder would not notice. CONTRIBUTING.md says how to run it, and what it has found.
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const jest = createRequire(import.meta.url)("./jest.config.js");

/** The files that decide, by folder, and the tests that are too slow or too broad to ask for each fault. */
const FOLDERS = {
  core: {
    files: ["redaction", "beside-cuts", "secret-search", "printable", "in-parallel", "keyed-mutex", "clock", "signals"],
    without: ["core/(expressions|documentation|readers)"],
  },
  "terraform-plugin": {
    files: ["values", "write-only", "plan", "settle", "private-state", "ownership/*", "verbs/*"],
    without: ["terraform-plugin/(http2|server|streams|host|protocol|hclog|certificate|msgpack|named-errors)"],
  },
  "systems/kit": {
    files: ["adoption", "refusals", "singleton", "collection", "token", "realm", "read-back"],
    without: ["kit/ownership", "kit/simulator"],
  },
  "mail/diagnosis": {
    files: ["refusals/{engine,said,situation,explain,reported-refusal}", "verdict", "exit-codes", "throttle", "explain"],
    without: ["diagnosis/(fuzz|every-stage|run-test|nothing-waits|report-to-sandbox|remedies|stages|delivery)"],
  },
};

const { FOLDER: folder = "core", FILES, CONCURRENCY = "1" } = process.env;
const { files, without } = FOLDERS[folder];

export default {
  mutate: (FILES?.split(" ") ?? files).map((file) => `lib/${folder}/${file}.ts`),
  // What is said is for people; that it is said, and when, the other mutations show.
  mutator: { excludedMutations: ["StringLiteral"] },
  // What is made when a file is loaded can be judged by running everything anew only.
  ignoreStatic: true,
  coverageAnalysis: "perTest",
  testRunner: "jest",
  jest: {
    projectType: "custom",
    enableFindRelatedTests: false,
    config: {
      ...jest,
      roots: [`<rootDir>/test/${folder}`],
      testPathIgnorePatterns: [...jest.testPathIgnorePatterns, ...without],
    },
  },
  // swc takes the types away: nothing of tsconfig.json has to be rewritten, which would need typescript beside Stryker.
  tsconfigFile: "none",
  concurrency: Number(CONCURRENCY),
  timeoutMS: 10_000,
  ignorePatterns: ["/dist", "/bench", "/cdktf.out", "/stacks"],
  tempDirName: join(tmpdir(), "outbound-mutants"),
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: join(tmpdir(), `outbound-mutants-${folder.replace("/", "-")}.json`) },
};
