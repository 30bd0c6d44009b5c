import { ApiKeyId, type KeyHolder, OrganizationId } from '@rappit/domain';
import { recognisedKeys } from './recognised-keys.js';

const holder: KeyHolder = {
  organizationId: OrganizationId('organization'),
  key: { id: ApiKeyId('key'), name: 'Scanner' },
  rights: ['item.view'],
};

const gate = () => {
  let [clock, away] = [0, false];
  const [asked, noted, reported]: [string[], string[], unknown[]] = [[], [], []];
  const keys = recognisedKeys({
    recognise: async (secret) => {
      asked.push(secret);
      return secret === 'known' ? holder : undefined;
    },
    noteUse: async ({ key }) => {
      noted.push(key.id);
      if (away) throw new Error('away');
    },
    digest: (text) => `hash of ${text}`,
    now: () => clock,
    report: (error) => reported.push(error),
  });
  return {
    ...keys,
    asked,
    noted,
    reported,
    pass: (ms: number) => {
      clock += ms;
    },
    takeAway: (gone: boolean) => {
      away = gone;
    },
  };
};

describe('recognised keys', () => {
  it('asks for a key once a second, and at once when it is to forget', async () => {
    const { recognise, asked, pass, forget } = gate();
    expect(await Promise.all([recognise('known'), recognise('known'), recognise('other')])).toEqual([holder, holder, undefined]);
    expect(asked).toEqual(['known', 'other']);
    pass(1_000);
    await recognise('known');
    forget();
    await recognise('known');
    expect(asked).toEqual(['known', 'other', 'known', 'known']);
  });

  it('notes the use of a key once a minute, and no use of what is no key', async () => {
    const { recognise, noted, pass } = gate();
    for (const ms of [0, 1_000, 58_999]) {
      pass(ms);
      await recognise('known');
      await recognise('other');
    }
    expect(noted).toEqual(['key']);
    pass(1);
    await recognise('known');
    expect(noted).toEqual(['key', 'key']);
  });

  it('lets a key in whose use can’t be noted, says so, and tries again with the next request', async () => {
    const { recognise, noted, reported, takeAway } = gate();
    takeAway(true);
    expect(await recognise('known')).toEqual(holder);
    await new Promise(setImmediate);
    expect(reported).toEqual([new Error('away')]);
    takeAway(false);
    await recognise('known');
    expect(noted).toEqual(['key', 'key']);
  });
});
