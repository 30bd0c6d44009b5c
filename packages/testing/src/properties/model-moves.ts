import { openBooks, transfer } from '@rappit/domain';
import { levelAt, type Model, moved, named, occasionOf, shelvesOf, withLevel } from './model.js';
import { expiring } from './model-payments.js';
import { type Outcome, serving, withPartners } from './model-stock.js';
import { levelWords } from './said.js';
import type { Command } from './story.js';

type Moving = Extract<Command, { readonly kind: 'transfer' }>;

/** Only what is available may go, and what lapsed is available. Orders that wait for the goods at the new location are served. */
export const transferring = (before: Model, { sku: place_, from, to, quantity }: Moving): Outcome => {
  const sku = named(before.skus, place_);
  const [source, target] = [named(before.locations, from), named(before.locations, to)];
  if (!sku || !source || !target) return { model: before, said: 'skipped' };
  const model = expiring(before, [sku]);
  if (source === target) return { model, said: 'transfer.same_location' };
  if (model.kits.has(sku)) return { model, said: 'item.is_kit' };
  const places = [source, target].map(({ id }) => ({ sku, locationId: id }));
  const opened = places.reduce((built, place) => withLevel(built, levelAt(built, place)), model);
  const partners = withPartners(opened, [sku]);
  const books = openBooks(shelvesOf(opened, partners).map(({ level }) => level));
  const change = transfer(books, occasionOf(opened), { sku, from: source.id, to: target.id, quantity });
  if (!change.ok) return { model, said: `${change.error.code} ${change.error.available} available` };
  const after = serving(moved(opened, change.value), partners);
  return { model: after, said: `ok ${places.map((place) => levelWords(levelAt(after, place))).join(', ')}` };
};
