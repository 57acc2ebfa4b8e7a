// The software bill of materials of an executable, as CycloneDX writes it. It names neither time nor serial number, so
// that two builds of one source are the same.
import { createHash } from "node:crypto";
import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";

/**
 * @param {{ name: string, version: string, license: string, content: Uint8Array }} product
 * @param {readonly import("./third-party.mjs").ThirdParty[]} parties
 * @returns {string} JSON
 */
export function billOfMaterials({ name, version, license, content }, parties) {
  const product = component(Enums.ComponentType.Application, { name, version, license });
  product.hashes.set(Enums.HashAlgorithm["SHA-256"], createHash("sha256").update(content).digest("hex"));
  const bom = new Models.Bom();
  bom.metadata.component = product;
  for (const party of parties) {
    const library = component(Enums.ComponentType.Library, party);
    bom.components.add(library);
    product.dependencies.add(library.bomRef);
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function component(type, { name, version, license }) {
  const [group, short] = name.startsWith("@") ? name.split("/") : [undefined, name];
  const path = [group, short].filter(Boolean).map(encodeURIComponent).join("/");
  const purl = type === Enums.ComponentType.Library ? `pkg:npm/${path}@${encodeURIComponent(version)}` : undefined;
  const made = new Models.Component(type, short, { group, version, purl, bomRef: purl ?? `${name}@${version}` });
  made.licenses.add(new Models.SpdxLicense(license));
  return made;
}
