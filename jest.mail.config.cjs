const { transform } = require("./jest.config.js");

/** Diagnoses of real mail servers, which are started once for all of them. */
/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test/mail-servers"],
  testMatch: ["**/*.mail.test.ts"],
  transform,
  globalSetup: "<rootDir>/test/mail-servers/setup.ts",
  globalTeardown: "<rootDir>/test/mail-servers/teardown.ts",
  // The servers want the other core.
  maxWorkers: 1,
  testTimeout: 20_000,
};
