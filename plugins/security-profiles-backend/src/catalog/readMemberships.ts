import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { DbMembershipsRow } from '../database/tables';

/** Longest ref that a column holds. */
const longestRef = 512;

/** The groups that a User or Group belongs to directly, by the catalog's relations. */
export function readMemberships(entity: Entity): DbMembershipsRow[] {
  const member = stringifyEntityRef(entity);
  return (entity.relations ?? [])
    .filter(({ type }) => type === 'memberOf' || type === 'childOf')
    .map(({ targetRef }) => ({
      member_ref: member,
      group_ref: targetRef.toLocaleLowerCase('en-US'),
    }))
    .filter(
      row =>
        row.member_ref.length <= longestRef &&
        row.group_ref.length <= longestRef,
    );
}
