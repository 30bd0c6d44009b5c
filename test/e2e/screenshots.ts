import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { shownPanels } from './shown-panels.js';

/** So many graphs go on one picture, so that none is large. */
const AT_ONCE = 6;
/** A graph on Prometheus' page takes so many pixels, with its legend, and the head of the page so many. */
const [GRAPH, HEAD, WIDTH] = [760, 100, 900];

/**
 * Keeps a picture of each dashboard: the first line of each of its panels, drawn by Prometheus' own page, since no package has a Grafana.
 * Needs `chromium`.
 */
export const keepScreenshots = async (prometheusUrl: string, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const panels = shownPanels('1m');
  for (const dashboard of new Set(panels.map((panel) => panel.dashboard))) {
    const own = new Map(
      panels
        .filter((panel) => panel.dashboard === dashboard)
        .map(({ panel, query }) => [panel, query] as const)
        .toReversed(),
    );
    const queries = [...own.values()].toReversed();
    for (let from = 0; from < queries.length; from += AT_ONCE) {
      const name = from === 0 ? dashboard : `${dashboard}-${from / AT_ONCE + 1}`;
      await draw(prometheusUrl, join(folder, `${name}.png`), queries.slice(from, from + AT_ONCE));
    }
  }
};

const draw = (prometheusUrl: string, file: string, queries: readonly string[]): Promise<void> => {
  const asked = queries.flatMap((query, at): [string, string][] => [
    [`g${at}.expr`, query],
    [`g${at}.tab`, '0'],
    [`g${at}.range_input`, '1m'],
    [`g${at}.step_input`, '1'],
  ]);
  return chromium([
    `--window-size=${WIDTH},${HEAD + GRAPH * queries.length}`,
    '--virtual-time-budget=20000',
    `--screenshot=${file}`,
    `${prometheusUrl}/graph/?${new URLSearchParams(asked)}`,
  ]);
};

const chromium = async (settings: readonly string[]): Promise<void> => {
  const usual = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--hide-scrollbars',
    '--force-device-scale-factor=0.45',
  ];
  const child = spawn('chromium', [...usual, ...settings], { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`chromium ended with ${code}`);
};
