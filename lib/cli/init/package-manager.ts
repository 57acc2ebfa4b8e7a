/** The commands of the package manager that started this process. */
export interface PackageManager {
  readonly name: "npm" | "pnpm" | "yarn";
  readonly install: string;
  /** The command that runs a script of package.json. */
  run(script: string): string;
  /** The command that runs a package that is not installed. */
  execute(wanted: string): string;
}

const MANAGERS: Readonly<Record<PackageManager["name"], PackageManager>> = {
  npm: {
    name: "npm",
    install: "npm install",
    run: (script) => `npm run ${script}`,
    execute: (wanted) => `npx ${wanted}`,
  },
  pnpm: {
    name: "pnpm",
    install: "pnpm install",
    run: (script) => `pnpm run ${script}`,
    execute: (wanted) => `pnpm dlx ${wanted}`,
  },
  // Its own `dlx` came with version 2; npx comes with every Node.js.
  yarn: {
    name: "yarn",
    install: "yarn install",
    run: (script) => `yarn run ${script}`,
    execute: (wanted) => `npx ${wanted}`,
  },
};

/** Recognises it by the variable that each sets for its children: "pnpm/10.1.0 npm/? node/v22". @default npm */
export function packageManager(environment: Readonly<Record<string, string | undefined>>): PackageManager {
  const name = environment["npm_config_user_agent"]?.split("/")[0];
  return name === "pnpm" || name === "yarn" ? MANAGERS[name] : MANAGERS.npm;
}
