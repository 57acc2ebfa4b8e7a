import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./ci";

// Renovate is not run here: what its patterns find in our files is what it would keep current.

interface Manager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly depNameTemplate: string;
}
interface Configuration {
  readonly extends: readonly string[];
  readonly "github-actions": Pick<Manager, "managerFilePatterns">;
  readonly customManagers: readonly Manager[];
}

const configuration = JSON.parse(readFileSync(join(root, "renovate.json"), "utf8")) as Configuration;
const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");

/** Patterns stand between slashes. */
const matching = ({ managerFilePatterns }: Pick<Manager, "managerFilePatterns">) =>
  files.filter((file) => managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(file)));

const found = (manager: Manager, text: string) =>
  manager.matchStrings.flatMap((one) =>
    [...text.matchAll(new RegExp(one, "g"))].map(({ groups }) => groups!["currentValue"]),
  );

it("finds every workflow and the action, and takes actions by their commit", () => {
  const withActions = files.filter(
    (file) => /\.ya?ml$/.test(file) && /uses: [\w-]+\/[\w/-]+@/.test(readFileSync(join(root, file), "utf8")),
  );
  expect(withActions).toContain("action.yml");
  expect(matching(configuration["github-actions"])).toEqual(expect.arrayContaining(withActions));
  expect(configuration.extends).toContain("helpers:pinGitHubActionDigestsToSemver");
});

it.each([
  ["hashicorp/terraform", "terraform_version"],
  ["opentofu/opentofu", "tofu_version"],
])("finds each version of %s once, and nothing else", (name, key) => {
  const manager = configuration.customManagers.find(({ depNameTemplate }) => depNameTemplate === name)!;
  const texts = matching(manager).map((file) => readFileSync(join(root, file), "utf8"));
  const written = texts.flatMap((text) =>
    [...text.matchAll(new RegExp(`^ +${key}: (.+)$`, "gm"))].map(([, one]) => one),
  );
  expect(written.length).toBeGreaterThan(0);
  expect(texts.flatMap((text) => found(manager, text))).toEqual(written);
  expect(found(manager, `${key}: latest\nother_version: 1.2.3`)).toEqual([]);
});
