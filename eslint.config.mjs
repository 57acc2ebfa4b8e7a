import jest from "eslint-plugin-jest";
import prettier from "eslint-config-prettier";
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";

const SYNTAX = [
  {
    selector: "ImportDeclaration[source.value=/[/]core[/]zod$/] > ImportSpecifier",
    message: "Write import * as z: by name, the bundler would take all of zod.",
  },
  {
    selector: "ImportExpression[source.value=/[/]core[/]zod$/]",
    message: "Import a module that imports zod: with zod itself, the bundler would take all of it.",
  },
  {
    selector: "MemberExpression[object.name='z'][property.name=/^(core|locales|regexes|util)$/]",
    message: "Use what zod/mini exports by itself: of these, the bundler would take all, every language included.",
  },
  {
    selector: "CallExpression[callee.property.name='addEventListener'][arguments.0.value='abort']",
    message: "Use whenAborted of lib/core/signals: it stops listening, and lets many wait side by side.",
  },
  {
    selector: "CallExpression[callee.name=/^mkdir(Sync)?$/] > ObjectExpression > Property[key.name='recursive']",
    message: "Use makeFolder of lib/core/make-folder: of some file systems, Node's own never returns.",
  },
  {
    selector: ["[callee.object.name='clock']", "[callee.object.property.name='clock']"]
      .map((of) => `BinaryExpression[operator=/^[-+]$/] > CallExpression.left[callee.property.name='now']${of}`)
      .join(", "),
    message: "Use elapsed of lib/core/clock: a machine's clock may be set while we wait.",
  },
];

const GUARDED = "Use connectWithinSandbox, postWithinSandbox or smtpSocket of lib/systems/kit/simulator/connect.";

export default tseslint.config(
  { ignores: ["dist/", "release/", "node_modules/", "**/cdktf.out/", "**/.terraform/", "coverage/"] },
  ...tseslint.configs.recommended,
  {
    rules: {
      // A leading underscore says "not used here, on purpose".
      "@typescript-eslint/no-unused-vars": [
        "error",
        {
          argsIgnorePattern: "^_",
          varsIgnorePattern: "^_",
          destructuredArrayIgnorePattern: "^_",
          caughtErrors: "none",
        },
      ],
    },
  },
  {
    files: ["lib/**/*.ts", "stacks/**/*.ts", "examples/**/*.ts", "bench/**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/only-throw-error": "error",
      eqeqeq: ["error", "always"],
      "no-restricted-syntax": ["error", ...SYNTAX],
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            // The bundler would take all of it, with every language, into each start of the provider.
            { regex: "^zod(/|$)", message: 'Write import * as z from "<path>/core/zod".' },
          ],
        },
      ],
      // Garbage collection takes them away before they fire.
      "no-restricted-properties": [
        "error",
        { object: "AbortSignal", property: "any", message: "Use firstOf of lib/core/signals." },
        {
          object: "AbortSignal",
          property: "timeout",
          message: "Use timeoutSignal or withTimeout of lib/core/signals.",
        },
      ],
    },
  },
  {
    // Whoever writes an answer, a bounce or a plan could otherwise stop the program with it.
    files: ["lib/**/*.ts"],
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "certain" }],
      "regexp/no-super-linear-move": ["error", { report: "certain" }],
    },
  },
  {
    // Simulators and the mail client of the sandbox reach this machine only: by the functions of that one file.
    files: ["lib/sandbox/**/*.ts", "lib/mail/server/**/*.ts", "lib/systems/**/simulator/**/*.ts"],
    ignores: ["lib/systems/kit/simulator/connect.ts", "lib/sandbox/page/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...SYNTAX,
        {
          selector:
            "ImportDeclaration[source.value='node:tls'] > ImportSpecifier[imported.name='connect'][local.name!='connectTls']",
          message: "Import it as connectTls.",
        },
        {
          selector: "CallExpression[callee.name='createTransport']:not(:has(Property[key.name='getSocket']))",
          message: "Without getSocket Nodemailer connects by itself: use smtpSocket.",
        },
        {
          selector: "CallExpression[callee.name='connectTls']:not(:has(Property[key.name='socket']))",
          message: "Without a socket of connectWithinSandbox it connects wherever it is told.",
        },
      ],
      "no-restricted-globals": [
        "error",
        ...["fetch", "WebSocket", "EventSource"].map((name) => ({ name, message: GUARDED })),
      ],
      "no-restricted-imports": [
        "error",
        {
          paths: [
            ...["net", "node:net"].map((name) => ({
              name,
              importNames: ["default", "connect", "createConnection", "Socket"],
              allowTypeImports: true,
              message: GUARDED,
            })),
            ...["http", "node:http", "https", "node:https"].map((name) => ({
              name,
              importNames: ["default", "request", "get", "Agent", "ClientRequest"],
              allowTypeImports: true,
              message: GUARDED,
            })),
            {
              name: "node:tls",
              importNames: ["default", "TLSSocket"],
              allowTypeImports: true,
              message: "Import connect as connectTls, and give it a socket of connectWithinSandbox.",
            },
            ...["axios", "undici", "http2", "node:http2", "dgram", "node:dgram", "imapflow"].map((name) => ({
              name,
              allowTypeImports: true,
              message: GUARDED,
            })),
          ],
          patterns: [{ group: ["**/http/client", "**/mail/wire/connect"], message: GUARDED }],
        },
      ],
    },
  },
  {
    // They meet words that were cut before: see wordsOf.
    files: ["lib/mail/diagnosis/refusals/rows/*.ts"],
    rules: { "regexp/no-super-linear-backtracking": "off", "regexp/no-super-linear-move": "off" },
  },
  {
    // The lowest rooms never write to the console: findings are data, rendered at the edge.
    files: ["lib/**/*.ts"],
    ignores: ["lib/cli/**"],
    rules: { "no-console": "error" },
  },
  {
    // What people and pipelines read goes out cleaned; the demo and the doctor write files for programs.
    files: ["lib/cli/**/*.ts"],
    ignores: [
      "lib/cli/output-file.ts",
      "lib/cli/surroundings.ts",
      "lib/cli/demo/**",
      "lib/cli/doctor/**",
      "lib/cli/init/folder.ts",
    ],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "node:fs",
              importNames: ["writeFileSync", "appendFileSync"],
              message: "Use writeOutput of lib/cli/output-file.",
            },
          ],
        },
      ],
      "no-restricted-properties": [
        "error",
        ...["stdout", "stderr"].map((property) => ({
          object: "process",
          property,
          message: "Use out and err of Surroundings.",
        })),
      ],
      "no-console": "error",
    },
  },
  {
    files: ["test/**/*.test.ts"],
    plugins: { jest },
    rules: {
      ...jest.configs["flat/recommended"].rules,
      "jest/expect-expect": ["error", { assertFunctionNames: ["expect*", "**.expect*", "climbs"] }],
      "jest/no-conditional-expect": "off",
      "jest/valid-title": ["error", { ignoreTypeOfDescribeName: true }],
    },
  },
  {
    // Messages of several types lie side by side in one table; only there their types must be erased.
    files: ["lib/terraform-plugin/protobuf*.ts"],
    rules: { "@typescript-eslint/no-explicit-any": "off" },
  },
  { files: ["**/*.cjs", "**/*.js"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  prettier,
);
