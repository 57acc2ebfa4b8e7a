import { spawn, type ChildProcess } from "node:child_process";

/** A provider in a debug session: one process for all commands of a test, where Terraform starts three to six for each. */
export class AttachedProvider {
  private constructor(
    private readonly child: ChildProcess,
    /** For the terraform that shall use it. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  static start(executable: string, directory: string, env: NodeJS.ProcessEnv): Promise<AttachedProvider> {
    const child = spawn(process.execPath, [executable, "--debug"], {
      cwd: directory,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    return new Promise((settle, reject) => {
      let text = "";
      child.on("error", reject);
      child.on("close", (code) => reject(new Error(`the provider ended with ${code}:\n${text}`)));
      child.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        const value = /TF_REATTACH_PROVIDERS='(.*)'/.exec(text)?.[1];
        if (value !== undefined) settle(new AttachedProvider(child, { TF_REATTACH_PROVIDERS: value }));
      });
    });
  }

  stop(): void {
    this.child.kill("SIGTERM");
  }
}
