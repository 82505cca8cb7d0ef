import { Confinement } from '../../confinement/resolveConfinement';
import { JudgedContainer } from '../judgedEntity';

/** Whether no node that runs or could run the container has the profile, or nobody ever had it. */
export function isMissingEverywhere(
  container: JudgedContainer,
  confinement: Confinement,
): boolean {
  if (
    confinement.state !== 'profile' ||
    confinement.inForce !== 'will-not-start'
  ) {
    return false;
  }
  const { missingOn } = confinement;
  return (
    missingOn === undefined ||
    missingOn.length === container.candidateNodes.length
  );
}
