const MAX_CHARACTERS = 80;

/** Controls of line and direction, with which a text could pretend to be more than one line, or another text. */
const CONTROLS = /[\p{Cc}\s\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu;
/** Where a mail program would see an address or a link that we never meant: `evil.example`, `https:`, `a@b`. */
const LINK_SIGNS = /(?<=\S)[.:@/](?=\S)/g;
const ZERO_WIDTH_SPACE = '\u200b';

/** What somebody typed, as it may stand in a mail to somebody else: on one line, at most 80 characters, and nothing to be clicked on. */
export const typedByPeople = (text: string): string =>
  [...text.normalize('NFC').replace(CONTROLS, ' ').trim()]
    .slice(0, MAX_CHARACTERS)
    .join('')
    .replace(LINK_SIGNS, (sign) => `${sign}${ZERO_WIDTH_SPACE}`);
