import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCommandLine } from "../../../lib/cli/program";

/** A directory in which commands run as a shell would run them. */
export class Place {
  readonly directory = mkdtempSync(join(tmpdir(), "outbound-mail-"));

  /** What the commands see of the environment. */
  environment: Record<string, string> = {};
  /** Standard input. */
  input = "";

  write(path: string, content: string | object): string {
    const full = join(this.directory, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, typeof content === "string" ? content : JSON.stringify(content));
    return full;
  }

  /** A synthesised stack of an app that has only this one, or several. */
  synthesise(configuration: object, ...names: string[]): void {
    const all = names.length === 0 ? ["alerting"] : names;
    const entry = (name: string) => ({
      workingDirectory: `stacks/${name}`,
      synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
    });
    this.write("cdktf.out/manifest.json", { stacks: Object.fromEntries(all.map((name) => [name, entry(name)])) });
    for (const name of all) this.write(`cdktf.out/stacks/${name}/cdk.tf.json`, configuration);
  }

  /** `seen` is told every line as it is written. */
  async run(
    argv: readonly string[],
    interrupted: AbortSignal = new AbortController().signal,
    seen: (line: string) => void = () => undefined,
  ) {
    const out: string[] = [];
    const err: string[] = [];
    const line = (to: string[]) => (text: string) => {
      to.push(text);
      seen(text);
    };
    const code = await runCommandLine(argv, {
      out: line(out),
      err: line(err),
      environment: this.environment,
      homeDirectory: this.directory,
      workingDirectory: this.directory,
      nodeVersion: "20.11.0",
      platform: "linux",
      input: async () => this.input,
      interrupted,
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  }
}
