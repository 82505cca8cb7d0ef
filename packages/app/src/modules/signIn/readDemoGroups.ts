import type { ConfigApi } from '@backstage/core-plugin-api';

/** One person of the demo, as `auth.providers.demo.users` lists them. */
export interface DemoPerson {
  entityRef: string;
  displayName: string;
  can: string;
}

/** The people of one group of the demo. */
export interface DemoGroup {
  name: string;
  people: DemoPerson[];
}

/** The demo's people by group, both in the order of the config; undefined where no demo is configured. */
export function readDemoGroups(config: ConfigApi): DemoGroup[] | undefined {
  const users = config.getOptionalConfigArray('auth.providers.demo.users');
  if (!users) {
    return undefined;
  }
  const groups = new Map<string, DemoPerson[]>();
  for (const user of users) {
    const name = user.getString('group');
    const people = groups.get(name) ?? [];
    people.push({
      entityRef: user.getString('entityRef'),
      displayName: user.getString('displayName'),
      can: user.getString('can'),
    });
    groups.set(name, people);
  }
  return Array.from(groups, ([name, people]) => ({ name, people }));
}
