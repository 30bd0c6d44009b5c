import type { Language, MailContent } from '@rappit/domain';
import { arabic } from './arabic.js';
import { english } from './english.js';
import type { Letter, MailLinks, Piece, Writer } from './letter.js';
import { typedByPeople } from './typed-by-people.js';

export type Rendered = { readonly subject: string; readonly text: string; readonly html: string };

const writers: Readonly<Record<Language, { readonly write: Writer; readonly direction: 'ltr' | 'rtl' }>> = {
  en: { write: english, direction: 'ltr' },
  ar: { write: arabic, direction: 'rtl' },
};

/** First strong isolate, and its end: a name of another script doesn't turn the words around it. */
const [ISOLATE, END] = ['\u2068', '\u2069'];

const inText = (piece: Piece): string => (typeof piece === 'string' ? piece : `${ISOLATE}${typedByPeople(piece.name)}${END}`);
const inHtml = (piece: Piece): string =>
  typeof piece === 'string' ? escaped(piece) : `<bdi>${escaped(typedByPeople(piece.name))}</bdi>`;

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '&#39;');

/** A mail in its language, as plain text and as HTML that needs nothing from elsewhere. */
export const render = (content: MailContent, language: Language, links: MailLinks): Rendered => {
  const { write, direction } = writers[language];
  const letter = write(content, links);
  const subject = letter.subject.map((piece) => (typeof piece === 'string' ? piece : typedByPeople(piece.name))).join('');
  return { subject, text: asText(letter), html: asHtml(letter, { subject, language, direction }) };
};

const asText = ({ paragraphs, action }: Letter): string =>
  [
    ...paragraphs.map((pieces) => pieces.map(inText).join('')),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    '-- \nRappit',
  ].join('\n\n');

type Page = { readonly subject: string; readonly language: Language; readonly direction: 'ltr' | 'rtl' };

const asHtml = ({ paragraphs, action }: Letter, { subject, language, direction }: Page): string => {
  const url = action && escaped(action.url);
  return [
    '<!doctype html>',
    `<html lang="${language}" dir="${direction}">`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>`,
    `<body dir="${direction}" style="margin:0 auto;max-width:34em;padding:2em;font:16px/1.6 system-ui,sans-serif;color:#1c1c1c">`,
    ...paragraphs.map((pieces) => `<p>${pieces.map(inHtml).join('')}</p>`),
    ...(action
      ? [
          `<p><a href="${url}" style="display:inline-block;padding:.7em 1.2em;border-radius:6px;background:#14532d;color:#fff;text-decoration:none">${escaped(action.label)}</a></p>`,
          `<p dir="ltr" style="font-size:13px;color:#555;word-break:break-all">${url}</p>`,
        ]
      : []),
    '<p style="color:#555">Rappit</p>',
    '</body></html>',
  ].join('\n');
};
