/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // Those against real mail servers: `npm run test:mail`.
  testPathIgnorePatterns: ["/node_modules/", "\\.mail\\.test\\.ts$"],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  // Stacks and examples name the package; here it is the sources.
  moduleNameMapper: { "^cdktf-provider-outbound$": "<rootDir>/lib" },
  // Two cores: one worker each. Acceptance tests start terraform, which wants the other core.
  maxWorkers: 2,
  // A worker that has run a hundred files spends most of its time collecting garbage: it is replaced before.
  workerIdleMemoryLimit: "400MB",
  testTimeout: 20_000,
};
