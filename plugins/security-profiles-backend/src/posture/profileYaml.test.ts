import { profileYaml } from './profileYaml';

const object = {
  kind: 'SeccompProfile' as const,
  version: 'v1',
  name: 'pay',
  uid: 'u',
  spec: {
    defaultAction: 'SCMP_ACT_ERRNO',
    syscalls: [{ args: [{ value: 9223372036854775807n }] }],
  },
};

describe('the text of a profile', () => {
  it('keeps every digit of an integer', () => {
    expect(profileYaml(object).text).toContain('value: 9223372036854775807\n');
  });

  it('stops where it gets too long, and says so', () => {
    const names = Array.from({ length: 20_000 }, (_, at) => `syscall_${at}`);
    const { text, truncated } = profileYaml({
      ...object,
      spec: { syscalls: [{ names }] },
    });
    expect([text.length, truncated]).toEqual([256 * 1024, true]);
  });
});
