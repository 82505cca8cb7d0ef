import { ledgerProfile } from '../fixtures/profiles';
import { usersByOwner } from './usersByOwner';

describe('usersByOwner', () => {
  it('puts entities below their owners and counts what is at hand', () => {
    expect(
      usersByOwner(ledgerProfile.users, []).map(
        ({ ownerRef, entities, pods }) => [ownerRef, entities, pods],
      ),
    ).toEqual([
      ['group:default/checkout', 1, 3],
      [undefined, 1, 1],
    ]);
  });

  it('takes the figures of all pages from the server, where it gives them', () => {
    expect(
      usersByOwner(ledgerProfile.users, [
        { ownerRef: 'group:default/checkout', entities: 40, pods: 900 },
      ])[0],
    ).toMatchObject({ entities: 40, pods: 900 });
  });
});
