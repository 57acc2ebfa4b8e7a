/** Arrows point one way (ARCHITECTURE.md): a folder may use only what stands below it. */
const folder = (name) => `^lib/${name}/`;
const only = (from, allowed, comment) => ({
  name: `${from}-knows-only-its-own`.replaceAll("/", "-"),
  comment,
  severity: "error",
  from: { path: folder(from) },
  to: { path: "^lib/", pathNot: [from, ...allowed].map(folder) },
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    only("core", [], "core is the floor"),
    only("terraform-plugin", ["core"], "the framework could be a package of its own: it knows nothing of mail"),
    only("http", ["core"], "the HTTP client knows no system"),
    only("validators", ["core", "terraform-plugin"], "what a value must be is nobody's in particular"),
    only("package", ["core"], "the provider's identity and installation come before everything that has them"),
    only(
      "mail",
      ["core", "terraform-plugin", "validators"],
      "mail is tested through systems by injection, never by import",
    ),
    only(
      "systems/kit",
      ["core", "terraform-plugin", "http", "validators"],
      "what every system is made with knows none of them",
    ),
    {
      name: "systems-use-what-is-below",
      severity: "error",
      from: { path: folder("systems"), pathNot: "target\\.ts$" },
      to: { path: "^lib/", pathNot: ["systems", "core", "http", "terraform-plugin", "validators"].map(folder) },
    },
    {
      name: "targets-bind-systems-to-constructs",
      comment: "a system's target may use the constructs and its own schemas, nothing that talks to the network",
      severity: "error",
      from: { path: "^lib/systems/.*target\\.ts$" },
      to: { path: "(client|resource|simulator|data)\\.ts$" },
    },
    {
      name: "systems-are-closed",
      severity: "error",
      from: { path: "^lib/systems/([^/]+)/", pathNot: folder("systems/kit") },
      to: { path: "^lib/systems/([^/]+)/", pathNot: ["^lib/systems/$1/", folder("systems/kit")] },
    },
    {
      name: "constructs-know-schemas-only",
      severity: "error",
      from: { path: folder("constructs") },
      to: {
        path: "^lib/(systems|mail|provider)/",
        pathNot: ["schema\\.ts$", "^lib/provider/attributes\\.ts$", "^lib/mail/(security|checks)\\.ts$"],
      },
    },
    {
      name: "the-provider-never-loads-the-sandbox",
      severity: "error",
      from: { path: folder("provider") },
      to: { path: ["^lib/(sandbox|cli|constructs)/", "fastify", "smtp-server"] },
    },
    {
      name: "one-door-to-cdktf",
      comment: "so that the same library can be offered for cdktn",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/constructs/cdktf\\.ts$" },
      to: { path: "node_modules/cdktf/" },
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
