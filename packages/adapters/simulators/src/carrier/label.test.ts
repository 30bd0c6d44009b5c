import { inflateSync } from 'node:zlib';
import { drawLabel } from './label.js';
import type { WireAddress, WireOrder } from './wire.js';

const address: WireAddress = {
  contact: 'Mina Okafor',
  street: ['Quokkaweg 12'],
  town: 'Frankfurt am Main',
  zip: '60316',
  country: 'DE',
};
const orderTo = (consignee: WireAddress): WireOrder => ({
  customer_ref: '0123456789abcdefghjkmnpqrs',
  shipper: address,
  consignee,
  pieces: [{ kg: 1.2, cm: { l: 30, w: 20, h: 15 } }],
});
const draw = (trackingNumber: string, consignee = address) =>
  drawLabel({ order: orderTo(consignee), service: 'standard', trackingNumber });

/** What the page is drawn with, from all compressed streams of the file. */
const contentOf = (pdf: Buffer): string => {
  const file = pdf.toString('latin1');
  const streams = [...file.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, bytes]) =>
    Buffer.from(bytes ?? '', 'latin1'),
  );
  return streams.map((bytes) => inflateSync(bytes).toString('latin1')).join('\n');
};

/** The words on the page, one text a line. Standard fonts are written as hexadecimal WinAnsi. */
const textOf = (pdf: Buffer): readonly string[] =>
  [...contentOf(pdf).matchAll(/\[([^\]]*)\] TJ/g)].map(([, parts]) =>
    [...(parts ?? '').matchAll(/<([0-9a-f]+)>/g)].map(([, hex]) => Buffer.from(hex ?? '', 'hex').toString('latin1')).join(''),
  );

const pagesOf = (pdf: Buffer): number => [...pdf.toString('latin1').matchAll(/\/Type \/Page\b/g)].length;

// The widths of bars and spaces of each Code 128 symbol, from ISO/IEC 15417; the stop symbol has a seventh.
const symbols = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 ' +
  '223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 ' +
  '112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 ' +
  '311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 ' +
  '122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 ' +
  '214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'
).split(' ');
const [CODE_C, CODE_B, START_B, START_C, STOP] = [99, 100, 104, 105, 106];

/** Reads the symbol as a scanner does: from the bars on the page. Throws when start, stop or checksum is wrong. */
const scan = (pdf: Buffer): string => {
  const bars = [...contentOf(pdf).matchAll(/([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re/g)]
    .map(([, x, , width, height]) => ({ x: Number(x), width: Number(width), height: Number(height) }))
    .filter(({ height }) => height === 72);
  const edges = bars.flatMap(({ x, width }) => [x, x + width]);
  const unit = (4 * 72) / 203;
  const runs = edges.slice(1).map((edge, index) => Math.round((edge - (edges[index] ?? 0)) / unit));
  const values = (runs.join('').match(/.{7}$|.{6}/g) ?? []).map((widths) => symbols.indexOf(widths));
  const [start = -1, ...data] = values;
  const [checksum, stop] = data.splice(-2);
  const sum = data.reduce((total, value, index) => total + value * (index + 1), start);
  if ((start !== START_B && start !== START_C) || stop !== STOP || checksum !== sum % 103)
    throw new Error(`not a symbol: ${values}`);
  return textOfCodes(start, data);
};

const textOfCodes = (start: number, codes: readonly number[]): string => {
  let set = start === START_B ? 'B' : 'C';
  let text = '';
  for (const code of codes) {
    if (code === CODE_C && set === 'B') set = 'C';
    else if (code === CODE_B && set === 'C') set = 'B';
    else text += set === 'B' ? String.fromCharCode(code + 32) : String(code).padStart(2, '0');
  }
  return text;
};

describe('a label', () => {
  it.each(['SIM874895832093', 'SIM000000000000', 'SIM123456789015'])(
    'carries a barcode from which a scanner reads %s',
    async (number) => {
      expect(scan(await draw(number))).toBe(number);
    },
  );

  it('names sender, recipient, reference, weight and number in writing', async () => {
    const words = textOf(await draw('SIM874895832093', { ...address, contact: 'Jo Beech', company: 'Beech & Co' }));
    expect(words).toEqual([
      ...[
        'STANDARD',
        'SIMULATED CARRIER',
        'not valid for shipping',
        'FROM',
        'Mina Okafor',
        'Quokkaweg 12',
        '60316 Frankfurt am Main',
        'DE',
      ],
      ...['TO', 'Jo Beech', 'Beech & Co', 'Quokkaweg 12', '60316 Frankfurt am Main', 'DE'],
      ...['REF 0123456789abcdefghjkmnpqrs', '1 piece, 1.200 kg', 'SIM874895832093'],
    ]);
  });

  it('is byte for byte the same when it is drawn again', async () => {
    expect(await draw('SIM874895832093')).toEqual(await draw('SIM874895832093'));
  });

  it('writes names of other scripts in Latin letters', async () => {
    const words = textOf(
      await draw('SIM874895832093', { ...address, contact: '李雷 😀', company: 'شركة', town: '上海', country: 'CN' }),
    );
    expect(words).toEqual(expect.arrayContaining(['Li Lei', 'shrk', '60316 Shang Hai', 'CN']));
  });

  it('keeps town and country on its one page however long the address is', async () => {
    const long = 'Building on the far side of the yard behind the old mill, second staircase, third floor, bell 4';
    const pdf = await draw('SIM874895832093', {
      ...address,
      contact: long,
      company: long,
      street: [long, long, long, long, long],
    });
    expect(pagesOf(pdf)).toBe(1);
    expect(textOf(pdf).filter((line) => line === 'DE' || line === '60316 Frankfurt am Main')).toHaveLength(4);
    expect(scan(pdf)).toBe('SIM874895832093');
  });

  it('stays on one page when an address is longer in Latin letters than any label is', async () => {
    const long = '莊'.repeat(100);
    const pdf = await draw('SIM874895832093', {
      ...address,
      contact: long,
      company: long,
      street: [long, long, long, long, long],
    });
    expect(pagesOf(pdf)).toBe(1);
    expect(scan(pdf)).toBe('SIM874895832093');
  });
});
