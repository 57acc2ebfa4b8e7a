import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { searchForSecrets } from "../../../lib/cli/demo/secret-search";

describe("the search for secrets", () => {
  const secrets = { SMTP_PASSWORD: 'p&ss "word" 1' };
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "secret-search-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it.each([
    ["plain", 'p&ss "word" 1'],
    ["base64", Buffer.from('p&ss "word" 1').toString("base64")],
    ["base64", Buffer.from('p&ss "word" 1').toString("base64url")],
    ["URL-encoded", "p%26ss%20%22word%22%201"],
    ["JSON", 'p&ss \\"word\\" 1'],
  ])("finds it %s in a file deep down, and names it without telling it", (form, text) => {
    mkdirSync(join(directory, "cdktf.out", "stacks"), { recursive: true });
    writeFileSync(join(directory, "cdktf.out", "stacks", "state"), `{"x":"${text}"}`);
    const { found, searched } = searchForSecrets([directory], "", secrets);
    expect(found).toEqual([`cdktf.out/stacks/state: SMTP_PASSWORD (${form})`]);
    expect(searched).toBe(2);
  });

  it("finds it in what was printed", () => {
    expect(searchForSecrets([directory], `password is ${secrets.SMTP_PASSWORD}`, secrets).found).toEqual([
      "what was printed: SMTP_PASSWORD (plain)",
    ]);
  });

  it("finds nothing where nothing is", () => {
    writeFileSync(join(directory, "state"), "word 1");
    expect(searchForSecrets([directory], "", secrets).found).toEqual([]);
  });
});
