import ts from "typescript";

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
  const sections = exported.flatMap((symbol) => {
    const text = section(symbol, checker);
    return text === undefined ? [] : [text];
  });
  return [
    "# Constructs and values",
    "Everything that `cdktf-provider-outbound` exports, from the documentation in its source. `cdktf-provider-outbound/cdktn`\nexports the same [for CDK Terrain](../cdk-terrain.md).",
    ...sections,
  ]
    .join("\n\n")
    .replace(/\{@link ([^}]+)\}/g, "`$1`");
}

function section(symbol: ts.Symbol, checker: ts.TypeChecker): string | undefined {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) return undefined;
  const heading = `## ${symbol.name}`;
  const parts = [heading, prose(symbol, checker)].filter(Boolean);
  if (ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)) {
    const members = declaration.members.flatMap((member) => memberLine(member, checker));
    if (members.length > 0) parts.push(members.join("\n"));
  } else if (ts.isTypeAliasDeclaration(declaration) || ts.isFunctionDeclaration(declaration)) {
    parts.push(`\`\`\`ts\n${signature(declaration)}\n\`\`\``);
  }
  return parts.join("\n\n");
}

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

function signature(declaration: ts.TypeAliasDeclaration | ts.FunctionDeclaration): string {
  if (ts.isTypeAliasDeclaration(declaration)) return declaration.getText().replace(/^export\s+/, "");
  const result = declaration.type === undefined ? "" : `: ${declaration.type.getText()}`;
  return `${declaration.name?.getText()}(${parameters(declaration)})${result}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ");
