import { ClusterError } from '../ClusterError';

/** An answer that did not come in an encoding that was asked for, or that is not what it says: JSON may do. */
export class RefusedEncodingError extends ClusterError {}
