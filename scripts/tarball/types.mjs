/** Every way in which TypeScript looks for modules. */
const RESOLUTIONS = [
  ["commonjs", "node10"],
  ["node16", "node16"],
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
];

/** The commands that compile files under each of them. */
export function compilations(files, options) {
  return RESOLUTIONS.map(([module, resolution]) => ({
    name: `module ${module}, resolution ${resolution}`,
    command: `npx tsc --noEmit --strict --target es2022 --types node ${options} --module ${module} --moduleResolution ${resolution} ${files}`,
  }));
}
