import { Mechanism } from '../../profiles/profileIndex';

/** All mechanisms, in the order in which they are shown. */
export const mechanisms: Mechanism[] = ['seccomp', 'appArmor', 'seLinux'];

/** Their names in texts. */
export const mechanismNames: Record<Mechanism, string> = {
  seccomp: 'seccomp',
  appArmor: 'AppArmor',
  seLinux: 'SELinux',
};
