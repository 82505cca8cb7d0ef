export type { Risk } from '../risk/risk';
