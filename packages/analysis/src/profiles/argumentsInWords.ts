import { SyscallArgument } from './profileSpec';

/** Names of arguments that people know, by syscall and index. Source: the syscall's manual page. */
const argumentNames: Record<string, readonly string[]> = {
  socket: ['address family', 'type', 'protocol'],
  socketpair: ['address family', 'type', 'protocol'],
  personality: ['persona'],
  clone: ['flags'],
  unshare: ['flags'],
  setns: ['file descriptor', 'namespace type'],
  ioctl: ['file descriptor', 'request'],
  fcntl: ['file descriptor', 'command'],
  prctl: ['option'],
  bpf: ['command'],
  keyctl: ['operation'],
  ptrace: ['request'],
  mount: ['source', 'target', 'type', 'flags'],
};

/** Address families. Source: Linux, include/linux/socket.h. */
const addressFamilies: Record<string, string> = {
  1: 'Unix',
  2: 'IPv4',
  10: 'IPv6',
  16: 'netlink',
  17: 'packet',
  38: 'kernel crypto (AF_ALG)',
  40: 'hypervisor (AF_VSOCK)',
  44: 'XDP',
};

/** All flags of clone that make a namespace, but CLONE_NEWTIME. Source: clone(2). */
const newNamespaces = '2114060288';

/**
 * When a rule holds, for a person: `address family is Unix`, `argument 2 is 4096 (0x1000)`; undefined for every call.
 * Integers keep all their digits.
 */
export function argumentsInWords(
  name: string,
  args: readonly SyscallArgument[],
): string | undefined {
  if (args.length === 0) {
    return undefined;
  }
  const repeated = new Set(args.map(({ index }) => index)).size < args.length;
  // Runtimes read conditions on one argument as alternatives.
  return args
    .map(arg => conditionInWords(name, arg))
    .join(repeated ? ' or ' : ' and ');
}

function conditionInWords(name: string, arg: SyscallArgument): string {
  const { index, op, value, valueTwo } = arg;
  const subject = Object.hasOwn(argumentNames, name)
    ? argumentNames[name][Number(index)] ?? `argument ${index}`
    : `argument ${index}`;
  const shown = valueInWords(subject, value);
  switch (op) {
    case 'SCMP_CMP_EQ':
      return `${subject} is ${shown}`;
    case 'SCMP_CMP_NE':
      return `${subject} is not ${shown}`;
    case 'SCMP_CMP_LT':
      return `${subject} is below ${shown}`;
    case 'SCMP_CMP_LE':
      return `${subject} is at most ${shown}`;
    case 'SCMP_CMP_GT':
      return `${subject} is above ${shown}`;
    case 'SCMP_CMP_GE':
      return `${subject} is at least ${shown}`;
    case 'SCMP_CMP_MASKED_EQ':
      return name === 'clone' && value === newNamespaces && valueTwo === '0'
        ? 'only without new namespaces'
        : `bits ${hexadecimal(value)} of ${subject} are ${hexadecimal(
            valueTwo,
          )}`;
    default:
      return `${subject} ${op || 'compared in an unknown way with'} ${shown}`;
  }
}

function valueInWords(subject: string, value: string): string {
  if (subject === 'address family' && Object.hasOwn(addressFamilies, value)) {
    return addressFamilies[value];
  }
  return value.length > 1 ? `${value} (${hexadecimal(value)})` : value;
}

function hexadecimal(value: string): string {
  const number = BigInt(value);
  return number < 0n
    ? `-0x${(-number).toString(16)}`
    : `0x${number.toString(16)}`;
}
