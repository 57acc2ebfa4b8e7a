import type { Attributes, Attribute } from "../terraform-plugin/schema";
import type { TerraformDataSource, TerraformResource } from "./cdktf";
import { camel } from "../core/camel";

type Referable = TerraformResource | TerraformDataSource;

/** Adds a getter for each attribute, which returns a token of the attribute's type. */
export function defineTokens(prototype: Referable, attributes: Attributes): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    const property = camel(name);
    if (property in prototype)
      throw new Error(`The attribute ${name} has the name of a property that every construct has`);
    Object.defineProperty(prototype, property, {
      get(this: Referable) {
        return token(this, name, attribute);
      },
    });
  }
}

function token(element: Referable, name: string, { type }: Attribute): unknown {
  if (type === "string") return element.getStringAttribute(name);
  if (type === "number") return element.getNumberAttribute(name);
  if (Array.isArray(type) && (type[0] === "list" || type[0] === "set")) {
    if (type[1] === "string") return element.getListAttribute(name);
    if (type[1] === "number") return element.getNumberListAttribute(name);
  }
  if (Array.isArray(type) && type[0] === "map" && type[1] === "string") return element.getStringMapAttribute(name);
  return element.interpolationForAttribute(name);
}
