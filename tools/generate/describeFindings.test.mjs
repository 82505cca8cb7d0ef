import assert from 'node:assert/strict';
import test from 'node:test';
import { describeFindings } from './describeFindings.mjs';
import { importTypeScript } from './importTypeScript.mjs';

const { findingCatalogue } = await importTypeScript(
  new URL(
    '../../packages/analysis/src/posture/findings/catalogue.ts',
    import.meta.url,
  ),
);

const finding = {
  id: 'door-open',
  title: 'Every door is shut',
  severity: 'low',
  weight: { points: 3, because: 'it is cold' },
  responsible: 'owner',
  meaning: 'An open door <lets> in a_b.',
  decidedBy: 'Warns for an open door.',
  fix: 'Shut it.',
  sources: ['door(1)', 'a hinge v2'],
};

test('the page has a section of its own for every finding of the catalogue', () => {
  const page = describeFindings(findingCatalogue);
  assert.ok(findingCatalogue.length > 20);
  for (const { id } of findingCatalogue) {
    assert.ok(page.includes(`\n## ${id}\n`), id);
  }
});

test('a section says what it means, how it is decided, what to do and where that comes from', () => {
  const page = describeFindings([finding]);
  for (const part of [
    '_Every door is shut._ Severity low; takes 3 of 100, because it is cold; mended by: owner.',
    '**How it is decided.** Warns for an open door.',
    '**What to do.** Shut it.',
    '**Sources.** door(1); a hinge v2.',
  ]) {
    assert.ok(page.includes(part), part);
  }
});

test('what reads as markup in a text stays text', () => {
  assert.ok(
    describeFindings([finding]).includes('An open door \\<lets\\> in a\\_b.'),
  );
});

test('a start date is said', () => {
  assert.ok(
    describeFindings([{ ...finding, from: '2027-01-01' }]).includes(
      'Counts from 2027-01-01.',
    ),
  );
});

test('the most severe finding comes first', () => {
  const page = describeFindings([
    finding,
    { ...finding, id: 'house-burns', severity: 'critical' },
  ]);
  assert.ok(page.indexOf('## house-burns') < page.indexOf('## door-open'));
});
