import type { CancelReason } from './cancel-order.js';
import type { NewsLines } from './news-lines.js';
import type { Order } from './order.js';
import type { OrderLine } from './order-line.js';
import type { OrderStatus } from './status.js';
import type { Told } from './timeline.js';

type Planned = Pick<NewsLines, 'lines'>;

const nothing = { ordered: 0, shipped: 0, cancelled: 0 };

/** Each line that the news change, with what they change of it; an empty text where they change nothing. */
export const linesInWords = (order: Pick<Order, 'lines'>, { lines }: Planned): string =>
  lines
    .flatMap((line) => {
      const before = order.lines.find(({ id }) => id === line.id);
      const words = wordsOf(before, line);
      return words.length > 0 ? [`${line.sku ?? line.name}: ${words.join(', ')}`] : [];
    })
    .join('; ');

const wordsOf = (before: OrderLine | undefined, line: OrderLine): readonly string[] => {
  const { ordered, shipped, cancelled } = before ?? nothing;
  const priced =
    before && (['unitPriceMinor', 'taxMinor', 'discountMinor'] as const).some((field) => before[field] !== line[field]);
  return [
    ...(line.ordered === ordered ? [] : [`${ordered} → ${line.ordered}`]),
    ...(line.cancelled === cancelled ? [] : [`cancelled ${cancelled} → ${line.cancelled}`]),
    ...(line.shipped === shipped ? [] : [`shipped elsewhere ${shipped} → ${line.shipped}`]),
    ...(priced ? ['other prices'] : []),
  ];
};

/** What is told of lines that a shop changed, and by which event. */
export const whatOfLines = (order: Order, planned: Planned, to: OrderStatus | null, cancelReason: CancelReason | null): Told => {
  const words = linesInWords(order, planned);
  if (to === 'cancelled') return { what: 'cancelled', text: cancelReason ?? 'other' };
  return { what: onlyCancelled(order, planned) ? 'linesCancelled' : 'edited', text: words };
};

const onlyCancelled = (order: Order, { lines }: Planned): boolean =>
  lines.every((line) => {
    const before = order.lines.find(({ id }) => id === line.id) ?? { ...line, ...nothing };
    return line.ordered === before.ordered && line.shipped === before.shipped && line.cancelled >= before.cancelled;
  }) && lines.some((line) => line.cancelled > (order.lines.find(({ id }) => id === line.id)?.cancelled ?? 0));
