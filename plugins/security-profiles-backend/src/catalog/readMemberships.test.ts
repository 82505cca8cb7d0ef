import { group, person } from '../testing/people';
import { readMemberships } from './readMemberships';

describe('Memberships of the catalog', () => {
  it('are the groups of a person and the parents of a group', () => {
    expect(readMemberships(person('Ada', ['team', 'Other']))).toEqual([
      { member_ref: 'user:default/ada', group_ref: 'group:default/team' },
      { member_ref: 'user:default/ada', group_ref: 'group:default/other' },
    ]);
    expect(readMemberships(group('inner', ['team']))).toEqual([
      { member_ref: 'group:default/inner', group_ref: 'group:default/team' },
    ]);
  });

  it('are not what a person owns or whom a group has', () => {
    const owner = {
      ...group('team'),
      relations: [
        { type: 'ownerOf', targetRef: 'component:default/cart' },
        { type: 'parentOf', targetRef: 'group:default/inner' },
        { type: 'hasMember', targetRef: 'user:default/ada' },
      ],
    };
    expect(readMemberships(owner)).toEqual([]);
    expect(readMemberships({ ...owner, relations: undefined })).toEqual([]);
  });

  it('leave out a ref that no column holds', () => {
    expect(readMemberships(person('ada', ['x'.repeat(513)]))).toEqual([]);
  });
});
