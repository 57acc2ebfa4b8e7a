// What scripts report that check something: a line for each, a last line with the sums, and the sums as jest has them.
import { writeFileSync } from "node:fs";

export class Checks {
  results = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };

  /** @param {() => string | undefined} check gives what went wrong */
  run(name, check) {
    const began = Date.now();
    const failure = check();
    this.results[failure === undefined ? "numPassedTests" : "numFailedTests"] += 1;
    const took = `${((Date.now() - began) / 1000).toFixed(1)} s`;
    console.log(`${failure === undefined ? "ok     " : "FAILED "}  ${name} (${took})`);
    if (failure !== undefined) console.log(failure.replace(/^/gm, "         "));
    return failure === undefined;
  }

  skip(name, why) {
    this.results.numPendingTests += 1;
    console.log(`skipped  ${name}: ${why}`);
  }

  /** `--outputFile=` names where the sums go. */
  end(argv = process.argv) {
    const { numPassedTests, numFailedTests, numPendingTests } = this.results;
    const file = argv.find((word) => word.startsWith("--outputFile="))?.slice("--outputFile=".length);
    if (file !== undefined) writeFileSync(file, JSON.stringify(this.results));
    console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
    const played = numPassedTests + numFailedTests + numPendingTests;
    if (played === 0)
      console.log("FAILED   nothing was checked: what was named on the command line is none of what there is");
    process.exitCode = numFailedTests > 0 || played === 0 ? 1 : 0;
  }
}
