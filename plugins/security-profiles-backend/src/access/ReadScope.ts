import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { SqlCondition } from './sqlCondition';

/** What a caller may read of one kind of resource. `conditions` absent: all of it. */
export interface ReadScope {
  conditions?: PermissionCriteria<SqlCondition>;
}
