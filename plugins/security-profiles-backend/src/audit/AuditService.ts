import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AuditCheckpointList,
  AuditEventPage,
  AuditVerification,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { PageRequest } from '../paging/pageCursor';

/** Which rows of the record are wanted. */
export interface AuditFilter {
  actor?: string;
  action?: string[];
  reviewId?: string;
  /** ISO times; the later one is left out. */
  from?: string;
  to?: string;
}

/** Who reads the record. */
export interface AuditReadOptions {
  credentials: BackstageCredentials;
}

/**
 * The record of approvals, for who has to prove something.
 *
 * @remarks
 * Rejects with `ForbiddenError` without `security-profiles.audit.read`.
 */
export interface AuditService {
  listEvents(
    filter: AuditFilter,
    page: PageRequest,
    options: AuditReadOptions,
  ): Promise<AuditEventPage>;
  verify(options: AuditReadOptions): Promise<AuditVerification>;
  listCheckpoints(options: AuditReadOptions): Promise<AuditCheckpointList>;
  /** Every row as JSON, one per line, a part at a time. */
  export(options: AuditReadOptions): Promise<AsyncIterable<string>>;
}
