import {
  type ChannelMessage,
  eraseShop,
  forgetPeople,
  keptOfPerson,
  type Order,
  ok,
  type PersonConcerned,
  type ShopReaders,
  workInbox,
} from '@rappit/domain';
import { nobodyToAsk, shopLine, shopOrder, shopScene } from './shop-scene.test-kit.js';

const mina: PersonConcerned = { externalId: '5', email: 'Mina@quokka.example', externalOrderIds: [] };

/** A shop with so many orders of Mina's and one of somebody else's; its deliveries are messages, written as JSON. */
const peopleScene = async (count: number) => {
  const scene = await shopScene(10);
  const { rappit, caller, channelId } = scene;
  const { unitOfWork } = rappit.memory;
  const customer = { externalId: '6', name: 'Jo', email: 'jo@quokka.example', phone: null };
  for (let number = 1; number <= count; number += 1)
    await scene.hear(shopOrder(1, [shopLine('MUG', 1)], { externalId: `70${number}`, externalNumber: `#${number}` }));
  await scene.hear(shopOrder(1, [shopLine('MUG', 1)], { externalId: '800', externalNumber: '#800', customer }));
  const readers: ShopReaders = {
    shopify: { verifies: () => true, read: (_topic, body) => ok(JSON.parse(body) as ChannelMessage) },
  };
  const erasing = eraseShop({ unitOfWork, shops: { of: () => undefined }, ids: rappit.ids });
  const work = () =>
    workInbox({ unitOfWork, readers, importOrder: rappit.importOrder, ...nobodyToAsk, eraseShop: erasing })(
      caller.organizationId,
    );
  const state = () => rappit.memory.stateOf(caller.organizationId);
  return {
    ...scene,
    unitOfWork,
    work,
    state,
    deliver: async (message: ChannelMessage): Promise<string> => {
      const id = rappit.ids.next();
      const body = JSON.stringify(message);
      const facts = { id, sourceId: channelId, topic: 'customers/redact', deliveryId: id, body, receivedAt: rappit.clock.now() };
      await unitOfWork.run(caller.organizationId, async ({ inbox }) => ok(await inbox.receive(facts)));
      return id;
    },
    customers: (): readonly Order['customer'][] => [...state().orders.values()].map((order) => order.customer),
    said: (id: string) => state().inbox.find(({ delivery }) => delivery.id === id),
  };
};

it('forgets a person whom the shop wants forgotten, and what asked for it', async () => {
  const { deliver, work, customers, said, state } = await peopleScene(2);
  const id = await deliver({ kind: 'erasePerson', person: mina });
  await work();
  expect(customers().map((customer) => customer?.name ?? null)).toEqual([null, null, 'Jo']);
  expect(said(id)).toMatchObject({ status: 'done', said: 'forgotten', delivery: { body: '' } });
  expect(JSON.stringify([...state().orders.values(), ...state().inbox])).not.toContain('mina@');
});

it('forgets everybody when the shop is to be forgotten, in as many transactions as it takes', async () => {
  const { deliver, work, customers, state, said } = await peopleScene(250);
  const told = await deliver({ kind: 'unused', topic: 'of Mina, mina@quokka.example' });
  await work();
  const id = await deliver({ kind: 'eraseShop' });
  await work();
  expect(new Set(customers())).toEqual(new Set([null]));
  expect([said(told)?.delivery.body, said(id)?.said]).toEqual(['', 'forgotten']);
  expect(state().orders.size).toBe(251);
});

it('goes on where it was when it was cut off, and has nothing to do the second time', async () => {
  const { unitOfWork, rappit, caller, channelId, customers } = await peopleScene(250);
  const forget = () => forgetPeople({ unitOfWork })(caller.organizationId, channelId, 'everybody');
  rappit.memory.breakDown({ after: 1 });
  await expect(forget()).rejects.toThrow('out of order');
  rappit.memory.mend();
  expect(customers().filter((customer) => customer === null)).toHaveLength(100);
  expect([await forget(), await forget()]).toEqual([ok(151), ok(0)]);
});

it('is not told again by a word that it knows, and only by a newer one of the shop’s own', async () => {
  const { unitOfWork, caller, channelId, hear, outcome, customers } = await peopleScene(1);
  await forgetPeople({ unitOfWork })(caller.organizationId, channelId, mina);
  const known = shopOrder(1, [shopLine('MUG', 1)], { externalId: '701', externalNumber: '#1' });
  expect(await outcome(known)).toBe('known');
  expect(customers()[0]).toBeNull();
  await hear(
    shopOrder(2, [shopLine('MUG', 1)], { externalId: '701', externalNumber: '#1', customer: null, shippingAddress: null }),
  );
  expect(customers()[0]).toBeNull();
});

it('hands out all that is kept of a person, with the notes that were written', async () => {
  const { unitOfWork, rappit, caller, channelId, orderId, deliver, work, said } = await peopleScene(2);
  await rappit.addNote(caller, await orderId('701'), 'Mina rang twice');
  const kept = await keptOfPerson({ unitOfWork })(caller.organizationId, channelId, mina);
  expect(kept.orders.map(({ customer, notes, lines }) => [customer?.email, notes.map(({ text }) => text), lines.length])).toEqual(
    [
      ['mina@quokka.example', ['Mina rang twice'], 1],
      ['mina@quokka.example', [], 1],
    ],
  );
  const id = await deliver({ kind: 'exportPerson', person: mina });
  await work();
  expect(said(id)).toMatchObject({ status: 'done', said: 'exportAsked' });
});
