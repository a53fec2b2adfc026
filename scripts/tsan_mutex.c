/*
 * Shows ThreadSanitizer what Swift's Mutex does where two threads want it at once.
 *
 * The mutex's fast path is compiled into vprep and seen. Its slow path lies in libswiftSynchronization,
 * which is not instrumented, so that a lock taken there would look like none and every access that it
 * guards like a race. This library stands in front of the slow path and tells the sanitizer. It is
 * preloaded by scripts/sanitize.sh.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define SLOW_LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define SLOW_UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef __attribute__((swiftcall)) void lock_function(
    uint32_t thread, __attribute__((swift_context)) void *mutex);
typedef __attribute__((swiftcall)) void unlock_function(__attribute__((swift_context)) void *mutex);

/* The sanitizer's own, in the program that this is loaded into. */
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

__attribute__((swiftcall)) void lock_slow(
    uint32_t thread, __attribute__((swift_context)) void *mutex) __asm__(SLOW_LOCK);
__attribute__((swiftcall)) void unlock_slow(
    __attribute__((swift_context)) void *mutex) __asm__(SLOW_UNLOCK);

__attribute__((swiftcall)) void lock_slow(
    uint32_t thread, __attribute__((swift_context)) void *mutex)
{
    lock_function *real = (lock_function *)dlsym(RTLD_NEXT, SLOW_LOCK);
    real(thread, mutex);
    if (__tsan_acquire)
        __tsan_acquire(mutex);
}

__attribute__((swiftcall)) void unlock_slow(__attribute__((swift_context)) void *mutex)
{
    unlock_function *real = (unlock_function *)dlsym(RTLD_NEXT, SLOW_UNLOCK);
    if (__tsan_release)
        __tsan_release(mutex);
    real(mutex);
}
