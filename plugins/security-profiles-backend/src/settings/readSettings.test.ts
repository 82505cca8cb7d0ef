import { ConfigReader } from '@backstage/config';
import { environmentOf, readSettings } from './readSettings';

const read = (securityProfiles: unknown) =>
  readSettings(new ConfigReader({ securityProfiles } as never));

describe('Settings', () => {
  it('have defaults where nothing is configured', () => {
    expect(readSettings(new ConfigReader({}))).toMatchObject({
      environments: [],
      targets: [],
      findings: {},
      story: undefined,
      catalogRefresh: { minutes: 5 },
    });
  });

  it('say of a cluster its environment, and one of their own for those in none', () => {
    const settings = read({
      environments: {
        production: { clusters: ['eu', 'us'] },
        staging: { clusters: ['staging'], counted: false },
      },
    });
    expect(settings.environments).toEqual([
      { name: 'production', clusters: ['eu', 'us'], counted: 'counted' },
      { name: 'staging', clusters: ['staging'], counted: 'not-counted' },
    ]);
    expect(
      ['us', 'staging', 'lab'].map(name => environmentOf(settings, name)),
    ).toEqual(['production', 'staging', 'default']);
  });

  it('take a cluster’s default for seccomp for undeclared until config declares it', () => {
    const settings = read({
      clusterOptions: { eu: { owner: 'group:default/platform' } },
    });
    expect(settings.clusterOptions.get('eu')).toEqual({
      owner: 'group:default/platform',
      seccompDefault: false,
    });
  });

  it('say what class workloads are of', () => {
    const classes = [{ class: 'ebpf-collector', image: 'quay.io/acme/*' }];
    expect(read({ classes }).classes).toEqual(classes);
    expect(read({}).classes).toEqual([]);
  });

  it('read a duration', () => {
    expect(read({ catalogRefresh: { minutes: 1 } }).catalogRefresh).toEqual({
      minutes: 1,
    });
  });

  it.each(['2027-01-31', '2027-01-31T12:00:00Z', '2027-01-31T12:00+02:00'])(
    'take %s for the start of a finding',
    from => {
      const findings = { 'seccomp-foreign': { from, exceptClasses: ['mesh'] } };
      expect(read({ findings }).findings).toEqual(findings);
    },
  );

  it.each<[config: object, message: RegExp]>([
    [
      { environments: { prod: { clusters: 'eu' } } },
      /^securityProfiles\.environments\.prod\.clusters: .*expected array, received string/,
    ],
    [
      { environments: { prod: {} } },
      /^securityProfiles\.environments\.prod\.clusters: .*expected array, received undefined/,
    ],
    [
      { environments: { prod: { clusters: [''] } } },
      /^securityProfiles\.environments\.prod\.clusters\.0: /,
    ],
    [
      { environments: { prod: { clusters: [], counted: 'yes' } } },
      /^securityProfiles\.environments\.prod\.counted: .*expected boolean, received string/,
    ],
    [
      { environments: { prod: { clusters: [], count: true } } },
      /^securityProfiles\.environments\.prod: .*"count"/,
    ],
    [
      { environments: ['prod'] },
      /^securityProfiles\.environments: .*expected record, received array/,
    ],
    [
      {
        environments: {
          production: { clusters: ['eu'] },
          staging: { clusters: ['eu'] },
        },
      },
      /^securityProfiles\.environments\.staging\.clusters: eu is in environment production already/,
    ],
    [
      { targets: [{ class: 'ai-agent', level: 'best' }] },
      /^securityProfiles\.targets\.0\.level: .*"baseline"\|"profiled"\|"none"/,
    ],
    [
      { targets: [{ class: 'robot', level: 'none' }] },
      /^securityProfiles\.targets\.0\.class: .*"ai-agent"/,
    ],
    [
      { targets: [{ tags: 'pci', level: 'none' }] },
      /^securityProfiles\.targets\.0: .*"tags"/,
    ],
    [
      { targets: { level: 'none' } },
      /^securityProfiles\.targets: .*expected array, received object/,
    ],
    [
      { classes: [{ class: 'ordinary' }] },
      /^securityProfiles\.classes\.0: expected at least one of entity, cluster, /,
    ],
    [
      { classes: [{ class: 'robot', name: 'x' }] },
      /^securityProfiles\.classes\.0\.class: .*"ai-agent".*; found "robot"/,
    ],
    [
      { classes: [{ class: 'mesh', labels: { app: 'x' } }] },
      /^securityProfiles\.classes\.0: .*"labels"/,
    ],
    [
      { clusterOptions: { eu: { seccompDefault: 'true' } } },
      /^securityProfiles\.clusterOptions\.eu\.seccompDefault: .*expected boolean, received string/,
    ],
    [
      { clusterOptions: { eu: { owner: '' } } },
      /^securityProfiles\.clusterOptions\.eu\.owner: /,
    ],
    [
      { clusterOptions: { eu: { seccomp: true } } },
      /^securityProfiles\.clusterOptions\.eu: .*"seccomp"/,
    ],
    [
      { findings: { privileged: { severity: 'awful' } } },
      /^securityProfiles\.findings\.privileged\.severity: .*"critical"/,
    ],
    [
      { findings: { privileged: { weight: 101 } } },
      /^securityProfiles\.findings\.privileged\.weight: .*100/,
    ],
    [
      { findings: { 'workload-priviledged': { weight: 10 } } },
      /^securityProfiles\.findings\.workload-priviledged: there is no finding of this id; the nearest are workload-privileged, /,
    ],
    [
      { findings: { 'seccomp-foreign': { from: 'soon' } } },
      /^securityProfiles\.findings\.seccomp-foreign\.from: expected a day as 2027-01-31, .*; found "soon"/,
    ],
    [
      { findings: { 'seccomp-foreign': { from: '2027-02-30' } } },
      /^securityProfiles\.findings\.seccomp-foreign\.from: .*; found "2027-02-30"/,
    ],
    [
      { findings: { 'seccomp-foreign': { exceptClasses: ['robot'] } } },
      /^securityProfiles\.findings\.seccomp-foreign\.exceptClasses\.0: .*"ai-agent".*; found "robot"/,
    ],
    [
      { findings: { 'seccomp-foreign': { exceptClass: 'mesh' } } },
      /^securityProfiles\.findings\.seccomp-foreign: .*"exceptClass"/,
    ],
    [
      { findings: { privileged: { enabled: 'no' } } },
      /^securityProfiles\.findings\.privileged\.enabled: .*expected boolean, received string/,
    ],
    [
      { story: 7 },
      /^securityProfiles\.story: .*expected string, received number/,
    ],
    [
      { catalogRefresh: 'soon' },
      /securityProfiles\.catalogRefresh|catalogRefresh/,
    ],
  ])('refuse %j, and say which key is wrong', (config, message) => {
    expect(() => read(config)).toThrow(message);
  });

  it('name every wrong key at once', () => {
    expect(() => read({ story: 7, targets: [{ level: 'best' }] })).toThrow(
      /targets\.0\.level: .*; securityProfiles\.story: /,
    );
  });

  it('are refused with an error for people where they are no settings at all', () => {
    expect(() => read('on')).toThrow(/securityProfiles/);
  });
});
