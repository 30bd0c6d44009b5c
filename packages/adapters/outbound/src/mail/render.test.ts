import { languages, type MailContent } from '@rappit/domain';
import { links, TOKEN } from './mail.test-kit.js';
import { render } from './render.js';

const contents: readonly MailContent[] = [
  { kind: 'confirmRegistration', token: TOKEN, minutes: 1_440 },
  { kind: 'alreadyRegistered', name: 'Mina' },
  { kind: 'resetPassword', name: 'Mina', token: TOKEN, minutes: 60 },
  { kind: 'passwordChanged', name: 'Mina' },
  { kind: 'invitation', organizationName: 'Teahouse', inviterName: 'Mina', token: TOKEN, minutes: 1_440 },
  { kind: 'webhookDisabled', name: 'Mina', url: 'https://hooks.example.com/rappit', why: 'failing' },
  { kind: 'webhookDisabled', name: 'Mina', url: 'https://hooks.example.com/rappit', why: 'gone' },
  ...(['trial', 'grace'] as const).flatMap((of) =>
    [7, 1, 0].map((days) => ({ kind: 'subscriptionEnding', name: 'Mina', organizationName: 'Teahouse', of, days }) as const),
  ),
];
const everything = languages.flatMap((language) => contents.map((content) => [content.kind, language, content] as const));

describe('a mail in words', () => {
  it.each(everything)('%s in %s has a subject, a text and an HTML part with the same link', (_, language, content) => {
    const { subject, text, html } = render(content, language, links);
    const page =
      content.kind === 'subscriptionEnding' ? /https:\/\/rappit\.example\/billing/ : /https:\/\/rappit\.example\/sign-in/;
    const url = 'token' in content ? /https:\S+token=a-token-that-nobody-else-may-see/ : page;
    expect(subject).not.toBe('');
    expect(text).toMatch(url);
    expect(html.match(new RegExp(url, 'g'))).toHaveLength(2);
    for (const word of [subject, text, html]) expect(word).not.toMatch(/undefined|null|\[object/);
  });

  it.each(contents.map((content) => [content.kind, content] as const))('%s reads from right to left in Arabic', (_, content) => {
    const { subject, text, html } = render(content, 'ar', links);
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(subject).toMatch(/\p{Script=Arabic}/u);
    // Names and links aside, nothing is left in English.
    const words = text.replace(/https:\S+|\u2068.*?\u2069|Rappit|-- /g, '');
    expect(words).not.toMatch(/[a-z]/i);
    expect(render(content, 'en', links).html).toContain('<html lang="en" dir="ltr">');
  });

  it('says for how long a link is good, in the numbers of each language', () => {
    const saying = (minutes: number, language: 'en' | 'ar') =>
      render({ kind: 'resetPassword', name: 'Mina', token: TOKEN, minutes }, language, links).text;
    expect(saying(60, 'en')).toContain('within 60 minutes');
    expect(saying(1_440, 'en')).toContain('within 24 hours');
    for (const [minutes, words] of [
      [60, 'ساعة واحدة'],
      [120, 'ساعتين'],
      [180, '3 ساعات'],
      [1_440, '24 ساعة'],
      [5, '5 دقائق'],
      [30, '30 دقيقة'],
    ] as const)
      expect(saying(minutes, 'ar')).toContain(`خلال ${words}.`);
  });

  it('shows names as text that can not be clicked on, and that keeps its direction to itself', () => {
    const name = '<b>evil.example</b>\r\nhttps://evil.example & "co" \u202eabc';
    const { text, html, subject } = render(
      { kind: 'invitation', organizationName: name, inviterName: 'ليلى', token: TOKEN, minutes: 60 },
      'en',
      links,
    );
    expect(html).not.toMatch(/<b>|evil\.example|https:\/\/evil|\u202e/);
    expect(text).not.toMatch(/evil\.example|https:\/\/evil|\u202e/);
    expect(html).toContain('&lt;b&gt;');
    expect(html).toContain('<bdi>ليلى</bdi>');
    expect(text).toContain('\u2068ليلى\u2069');
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it('cuts a name off that goes on and on, between two characters', () => {
    const { subject } = render(
      { kind: 'invitation', organizationName: '🧵'.repeat(500), inviterName: 'Mina', token: TOKEN, minutes: 60 },
      'en',
      links,
    );
    expect(subject).toBe(`Invitation to ${'🧵'.repeat(80)}`);
  });
});
