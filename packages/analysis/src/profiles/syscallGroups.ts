import type { Risk } from '../risk/risk';

/** What a group of syscalls is about. @public */
export interface SyscallGroup {
  /** Stable, as `kernel-modules`. */
  id: string;
  title: string;
  /** One line of why it matters. */
  because: string;
}

/** How much one syscall gives away. @public */
export interface SyscallRisk {
  /** Id of its {@link SyscallGroup}. */
  group: string;
  risk: Risk;
  because: string;
}

interface GroupRow extends SyscallGroup {
  risk: Risk;
  names: string;
  /** Calls of the group that stand out, with their own reason. */
  notable?: Record<string, { risk?: Risk; because: string }>;
}

/**
 * Groups in the order in which a reviewer wants them: what reaches the kernel itself first. Within a group all calls have
 * its risk but those that say otherwise. The risk is that of a container that may make the call, whether RuntimeDefault
 * allows it or not. Source: the syscalls' manual pages; moby, "Seccomp security profiles for Docker", for why calls are
 * refused by default.
 */
const rows: readonly GroupRow[] = [
  {
    id: 'kernel-modules',
    title: 'Kernel modules',
    because: 'code that is loaded into the kernel runs above every container',
    risk: 'critical',
    names:
      'init_module finit_module delete_module create_module query_module get_kernel_syms kexec_load kexec_file_load',
    notable: {
      kexec_load: { because: 'replaces the running kernel with another' },
      kexec_file_load: { because: 'replaces the running kernel with another' },
      delete_module: {
        risk: 'high',
        because: 'unloads modules that the node needs',
      },
      query_module: {
        risk: 'medium',
        because: 'tells which modules are loaded and where',
      },
      get_kernel_syms: {
        risk: 'medium',
        because: 'tells addresses in the kernel',
      },
    },
  },
  {
    id: 'bpf-and-perf',
    title: 'BPF and perf',
    because:
      'programs and probes in the kernel see and change what every process of the node does',
    risk: 'critical',
    names: 'bpf perf_event_open lookup_dcookie',
    notable: {
      bpf: {
        because:
          'loads programs into the kernel, which can watch the whole node and have broken out of it before',
      },
      perf_event_open: {
        risk: 'high',
        because: 'observes the kernel and other processes of the node',
      },
      lookup_dcookie: {
        risk: 'low',
        because: 'tells paths of files outside of the container',
      },
    },
  },
  {
    id: 'tracing',
    title: 'Tracing',
    because:
      'reads and changes the memory of other processes that it can reach',
    risk: 'medium',
    names:
      'ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd',
    notable: {
      pidfd_getfd: {
        risk: 'high',
        because: 'takes open files and sockets out of other processes',
      },
      kcmp: {
        risk: 'medium',
        because: 'compares kernel objects of processes and so tells addresses',
      },
      process_madvise: {
        risk: 'low',
        because: 'advises the kernel on the memory of other processes',
      },
    },
  },
  {
    id: 'namespaces-and-mounts',
    title: 'Namespaces and mounts',
    because:
      'new namespaces and mounts open large parts of the kernel and ways around the container',
    risk: 'high',
    names:
      'clone clone3 unshare setns mount umount umount2 pivot_root fsopen fsconfig fsmount fspick open_tree open_tree_attr move_mount mount_setattr statmount listmount chroot sethostname setdomainname',
    notable: {
      clone: {
        because:
          'without limits on its flags it makes user namespaces, in which an ordinary process is root towards the kernel',
      },
      clone3: {
        because:
          'makes namespaces, and seccomp cannot see its flags; programs fall back to clone when it is refused',
      },
      unshare: {
        because:
          'makes user namespaces, in which an ordinary process is root towards the kernel',
      },
      setns: { because: 'enters namespaces of other containers or the node' },
      chroot: {
        risk: 'low',
        because: 'changes the root folder, a known way out of a folder',
      },
      statmount: { risk: 'low', because: 'tells what is mounted' },
      listmount: { risk: 'low', because: 'tells what is mounted' },
      sethostname: { risk: 'low', because: 'changes the name of the host' },
      setdomainname: {
        risk: 'low',
        because: 'changes the domain of the host',
      },
    },
  },
  {
    id: 'io-uring',
    title: 'io_uring',
    because:
      'queues file and network work that seccomp does not see call by call; many kernel flaws were found in it',
    risk: 'high',
    names: 'io_uring_setup io_uring_enter io_uring_register',
  },
  {
    id: 'keyrings',
    title: 'Keyrings',
    because:
      'stores and reads keys in kernel keyrings that other containers of the same user may reach',
    risk: 'medium',
    names: 'add_key keyctl request_key',
  },
  {
    id: 'raw-io',
    title: 'Raw I/O and devices',
    because: 'reaches ports, memory and devices of the machine',
    risk: 'critical',
    names:
      'iopl ioperm s390_pci_mmio_read s390_pci_mmio_write s390_runtime_instr pciconfig_read pciconfig_write pciconfig_iobase vm86 vm86old modify_ldt',
    notable: {
      s390_pci_mmio_read: {
        risk: 'low',
        because: 'reads devices that were given to the process',
      },
      s390_pci_mmio_write: {
        risk: 'low',
        because: 'writes to devices that were given to the process',
      },
      s390_runtime_instr: {
        risk: 'low',
        because: 'measures its own instructions',
      },
      vm86: {
        risk: 'medium',
        because: 'enters a mode of old processors that few look after',
      },
      vm86old: {
        risk: 'medium',
        because: 'enters a mode of old processors that few look after',
      },
      modify_ldt: {
        risk: 'low',
        because: "changes its own process's table of segments",
      },
    },
  },
  {
    id: 'files-by-handle',
    title: 'Files by handle',
    because:
      'opens files by number, past the folders that a container is given',
    risk: 'high',
    names: 'open_by_handle_at name_to_handle_at',
    notable: {
      name_to_handle_at: {
        risk: 'low',
        because: 'tells the number of a file that it can already reach',
      },
    },
  },
  {
    id: 'memory-tricks',
    title: 'Memory tricks',
    because:
      'lets a program hold the kernel at a page fault, which makes flaws easy to use',
    risk: 'medium',
    names: 'userfaultfd memfd_secret remap_file_pages',
    notable: {
      memfd_secret: {
        risk: 'low',
        because: 'keeps memory away from the kernel itself',
      },
      remap_file_pages: {
        risk: 'low',
        because: 'an old way to map files that few look after',
      },
    },
  },
  {
    id: 'clock',
    title: 'Clock',
    because: "sets the node's clock, on which certificates and logs rest",
    risk: 'medium',
    names:
      'settimeofday stime clock_settime clock_settime64 adjtimex clock_adjtime clock_adjtime64',
    notable: {
      adjtimex: {
        risk: 'low',
        because: 'reads the clock; setting it needs CAP_SYS_TIME as well',
      },
      clock_adjtime: {
        risk: 'low',
        because: 'reads the clock; setting it needs CAP_SYS_TIME as well',
      },
      clock_adjtime64: {
        risk: 'low',
        because: 'reads the clock; setting it needs CAP_SYS_TIME as well',
      },
    },
  },
  {
    id: 'reboot-swap-accounting',
    title: 'Reboot, swap, accounting',
    because: 'acts on the whole node',
    risk: 'high',
    names:
      'reboot swapon swapoff acct quotactl quotactl_fd syslog vhangup nfsservctl uselib ustat sysfs _sysctl fanotify_init lsm_get_self_attr lsm_set_self_attr lsm_list_modules',
    notable: {
      reboot: { because: 'restarts the node' },
      syslog: {
        risk: 'medium',
        because: 'reads the log of the kernel and addresses in it',
      },
      acct: { risk: 'medium', because: 'switches process accounting' },
      quotactl: { risk: 'medium', because: 'changes quotas of file systems' },
      quotactl_fd: {
        risk: 'medium',
        because: 'changes quotas of file systems',
      },
      fanotify_init: {
        risk: 'medium',
        because: 'watches files of a whole file system',
      },
      vhangup: { risk: 'low', because: 'hangs up a terminal' },
      nfsservctl: {
        risk: 'medium',
        because: 'drives a file server in the kernel that few look after',
      },
      uselib: {
        risk: 'medium',
        because: 'an old way to load libraries that few look after',
      },
      ustat: { risk: 'low', because: 'an old call that few look after' },
      sysfs: { risk: 'low', because: 'an old call that few look after' },
      _sysctl: {
        risk: 'medium',
        because: 'an old way to settings of the kernel',
      },
      lsm_get_self_attr: {
        risk: 'low',
        because: 'tells what security modules hold of the process',
      },
      lsm_set_self_attr: {
        risk: 'medium',
        because: 'changes what security modules hold of the process',
      },
      lsm_list_modules: {
        risk: 'low',
        because: 'tells which security modules are on',
      },
    },
  },
  {
    id: 'network',
    title: 'Network',
    because: 'talks to the network and to other processes',
    risk: 'low',
    names:
      'socket socketcall socketpair bind listen accept accept4 connect getsockname getpeername getsockopt setsockopt shutdown send sendto sendmsg sendmmsg sendfile sendfile64 recv recvfrom recvmsg recvmmsg recvmmsg_time64',
    notable: {
      socket: {
        risk: 'medium',
        because:
          'without limits on the address family it reaches rarely used parts of the kernel and, over AF_VSOCK, the hypervisor',
      },
    },
  },
  {
    id: 'scheduling',
    title: 'Scheduling',
    because: 'decides who runs when, and on which memory',
    risk: 'low',
    names:
      'sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield getpriority setpriority nice ioprio_get ioprio_set mbind get_mempolicy set_mempolicy set_mempolicy_home_node migrate_pages move_pages',
    notable: {
      migrate_pages: {
        risk: 'medium',
        because: 'moves memory of other processes between nodes of the machine',
      },
      move_pages: {
        risk: 'medium',
        because: 'moves memory of other processes and tells where it lies',
      },
    },
  },
  {
    id: 'files',
    title: 'Files',
    because: 'works with files that the container can reach',
    risk: 'low',
    names:
      'access chdir chmod chown chown32 close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fadvise64 fadvise64_64 fallocate fanotify_mark fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync fgetxattr file_getattr file_setattr flistxattr flock fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate ftruncate64 futimesat getcwd getdents getdents64 getxattr getxattrat inotify_add_watch inotify_init inotify_init1 inotify_rm_watch ioctl io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup io_submit lchown lchown32 lgetxattr link linkat listxattr listxattrat llistxattr _llseek lremovexattr lseek lsetxattr lstat lstat64 mkdir mkdirat mknod mknodat newfstatat open openat openat2 pipe pipe2 pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv removexattr removexattrat rename renameat renameat2 rmdir setxattr setxattrat splice stat stat64 statfs statfs64 statx symlink symlinkat sync sync_file_range sync_file_range2 syncfs tee truncate truncate64 umask unlink unlinkat utime utimensat utimensat_time64 utimes vmsplice write writev arm_fadvise64_64 arm_sync_file_range',
  },
  {
    id: 'memory',
    title: 'Memory',
    because: "works with its own process's memory",
    risk: 'low',
    names:
      'brk cachestat madvise map_shadow_stack memfd_create mincore mlock mlock2 mlockall mmap mmap2 mprotect mremap mseal msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect process_mrelease shmat shmctl shmdt shmget cacheflush riscv_flush_icache membarrier',
  },
  {
    id: 'processes',
    title: 'Processes and signals',
    because: 'starts, ends and waits for processes of the container',
    risk: 'low',
    names:
      'alarm arch_prctl capget capset execve execveat exit exit_group fork vfork get_robust_list set_robust_list get_thread_area set_thread_area getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getitimer getpgid getpgrp getpid getppid getresgid getresgid32 getresuid getresuid32 getrlimit getrusage getsid gettid getuid getuid32 kill landlock_add_rule landlock_create_ruleset landlock_restrict_self pause personality pidfd_open pidfd_send_signal prctl prlimit64 restart_syscall rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo seccomp set_tid_address setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setitimer setpgid setregid setregid32 setresgid setresgid32 setresuid setresuid32 setreuid setreuid32 setrlimit setsid setuid setuid32 sigaltstack signal signalfd signalfd4 sigpending sigprocmask sigreturn sigsuspend tgkill tkill ugetrlimit wait4 waitid waitpid uretprobe uprobe set_tls breakpoint swapcontext',
    notable: {
      personality: {
        because:
          'without limits on the persona it switches off the random placement of memory',
      },
    },
  },
  {
    id: 'time-and-waiting',
    title: 'Time and waiting',
    because: 'reads clocks, sets timers and waits for events',
    risk: 'low',
    names:
      '_newselect clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep clock_nanosleep_time64 epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2 futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake getcpu getrandom gettimeofday ipc mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink msgctl msgget msgrcv msgsnd nanosleep poll ppoll ppoll_time64 pselect6 pselect6_time64 riscv_hwprobe select semctl semget semop semtimedop semtimedop_time64 sysinfo time timer_create timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64 times uname',
  },
];

const otherGroup: SyscallGroup = {
  id: 'other',
  title: 'Other',
  because: 'a call that this version does not know',
};

/** Groups of syscalls in the order in which a reviewer wants them; the last one takes the rest. @public */
export const syscallGroups: readonly SyscallGroup[] = [
  ...rows.map(({ id, title, because }) => ({ id, title, because })),
  otherGroup,
];

const risks = new Map<string, SyscallRisk>();
for (const { id, risk, because, names, notable } of rows) {
  for (const name of names.split(' ')) {
    risks.set(name, { group: id, risk, because, ...notable?.[name] });
  }
}

/** The syscalls that {@link syscallGroups} names, sorted by group. */
export const groupedSyscalls: readonly string[] = [...risks.keys()];

/**
 * What a container gains that may make a call. One that is in no group counts as medium: nobody here knows what it does.
 *
 * @public
 */
export function syscallRisk(name: string): SyscallRisk {
  return (
    risks.get(name) ?? {
      group: otherGroup.id,
      risk: 'medium',
      because: otherGroup.because,
    }
  );
}
