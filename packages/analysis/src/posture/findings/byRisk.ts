import type { Elevation } from '../../elevation/listElevations';
import type { Risk } from '../../elevation/risk';

const order: Risk[] = ['critical', 'high', 'medium', 'low'];

/** Elevations, most dangerous first. */
export function byRisk(elevations: readonly Elevation[]): Elevation[] {
  return [...elevations].sort(
    (a, b) => order.indexOf(a.risk) - order.indexOf(b.risk),
  );
}
