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
  // Most of the time is spent waiting for servers.
  maxWorkers: 2,
  testTimeout: 20_000,
};
