import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path: string): string => readFileSync(join(__dirname, '../..', path), 'utf8');
const all = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

const rules = read('deploy/prometheus/rules/alerts.yml');
const alerts = all(rules, /^\s+- alert: (\w+)$/gm);

describe('alerts', () => {
  it('are there', () => {
    expect(alerts.length).toBe(13);
  });

  it('each have a section of the runbook, and link to it', () => {
    const sections = all(read('docs/runbook.md'), /^## (\w+)$/gm);
    expect(sections.toSorted()).toEqual(alerts.toSorted());
    expect(all(rules, /^\s+runbook: (.*)$/gm)).toEqual(alerts.map((name) => `docs/runbook.md#${name.toLowerCase()}`));
  });

  it('are each shown to fire, and to stay quiet', () => {
    const cases = all(read('deploy/prometheus/tests/alerts.yml'), /^ {2}- name: (.*)$/gm);
    expect(cases.toSorted()).toEqual(alerts.flatMap((name) => [`${name} fires`, `${name} stays quiet`]).toSorted());
  });

  it('ask only for metrics that there are', () => {
    const recording = read('deploy/prometheus/rules/recording.yml');
    const known = new Set([...all(read('packages/adapters/metrics/src/declared-metrics.ts'), /^ {2}(\w+): \{/gm), 'up']);
    const asked = all(`${rules}\n${recording}`, /\b([a-z_]+(?:_total|_units|_reservations|_seconds|_state|_ms_bucket|_size))\b/g);
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.map((name) => name.replace(/_bucket$/, '')).filter((name) => !known.has(name))).toEqual([]);
  });
});
