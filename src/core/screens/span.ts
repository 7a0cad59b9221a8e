/** A place in a text: offsets in UTF-16 code units, the end not included. */
export type Span<Kind extends string = string> = { readonly start: number; readonly end: number; readonly kind: Kind };
