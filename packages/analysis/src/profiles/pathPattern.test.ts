import { patternCovers, patternsMayMeet } from './pathPattern';

describe('an AppArmor pattern', () => {
  it.each([
    ['/etc/passwd', '/etc/passwd'],
    ['/etc/*', '/etc/passwd'],
    ['/etc/*', '/etc/pass*'],
    ['/etc/**', '/etc/ssl/certs/*'],
    ['/etc/**', '/etc/ssl/**'],
    ['/**', '/proc/@{pid}/cgroup'],
    ['/proc/*/cgroup', '/proc/@{pid}/cgroup'],
    ['/dev/tty?', '/dev/tty1'],
    ['/var/log*', '/var/log'],
    ['/a/**/z', '/a/b/c/z'],
    ['/a*c*e', '/abcde'],
  ])('%s covers %s', (whole, part) => {
    expect(patternCovers(whole, part)).toBe(true);
  });

  it.each([
    ['/etc/*', '/etc/ssl/certs'],
    ['/etc/*', '/etc/**'],
    ['/etc/*', '/etc/'],
    ['/etc/**', '/etc/'],
    ['/etc/passwd', '/etc/*'],
    ['/dev/tty?', '/dev/tty'],
    ['/dev/tty?', '/dev/tty*'],
    ['/*', '/@{PROC}/x'],
    ['/etc/*', '/etc/{a,b}'],
    ['/a/b', '/a/c'],
  ])('%s does not cover %s', (whole, part) => {
    expect(patternCovers(whole, part)).toBe(false);
  });

  it('is decided fast, however many wildcards it has', () => {
    const many = `/${'*a'.repeat(40)}`;
    expect(patternCovers(many, `/${'a'.repeat(200)}b`)).toBe(false);
  });

  it.each([
    ['/etc/**', '/etc/passwd', true],
    ['/etc/*', '/e*', true],
    ['/etc/**', '/var/**', false],
    ['/etc', '/etc/*', false],
    ['/etc', '/etc', true],
  ])('%s and %s may meet: %s', (a, b, meet) => {
    expect(patternsMayMeet(a, b)).toBe(meet);
    expect(patternsMayMeet(b, a)).toBe(meet);
  });
});
