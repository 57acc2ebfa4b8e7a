import type { PrivateState } from "../terraform-plugin/resource";

/**
 * Terraform plans a replacement twice: as a change of the old object, then as a new one, handing on the notes of the
 * first. With `create_before_destroy` the old object is still there when the new one is made, equal in everything:
 * taking it over would end with the new state pointing at what is deleted next.
 */
const NOTE = "replaces";

/** To be called in `plan`. */
export function noteReplacement(notes: PrivateState, id: string | null): void {
  if (id !== null) notes[NOTE] = id;
}

/** The id of what is being replaced; the note is gone then. To be called in `create` and `update`. */
export function takeReplaced(notes: PrivateState): string | undefined {
  const id = notes[NOTE];
  delete notes[NOTE];
  return typeof id === "string" ? id : undefined;
}
