/** Writes the dashboards of Grafana from deploy/grafana/panels.mjs; with `--check` says instead which are not what they would be. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboards } from '../deploy/grafana/panels.mjs';
import { root } from './packages.mjs';

const [WIDTH, HEIGHT, IN_A_ROW] = [8, 8, 3];
const datasource = { type: 'prometheus', uid: '$datasource' };

const panelOf = ({ title, unit, queries }, index) => ({
  id: index + 1,
  type: 'timeseries',
  title,
  datasource,
  gridPos: { x: (index % IN_A_ROW) * WIDTH, y: Math.floor(index / IN_A_ROW) * HEIGHT, w: WIDTH, h: HEIGHT },
  fieldConfig: { defaults: { unit, min: 0, custom: { fillOpacity: 10, showPoints: 'never' } }, overrides: [] },
  options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
  targets: Object.entries(queries).map(([legendFormat, expr], at) => ({
    refId: String.fromCharCode('A'.charCodeAt(0) + at),
    datasource,
    expr,
    legendFormat,
  })),
});

const dashboardOf = ({ uid, title, panels }) => ({
  uid,
  title,
  tags: ['rappit'],
  schemaVersion: 41,
  editable: false,
  timezone: 'browser',
  time: { from: 'now-3h', to: 'now' },
  refresh: '30s',
  templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Data source' }] },
  panels: panels.map(panelOf),
});

const written = dashboards.map((dashboard) => ({
  path: join(root, 'deploy/grafana/dashboards', `${dashboard.uid}.json`),
  text: `${JSON.stringify(dashboardOf(dashboard), null, 2)}\n`,
}));

if (process.argv.includes('--check')) {
  const stale = written.filter(({ path, text }) => readFileSync(path, 'utf8') !== text).map(({ path }) => path);
  for (const path of stale) console.error(`${path} is not what panels.mjs says: npm run dashboards`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else for (const { path, text } of written) writeFileSync(path, text);
