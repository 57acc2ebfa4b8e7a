import ts from "typescript";

/** What the examples in the source take for granted; no reader sees it, the tests compile the examples with it. */
const EXAMPLES_FRAME = `<!-- ts frame
declare const plugin: SmtpPlugin<VropsAlerts>;
declare const flow: OutboundFlow;
declare const oncall: Receiver;
-->`;

/** What a reader of the public API needs: every exported class, function and type with its documentation. */
export function constructPage(entry: string): string {
  const program = ts.createProgram([entry], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry)!;
  const exported = checker
    .getExportsOfModule(checker.getSymbolAtLocation(source)!)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .sort((a, b) => a.name.localeCompare(b.name));
  const names = new Set(exported.map(({ name }) => name));
  const sections = exported.flatMap((symbol) => {
    const text = section(symbol, checker, names);
    return text === undefined ? [] : [text];
  });
  return [
    "# Constructs and values",
    "Everything that `cdktf-provider-outbound` exports, from the documentation in its source. `cdktf-provider-outbound/cdktn`\nexports the same [for CDK Terrain](../cdk-terrain.md).",
    EXAMPLES_FRAME,
    ...sections,
  ]
    .join("\n\n")
    .replace(/\{@link ([^}]+)\}/g, "`$1`");
}

function section(symbol: ts.Symbol, checker: ts.TypeChecker, names: ReadonlySet<string>): string | undefined {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) return undefined;
  const heading = `## ${symbol.name}`;
  const parts = [heading, prose(symbol, checker)].filter(Boolean);
  if (ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)) {
    const members = declaration.members.flatMap((member) => memberLine(member, checker));
    if (members.length > 0) parts.push(members.join("\n"));
  } else if (ts.isTypeAliasDeclaration(declaration)) {
    const definition = aliasText(declaration, checker, names);
    if (definition !== undefined) parts.push(`\`\`\`ts\n${definition}\n\`\`\``);
  } else if (ts.isFunctionDeclaration(declaration)) {
    parts.push(`\`${signature(declaration)}\``);
  }
  return parts.join("\n\n");
}

/** As in the source, as a list of words, or undefined: where it is made of names that the package keeps to itself. */
function aliasText(
  declaration: ts.TypeAliasDeclaration,
  checker: ts.TypeChecker,
  names: ReadonlySet<string>,
): string | undefined {
  if (namedIn(declaration).every((name) => names.has(name))) return declaration.getText().replace(/^export\s+/, "");
  const type = checker.getTypeAtLocation(declaration);
  const words = type.isUnion() && type.types.every((one) => one.isLiteral());
  if (!words) return undefined;
  return `type ${declaration.name.text} = ${type.types.map((one) => checker.typeToString(one)).join(" | ")};`;
}

/** The names of this project's own modules that a type is written with. */
function namedIn(declaration: ts.TypeAliasDeclaration): readonly string[] {
  const names: string[] = [];
  const parameters = new Set(declaration.typeParameters?.map(({ name }) => name.text));
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) names.push(node.typeName.getText());
    if (ts.isTypeQueryNode(node)) names.push(node.exprName.getText());
    node.forEachChild(visit);
  };
  visit(declaration.type);
  return names.filter((name) => !parameters.has(name) && !BUILT_IN.has(name));
}

const BUILT_IN = new Set(["Readonly", "Record", "Partial", "Pick", "Omit", "ReadonlyMap", "ReadonlySet", "Promise"]);

function prose(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const tags = symbol.getJsDocTags(checker);
  const examples = tags
    .filter((tag) => tag.name === "example")
    .map((tag) => `\`\`\`ts\n${ts.displayPartsToString(tag.text).replace(/^```\w*\n|\n```$/g, "")}\n\`\`\``);
  const links = tags.filter((tag) => tag.name === "see").map((tag) => `See ${ts.displayPartsToString(tag.text)}.`);
  return [text, ...links, ...examples].filter(Boolean).join("\n\n");
}

function memberLine(member: ts.ClassElement | ts.TypeElement, checker: ts.TypeChecker): string[] {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  const hidden = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword];
  if (modifiers.some((modifier) => hidden.includes(modifier.kind))) return [];
  if (ts.isConstructorDeclaration(member)) {
    const isPrivate = modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.PrivateKeyword);
    return isPrivate ? [] : [`- \`new (${parameters(member)})\``];
  }
  if (member.name === undefined) return [];
  const symbol = checker.getSymbolAtLocation(member.name);
  const isInternal = symbol?.getJsDocTags(checker).some((tag) => tag.name === "internal") ?? false;
  if (symbol === undefined || isInternal || member.name.getText().startsWith("_")) return [];
  const isStatic = modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword);
  const fallback = symbol.getJsDocTags(checker).find((tag) => tag.name === "default");
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s*\n\s*/g, " ");
  const defaultText = fallback === undefined ? "" : ` Default: ${ts.displayPartsToString(fallback.text)}.`;
  return [`- \`${isStatic ? "static " : ""}${oneLine(head(member))}\` ${text}${defaultText}`.trimEnd()];
}

function head(member: ts.ClassElement | ts.TypeElement): string {
  const name = member.name!.getText();
  if (ts.isMethodDeclaration(member) || ts.isMethodSignature(member)) {
    return `${name}(${parameters(member)})${member.type === undefined ? "" : `: ${member.type.getText()}`}`;
  }
  if (ts.isPropertyDeclaration(member) || ts.isPropertySignature(member)) {
    return `${name}${member.questionToken === undefined ? "" : "?"}${member.type === undefined ? "" : `: ${member.type.getText()}`}`;
  }
  return name;
}

const parameters = (member: ts.SignatureDeclarationBase): string =>
  oneLine(member.parameters.map((parameter) => parameter.getText()).join(", "));

function signature(declaration: ts.FunctionDeclaration): string {
  const result = declaration.type === undefined ? "" : `: ${declaration.type.getText()}`;
  return `${declaration.name?.getText()}(${parameters(declaration)})${result}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ");
