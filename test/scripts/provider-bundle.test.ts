import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const root = resolve(__dirname, "../..");
const NAME = "terraform-provider-outbound";
const script = (name: string) => JSON.stringify(resolve(root, "scripts", name));

let scratch: string;
beforeAll(() => (scratch = mkdtempSync(join(tmpdir(), "outbound-bundle-"))));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs a module that may import scripts of the project; gives what it printed. */
function run(module: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", module], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const read = (...path: string[]) => readFileSync(join(scratch, ...path));

describe("the provider's bundle", () => {
  const [first, second] = ["first", "second"];
  beforeAll(() => {
    for (const folder of [first, second]) {
      const outfile = join(scratch, folder, NAME);
      mkdirSync(dirname(outfile));
      run(`
        const { bundleProvider, describeExecutable, PROVIDERS } = await import(${script("provider-bundle.mjs")});
        const { behindTheProgram: store } = await import(${script("packed-parts.mjs")});
        const { providerHeader } = await import(${script("provider-header.mjs")});
        const [provider, outfile] = [PROVIDERS[${JSON.stringify(NAME)}], ${JSON.stringify(outfile)}];
        const { parties } = await bundleProvider({ provider, outfile, store, head: providerHeader(20) });
        describeExecutable(outfile, parties);`);
    }
  }, 60_000);

  it("is the same in every build, byte for byte, with what is said of it", () => {
    for (const file of [NAME, `${NAME}.cdx.json`, `${NAME}.THIRD-PARTY-NOTICES.txt`]) {
      expect(read(first, file).equals(read(second, file))).toBe(true);
    }
  });

  it("has a bill of materials that CycloneDX's schema accepts, of this very file", () => {
    const bom = JSON.parse(read(first, `${NAME}.cdx.json`).toString());
    const { component } = bom.metadata;
    expect(component).toMatchObject({ name: NAME, licenses: [{ license: { id: "Apache-2.0" } }] });
    const sha256 = createHash("sha256").update(read(first, NAME)).digest("hex");
    expect(component.hashes).toEqual([{ alg: "SHA-256", content: sha256 }]);
    expect(bom.components.map(({ purl }: { purl: string }) => purl)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^pkg:npm\/zod@/),
        expect.stringMatching(/^pkg:npm\/%40hapi\/hoek@/),
      ]),
    );
    expect(schemaErrors(bom)).toEqual([]);
    expect(schemaErrors({ ...bom, components: [{ type: "library" }] })).not.toEqual([]);
  });

  it("prints the licences of exactly these packages", () => {
    const { stdout } = spawnSync(process.execPath, [join(scratch, first, NAME), "--notices"], { encoding: "utf8" });
    expect(stdout).toBe(read(first, `${NAME}.THIRD-PARTY-NOTICES.txt`).toString());
    const noted = [...stdout.matchAll(/^-{80}\n(\S+) (\S+) \(/gm)].map(([, name, version]) => `${name}@${version}`);
    const { components } = JSON.parse(read(first, `${NAME}.cdx.json`).toString()) as {
      components: { group?: string; name: string; version: string }[];
    };
    const listed = components.map(({ group, name, version }) => `${group ? `${group}/` : ""}${name}@${version}`);
    expect(noted.sort()).toEqual(listed.sort());
    expect(noted.length).toBeGreaterThan(20);
  });
});

it("puts what lies beside a program into the order of its names, whichever came first", () => {
  const texts = [
    ["a", "b"],
    ["b", "a"],
  ].map((order, index) => {
    const outfile = join(scratch, `order-${index}`);
    run(`
      const { behindTheProgram } = await import(${script("packed-parts.mjs")});
      const beside = new Map(${JSON.stringify(order)}.map((name) => [name, Buffer.from(name)]));
      const parts = [{ name: "start", modules: new Map([["./main.js", "/* a program */"]]), packed: false }];
      await behindTheProgram.write(${JSON.stringify(outfile)}, "// the head", { entry: "./main.js", parts }, beside);`);
    return readFileSync(outfile, "utf8");
  });
  expect(texts[0]).toMatch(/^\/\/ the head\nconst outboundIndex = \{.*\};\n/);
  expect(texts[0]).toMatch(
    /\n\/\*outbound-parts\n\(\{"\.\/main\.js":function\(.*\)\{\/\* a program \*~\/\n\}\}\)YQ==Yg==\n\*\/\n$/,
  );
  expect(texts[1]).toBe(texts[0]);
});

describe("the licences of others", () => {
  const verdict = (manifest: object, files: Record<string, string>) => {
    const folder = join(scratch, "node_modules", "acme");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const all = { ...files, "package.json": JSON.stringify({ name: "acme", version: "1.0.0", ...manifest }) };
    for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
    return run(`
      const { thirdPartiesOf } = await import(${script("third-party.mjs")});
      try { console.log(JSON.stringify(thirdPartiesOf(["lib/own.ts", ${JSON.stringify(join(folder, "index.js"))}]))); }
      catch (error) { console.log(error.message); }`);
  };

  it("are read from the package's own files, all of them", () => {
    expect(JSON.parse(verdict({ license: "MIT" }, { LICENSE: "be free\r\n", NOTICE: "by us" }))).toEqual([
      { name: "acme", version: "1.0.0", license: "MIT", notice: "be free\n\nby us" },
    ]);
  });

  it.each([
    "## License\n\nbe free\n\n## More\n",
    "License\n-------\n\nbe free\n\n[link]: x\n",
    "# License (MIT)\nbe free",
  ])("or from its README: %j", (readme) => {
    expect(JSON.parse(verdict({ license: "MIT" }, { "README.md": readme }))[0].notice).toBe("be free");
  });

  it("are not to be missed: nothing is built with a package that says none", () => {
    expect(verdict({}, { LICENSE: "be free" })).toContain("is bundled, and has no licence");
    expect(verdict({ license: "MIT" }, {})).toContain("is bundled, and has no text of its licence");
  });
});

/** What the published schema of CycloneDX 1.6 has against a bill of materials. */
function schemaErrors(bom: unknown): unknown[] {
  const schemas = resolve(root, "node_modules/@cyclonedx/cyclonedx-library/res/schema");
  const schema = (name: string) =>
    JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), "utf8")) as object;
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  for (const format of ["idn-email", "iri-reference"]) ajv.addFormat(format, true);
  for (const name of ["spdx", "jsf-0.82", "cryptography-defs"])
    ajv.addSchema({ ...schema(name), $id: undefined }, `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  const validate = ajv.compile(schema("bom-1.6"));
  return validate(bom) ? [] : (validate.errors ?? []);
}
