/** SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal. `digestVectors` are kept by every implementation. */
export type Digest = (text: string) => string;

/** Test vectors: FIPS 180-4 examples and one text beyond ASCII. */
export const digestVectors: readonly (readonly [text: string, hex: string])[] = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['مخزون', '355217b16f3a8fb321e67f9dc88abc791c8d0d17773ea756d029f8134c99a3cb'],
];
