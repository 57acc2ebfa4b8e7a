// Makes dist/cdktn: whatever of the library stands on CDKTF, compiled a second time against CDK Terrain from the same sources.
// Everything else is shared with dist/lib, so that a problem is the same class in both.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

const PACKAGE = ["cdktf", "cdktn"];
/** The two folders have the same files: what really differs between the libraries. */
const FOLDER = ["/constructs/for-cdktf/", "/constructs/for-cdktn/"];

/** @returns whether it could be made; says on the console why not */
export function buildLibraryForCdktn(root) {
  const [sources, shared, target] = ["lib", "dist/lib", "dist/cdktn"].map((folder) => join(root, folder));
  const { config } = ts.readConfigFile(join(root, "tsconfig.build.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root, { rootDir: sources, outDir: target });
  const host = ts.createCompilerHost(options);
  const cache = ts.createModuleResolutionCache(root, host.getCanonicalFileName, options);
  const find = (specifier, from) => {
    const wanted = specifier === PACKAGE[0] ? PACKAGE[1] : specifier;
    const found = ts.resolveModuleName(wanted, from, options, host, cache);
    const resolvedFileName = found.resolvedModule?.resolvedFileName.replace(...FOLDER);
    return resolvedFileName ? { resolvedModule: { ...found.resolvedModule, resolvedFileName } } : found;
  };
  host.resolveModuleNameLiterals = (literals, from) => literals.map(({ text }) => find(text, from));

  const program = ts.createProgram([join(sources, "index.ts")], options, host);
  const problems = ts.getPreEmitDiagnostics(program);
  if (problems.length > 0) {
    console.error(ts.formatDiagnosticsWithColorAndContext(problems, host));
    return false;
  }
  const own = filesOnTheLibrary(program, sources, find);
  /** `../core/problem` as seen from the place that a file is written to. */
  const moved = (specifier, source) => {
    if (specifier === PACKAGE[0]) return PACKAGE[1];
    if (!specifier.startsWith(".")) return specifier;
    const file = find(specifier, source).resolvedModule.resolvedFileName;
    const module = relative(sources, file).replace(/(\/index)?\.ts$/, "");
    const path = relative(
      dirname(join(target, relative(sources, source))),
      join(own.has(file) ? target : shared, module),
    );
    return path.startsWith(".") ? path : `./${path}`;
  };
  for (const source of own) {
    program.emit(program.getSourceFile(source), (path, text) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, path.endsWith(".map") ? text : withSpecifiers(text, (one) => moved(one, source)));
    });
  }
  return true;
}

/** The sources that reach the library by whatever way, types included. */
function filesOnTheLibrary(program, sources, find) {
  const own = program.getSourceFiles().filter(({ fileName }) => resolve(fileName).startsWith(sources));
  const imports = new Map(
    own.map(({ fileName, text }) => [
      fileName,
      ts
        .preProcessFile(text, true, true)
        .importedFiles.map((one) => (one.fileName === PACKAGE[0] ? PACKAGE[0] : find(one.fileName, fileName)))
        .map((found) => found.resolvedModule?.resolvedFileName ?? found),
    ]),
  );
  const reaching = new Set([...imports.keys()].filter((file) => file.includes(FOLDER[1])));
  for (let size = -1; size !== reaching.size;) {
    size = reaching.size;
    for (const [file, all] of imports) {
      if (all.some((one) => one === PACKAGE[0] || reaching.has(one))) reaching.add(file);
    }
  }
  return reaching;
}

function withSpecifiers(text, change) {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  let [result, end] = ["", 0];
  for (const { fileName, pos } of importedFiles.sort((a, b) => a.pos - b.pos)) {
    const start = text.indexOf(fileName, pos);
    result += text.slice(end, start) + change(fileName);
    end = start + fileName.length;
  }
  return result + text.slice(end);
}
