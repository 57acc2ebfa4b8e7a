/**
 * Arrows point one way (ARCHITECTURE.md): what each folder of `lib` may import beside itself. A folder without a line may
 * not import anything, so a new one is added here.
 */
const MAY_IMPORT = {
  core: [],
  "terraform-plugin": ["core"],
  http: ["core"],
  forge: ["core", "http"],
  package: ["core"],
  validators: ["core", "terraform-plugin"],
  mail: ["core", "terraform-plugin", "validators"],
  "mail/stage": ["core"],
  "mail/wire": ["core", "mail/stage"],
  "mail/smtp": ["core", "validators", "mail/wire"],
  "mail/imap": ["core", "validators", "mail/wire", "mail/stage"],
  "mail/alignment": ["core", "mail/wire", "mail/stage"],
  "mail/diagnosis": ["core", "validators", "mail/stage", "mail/wire", "mail/smtp", "mail/imap", "mail/alignment"],
  "mail/server": ["core"],
  constructs: ["core", "terraform-plugin", "package", "validators", "mail"],
  "systems/kit": ["core", "terraform-plugin", "http", "validators"],
  systems: ["core", "terraform-plugin", "http", "validators", "constructs"],
  provider: ["core", "terraform-plugin", "package", "mail", "systems"],
  findings: ["core"],
  notify: ["core", "http", "forge", "findings"],
  plan: ["core", "terraform-plugin", "package", "validators"],
  topology: ["core", "terraform-plugin", "mail", "systems", "plan"],
  policy: ["core", "validators", "constructs", "topology"],
  review: ["core", "systems", "findings", "plan", "topology", "policy"],
  inventory: ["core", "terraform-plugin", "package", "systems", "provider"],
  survey: ["core", "terraform-plugin", "http", "systems"],
  import: ["core", "terraform-plugin", "package", "validators", "constructs", "systems", "inventory", "index.ts"],
  proof: ["core", "validators", "http", "mail", "survey"],
  reconcile: ["core", "terraform-plugin", "package", "mail", "systems", "findings", "plan", "inventory", "proof"],
  sandbox: ["core", "validators", "mail", "systems"],
  cli: [
    ...["core", "terraform-plugin", "package", "validators", "mail", "systems", "provider", "findings", "plan"],
    ...["topology", "policy", "review", "inventory", "import", "reconcile", "survey", "proof", "sandbox", "forge"],
    "notify",
  ],
};

const within = (name) => (name.endsWith(".ts") ? `^lib/${name}$`.replace(".", "\\.") : `^lib/${name}/`);

const folders = Object.entries(MAY_IMPORT).map(([folder, others]) => ({
  name: `${folder.replaceAll("/", "-")}-imports-what-its-line-allows`,
  severity: "error",
  from: { path: within(folder) },
  to: { path: "^lib/", pathNot: [folder, ...others].map(within) },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...folders,
    {
      name: "every-folder-has-a-line",
      severity: "error",
      from: { path: "^lib/[^/]+/", pathNot: Object.keys(MAY_IMPORT).map(within) },
      to: {},
    },
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "systems-are-closed",
      comment: "a system knows the kit and itself, neither another system nor the list of all",
      severity: "error",
      from: { path: "^lib/systems/([^/]+)/" },
      to: { path: "^lib/systems/", pathNot: ["^lib/systems/$1/", within("systems/kit")] },
    },
    {
      name: "targets-talk-to-nobody",
      comment: "what binds a system to the constructs uses its schemas, nothing that reaches the network",
      severity: "error",
      from: { path: "^lib/systems/.*target\\.ts$" },
      to: { path: "(client|resource|simulator|data)\\.ts$" },
    },
    {
      name: "the-provider-loads-no-construct",
      comment: "Terraform starts it several times in every run: neither CDKTF nor the sandbox may come with it",
      severity: "error",
      from: { path: "^lib/provider/main\\.ts$" },
      to: { reachable: true, path: [within("constructs"), within("cli"), "node_modules/cdktf/"] },
    },
    {
      name: "the-provider-never-loads-the-sandbox",
      severity: "error",
      from: { path: within("provider") },
      to: { path: [within("sandbox"), "find-my-way", "smtp-server"] },
    },
    {
      name: "one-door-to-cdktf",
      comment: "so that the build can make the same library for CDK Terrain",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/constructs/(cdktf\\.ts$|for-cdktf/|for-cdktn/)" },
      to: { path: "node_modules/(cdktf|cdktn|@cdktf/provider-null)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.d\\.ts$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default"] },
  },
};
