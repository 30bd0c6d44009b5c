/** Who caused a change. The name is as it was then, kept so that a timeline can be read without looking anybody up. */
export type Actor =
  | { readonly kind: 'user'; readonly id: string; readonly name: string }
  | { readonly kind: 'apiKey'; readonly id: string; readonly name: string }
  | { readonly kind: 'channel'; readonly id: string; readonly name: string }
  | { readonly kind: 'carrier'; readonly id: string; readonly name: string }
  | { readonly kind: 'system'; readonly id: string; readonly name: string };

/** A job of ours acting by itself. */
export const system = (name: string): Actor => ({ kind: 'system', id: name, name });
