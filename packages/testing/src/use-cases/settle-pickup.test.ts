import {
  ABANDONED_AFTER_MS,
  bookPickup,
  bug,
  type Carrier,
  cancelPickup,
  type Pickup,
  type PickupFoundOut,
  settlePickup,
} from '@rappit/domain';
import { exampleAddress, exampleLocation, exampleParcel, fakeCarrier, fakeCarriers, inMemory } from '../fakes/index.js';

const gated = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};

/** A pickup of which the carrier was asked, and whose answer is held back for so long that nobody knows what became of it. */
const unanswered = async () => {
  const fake = fakeCarrier();
  const [question, answer] = [gated(), gated()];
  const cancelled: Pickup[] = [];
  const carrier: Carrier = {
    ...fake.carrier,
    bookPickup: async (order) => {
      question.open();
      await answer.opened;
      return fake.carrier.bookPickup(order);
    },
    cancelPickup: (pickup) => {
      cancelled.push(pickup);
      return fake.carrier.cancelPickup(pickup);
    },
  };
  const { memory, ids, caller, clock, addLocation } = inMemory();
  const { unitOfWork } = memory;
  const deps = { unitOfWork, ids, carriers: fakeCarriers(carrier) };
  const location = await addLocation(caller, { ...exampleLocation('FRA'), address: exampleAddress });
  if (!location.ok) throw new Error(location.error.code);
  const booking = bookPickup(deps)(caller, {
    carrier: 'fake',
    accountId: null,
    locationId: location.value.id,
    parcels: [exampleParcel],
    on: '2026-01-06',
    readyAt: '09:00',
    closesAt: '17:00',
    place: null,
    service: null,
    abroad: false,
  });
  await question.opened;
  clock.advance(ABANDONED_AFTER_MS);
  const pickup = async () => {
    const { data } = await unitOfWork.read(caller.organizationId, ({ pickups }) => pickups.list({ limit: 2 }));
    return data[0] ?? bug('the pickup was written down');
  };
  const { id } = await pickup();
  return {
    fake,
    pickup,
    /** What the carrier was asked to cancel. */
    cancelled,
    cancel: () => cancelPickup(deps)(caller, id),
    settle: (found: PickupFoundOut) => settlePickup(deps)(caller, id, found),
    /** The carrier answers whoever asked first, who is told what became of it. */
    answered: () => {
      answer.open();
      return booking;
    },
  };
};

const nobodyComes = { reason: 'Nobody comes, says the hotline.' };
const byPhone = { confirmation: 'BY-PHONE', station: 'NQAA' };

describe('a pickup that somebody has settled before its carrier answers', () => {
  it('comes, and is refused no more, where the carrier says that it comes', async () => {
    const { settle, answered, pickup } = await unanswered();
    expect(await settle(nobodyComes)).toMatchObject({ ok: true, value: { status: 'refused' } });
    const booked = { status: 'booked', confirmation: 'PICKUP-1', refusal: null };
    expect(await answered()).toMatchObject({ ok: true, value: booked });
    expect(await pickup()).toMatchObject(booked);
  });

  it('stays refused, in the words of whoever has asked, where the carrier says so too', async () => {
    const { settle, answered, pickup, fake } = await unanswered();
    const settled = await settle(nobodyComes);
    fake.breakDown('unavailable');
    expect(await answered()).toEqual({ ok: false, error: { code: 'carrier.refused', message: nobodyComes.reason, path: null } });
    expect(settled).toEqual({ ok: true, value: await pickup() });
  });

  it.each([
    ['books', null],
    ['refuses', 'unavailable'],
    ['does not say', 'lostAfterSale'],
  ] as const)('stays booked by the number that was found out, where the carrier %s', async (_, fault) => {
    const { settle, answered, pickup, fake } = await unanswered();
    const settled = await settle(byPhone);
    if (fault !== null) fake.breakDown(fault);
    expect(await answered()).toEqual(settled);
    expect(await pickup()).toMatchObject({ status: 'booked', ...byPhone, refusal: null });
  });

  it.each([['NQAA'], [null]])('is cancelled by the number and the station that were found out: %s', async (station) => {
    const { settle, answered, cancel, cancelled } = await unanswered();
    await settle({ ...byPhone, station });
    expect(await cancel()).toMatchObject({ ok: true, value: { status: 'cancelled' } });
    expect(cancelled).toEqual([{ confirmation: 'BY-PHONE', station, on: '2026-01-06', service: null }]);
    expect(await answered()).toMatchObject({ ok: true, value: { status: 'cancelled' } });
  });
});
