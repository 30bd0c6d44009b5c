import {
  type AccountDetails,
  addCarrierAccount,
  type CarrierAccount,
  CarrierAccountId,
  type Carriers,
  carriersOfAccounts,
  changeCarrierAccount,
  err,
  nothingButLabels,
  type OpenableAccount,
  OrganizationId,
} from '@rappit/domain';
import { carrierBreakers } from '@rappit/resilience';
import { exampleLabelOrder, fakeAccountFormOf, fakeAccountForms, fakeMeter, fakeVault, inMemory } from '@rappit/testing/fakes';
import { type Connector, carrierConnections } from './carrier-connections.js';

const breakers = carrierBreakers({ meter: fakeMeter() });
afterAll(() => breakers.close());

/** A carrier that says which key it was connected with, and remembers with which it was. */
const recording = () => {
  const keys: (string | undefined)[] = [];
  const connector: Connector = {
    form: fakeAccountFormOf('fake'),
    connect: ({ credentials }) => {
      keys.push(credentials['apiKey']);
      const message = credentials['apiKey'] ?? '';
      return {
        ...nothingButLabels,
        code: 'fake',
        buyLabel: async () => err({ code: 'carrier.refused', message, path: null }),
        findByReference: async () => err({ code: 'carrier.reference_unknown' }),
      };
    },
  };
  return { connector, keys };
};

const openable = (
  organization: string,
  account: string,
  version = 1,
  apiKey = `wombat-${account}-${version}`,
): OpenableAccount => ({
  organizationId: OrganizationId(organization),
  account: { id: CarrierAccountId(account), carrier: 'fake', version, settings: {}, labelFormat: null } as CarrierAccount,
  credentials: (): AccountDetails => ({ apiKey }),
});

const scene = (remembered?: number) => {
  const { connector, keys } = recording();
  const connections = carrierConnections({
    connectors: [connector],
    own: [],
    breakers,
    ...(remembered !== undefined && { remembered }),
  });
  return {
    keys,
    connections,
    /** The key that a purchase on the account would be made with. */
    keyOf: async (account: OpenableAccount) => {
      const answer = await connections.ofAccount(account)?.buyLabel(exampleLabelOrder('r'));
      return answer?.ok === false && 'message' in answer.error ? answer.error.message : undefined;
    },
  };
};

describe('connections to carriers', () => {
  it('are made once for an account and its version, and opened only then', async () => {
    const { keyOf, keys } = scene();
    for (let n = 0; n < 3; n += 1) expect(await keyOf(openable('one', 'a'))).toBe('wombat-a-1');
    expect(keys).toEqual(['wombat-a-1']);
  });

  it('are made anew with the next call after the account was changed', async () => {
    const { keyOf, keys } = scene();
    expect([
      await keyOf(openable('one', 'a', 1)),
      await keyOf(openable('one', 'a', 2)),
      await keyOf(openable('one', 'a', 2)),
    ]).toEqual(['wombat-a-1', 'wombat-a-2', 'wombat-a-2']);
    expect(keys).toEqual(['wombat-a-1', 'wombat-a-2']);
  });

  it('of whoever has read the account before it was changed don’t stay', async () => {
    const { keyOf, keys } = scene();
    await keyOf(openable('one', 'a', 2));
    expect([await keyOf(openable('one', 'a', 1)), await keyOf(openable('one', 'a', 2))]).toEqual(['wombat-a-1', 'wombat-a-2']);
    expect(keys).toEqual(['wombat-a-2', 'wombat-a-1']);
  });

  it('are shared by no two organizations, whatever their accounts are called', async () => {
    const { keyOf } = scene();
    expect(await keyOf(openable('one', 'a', 1, 'wombat of mine'))).toBe('wombat of mine');
    expect(await keyOf(openable('other', 'a', 1, 'wombat of theirs'))).toBe('wombat of theirs');
    expect(await keyOf(openable('one', 'a', 1, 'wombat of nobody'))).toBe('wombat of mine');
  });

  it('are forgotten when there are too many, those first that nobody asked for', async () => {
    const { keyOf, keys } = scene(2);
    for (const account of ['a', 'b', 'a', 'c', 'a', 'b']) await keyOf(openable('one', account));
    expect(keys).toEqual(['wombat-a-1', 'wombat-b-1', 'wombat-c-1', 'wombat-b-1']);
  });

  it('lead to no carrier that nobody speaks to', () => {
    const { connections } = scene();
    const account = openable('one', 'a');
    const strange = { ...account, account: { ...account.account, carrier: 'pigeons' } };
    expect(connections.ofAccount(strange)).toBeUndefined();
    expect(connections.installation('fake')).toBeUndefined();
  });
});

it('a change of credentials counts at once in every process, without anybody being told', async () => {
  const { memory, ids, caller } = inMemory();
  const { unitOfWork } = memory;
  const { organizationId } = caller;
  const [here, there] = [scene(), scene()].map(({ connections }) =>
    carriersOfAccounts({ unitOfWork, vault: fakeVault, connections }),
  );
  const deps = { unitOfWork, ids, vault: fakeVault, accountForms: fakeAccountForms };
  const added = await addCarrierAccount(deps)(caller, {
    carrier: 'fake',
    name: 'The usual one',
    credentials: { accountNumber: '123456789', apiKey: 'the first wombat' },
    settings: {},
    shipper: null,
    defaultService: null,
    labelFormat: null,
    isDefault: null,
    active: true,
  });
  if (!added.ok) throw new Error(added.error.code);
  const { id } = added.value;
  const keyAt = async (process: Carriers | undefined) => {
    const carrier = await process?.find(organizationId, { carrier: 'fake', accountId: id });
    const answer = await carrier?.buyLabel(exampleLabelOrder('r'));
    return answer?.ok === false && 'message' in answer.error ? answer.error.message : undefined;
  };
  expect([await keyAt(here), await keyAt(there)]).toEqual(['the first wombat', 'the first wombat']);
  await changeCarrierAccount(deps)(caller, id, { credentials: { apiKey: 'the second wombat' } });
  expect([await keyAt(there), await keyAt(here)]).toEqual(['the second wombat', 'the second wombat']);
});
