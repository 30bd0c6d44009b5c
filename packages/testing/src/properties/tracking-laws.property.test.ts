import { evolveShipment, type Followed, follow, inSequence, type Shipment, shipmentStatusOf } from '@rappit/domain';
import { seed } from '../../../../test/seed.js';
import {
  deliveredMeansEveryParcel,
  type Law,
  trackingIgnoresTheOrder,
  trackingIsQuietAboutWhatIsKnown,
  trackingNeverGoesBack,
} from './index.js';

const runs = Number(process.env['RUNS'] ?? 200);
process.stdout.write(`tracking laws: RUNS=${runs} SEED=${seed}\n`);
jest.setTimeout(300_000 + runs * 200);

type Following = typeof follow;

const settingStatus = (followed: Followed, before: Shipment, status: Shipment['status']): Followed => ({
  ...followed,
  shipment:
    status === before.status
      ? followed.shipment
      : { ...evolveShipment({ ...before, status: 'labelled' }, { status }), parcelStandings: followed.shipment.parcelStandings },
});

/** Believes whatever it was told last. */
const lastWins: Following = (about, told) => {
  const last = told.flatMap(({ events }) => events).at(-1)?.status;
  const status = (last && shipmentStatusOf[last]) ?? about.shipment.status;
  return settingStatus(follow(about, told), about.shipment, status);
};

/** Believes the youngest scan, also after a delivery or a return. */
const youngestWins: Following = (about, told) => {
  const scans = inSequence([...about.known, ...told.flatMap(({ events }) => events)]);
  const status = scans.flatMap((scan) => (scan.status && shipmentStatusOf[scan.status]) ?? []).at(-1);
  return settingStatus(follow(about, told), about.shipment, status ?? about.shipment.status);
};

/** Keeps a scan again each time that it is told. */
const forgetful: Following = (about, told) => follow({ ...about, known: [] }, told);

/** Takes one delivered parcel for all. */
const hasty: Following = (about, told) => {
  const followed = follow(about, told);
  const any = followed.shipment.parcelStandings.some(({ status }) => status === 'delivered');
  return any ? settingStatus(followed, about.shipment, 'delivered') : followed;
};

const laws: Readonly<Record<string, (following?: Following) => Law>> = {
  'scans lead to the same, whatever order they are told in': trackingIgnoresTheOrder,
  'no scan moves a shipment back': trackingNeverGoesBack,
  'what was heard before changes nothing': trackingIsQuietAboutWhatIsKnown,
  'delivered are all parcels or none': deliveredMeansEveryParcel,
};

describe('the laws of tracking', () => {
  it.each(Object.entries(laws))('%s', async (_, law) => {
    await expect(law()({ runs, seed })).resolves.toBeUndefined();
  });

  it.each<[string, (following?: Following) => Law, Following]>([
    ['whoever believes what was told last, by the order', trackingIgnoresTheOrder, lastWins],
    ['whoever believes what was told last, by going back', trackingNeverGoesBack, lastWins],
    ['whoever believes the youngest scan, by going back', trackingNeverGoesBack, youngestWins],
    ['whoever keeps every scan again', trackingIsQuietAboutWhatIsKnown, forgetful],
    ['whoever takes one parcel for all', deliveredMeansEveryParcel, hasty],
  ])('catch %s', async (_, law, broken) => {
    await expect(law(broken)({ runs: 500, seed: 7 })).rejects.toThrow('is broken');
  });
});
