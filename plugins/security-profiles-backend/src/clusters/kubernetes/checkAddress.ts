/** What is wrong with the address of an API server; undefined when it can be used. Never quotes it. */
export function checkAddress(url: string): string | undefined {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    return 'expected an address that begins with https://';
  }
  const { username, password, search, hash } = new URL(url);
  if (username || password) {
    return 'expected an address without a user name and password; they would end up in logs';
  }
  return search || hash ? 'expected an address without ? and #' : undefined;
}

/** Whether what is sent there can be read on the way by others. */
export function isClearText(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return (
    protocol === 'http:' &&
    !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  );
}
