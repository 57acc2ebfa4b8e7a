import { build } from "esbuild";

/** Terraform starts this program three times a plan; whatever it loads before the first call is waited for each time. */
test("the provider loads no package before a call needs it", async () => {
  const entry = "lib/provider/main.ts";
  const definition = "lib/provider/definition.ts";
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
    metafile: true,
    packages: "external",
    external: ["./simulator"],
    logLevel: "silent",
  });

  const loadedBy = new Map<string, string>([
    [entry, ""],
    [definition, ""],
  ]);
  const packages: string[] = [];
  for (const file of loadedBy.keys()) {
    for (const { path, kind, external } of metafile.inputs[file]!.imports) {
      if (kind === "dynamic-import" || path.startsWith("node:")) continue;
      if (external) packages.push(`${path}, imported by ${chain(file)}`);
      else if (!loadedBy.has(path)) loadedBy.set(path, file);
    }
  }

  expect(loadedBy.size).toBeGreaterThan(100);
  expect(packages).toEqual([]);

  function chain(file: string): string {
    const by = loadedBy.get(file);
    return by ? `${file} < ${chain(by)}` : file;
  }
});
