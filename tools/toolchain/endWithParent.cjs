// Loaded into what the launcher starts. The launcher ends its children itself; when it was killed outright it can't,
// and the IPC channel that closes then is the only sign of it.
process.once('disconnect', () => {
  // This process leads a group of its own: what it has started is to end with it.
  const group = process.platform === 'win32' ? process.pid : -process.pid;
  setTimeout(() => process.kill(group, 'SIGKILL'), 8000).unref();
  process.kill(group, 'SIGTERM');
});
process.channel?.unref();
