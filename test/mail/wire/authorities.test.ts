import { authorities } from "../../../lib/mail/wire/authorities";
import { Authority } from "../../../lib/mail/server";

const ours = Authority.create("Ours").pem;
const theirs = Authority.create("Theirs").pem;
const files: Record<string, string> = { "ca/ours.pem": `# comment\n${ours}\n${theirs}` };
const runtime = { readFile: (path: string) => files[path] };

it("leaves Node's own authorities alone when none are given", () => {
  expect(authorities(undefined, runtime)).toBeUndefined();
});

it("takes the ones that are given as a text", () => {
  expect(authorities(ours, runtime)).toEqual([ours.trim()]);
});

it("reads all certificates of a file", () => {
  expect(authorities("ca/ours.pem", runtime)).toEqual([ours.trim(), theirs.trim()]);
});
