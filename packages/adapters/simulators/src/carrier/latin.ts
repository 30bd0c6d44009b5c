import { transliterate } from 'transliteration';

/**
 * A text in the letters that a carrier's machines read: Latin with its common accents as it is, anything else transliterated
 * (`李雷` → `Li Lei`). What has no reading, such as an emoji, is left out; a text of which nothing is left becomes `?`.
 */
export const latin = (text: string): string => {
  const written = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/[^\x20-\x7e\xa1-\xff]+/gu, (run) => transliterate(run).replace(/[^A-Za-z0-9 .,'/-]/g, ''));
  return written.replace(/ +/g, ' ').trim() || '?';
};
