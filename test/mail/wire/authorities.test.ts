import { authorities } from "../../../lib/mail/wire/authorities";
import { Authority } from "../../../lib/mail/server";

const ours = Authority.create("Ours").pem;
const theirs = Authority.create("Theirs").pem;
const files: Record<string, string> = { "ca/ours.pem": `# comment\n${ours}\n${theirs}`, "/etc/extra.pem": theirs };
const surroundings = (environment: Record<string, string> = {}) => ({
  environment,
  readFile: (path: string) => files[path],
});

it("leaves Node's own authorities alone when none are given", () => {
  expect(authorities(undefined, surroundings())).toBeUndefined();
});

it("takes the ones that are given", () => {
  expect(authorities(ours, surroundings())).toEqual([ours.trim()]);
});

it("reads all certificates of a file", () => {
  expect(authorities("ca/ours.pem", surroundings())).toEqual([ours.trim(), theirs.trim()]);
});

it("keeps those of NODE_EXTRA_CA_CERTS, which Node 20 forgets as soon as others are given", () => {
  const environment = { NODE_EXTRA_CA_CERTS: "/etc/extra.pem" };
  expect(authorities(ours, surroundings(environment), "20.20.2")).toEqual([theirs.trim(), ours.trim()]);
  expect(authorities(ours, surroundings(environment), "24.0.0")).toEqual([ours.trim()]);
});
