/** Findings, written for whoever reads them. */
export { findingsToCodeQuality } from "./code-quality";
export { countOf, findingsToConsole } from "./console";
export { findingsToJson } from "./json";
export { findingsToJUnit } from "./junit";
export { findingsToMarkdown } from "./markdown";
export { findingsToSarif } from "./sarif";
