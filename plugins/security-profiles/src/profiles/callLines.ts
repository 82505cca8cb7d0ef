import type { ProfileCall } from '@security-profiles/backstage-plugin-security-profiles-common';

/** Calls of a group about which the same is to be said. */
export interface CallLine extends Omit<ProfileCall, 'name'> {
  id: string;
  names: string[];
}

/** Puts calls together that have the same risk, action, conditions, reason and source, in the order of the server. */
export function callLines(calls: readonly ProfileCall[]): CallLine[] {
  const lines = new Map<string, CallLine>();
  for (const { name, ...rest } of calls) {
    const { action, risk, because, args, broughtBy } = rest;
    const id = JSON.stringify([action, risk, because, args, broughtBy]);
    const line = lines.get(id);
    if (line) {
      line.names.push(name);
    } else {
      lines.set(id, { ...rest, id, names: [name] });
    }
  }
  return [...lines.values()];
}
