/** One parcel. Grams and millimetres. */
export type Parcel = {
  readonly weightGrams: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
};
