/*
 * Makes many calls through the C interface and says whether the process has grown by them.
 *
 *   soak CALLS THREADS FOLDER CLIP...
 *
 * The calls take turns: probe, check, fit, prepare, preview and codes; files, bytes in memory and what
 * is no clip; every provider and mode; one in nine shares a cancellation, which ends such calls after
 * the first 100. Then the process is measured, and again at the end: memory in use by malloc, resident
 * memory, open files and threads. Prints both; status 1 when one of them has grown.
 *
 * The calls are shared among THREADS threads. `make soak` builds and runs it.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vprep.h"

enum { WARM_UP = 100, CALLS = 6, KINDS = 9 };

/* What may lie between two measurements of a process that does not grow: pages that malloc keeps, and
 * the tables that FFmpeg builds once for a codec that only a later call meets. */
static const long HEAP_SLACK = 256 * 1024, RESIDENT_SLACK = 8 * 1024 * 1024;

struct job {
    const char *folder;
    char **clips;
    int clip_count;
    long first, last, step;
};

struct size {
    long heap, resident, files, threads;
};

static atomic_long unexpected;
static vprep_cancellation *shared;

static long entries(const char *path)
{
    DIR *folder = opendir(path);
    long count = 0;
    if (!folder)
        return -1;
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

static struct size measure(void)
{
    struct size size = { 0, 0, entries("/proc/self/fd"), entries("/proc/self/task") };
    FILE *file;
    malloc_trim(0);
    struct mallinfo2 info = mallinfo2();
    size.heap = (long)(info.uordblks + info.hblkhd);
    file = fopen("/proc/self/statm", "r");
    if (file) {
        long total, resident = 0;
        if (fscanf(file, "%ld %ld", &total, &resident) == 2)
            size.resident = resident * sysconf(_SC_PAGESIZE);
        fclose(file);
    }
    return size;
}

static char *read_file(const char *path, size_t *count)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    if (file && fseek(file, 0, SEEK_END) == 0) {
        *count = (size_t)ftell(file);
        rewind(file);
        bytes = malloc(*count + 1);
        if (bytes && fread(bytes, 1, *count, file) != *count) {
            free(bytes);
            bytes = NULL;
        }
    }
    if (file)
        fclose(file);
    return bytes;
}

static int make(long number, const struct job *job)
{
    static const vprep_mode modes[] = { VPREP_DEFAULT_MODE, VPREP_LIP, VPREP_ACTION, VPREP_SILENT };
    vprep_options options;
    vprep_clip clip = vprep_clip_file(job->clips[number % job->clip_count]);
    char output[4096], *json = NULL, *bytes = NULL;
    size_t count = 0;
    int status, kind = (int)(number % KINDS);

    vprep_options_init(&options, sizeof options);
    options.provider = number % 4 ? VPREP_TENCENT : VPREP_MEGVII;
    options.mode = options.provider == VPREP_TENCENT ? modes[number / 4 % 4] : VPREP_DEFAULT_MODE;
    options.timeline = number % 5 == 0;
    options.cancellation = kind == 3 ? shared : NULL;
    if (kind == 4)
        options.maximum_bytes = 20000;
    if (kind == 5) {
        bytes = read_file(clip.path, &count);
        clip = vprep_clip_memory(bytes, bytes ? count : 0, "bytes");
    } else if (kind == 6) {
        clip = vprep_clip_memory("no clip", 7, NULL);
    } else if (kind == 7) {
        clip = vprep_clip_file("/no/such/clip");
    } else if (kind == 8) {
        options.request_json = "{\"LivenessType\":\"SILENT\",\"ValidateData\":\"\"}";
        options.provider = VPREP_TENCENT;
        options.mode = VPREP_SILENT;
    }
    snprintf(output, sizeof output, "%s/%ld.mp4", job->folder, number);
    switch (number / KINDS % CALLS) {
    case 0: status = vprep_probe(&clip, &options, &json); break;
    case 1: status = vprep_check(&clip, &options, &json); break;
    case 2: status = vprep_fit(&clip, output, &options, &json); break;
    case 3: status = vprep_prepare(&clip, output, &options, &json); break;
    case 4: status = vprep_preview(&clip, NULL, &options, &json); break;
    default: status = vprep_codes(options.provider, &json);
    }
    /* Only what another thread cancels may stay unwritten. */
    if (status == VPREP_USAGE || (status == VPREP_OUTPUT_NOT_WRITTEN && kind != 3) || !json) {
        fprintf(stderr, "call %ld: status %d: %s\n", number, status, json ? json : "");
        atomic_fetch_add(&unexpected, 1);
    }
    unlink(output);
    vprep_free(json);
    free(bytes);
    return status;
}

static void *work(void *argument)
{
    const struct job *job = argument;
    long number;
    for (number = job->first; number < job->last; number += job->step)
        make(number, job);
    return NULL;
}

/* Makes the calls first..<last on so many threads. */
static int share(struct job job, long first, long last, int threads)
{
    struct job jobs[64];
    pthread_t ids[64];
    int index;
    for (index = 0; index < threads; index++) {
        jobs[index] = job;
        jobs[index].first = first + index;
        jobs[index].last = last;
        jobs[index].step = threads;
        if (pthread_create(&ids[index], NULL, work, &jobs[index]) != 0)
            return 1;
    }
    for (index = 0; index < threads; index++)
        pthread_join(ids[index], NULL);
    return 0;
}

static int grew(const char *what, long before, long after, long slack)
{
    printf("%s: %ld after %d calls, %ld at the end\n", what, before, WARM_UP, after);
    return after > before + slack;
}

int main(int argc, char **argv)
{
    long calls = argc > 4 ? atol(argv[1]) : 0;
    int threads = argc > 4 ? atoi(argv[2]) : 0;
    struct job job = { 0 };
    struct size before, after;

    if (calls <= WARM_UP || threads < 1 || threads > 64) {
        fprintf(stderr, "usage: soak CALLS THREADS FOLDER CLIP... (more than %d calls)\n", WARM_UP);
        return 2;
    }
    /* mallinfo2 sees one arena alone. */
    mallopt(M_ARENA_MAX, 1);
    job.folder = argv[3];
    job.clips = argv + 4;
    job.clip_count = argc - 4;
    shared = vprep_cancellation_create();
    if (share(job, 0, WARM_UP, threads) != 0)
        return 2;
    before = measure();
    /* From here on every call that is given the cancellation ends at once. */
    vprep_cancellation_cancel(shared);
    if (share(job, WARM_UP, calls, threads) != 0)
        return 2;
    vprep_cancellation_free(shared);
    after = measure();
    printf("calls: %ld on %d threads, %ld of them unexpected\n", calls, threads,
           atomic_load(&unexpected));
    int failed = atomic_load(&unexpected) > 0;
    failed |= grew("bytes in use", before.heap, after.heap, HEAP_SLACK);
    failed |= grew("bytes resident", before.resident, after.resident, RESIDENT_SLACK);
    failed |= grew("open files", before.files, after.files, 0);
    failed |= grew("threads", before.threads, after.threads, 0);
    return failed;
}
