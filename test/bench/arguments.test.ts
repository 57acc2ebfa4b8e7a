import { parseArguments, usage } from "../../bench/arguments";

const parse = (...args: string[]) => parseArguments(args, ["starts", "small"], ["20", "24"]);

test("without arguments everything of every day is measured", () => {
  expect(parse()).toEqual({
    help: false,
    full: false,
    dryRun: false,
    resume: false,
    only: [],
    releases: [],
    before: undefined,
  });
});

test("parts and releases can be chosen, several of each", () => {
  const { only, releases, full, resume } = parse(
    "--only",
    "small",
    "--only",
    "starts",
    "--node=24",
    "--full",
    "--resume",
  );
  expect({ only, releases, full, resume }).toEqual({
    only: ["small", "starts"],
    releases: ["24"],
    full: true,
    resume: true,
  });
});

test("rows of two builds are no page", () => {
  expect(parse("--before", "/elsewhere").dryRun).toBe(true);
});

test.each([
  [["--only", "big"], "--only big is unknown; there are: starts, small"],
  [["--node", "18"], "--node 18 is unknown; there are: 20, 24"],
  [["--fast"], "--fast"],
])("%j is refused", (args, message) => {
  expect(() => parse(...args)).toThrow(message);
});

test("the help names every option and every part", () => {
  const text = usage(["starts", "small"]);
  for (const option of ["full", "only", "node", "before", "resume", "dry-run", "help"])
    expect(text).toContain(`--${option} `);
  expect(text).toContain("Parts: starts, small");
});
