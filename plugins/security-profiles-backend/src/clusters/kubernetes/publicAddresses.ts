import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether an IP address is one of the public internet; false for what is no IP address. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'unicast';
}

/**
 * The IP address that the host of a URL is, without brackets; undefined for a host name.
 */
export function literalAddress(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(bare) ? bare : undefined;
}

/** The part of `dns.lookup` that is used here. */
export type LookupAll = (
  hostname: string,
  options: { all: true; family?: number },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Finds the addresses of a host name and fails (`ADDRESS_NOT_PUBLIC`) unless all are public. As part of each connection
 * it also holds when a name leads elsewhere later.
 */
export function publicLookup(
  lookup: LookupAll = systemLookup as LookupAll,
): LookupFunction {
  return (hostname, options, done) => {
    const family = typeof options.family === 'number' ? options.family : 0;
    lookup(hostname, { all: true, family }, (error, addresses) => {
      if (error) {
        done(error, []);
      } else if (
        addresses.length === 0 ||
        addresses.some(({ address }) => !isPublicAddress(address))
      ) {
        done(
          Object.assign(new Error('The address is not public'), {
            code: 'ADDRESS_NOT_PUBLIC',
          }),
          [],
        );
      } else if (options.all) {
        done(null, addresses);
      } else {
        done(null, addresses[0].address, addresses[0].family);
      }
    });
  };
}
