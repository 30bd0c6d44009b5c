import { type NameServer, startNameServer } from './name-server.test-kit.js';
import { publicNames, systemNames } from './names.js';

const never = new AbortController().signal;

describe('publicNames', () => {
  let server: NameServer;
  beforeAll(async () => {
    server = await startNameServer({
      'both.example.com': ['93.184.216.34', '93.184.216.35', '2606:2800:220:1:248:1893:25c8:1946'],
      'four.example.com': ['93.184.216.34'],
      'silent.example.com': 'silent',
      'broken.example.com': 'broken',
    });
  });
  afterAll(() => server.close());

  const ask = (name: string, attemptMs = 60_000) => publicNames({ servers: [server.address], attemptMs })(name, never);

  it('answers every address of both kinds', async () => {
    const found = await ask('both.example.com');
    expect([...found].sort()).toEqual(['2606:2800:220:1:248:1893:25c8:1946', '93.184.216.34', '93.184.216.35']);
    expect(await ask('four.example.com')).toEqual(['93.184.216.34']);
  });

  it('answers nothing for a name that does not exist', async () => {
    expect(await ask('nowhere.example.com')).toEqual([]);
  });

  it('asks for the name as it stands, and never looks into /etc/hosts', async () => {
    expect(await ask('localhost')).toEqual([]);
    expect(server.asked()).toContain('localhost A');
    expect(server.asked().filter((question) => question.startsWith('localhost.'))).toEqual([]);
  });

  it('rejects when the server can not say, or says nothing', async () => {
    await expect(ask('broken.example.com')).rejects.toMatchObject({ code: 'ESERVFAIL' });
    await expect(ask('silent.example.com', 200)).rejects.toMatchObject({ code: 'ETIMEOUT' });
  });

  it('stops asking when it is told to', async () => {
    const control = new AbortController();
    const asking = publicNames({ servers: [server.address], attemptMs: 60_000 })('silent.example.com', control.signal);
    control.abort();
    await expect(asking).rejects.toMatchObject({ code: 'ECANCELLED' });
  });
});

it('systemNames knows this machine', async () => {
  expect(await systemNames('localhost', never)).toContainEqual(expect.stringMatching(/^(?:127\.0\.0\.1|::1)$/));
});
