/** Findings in the formats that people and tools read. */
export { findingsOfFilesToCodeQuality, findingsToCodeQuality } from "./code-quality";
export { countOf, findingsToConsole } from "./console";
export { findingsToJson } from "./json";
export { findingsToJUnit, suitesToJUnit } from "./junit";
export { findingsToMarkdown } from "./markdown";
export { findingsOfFilesToSarif, findingsToSarif } from "./sarif";
