import { runCommandLine } from "./program";
import { processSurroundings } from "./surroundings";

void runCommandLine(process.argv.slice(2), processSurroundings()).then((exitCode) => {
  // Not process.exit: what is still on its way to a pipe would be lost.
  process.exitCode = exitCode;
});

// To esbuild, what exports nothing in a package of CommonJS is CommonJS, and all that it imports is evaluated as such.
export {};
