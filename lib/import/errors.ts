import { ProblemError, type Problem } from "../core/problem";
import { nearestWord } from "../validators/did-you-mean";

/** The errors of `outbound import`. */

const error = (code: string, facts: Omit<Problem, "code" | "severity">) =>
  new ProblemError({ code: `import/${code}`, severity: "error", ...facts });

export const unknownSystem = (name: string, known: readonly string[]) =>
  error("unknown-system", {
    summary: "There is no such system",
    got: name,
    expected: `one of ${known.join(", ")}`,
    fix: nearestWord(name, known) ? `Did you mean ${nearestWord(name, known)}?` : "Correct --system.",
  });

export const nothingConfigured = (variables: readonly string[]) =>
  error("nothing-configured", {
    summary: "No system is configured, so there is nothing to look at",
    expected: `the environment variables of a system, such as ${variables.join(", ")}`,
    fix: "Set the variables with which your stacks reach the systems; `outbound sandbox` prints those of a simulated world.",
  });

export const fileExists = (path: string) =>
  error("file-exists", {
    summary: "The file is there already, and is not overwritten",
    got: path,
    fix: "Choose another file with --out, print to the screen with --out -, or overwrite it with --force.",
  });

export const nothingFound = () =>
  error("nothing-found", {
    summary: "Nothing was found that could be imported, so no file was written",
    fix: "Look at the list above: what is unknown may be there all the same.",
  });
