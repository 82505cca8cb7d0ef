import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parseStartOptions } from './startOptions.mjs';

describe('the options of npm start', () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'options-'));
    mkdirSync(join(folder, '.kube'));
    for (const file of ['.kube/config', 'a.yaml', 'b.yaml', 'other']) {
      writeFileSync(join(folder, file), '');
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  const parse = (args, env = {}) =>
    parseStartOptions(args, { folder, env: { HOME: folder, ...env } });
  const refuses = (args, message, env) =>
    assert.throws(() => parse(args, env), { name: 'ToolchainError', message });

  it('start the demo, with a frontend, when there are none', () => {
    assert.deepEqual(parse([]), {
      help: false,
      verbose: false,
      backendOnly: false,
      configs: [],
      kubeconfig: undefined,
    });
  });

  it('read config paths from the folder of the caller, in their order', () => {
    assert.deepEqual(parse(['--config', 'b.yaml', '--config=a.yaml']).configs, [
      join(folder, 'b.yaml'),
      join(folder, 'a.yaml'),
    ]);
  });

  it('name a config file that is not there', () => {
    refuses(
      ['--config', 'gone.yaml'],
      /--config: there is no file .*gone\.yaml/,
    );
  });

  it('take the usual kubeconfig when no path is given', () => {
    assert.deepEqual(parse(['--kubeconfig', '--backend-only']).kubeconfig, {
      paths: [join(folder, '.kube/config')],
      contexts: [],
      catalog: undefined,
      ownerLabel: undefined,
    });
  });

  it('prefer KUBECONFIG, with every file in it, to the usual one', () => {
    assert.deepEqual(
      parse(['--kubeconfig'], { KUBECONFIG: 'other:gone' }).kubeconfig.paths,
      [join(folder, 'other'), join(folder, 'gone')],
    );
  });

  it('prefer a path to KUBECONFIG', () => {
    assert.deepEqual(
      parse(['--kubeconfig', 'a.yaml'], { KUBECONFIG: 'other' }).kubeconfig
        .paths,
      [join(folder, 'a.yaml')],
    );
  });

  it('take several contexts, a catalog and an owner label', () => {
    assert.deepEqual(
      parse([
        '--kubeconfig',
        'other',
        '--context',
        'eu',
        '--context',
        'us',
        '--catalog',
        'https://example.com/catalog.yaml',
        '--owner-label',
        'team',
      ]).kubeconfig,
      {
        paths: [join(folder, 'other')],
        contexts: ['eu', 'us'],
        catalog: 'https://example.com/catalog.yaml',
        ownerLabel: 'team',
      },
    );
  });

  it('name the kubeconfig that is not there', () => {
    refuses(['--kubeconfig', 'gone'], /No kubeconfig at .*gone/);
  });

  it('refuse an unknown option and list the known ones', () => {
    refuses(['--kube'], /Unknown option --kube\. Known: --config, /);
    refuses(['a.yaml'], /Unknown option a\.yaml/);
  });

  it('refuse an option whose value is missing', () => {
    refuses(['--config', '--backend-only'], /--config needs a value/);
  });

  it('refuse what only means something with a kubeconfig', () => {
    refuses(['--context', 'eu'], '--context only works with --kubeconfig.');
  });

  it('refuse a second value where one is asked for', () => {
    refuses(
      ['--kubeconfig', 'other', '--kubeconfig', 'a.yaml'],
      '--kubeconfig is given twice.',
    );
  });

  it('say so when npm has taken an option for itself', () => {
    refuses([], /two dashes before it: npm start -- --kubeconfig/, {
      npm_lifecycle_event: 'start',
      npm_config_kubeconfig: 'true',
    });
  });
});
