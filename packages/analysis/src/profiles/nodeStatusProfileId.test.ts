import { nodeStatusProfileId } from './nodeStatusProfileId';

describe('the profile id of node status objects', () => {
  it.each([
    ['shortname-profile', 'SeccompProfile-shortname-profile'],
    // Upstream's own test vector, internal/pkg/util/names_test.go.
    [
      'this-is-a-very-long-name-surely-over-64-characters-omg-its-overflowing',
      'SeccompProfile-9d42ecd8a72de861cc202ee69381e536088eec6dc43f8f8e',
    ],
  ])('of the profile %s is %s', (name, id) => {
    expect(nodeStatusProfileId('SeccompProfile', name)).toBe(id);
  });

  it('is readable up to 62 characters and hashed from 63 on', () => {
    const kind = 'RawSelinuxProfile';
    const longest = 'a'.repeat(62 - kind.length - 1);
    expect(nodeStatusProfileId(kind, longest)).toBe(`${kind}-${longest}`);
    expect(nodeStatusProfileId(kind, `${longest}a`)).toMatch(
      /^RawSelinuxProfile-[0-9a-f]{45}$/,
    );
  });
});
